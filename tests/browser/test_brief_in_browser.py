"""The page as a browser shows it: silent, narrow enough for a phone, open to every reader."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tocsin.brief.html import to_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SAMPLE = Path(__file__).resolve().parents[1] / "brief" / "render" / "sample.py"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("brief") / "brief.html"
    file.write_text(to_html(runpy.run_path(str(SAMPLE))["sample"]()), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    yield opened
    opened.close()


def test_nothing_leaves_and_nothing_goes_wrong(page: Page, address: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    assert [url for url in asked if not url.startswith("data:")] == [address]
    assert said == []


def test_the_policy_holds_against_what_others_may_add(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s) }"
    )
    assert page.evaluate("() => window.ran") is None


@pytest.mark.parametrize("width", [320, 390, 768, 1200])
def test_the_page_does_not_scroll_sideways(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_a_wide_table_scrolls_by_keyboard_within_itself_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    region = page.locator(".table .scroll").first
    inner, outer = region.evaluate("node => [node.scrollWidth, node.clientWidth]")
    assert inner > outer
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.table .scroll').scrollLeft > 0")


def test_the_skip_link_comes_first_and_leads_to_the_brief(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to the brief"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "_brief"


def grave_faults(page: Page) -> list[tuple[str, list[str]]]:
    axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found: dict[str, Any] = axe_playwright.Axe().run(page).response
    return [
        (violation["id"], [node["html"][:120] for node in violation["nodes"]])
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("width", [390, 1200])
def test_axe_finds_nothing_serious(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address)
    assert grave_faults(page) == []


def test_axe_would_find_a_picture_without_its_words(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("() => document.querySelector('figure svg').removeAttribute('aria-label')")
    assert [fault for fault, _ in grave_faults(page)] == ["svg-img-alt"]


def test_printed_the_first_page_stands_alone_and_the_mark_is_on_every_page(page: Page, address: str) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    page.goto(address)
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    pages = [document[i].get_textpage().get_text_bounded() for i in range(len(document))]
    size = document[0].get_size()
    document.close()
    assert [round(side) for side in size] in ([595, 842], [596, 842])
    assert "visibility in Ninewa was low" in pages[0]
    assert "Track record" not in pages[0]
    assert all("Demonstration" in text for text in pages)
    assert sum("Warned of" in text for text in pages) == 2
