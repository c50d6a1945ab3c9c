"""*Now*, *Area* and *Replay* as a browser shows them: silent, by keyboard, on a phone, with and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import ARGS, CHROMIUM, watched

from tocsin.web.shell.assets import has_htmx, has_maplibre

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
needs_map = pytest.mark.skipif(not has_maplibre(), reason="MapLibre was not put beside the pages at set-up")
needs_htmx = pytest.mark.skipif(not has_htmx(), reason="htmx was not put beside the pages at set-up")


def settled(page: Page) -> str:
    """Wait until the map of the page is drawn or given up; how it ended."""
    page.wait_for_function("() => !document.querySelector('.map[data-outlines]') || document.body.dataset.map")
    return str(page.evaluate("() => document.body.dataset.map ?? 'none'"))


@needs_map
def test_the_map_is_drawn_and_takes_the_picture_s_place_on_the_screen_only(visit: Page, workbench_address: str) -> None:
    visit.goto(workbench_address + "/c/tiny/now")
    assert settled(visit) == "ready"
    assert visit.locator(".map canvas").is_visible()
    assert not visit.locator(".map-still svg").is_visible()
    assert visit.locator(".map-figure .legend").is_visible()
    assert visit.locator(".map-sign").all_inner_texts() == ["1", "2"]
    visit.emulate_media(media="print")
    assert visit.locator(".map-still svg").is_visible()
    assert not visit.locator(".map canvas").is_visible()


@needs_map
def test_the_map_tells_by_pointer_and_by_keyboard_and_leads_to_the_area(visit: Page, workbench_address: str) -> None:
    visit.goto(workbench_address + "/c/tiny/now?level=admin1")
    settled(visit)
    visit.locator("a[data-area='IRQ/Ninewa']").focus()
    visit.locator(".map-told").wait_for()
    assert visit.locator(".map-told").inner_text() == "Ninewa: very unlikely (16 %), rank 2 of 3"
    visit.locator("a[data-area='IRQ/Ninewa']").blur()
    assert visit.locator(".map-told").count() == 0
    visit.locator(".map").scroll_into_view_if_needed()
    sign = visit.locator(".map-sign", has_text="1 Anbar").bounding_box()
    assert sign
    at = (sign["x"] + sign["width"] / 2, sign["y"] + sign["height"] + 12)
    visit.mouse.move(at[0], at[1])
    visit.locator(".map-told").wait_for()
    assert visit.locator(".map-told").inner_text().startswith("Anbar: unlikely (31 %), rank 1 of 3")
    visit.mouse.click(at[0], at[1])
    visit.wait_for_url("**/c/tiny/area/IRQ/Anbar")


def test_without_webgl_the_picture_stays(drawing_browser: Browser, workbench_address: str) -> None:
    flat = [a for a in ARGS if "swiftshader" not in a and "blocklist" not in a]
    browser = drawing_browser.browser_type.launch(executable_path=CHROMIUM, args=[*flat, "--disable-3d-apis"])
    page = browser.new_page()
    page.goto(workbench_address + "/c/tiny/now")
    assert settled(page) == ("failed" if has_maplibre() else "none")
    assert page.locator(".map-still svg").is_visible()
    assert not page.locator(".map").is_visible()
    browser.close()


@needs_htmx
def test_the_slider_swaps_what_was_said_and_what_came(visit: Page, workbench_address: str) -> None:
    with watched(visit, workbench_address) as wrong:
        visit.goto(workbench_address + "/c/tiny/replay")
        slider = visit.get_by_role("slider")
        assert slider.get_attribute("aria-valuetext") == "May 2014"
        slider.focus()
        visit.keyboard.press("ArrowRight")
        visit.locator(".said", has_text="At the end of June 2014").wait_for()
        assert slider.get_attribute("aria-valuetext") == "June 2014"
        visit.wait_for_url("**origin=2014-06**")
        assert visit.evaluate("() => document.activeElement.id") == "slider"
        assert visit.locator("#replayed").count() == 1
        visit.locator("[role=status]", has_text="At the end of June 2014").wait_for(state="attached")
        visit.reload()
        assert slider.get_attribute("aria-valuetext") == "June 2014"
    assert wrong == []


def test_every_view_works_without_scripts(drawing_browser: Browser, workbench_address: str) -> None:
    context = drawing_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(workbench_address + "/c/tiny/replay")
    assert not page.locator("#slider").is_visible()
    page.get_by_label("As known at the end of").select_option("2014-02")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**origin=2014-02**")
    assert "At the end of February 2014" in page.locator(".said").inner_text()
    page.goto(workbench_address + "/c/tiny/now")
    assert page.locator(".map-still svg").is_visible()
    page.get_by_label("Name holds").fill("syr")
    page.get_by_role("button", name="List").click()
    page.wait_for_url("**name=syr**")
    assert page.locator("table.warned tbody th a").all_inner_texts() == ["Syria"]
    page.locator("table.warned tbody th a").click()
    page.wait_for_url("**/area/SYR")
    assert page.locator("h1").inner_text() == "Syria"
    page.get_by_label("Another area").fill("Ninewa")
    page.get_by_role("button", name="Go").click()
    page.wait_for_url("**/area/IRQ/Ninewa")
    assert page.locator("h1").inner_text() == "Ninewa"
    context.close()
