"""Every page of the workbench, one after the other, held to what each of them promises."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from starlette.routing import Route
from tests.browser.conftest import CHROMIUM, watched
from tests.browser.whole_workbench import RECORD, Whole, grave_faults, sign_in, whole_workbench
from tests.web.iraq_case import iraq_files

from tocsin.web.decide.parts import PARTS as DECIDE
from tocsin.web.mission.parts import PARTS as MISSION
from tocsin.web.routes import routes
from tocsin.web.security import POLICY
from tocsin.web.trust.parts import PARTS as TRUST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

__all__ = ["iraq_files"]

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
MOST_BYTES = 500_000
"""What a page may weigh on its way, besides the library that draws maps."""


def parts(view: str, names: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(f"/c/iraq/{view}?part={part.name}" for part in names)


PAGES: dict[str, tuple[str, ...]] = {
    "/": ("/",),
    "/c/{case}": ("/c/iraq",),
    "/c/{case}/now": ("/c/iraq/now", "/c/iraq/now?level=admin1", "/c/iraq/now?edition={earlier}", "/c/empty/now"),
    "/c/{case}/area": ("/c/iraq/area", "/c/iraq/area?name=nowhere"),
    "/c/{case}/area/{area:path}": ("/c/iraq/area/IRQ/Anbar", "/c/iraq/area/JOR", "/c/iraq/area/NONE"),
    "/c/{case}/profile/{country}": ("/c/iraq/profile/IRQ", "/c/iraq/profile/GHA"),
    "/c/{case}/replay": ("/c/iraq/replay", "/c/empty/replay"),
    "/c/{case}/record": (RECORD, f"{RECORD}?q=basra", f"{RECORD}?q=alert&in=texts", "/c/empty/record"),
    "/c/{case}/record/claim/{claim}": (f"{RECORD}/claim/{{claim}}", f"{RECORD}/claim/{{disputed}}", f"{RECORD}/claim/0"),
    "/c/{case}/record/review": (f"{RECORD}/review",),
    "/c/{case}/record/entity/{entity:path}": (f"{RECORD}/entity/{{entity}}", f"{RECORD}/entity/{{entity}}?screen=1&same=1"),
    "/c/{case}/record/timeline": (f"{RECORD}/timeline",),
    "/c/{case}/record/documents": (f"{RECORD}/documents",),
    "/c/{case}/record/document/{document}": (f"{RECORD}/document/{{document}}",),
    "/c/{case}/record/contradictions": (f"{RECORD}/contradictions",),
    "/c/{case}/mission": parts("mission", MISSION),
    "/c/{case}/decide": (*parts("decide", DECIDE), "/c/iraq/decide?question=nmi-end"),
    "/c/{case}/trust": parts("trust", TRUST),
    "/c/{case}/briefs": ("/c/iraq/briefs",),
    "/cases": ("/cases",),
    "/cases/{case}": ("/cases/iraq", "/cases/wrong", "/cases/none"),
    "/help": ("/help", "/help?q=reach"),
    "/help/": ("/help/",),
    "/help/{page}": ("/help/mistakes", "/help/tutorial-assess-a-mission", "/help/workbench", "/help/none"),
    "/account": ("/account",),
    "/admin": ("/admin",),
    "/admin/audit": ("/admin/audit?verify=yes",),
    "/api/v1/docs": ("/api/v1/docs",),
    "/{nothing}": ("/nothing",),
}  # fmt: skip
"""Addresses to look at, by their route. What is in braces stands in `Whole`."""
NO_PAGES = frozenset((
    "/c/{case}/", "/c/{case}/map/{name}.json", "/c/{case}/mission/{part}.csv", "/c/{case}/profile/{country}.csv",
    "/c/{case}/profile/{country}.json", "/c/{case}/record/document/{document}/text",
    "/c/{case}/briefs/making", "/c/{case}/briefs/{file}", "/cases/import/{id}", "/help/images/{name}", "/admin/audit.csv",
    "/login",
))  # fmt: skip
"""Files, parts of pages, and pages that other tests walk through."""
ADDRESSES = tuple(address for addresses in PAGES.values() for address in addresses)
REFUSED = re.compile(r"/area/NONE|/claim/0$|/none$|/nothing$|name=nowhere")
"""Pages that say that there is no such thing."""


def test_no_page_is_forgotten() -> None:
    asked = {route.path for route in routes() if isinstance(route, Route) and "GET" in (route.methods or ())}
    assert asked - NO_PAGES - set(PAGES) == set(), "put its address into PAGES"
    assert set(PAGES) - asked == {"/api/v1/docs", "/{nothing}"}


@dataclass(frozen=True, slots=True)
class Sweep:
    """A browser of somebody signed in, and the workbench it looks at."""

    whole: Whole
    page: Page

    def address(self, path: str) -> str:
        named = {"{claim}": self.whole.claim, "{disputed}": self.whole.disputed, "{entity}": self.whole.entity,
                 "{document}": self.whole.document, "{earlier}": self.whole.earlier}  # fmt: skip
        for name, value in named.items():
            path = path.replace(name, value)
        return self.whole.address + path


@pytest.fixture(scope="module")
def whole(iraq_files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    with whole_workbench(tmp_path_factory.mktemp("whole"), files=iraq_files) as opened:
        yield opened


@contextmanager
def admin_in(browser: Browser, whole: Whole, **options: Any) -> Iterator[BrowserContext]:
    """A browser of its own in which the admin is signed in."""
    context = browser.new_context(**options)
    first = context.new_page()
    sign_in(first, whole.address, "admin")
    first.close()
    yield context
    context.close()


@pytest.fixture(scope="module")
def sweep(drawing_browser: Browser, whole: Whole) -> Iterator[Sweep]:
    with admin_in(drawing_browser, whole, viewport={"width": 1280, "height": 900}) as context:
        context.add_init_script(
            "window.violations = []; addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective))"
        )
        yield Sweep(whole, context.new_page())


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_keeps_its_promises(sweep: Sweep, path: str) -> None:
    page, address = sweep.page, sweep.address(path)
    page.set_viewport_size({"width": 1280, "height": 900})
    with watched(page, sweep.whole.address) as wrong:
        answer = page.goto(address)
        page.wait_for_function("() => !document.querySelector('.map[data-outlines]') || document.body.dataset.map")
    assert answer is not None
    refused = bool(REFUSED.search(path))
    assert answer.status == (404 if refused else 200)
    assert [one for one in wrong if not (refused and "404" in one)] == []
    assert answer.headers["content-security-policy"] == POLICY
    assert page.evaluate("() => window.violations") == []
    assert page.evaluate(WEIGHT) <= MOST_BYTES
    assert page.locator("h1").count() == 1
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 1280
    assert page.evaluate(PAST_KEYBOARDS) == []
    _names_its_edition(sweep, path)
    _is_open_by_keyboard(page)
    _prints_without_navigation(page)
    _fits_a_telephone(page)
    assert grave_faults(page) == []


WEIGHT = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter(one => !one.name.includes('/vendor/maplibre'))
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
PAST_KEYBOARDS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [onclick]')]
  .filter(one => one.tabIndex !== 0 && one.checkVisibility() && !one.disabled && one.type !== 'hidden')
  .filter(one => !one.closest('.maplibregl-map'))
  .map(one => one.outerHTML.slice(0, 120))"""
"""What is shown and meant to be used, and no key leads to, or out of its order."""


def _names_its_edition(sweep: Sweep, path: str) -> None:
    """A page of a case with editions names the one it shows, when it was known, and says what it does not know."""
    if not path.startswith("/c/iraq") or REFUSED.search(path):
        return
    foot = sweep.page.locator("footer").inner_text()
    assert (sweep.whole.earlier if "{earlier}" in path else sweep.whole.newest) in foot
    assert "As known on 31 December 2024" in foot
    assert sweep.page.get_by_text("An earlier edition").count() == ("{earlier}" in path)
    assert sweep.page.locator("main").get_by_text("What this page does not know").count() == 1


def _is_open_by_keyboard(page: Page) -> None:
    """The first key leads to the link that skips the navigation, which is then seen, and it leads to the content."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to the content"
    box = page.locator(":focus").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "content"


def _prints_without_navigation(page: Page) -> None:
    page.emulate_media(media="print")
    assert not any(nav.is_visible() for nav in page.locator("header nav").all())
    assert page.locator("h1").is_visible()
    page.emulate_media(media="screen")


def _fits_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_no_link_of_any_page_leads_nowhere(sweep: Sweep) -> None:
    found: dict[str, str] = {}
    asking = sweep.page.request
    for path in (one for one in ADDRESSES if not REFUSED.search(one)):
        address = sweep.address(path)
        for link in re.findall(r'<a [^>]*href="([^"]+)"', asking.get(address).text()):
            found.setdefault(urljoin(address, unescape(link)).partition("#")[0], path)
    ours = {link: path for link, path in found.items() if link.startswith(sweep.whole.address)}
    assert any("/api/v1/" in link for link in ours), "downloads are among them"
    answers = {link: asking.get(link).status for link in ours}
    assert [f"{code} {link.split('/', 3)[3]} on {ours[link]}" for link, code in answers.items() if code >= 400] == []


WALKED = ("/c/iraq/now", "/c/iraq/replay", "/c/iraq/decide?question=nmi-end", f"{RECORD}/review", "/c/iraq/briefs")


@pytest.mark.parametrize("path", WALKED)
def test_keys_lead_through_the_whole_page_and_out_and_show_where_they_are(sweep: Sweep, path: str) -> None:
    page = sweep.page
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(sweep.address(path))
    page.wait_for_function("() => !document.querySelector('.map[data-outlines]') || document.body.dataset.map")
    page.evaluate(WATCH_FOCUS)
    for _ in range(page.evaluate("() => walk.all.length") + 20):
        page.keyboard.press("Tab")
        if page.evaluate("() => walk.back"):
            break
    assert page.evaluate("() => walk.back"), "the last control lets go"
    assert (
        page.evaluate("() => walk.all.filter(one => !walk.met.has(one)).map(one => one.outerHTML.slice(0, 120))") == []
    )
    assert page.evaluate("() => [...walk.unseen]") == []


WATCH_FOCUS = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(one => one.checkVisibility() && !one.disabled && one.type !== 'hidden' && one.tabIndex === 0)
    .filter(one => one.type !== 'radio');
  window.walk = {all, met: new Set(), unseen: new Set(), back: false};
  document.addEventListener('focusin', event => {
    const one = event.target, style = getComputedStyle(one);
    if (walk.met.size > 1 && one === all[0]) walk.back = true;
    walk.met.add(one);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== 'none';
    if (!ring && one !== document.body) walk.unseen.add(one.outerHTML.slice(0, 120));
  });
}"""


def test_every_page_says_the_same_without_scripts(drawing_browser: Browser, whole: Whole) -> None:
    with admin_in(drawing_browser, whole, java_script_enabled=False) as context:
        page = context.new_page()
        at = Sweep(whole, page)
        for path, *_ in PAGES.values():
            page.goto(at.address(path))
            assert page.locator("h1").is_visible(), path
            assert page.locator(".map").count() == 0 or page.locator(".map-still svg").first.is_visible(), path
            buttons = page.locator("main form").filter(has_not=page.locator("button, input[type=submit]"))
            assert buttons.count() == 0, f"{path}: a form without a button is sent by scripts alone"
