"""Sliders in a real browser: what comes out follows them, the address carries them, and nothing but this host is asked."""

from __future__ import annotations

import shutil
import socket
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from tests.browser.test_brief_in_browser import ARGS, CHROMIUM
from tests.web.iraq_case import iraq_data, iraq_files

from tocsin.settings import Settings
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

__all__ = ["iraq_data", "iraq_files"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
PAGE = "/c/iraq/decide?question=nmi-end"


@pytest.fixture(scope="module")
def address(iraq_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The workbench on a free port of this machine."""
    uvicorn = pytest.importorskip("uvicorn", reason="the web extra is not installed")
    app = pytest.importorskip("tocsin.web.app", reason="the web extra is not installed")
    data = shutil.copytree(iraq_data, tmp_path_factory.mktemp("shown") / "data")
    settings = Settings(data_dir=data)
    server = uvicorn.Server(
        uvicorn.Config(
            app.create_app(Workbench.of(["iraq"], settings=settings), settings=settings), log_level="warning"
        )
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        yield opened
        opened.close()


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails the test where anything is said on the console, or another host is asked."""
    opened = browser.new_page(viewport={"width": request.param, "height": 800}, base_url=address)
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on(
        "request", lambda asked: None if asked.url.startswith((address, "data:", "blob:")) else said.append(asked.url)
    )
    yield opened
    opened.close()
    assert said == []


def centre(page: Page) -> str:
    return page.locator("#beside-edition tbody td").first.inner_text()


def test_what_comes_out_follows_a_slider_and_the_address_carries_it(page: Page) -> None:
    page.goto(PAGE)
    before = centre(page)
    slider = page.get_by_label("Position").first
    slider.focus()
    slider.press("Home")
    for _ in range(8):
        slider.press("PageUp")
    page.locator("#settles .moved").wait_for()
    assert slider.evaluate("field => field === document.activeElement"), (
        "the slider keeps the focus while the figures change"
    )
    assert centre(page) != before
    assert page.locator(".off-case").count() == 1
    assert "position." in page.url
    assert page.url.count(".") < 8, "the address carries the one that was moved alone"
    moved = centre(page)
    page.reload()
    assert centre(page) == moved
    page.get_by_role("link", name="Put everything back").first.click()
    page.wait_for_url(f"**{PAGE}*")
    assert centre(page) == before
    assert page.locator(".off-case").count() == 0


def test_without_scripts_a_button_does_the_same(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(PAGE)
    before = centre(page)
    page.get_by_label("Influence").first.press("Home")
    page.get_by_role("button", name="Settle").click()
    assert "influence." in page.url
    assert "salience." not in page.url
    assert centre(page) != before
    context.close()


def test_a_link_to_a_part_of_another_view_leads_on_to_it(page: Page) -> None:
    page.goto("/c/iraq/mission#gap")
    page.wait_for_url("**/c/iraq/mission?part=gap")
