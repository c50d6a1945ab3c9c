"""The brief of the Iraq case as a browser shows it: silent, narrow enough for a phone, open to every reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.api.iraq_case import iraq_brief
from tests.browser.test_brief_in_browser import ARGS, CHROMIUM, grave_faults

from tocsin.brief.html import to_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
WIDER_THAN_THE_SCREEN = """() => [...document.querySelectorAll('body *')]
    .filter(node => !node.closest('.scroll, svg, .skip') && node.getBoundingClientRect().right > innerWidth + 1)
    .map(node => node.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("real") / "brief.html"
    file.write_text(to_html(iraq_brief()), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        yield browser.new_page()
        browser.close()


def opened(page: Page, address: str, *, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address)
    return page


def test_nothing_is_asked_for_and_nothing_goes_wrong(page: Page, address: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    opened(page, address, width=1200)
    assert [url for url in asked if not url.startswith("data:")] == [address]
    assert said == []


@pytest.mark.parametrize("width", [390, 1200])
def test_axe_finds_nothing_serious(page: Page, address: str, width: int) -> None:
    assert grave_faults(opened(page, address, width=width)) == []


def test_the_page_does_not_scroll_sideways_on_a_phone(page: Page, address: str) -> None:
    opened(page, address, width=390)
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_the_replay_and_its_map_come_before_the_newest_forecast(page: Page, address: str) -> None:
    opened(page, address, width=1200)
    top = {name: page.locator(f"#{name}").bounding_box() for name in ("replay", "newest")}
    figure = page.locator("figure svg").first.bounding_box()
    assert top["replay"] is not None
    assert top["newest"] is not None
    assert figure is not None
    assert top["replay"]["y"] < figure["y"] < top["newest"]["y"]
    assert figure["width"] > 200


def test_links_within_the_page_lead_somewhere(page: Page, address: str) -> None:
    opened(page, address, width=1200)
    lost = page.evaluate(
        "() => [...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert lost == []
