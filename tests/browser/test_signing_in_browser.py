"""Signing in, accounts and the admin's pages in a browser: by keyboard, on a phone, and with nothing from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import listening

from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
pytest.importorskip("starlette", reason="the web extra is not installed")
PASSWORD = "slate orchard kettle"  # noqa: S105 - made up
NEW = "wicker piano lagoon"


@pytest.fixture(scope="module")
def team_address(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a workbench with a user of each role listens."""
    from tests.web.team_client import app_of, team_of_four  # noqa: PLC0415 - needs the web extra

    from tocsin.web.workbench import Workbench  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("team")
    settings = Settings(data_dir=folder)
    with (
        team_of_four(folder) as team,
        listening(app_of(Workbench.of([tiny_folder], settings=settings), settings, team)) as at,
    ):
        yield at


@pytest.fixture
def page(drawing_browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails the test when anything complains or asks elsewhere."""
    width = getattr(request, "param", 1280)
    context = drawing_browser.new_context(viewport={"width": width, "height": 900})
    opened = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda asking: asked.append(asking.url))
    yield opened
    context.close()
    assert not [line for line in said if "401" not in line], "the console complains"
    assert not [url for url in asked if not re.match(r"(http://127\.0\.0\.1:|data:|blob:)", url)]


def sign_in(page: Page, address: str, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{address}/login")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    found = axe.run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize("page", [1280, 390], indirect=True)
def test_every_page_is_open_to_everybody_and_fits(page: Page, team_address: str) -> None:
    page.goto(f"{team_address}/c/tiny/now")
    assert page.url.startswith(f"{team_address}/login?next=")
    for path in ("/login", "/account", "/admin", "/admin/audit?verify=yes"):
        if path == "/account":
            sign_in(page, team_address, "admin")
        page.goto(team_address + path)
        assert serious(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_a_wrong_password_is_said_and_the_right_one_leads_on(page: Page, team_address: str) -> None:
    page.goto(f"{team_address}/c/tiny/trust")
    page.get_by_label("Name").fill("reader")
    page.get_by_label("Password").fill("not this one at all")
    page.keyboard.press("Enter")
    assert page.get_by_role("alert").inner_text().endswith("do not belong together.")
    assert serious(page) == []
    page.get_by_label("Name").fill("reader")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{team_address}/c/tiny/trust")


def test_an_account_is_given_its_password_replaced_and_a_token_made(
    page: Page, team_address: str, drawing_browser: Browser
) -> None:
    sign_in(page, team_address, "admin")
    page.goto(f"{team_address}/admin")
    page.locator("#name").fill("eva")
    page.get_by_role("button", name="Add", exact=True).click()
    given = page.locator(".secret code").inner_text()
    context = drawing_browser.new_context()
    other = context.new_page()
    sign_in(other, team_address, "eva", given)
    assert other.url == f"{team_address}/account"
    assert "Replace it below" in other.content()
    other.get_by_label("Present password").fill(given)
    other.get_by_label("New password", exact=True).fill(NEW)
    other.get_by_label("New password again").fill(NEW)
    other.get_by_role("button", name="Change the password").click()
    other.get_by_label("What will use it").fill("nightly export")
    other.get_by_role("button", name="Make a token").click()
    assert other.locator(".secret code").inner_text().startswith("tocsin_")
    other.goto(f"{team_address}/account")
    assert "nightly export" in other.content()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url(f"{team_address}/login")
    other.go_back()
    assert "/login" in other.url
    assert "nightly export" not in other.content(), "nothing of the account is kept for the way back"
    context.close()


def test_an_admin_changes_a_role_by_keyboard(page: Page, team_address: str) -> None:
    sign_in(page, team_address, "admin")
    page.goto(f"{team_address}/admin")
    page.get_by_label("Role of analyst").select_option("reviewer")
    page.get_by_role("button", name="Give analyst this role").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{team_address}/admin")
    assert page.get_by_label("Role of analyst").input_value() == "reviewer"
    page.get_by_role("link", name="Audit log").click()
    assert "analyst to reviewer" in page.content()


SCRIPT = "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);"
HANDLER = "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.ran=2>');"


def test_scripts_in_a_page_do_not_run(drawing_browser: Browser, team_address: str) -> None:
    context = drawing_browser.new_context()
    page = context.new_page()
    page.goto(f"{team_address}/login")
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    for put_in in (SCRIPT, HANDLER):
        page.evaluate(f"() => {{ {put_in} }}")
    page.wait_for_function("() => document.images[document.images.length - 1].complete")
    assert page.evaluate("() => window.ran === undefined")
    assert any("Content Security Policy" in line for line in refused)
    context.close()
