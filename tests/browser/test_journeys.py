"""What people come to the workbench for, from the first page to the last, each in a browser of their own."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from tests.api.little_case import TOML
from tests.api.test_case_files import rewritten
from tests.browser.conftest import CHROMIUM, watched
from tests.browser.whole_workbench import RECORD, Whole, sign_in, whole_workbench
from tests.web.cases.test_cases_pages import WRONG
from tests.web.iraq_case import iraq_files, iraq_manifest

from tocsin.api.case_export import export_case
from tocsin.api.home import editions_of, home_of
from tocsin.case import read_case
from tocsin.editions import write_edition
from tocsin.settings import Settings
from tocsin.web.briefs import view as briefs
from tocsin.web.briefs.making import STATE, Making, Step, now, write_state
from tocsin.web.briefs.one_at_a_time import held, lock_file
from tocsin.web.shell.assets import has_htmx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, FilePayload, Page

    from tocsin.case import Case

__all__ = ["iraq_files"]

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def files(iraq_files: dict[str, bytes]) -> dict[str, bytes]:
    """Those of a tiny edition, in which one province has the name of a place that the record speaks of."""
    return {name: content.replace(b'"Dhi Qar"', b'"Basra"') for name, content in iraq_files.items()}


@pytest.fixture(scope="module")
def whole(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    with whole_workbench(tmp_path_factory.mktemp("journeys"), files=files) as opened:
        yield opened


@contextmanager
def somebody(browser: Browser, whole: Whole, name: str) -> Iterator[Page]:
    """A page of a browser of their own, in which they are signed in, and nothing goes wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=whole.address)
    page = context.new_page()
    sign_in(page, whole.address, name)
    with watched(page, whole.address) as wrong:
        yield page
    context.close()
    assert [line for line in wrong if not re.search(r"\b(403|409)\b", line)] == []


def test_from_a_warning_to_the_words_it_can_be_held_against(drawing_browser: Browser, whole: Whole) -> None:
    with somebody(drawing_browser, whole, "reader") as page:
        page.goto("/c/iraq/now?level=admin1")
        page.locator("table.warned").get_by_role("link", name="Basra").click()
        page.wait_for_url("**/c/iraq/area/IRQ/Dhi%20Qar")
        page.locator(".claims .says a", has_text="opened a bridge").click()
        page.wait_for_url("**/record/claim/*")
        assert (
            page.locator(".in-place mark").inner_text()
            == "Ada Alpha, mayor of Basra Council, opened a bridge in Basra."
        )
        page.get_by_role("link", name="The document", exact=True).click()
        page.wait_for_url("**/record/document/*")
        marked = page.locator("mark").all_inner_texts()
        assert any("opened a bridge" in words for words in marked)


def test_the_slower_of_two_reviewers_sees_what_the_other_did(drawing_browser: Browser, whole: Whole) -> None:
    with somebody(drawing_browser, whole, "reviewer") as first, somebody(drawing_browser, whole, "admin") as second:
        for page in (first, second):
            page.goto(f"{RECORD}/claim/{whole.claim}")
        with first.expect_navigation():
            first.get_by_role("button", name="Accept", exact=True).click()
        assert first.locator(".standing").first.inner_text() == "accepted"
        with second.expect_navigation():
            second.get_by_role("button", name="Reject", exact=True).click()
        assert second.locator("h1").inner_text() == "Somebody was faster"
        meanwhile = second.get_by_role("region", name="Done meanwhile").inner_text()
        assert re.search(r"accept.* by reviewer", meanwhile)
        second.get_by_role("link", name="Leave it as it stands now").click()
        assert second.locator(".standing").first.inner_text() == "accepted"


def test_what_was_moved_is_the_same_for_whoever_gets_the_address(drawing_browser: Browser, whole: Whole) -> None:
    figures = "#beside-edition tbody td"
    with somebody(drawing_browser, whole, "analyst") as page:
        page.goto("/c/iraq/decide?question=nmi-end")
        before = page.locator(figures).all_inner_texts()
        slider = page.get_by_label("Position").first
        slider.press("End")
        page.locator("#settles .moved").wait_for()
        moved, address = page.locator(figures).all_inner_texts(), page.url
        assert moved != before
    context = drawing_browser.new_context(java_script_enabled=False)
    other = context.new_page()
    sign_in(other, whole.address, "reader")
    other.goto(address)
    assert other.locator(figures).all_inner_texts() == moved
    context.close()


@pytest.mark.skipif(not has_htmx(), reason="htmx was not put beside the pages at set-up")
def test_a_new_edition_is_asked_for_and_its_progress_followed(
    drawing_browser: Browser, whole: Whole, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = StandIn(files)
    monkeypatch.setattr(briefs, "start", maker.start)
    with somebody(drawing_browser, whole, "analyst") as page:
        page.goto("/c/iraq/briefs")
        page.get_by_role("button", name="Make a new edition").click()
        assert "Asked for by analyst" in page.locator("#making").inner_text()
        assert page.get_by_role("button", name="Make a new edition").is_disabled()
        maker.forecasts.set()
        page.locator("#making li", has_text="forecasting provinces").wait_for()
        maker.finishes.set()
        page.locator("#making .finding").wait_for()
        page.locator("#making").get_by_role("link").click()
        page.wait_for_url("**/c/iraq/now?edition=*")
        assert page.get_by_text("An earlier edition").count() == 0, "it is the newest"
    maker.thread.join(timeout=10)


class StandIn:
    """Makes an edition as the real maker does, in steps that a test allows."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files, self.forecasts, self.finishes = files, Event(), Event()

    def start(self, case: Case, *, settings: Settings, by: str) -> bool:
        begun = Making(case.folder.name, by, now(), (Step(now(), "starting"),))
        taken = Event()
        self.thread = Thread(target=self._make, args=(case, settings, begun, taken), daemon=True)
        self.thread.start()
        return taken.wait(10)

    def _make(self, case: Case, settings: Settings, begun: Making, taken: Event) -> None:
        path = home_of(case, settings=settings) / STATE
        with held(lock_file(settings), patience=2):
            write_state(path, begun)
            taken.set()
            self.forecasts.wait(20)
            going_on = replace(begun, steps=(*begun.steps, Step(now(), "forecasting provinces")))
            write_state(path, going_on)
            self.finishes.wait(20)
            manifest = iraq_manifest(datetime(2026, 7, 1, tzinfo=UTC), decided="d")
            made = write_edition(editions_of(case, settings=settings).folder, manifest=manifest, files=self.files)
            write_state(path, replace(going_on, ended=now(), edition=made.id, anew=True))


MAY = {
    "reader": (False, False, False, False), "analyst": (True, True, False, False), "reviewer": (True, True, True, False),
    "admin": (True, True, True, True),
}  # fmt: skip
"""Who may ask for an edition, import a case, decide a claim, and look after accounts."""


@pytest.mark.parametrize("name", MAY)
def test_each_role_is_shown_what_it_may_do_and_refused_the_rest(
    drawing_browser: Browser, whole: Whole, name: str
) -> None:
    makes, imports, decides, administers = MAY[name]
    with somebody(drawing_browser, whole, name) as page:
        page.goto("/c/iraq/briefs")
        assert page.get_by_role("button", name="Make a new edition").count() == makes
        assert page.get_by_role("link", name="Admin", exact=True).count() == administers
        page.goto("/cases")
        assert page.get_by_label("Case file").count() == imports
        page.goto(f"{RECORD}/claim/{whole.disputed}")
        assert page.locator(".in-place mark").count() >= 1
        assert page.get_by_role("button", name="Accept", exact=True).count() == decides
        page.goto("/admin")
        assert page.locator("h1").inner_text() == ("Users" if administers else "Not allowed")
        if not administers:
            assert f"yours is {name}" in page.locator("main").inner_text()


def test_a_case_is_refused_with_its_faults_and_taken_when_they_are_mended(
    drawing_browser: Browser, whole: Whole, tmp_path: Path
) -> None:
    folder = tmp_path / "guest"
    folder.mkdir()
    (folder / "case.toml").write_text(TOML.replace("A little case", "A guest"), encoding="utf-8")
    sound = export_case(read_case(folder), tmp_path / "guest.zip", settings=Settings(data_dir=tmp_path)).path
    content = sound.read_bytes()
    faulty = rewritten(sound, lambda members: members.update({"case/sites.csv": WRONG.encode()})).read_bytes()
    with somebody(drawing_browser, whole, "analyst") as page:
        _import(page, faulty)
        page.get_by_role("heading", name="guest.zip was refused").wait_for(timeout=30_000)
        faults = page.locator("main table").inner_text()
        assert "sites.csv" in faults
        assert "333" in faults
        assert not (whole.cases / "guest").exists()
        page.get_by_role("link", name="Import another").click()
        _import(page, content)
        page.get_by_role("heading", name="guest is here").wait_for(timeout=30_000)
        page.get_by_role("link", name="Open it").click()
        page.wait_for_url("**/c/guest/now")
        assert "tocsin run --case guest" in page.locator("body").inner_text()


def _import(page: Page, content: bytes) -> None:
    page.goto("/cases")
    file: FilePayload = {"name": "guest.zip", "mimeType": "application/zip", "buffer": content}
    page.get_by_label("Case file").set_input_files(file)
    page.get_by_role("button", name="Import").click()


def test_the_first_steps_lead_on_one_by_one(drawing_browser: Browser, whole: Whole) -> None:
    with somebody(drawing_browser, whole, "reader") as page:
        page.goto("/help?case=iraq")
        steps = page.locator(".first-steps > li")
        assert steps.count() == 6
        assert page.locator("[aria-current=step]").count() == 1
        for number in range(6):
            link = steps.nth(number).locator("a").first
            says, leads = link.inner_text(), link.get_attribute("href")
            link.click()
            assert leads is not None
            page.wait_for_url(f"**{leads}")
            assert page.locator("h1").count() == 1, says
            page.go_back()
