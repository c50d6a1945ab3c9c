"""The record as a browser shows it: silent, by keyboard, on a phone, open to every reader, and deaf to what documents try."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import CHROMIUM, listening
from tests.web.record_told import FIRST, HOSTILE, case_with_record

from tocsin.record.claim import ClaimStatus
from tocsin.record.store import open_record
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tocsin.record.store import Record

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return case_with_record(tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="module")
def record(told: Path) -> Iterator[Record]:
    with open_record(told / ".tocsin" / "record.db", create=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def base(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    app = pytest.importorskip("tocsin.web.app", reason="the web extra is not installed")
    workbench = pytest.importorskip("tocsin.web.workbench")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    shown = workbench.Workbench.of([told], settings=settings)
    with listening(app.create_app(shown, settings=settings)) as address:
        yield f"{address}/c/told/record"


@pytest.fixture
def page(drawing_browser: Browser) -> Iterator[Page]:
    opened = drawing_browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def addresses(record: Record) -> dict[str, str]:
    one = next(c for c in record.claims() if "said" in c.quote.words)
    two = next(c for c in record.claims() if "is backed" in c.quote.words)
    return {
        "search": "?q=basra", "nothing found": "?q=nowhere", "passages": "?q=alert&in=texts", "timeline": "/timeline",
        "claim": f"/claim/{one.claim_id}", "contested claim": f"/claim/{two.claim_id}",
        "entity": f"/entity/{two.entities[0]}?screen=1&same=1", "documents": "/documents",
        "document": f"/document/{one.document_id}?at={one.quote.start}#here", "unread document": f"/document/{'f' * 64}",
        "contradictions": "/contradictions", "review": "/review",
    }  # fmt: skip


def grave_faults(page: Page) -> list[tuple[str, list[str]]]:
    axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found: dict[str, Any] = axe_playwright.Axe().run(page).response
    return [
        (violation["id"], [node["html"][:120] for node in violation["nodes"]])
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_silent_fits_and_has_no_grave_fault(page: Page, base: str, record: Record, width: int) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 844})
    for name, address in addresses(record).items():
        page.goto(base + address)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, name
        assert grave_faults(page) == [], name
        assert said == [], name
    host = base.split("/c/", maxsplit=1)[0]
    assert [url for url in asked if not url.startswith((host, "data:", "blob:"))] == []


def test_a_hostile_document_stays_words(page: Page, base: str, record: Record) -> None:
    page.goto(base + addresses(record)["claim"])
    shown = page.locator(".in-place mark").inner_text()
    assert "<script>alert(1)</script>" in shown
    assert "U+202E" in shown
    assert HOSTILE not in shown
    assert page.locator("main script, main img").count() == 0


def test_a_search_by_keyboard_alone(page: Page, base: str) -> None:
    page.goto(base)
    page.locator("#q").focus()
    page.keyboard.type("basra")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"q=basra"))
    assert FIRST[0] in page.locator(".claims").inner_text()
    page.locator(".claims .says a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/claim/"))
    assert page.locator(".in-place mark").count() >= 1


def test_keys_decide_only_where_nobody_writes_and_can_be_switched_off(page: Page, base: str, record: Record) -> None:
    page.goto(f"{base}/review?kind=event")
    before = record.state()
    page.keyboard.press("c")
    assert page.evaluate("() => document.activeElement.id") == "words"
    page.keyboard.type("aan")  # into the field, not at the page
    page.locator("[data-keys-switch]").uncheck()
    page.locator("h1").click()
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert record.state() == before
    page.locator("[data-keys-switch]").check()
    page.locator("h1").click()
    first = page.locator("h2.says a").get_attribute("href")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"after="))
    assert page.locator("h2.says a").get_attribute("href") != first
    page.keyboard.press("r")
    assert page.evaluate("() => document.activeElement.id") == "reject-why"
    page.goto(f"{base}/review?kind=event")
    claim_id = str(first).rsplit("/", 1)[1]
    with page.expect_navigation():
        page.keyboard.press("a")
    decided = record.claim(claim_id)
    assert decided is not None
    assert decided.status is ClaimStatus.ACCEPTED
    assert "Accepted" in page.locator("[role=status]").inner_text()
    with page.expect_navigation():
        page.keyboard.press("u")
    assert [line.action for line in record.lines(f"claim:{claim_id}")] == ["decide", "undo"]


def test_two_windows_on_one_claim(drawing_browser: Browser, base: str, record: Record) -> None:
    key = next(c.claim_id for c in record.claims() if "closed it" in c.quote.words)
    windows = [drawing_browser.new_page() for _ in range(2)]
    for window in windows:
        window.goto(f"{base}/claim/{key}")
    for window, button in zip(windows, ("Accept", "Reject"), strict=True):
        with window.expect_navigation():
            window.get_by_role("button", name=button, exact=True).click()
    assert windows[1].locator("h1").inner_text() == "Somebody was faster"
    assert grave_faults(windows[1]) == []
    assert [line.action for line in record.lines(f"claim:{key}")] == ["decide"]
    with windows[1].expect_navigation():
        windows[1].get_by_role("button", name="Reject", exact=True).click()
    assert len(record.lines(f"claim:{key}")) == 2
    for window in windows:
        window.close()


def test_without_scripts_everything_works(drawing_browser: Browser, base: str) -> None:
    context = drawing_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}?q=envoy")
    page.locator(".claims .says a").first.click()
    page.get_by_text("Grade its credibility").click()
    page.locator("#grade").select_option("4")
    page.locator("#grade-why").fill("only one source")
    page.get_by_role("button", name="Grade", exact=True).click()
    assert "4: doubtful" in page.locator("main").inner_text()
    context.close()
