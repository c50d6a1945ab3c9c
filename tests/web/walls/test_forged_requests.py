"""Requests that a page elsewhere makes a browser send change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.team_client import PASSWORD, Browser, app_of, signed_in, team_of_four

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.applications import Starlette

    from tocsin.settings import Settings
    from tocsin.team import Team
    from tocsin.web.workbench import Workbench

HERE = "http://127.0.0.1"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with team_of_four(tmp_path) as opened:
        yield opened


@pytest.fixture
def app(workbench: Workbench, web_settings: Settings, team: Team) -> Starlette:
    return app_of(workbench, web_settings, team)


def make_token(browser: Browser, token: str | None, **headers: str) -> int:
    fields = {"label": "made by a form", "role": "reader", "days": "9"}
    data = fields if token is None else {"csrf": token, **fields}
    return int(browser.post("/account/tokens", data=data, headers=headers).status_code)


def test_a_form_of_ours_is_taken_and_one_without_its_token_is_not(app: Starlette, team: Team) -> None:
    browser = signed_in(app, "reader")
    token = browser.token()
    for wrong in (None, "", "x" * 43, token[:-1], token + "x", "ü"):
        assert make_token(browser, wrong) == 403, wrong
    assert team.tokens.of("reader") == ()
    assert make_token(browser, token) == 200
    assert len(team.tokens.of("reader")) == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": HERE}, 200),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "http://127.0.0.1.elsewhere.example"}, 403),
        ({"origin": "http://127.0.0.1:99"}, 403),
        ({"origin": "null"}, 200),
        ({"origin": HERE, "sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_what_a_browser_says_of_the_origin_decides_before_the_token(
    app: Starlette, headers: dict[str, str], status: int
) -> None:
    browser = signed_in(app, "reader")
    assert make_token(browser, browser.token(), **headers) == status


def test_the_token_of_another_session_is_not_taken(app: Starlette) -> None:
    other = signed_in(app, "analyst").token()
    assert make_token(signed_in(app, "reader"), other) == 403


def test_htmx_sends_the_token_as_a_header(app: Starlette) -> None:
    browser = signed_in(app, "reader")
    assert make_token(browser, None, **{"x-csrf-token": browser.token()}) == 200
    assert make_token(browser, None, **{"x-csrf-token": "x" * 43}) == 403


def test_a_form_with_files_carries_its_token_first(app: Starlette) -> None:
    browser = signed_in(app, "reader")
    token, fields = browser.token(), {"label": (None, "a"), "role": (None, "reader"), "days": (None, "9")}
    answer = browser.post("/account/tokens", files={"csrf": (None, token), **fields})
    assert answer.status_code == 200
    assert (
        browser.post(
            "/account/tokens", files={**fields, "label": (None, "x" * 5000), "csrf": (None, token)}
        ).status_code
        == 403
    )
    assert browser.post("/account/tokens", files=fields).status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/xml", ""])
def test_bodies_that_are_no_forms_carry_no_token(app: Starlette, kind: str) -> None:
    browser = signed_in(app, "reader")
    body = f"csrf={browser.token()}&label=a&role=reader&days=9"
    assert browser.post("/account/tokens", content=body, headers={"content-type": kind}).status_code == 403


def test_two_tokens_or_ten_thousand_fields_are_refused(app: Starlette) -> None:
    browser = signed_in(app, "reader")
    token = browser.token()
    form = {"content-type": "application/x-www-form-urlencoded"}
    twice = f"csrf=wrong&csrf={token}&label=a&role=reader&days=9"
    assert browser.post("/account/tokens", content=twice, headers=form).status_code == 403
    many = f"csrf={token}" + "&a=b" * 10_000
    assert browser.post("/account/tokens", content=many, headers=form).status_code == 403


def test_signing_in_itself_cannot_be_forged(app: Starlette) -> None:
    browser = Browser(app)
    data = {"name": "reader", "password": PASSWORD}
    assert browser.post("/login", data=data).status_code == 403
    token = browser.token("/login")
    assert Browser(app).post("/login", data={**data, "csrf": token}).status_code == 403, "another browser's token"
    assert (
        browser.post("/login", data={**data, "csrf": token}, headers={"sec-fetch-site": "cross-site"}).status_code
        == 403
    )
    assert browser.post("/login", data={**data, "csrf": token}).status_code == 303


def test_without_accounts_pages_elsewhere_change_nothing_either(workbench: Workbench, web_settings: Settings) -> None:
    browser = Browser(app_of(workbench, web_settings, None))
    assert browser.get("/c/tiny/now").status_code == 200
    assert browser.post("/logout").status_code == 403, "no token"
    headers = {"sec-fetch-site": "cross-site", "content-type": "text/plain"}
    assert browser.post("/api/v1/match", content="{}", headers=headers).status_code == 403
    assert (
        browser.post("/api/v1/match", content="{}", headers={"origin": "https://elsewhere.example"}).status_code == 403
    )
    assert browser.post("/api/v1/match", content="{}").status_code != 403, "a program on this machine sends no origin"


def test_a_page_never_holds_the_token_of_somebody_else(app: Starlette) -> None:
    one, other = signed_in(app, "analyst"), signed_in(app, "reader")
    token = one.token()
    for path in (
        "/c/tiny/now",
        "/c/tiny/decide",
        "/c/tiny/record",
        "/c/tiny/briefs",
        "/c/tiny/mission",
        "/c/tiny/trust",
        "/cases",
        "/",
    ):
        one.get(f"/c/tiny/{path}")
        assert token not in other.get(f"/c/tiny/{path}").text, path


def test_reading_needs_no_token(app: Starlette) -> None:
    browser = signed_in(app, "reader")
    assert browser.get("/account", headers={"sec-fetch-site": "cross-site"}).status_code == 200
    assert browser.head("/account").status_code == 200
