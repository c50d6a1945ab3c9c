"""Cases and help in a real browser: a case comes in and goes out, steps lead on, nothing but this host is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import listening
from tests.web.cases.test_cases_pages import CASE, WRONG

from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A workbench that takes cases in, with one that has faults."""
    app = pytest.importorskip("tocsin.web.app", reason="the web extra is not installed")
    workbench = pytest.importorskip("tocsin.web.workbench")
    folder = tmp_path_factory.mktemp("cases")
    (folder / "wrong").mkdir()
    (folder / "wrong" / "case.toml").write_text(CASE, encoding="utf-8")
    (folder / "wrong" / "sites.csv").write_text(WRONG, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    shown = workbench.Workbench.of([tiny_folder, folder / "wrong"], settings=settings)
    shown.imports = folder
    with listening(app.create_app(shown, settings=settings)) as found:
        yield found


@pytest.fixture
def page(drawing_browser: Browser, address: str) -> Iterator[Page]:
    """A page that hears every complaint and every request that would leave the host."""
    context = drawing_browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened, heard = context.new_page(), list[str]()
    opened.on("console", lambda said: heard.append(said.text) if said.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: heard.append(str(error)))
    opened.on(
        "request", lambda asked: None if asked.url.startswith((address, "data:", "blob:")) else heard.append(asked.url)
    )
    yield opened
    context.close()
    assert not heard


def test_a_case_goes_out_and_comes_in_under_another_name(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/cases/tiny")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.name == "tiny.tocsin.zip"
    page.goto(f"{address}/cases")
    page.get_by_label("Case file").set_input_files(path)
    page.get_by_label("Another name, if you like").fill("tiny-2")
    page.get_by_role("button", name="Import").click()
    page.get_by_role("heading", name="tiny-2 is here").wait_for(timeout=30_000)
    page.get_by_role("link", name="Open it").click()
    assert re.search(r"/c/tiny-2/now", page.url)


def test_a_file_that_is_no_case_is_refused_in_words(page: Page, address: str, tmp_path: Path) -> None:
    (tmp_path / "letter.zip").write_bytes(b"dear all")
    page.goto(f"{address}/cases")
    page.get_by_label("Case file").set_input_files(tmp_path / "letter.zip")
    page.get_by_role("button", name="Import").click()
    page.get_by_role("heading", name="letter.zip was refused").wait_for(timeout=30_000)
    assert "Nothing of it was kept" in page.content()


def test_steps_and_search_work_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/help")
    assert page.locator("[aria-current=step]").count() == 1
    page.get_by_label("Find in the manual").focus()
    page.keyboard.type("force protection")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=re.compile("^Found")).wait_for()
    page.locator(".found a").first.press("Enter")
    page.wait_for_url(re.compile(r"/help/[a-z-]+"))
    assert page.locator("article.manual h1").count() == 1
