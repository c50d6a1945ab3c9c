"""Signing in and out: what is told, what is counted, which cookies go where, and when a session ends."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.web.team_client import HOST, PASSWORD, PUBLIC, Browser, app_of, signed_in, team_of_four

from tocsin.team import Role
from tocsin.team.sessions import hash_of
from tocsin.web.account.login import onward
from tocsin.web.walls.rates import Guesses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.applications import Starlette

    from tocsin.settings import Settings
    from tocsin.team import Team
    from tocsin.web.workbench import Workbench


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with team_of_four(tmp_path) as opened:
        yield opened


@pytest.fixture
def app(workbench: Workbench, web_settings: Settings, team: Team) -> Starlette:
    return app_of(workbench, web_settings, team)


def test_nobody_sees_a_page_before_signing_in(app: Starlette) -> None:
    browser = Browser(app)
    for path in ("/", "/cases", "/c/tiny/now", "/account", "/admin", "/admin/audit", "/help"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/login"), path
    assert browser.get("/c/tiny/now?edition=1").headers["location"] == "/login?next=/c/tiny/now%3Fedition%3D1"
    assert browser.get("/static/page.css").status_code == 200


def test_signing_in_goes_on_to_where_one_was_going(app: Starlette) -> None:
    browser = Browser(app)
    answer = browser.sign_in("reader", next="/c/tiny/now?edition=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/c/tiny/now?edition=1")
    assert "reader" in browser.get("/account").text


@pytest.mark.parametrize(
    "elsewhere",
    ["//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)", "/%5celsewhere.example",
     "/%2felsewhere.example", "\t//elsewhere.example", "/x\r\nSet-Cookie: a=b", "", "elsewhere.example", "/logout"],
)  # fmt: skip
def test_signing_in_goes_on_to_this_server_alone(elsewhere: str) -> None:
    assert onward(elsewhere) == "/"


def test_what_is_told_is_the_same_for_a_wrong_name_a_wrong_password_and_a_disabled_user(
    app: Starlette, team: Team
) -> None:
    team.users.set_disabled("reader", disabled=True)
    told = []
    for name, password in (("nobody", PASSWORD), ("analyst", "wicker piano lagoon"), ("reader", PASSWORD)):
        answer = Browser(app).sign_in(name, password)
        told.append((answer.status_code, answer.text.partition("<main")[2].partition("<form")[0]))
    assert told == [told[0]] * 3
    assert told[0][0] == 401
    assert "do not belong together" in told[0][1]


def test_guessing_one_name_is_stopped_without_ending_sessions(app: Starlette) -> None:
    inside = signed_in(app, "analyst")
    browser = Browser(app)
    for _ in range(10):
        assert browser.sign_in("analyst", "wicker piano lagoon").status_code == 401
    answer = browser.sign_in("analyst")
    assert answer.status_code == 429, "not even the right password is looked at"
    assert "15 minutes" in answer.text
    assert browser.sign_in("reviewer").status_code == 303, "another name is"
    assert inside.get("/account").status_code == 200


def test_guessing_many_names_is_stopped_by_address(app: Starlette) -> None:
    browser = Browser(app)
    answers = [browser.sign_in(f"name{n}", "wicker piano lagoon").status_code for n in range(31)]
    assert answers == [401] * 30 + [429]


def test_guesses_made_at_once_are_counted_before_they_are_looked_at() -> None:
    guesses = Guesses()
    with ExitStack() as under_way:
        for _ in range(10):
            assert guesses.wait("analyst", "192.0.2.1") == 0
            under_way.enter_context(guesses.looking("analyst", "192.0.2.1"))
        assert guesses.wait("analyst", "198.51.100.7") >= 1, "the eleventh waits, wherever it comes from"
        assert guesses.wait("reviewer", "192.0.2.1") == 0
    assert guesses.wait("analyst", "192.0.2.1") == 0, "none of them was found wrong"


def test_a_session_has_a_new_id_after_signing_in_and_one_brought_along_opens_nothing(app: Starlette) -> None:
    browser = Browser(app)
    browser.cookies.set("tocsin_session", "a" * 32, domain="127.0.0.1")
    assert browser.get("/account").status_code == 303
    browser.sign_in("reader")
    first = browser.cookies.get("tocsin_session", domain="127.0.0.1")
    assert first
    assert first != "a" * 32
    browser.get("/login")
    again = Browser(app)
    again.cookies.set("tocsin_session", first, domain="127.0.0.1")
    assert again.get("/account").status_code == 200


def test_signing_in_again_ends_the_session_that_was_open_in_this_browser(app: Starlette, team: Team) -> None:
    browser = signed_in(app, "reader")
    first = browser.cookies["tocsin_session"]
    token = browser.token()
    browser.post("/login", data={"csrf": token, "name": "analyst", "password": PASSWORD})
    assert browser.cookies["tocsin_session"] != first
    assert team.sessions.data(first) == ""
    assert "analyst" in browser.get("/account").text


def test_the_id_is_kept_as_a_hash_alone(app: Starlette, team: Team) -> None:
    browser = signed_in(app, "reader")
    opened = browser.cookies["tocsin_session"]
    with team.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM sessions").all())
    assert hash_of(opened) in kept
    assert opened not in kept


def test_the_cookie_is_for_this_host_alone_and_for_no_script(
    app: Starlette, workbench: Workbench, web_settings: Settings, team: Team
) -> None:
    def set_by(made: Starlette, base_url: str) -> list[str]:
        browser = Browser(made, base_url=base_url)
        browser.get("/login")
        return [c for c in browser.sign_in("reader").headers.get_list("set-cookie") if "session" in c]

    (here,) = set_by(app, HOST)
    assert here.startswith("tocsin_session=")
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip().lower() for part in here.split(";")}
    (public,) = set_by(app_of(workbench, web_settings, team, PUBLIC), "https://tocsin.example.org")
    assert public.startswith("__Host-tocsin_session=")
    assert {"httponly", "samesite=lax", "path=/", "secure"} <= {part.strip().lower() for part in public.split(";")}
    assert "domain" not in public.lower()


def test_signing_out_ends_the_session_on_the_server(app: Starlette) -> None:
    browser = signed_in(app, "reader")
    opened = browser.cookies["tocsin_session"]
    answer = browser.submit("/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert "cache" in answer.headers["clear-site-data"]
    assert "tocsin_session" not in browser.cookies
    thief = Browser(app)
    thief.cookies.set("tocsin_session", opened, domain="127.0.0.1")
    assert thief.get("/account").status_code == 303


def test_a_request_cannot_sign_anybody_out_by_a_link(app: Starlette) -> None:
    browser = signed_in(app, "reader")
    assert browser.get("/logout").status_code == 405
    assert browser.get("/account").status_code == 200


def test_idling_and_age_end_a_session(workbench: Workbench, web_settings: Settings, tmp_path: Path) -> None:
    from tests.team.conftest import Clock, cheap  # noqa: PLC0415 - a clock that moves

    from tocsin.team import open_team  # noqa: PLC0415

    clock = Clock()
    with open_team(tmp_path / "moving.db", now=clock, passwords=cheap()) as team:
        team.users.add("anna", PASSWORD, role=Role.READER)
        app = app_of(workbench, web_settings, team)
        browser = signed_in(app, "anna")
        clock.move(timedelta(hours=11))
        assert browser.get("/account").status_code == 200
        team.sessions.keep(
            browser.cookies["tocsin_session"], "anna", team.sessions.data(browser.cookies["tocsin_session"])
        )
        clock.move(timedelta(hours=11))
        assert browser.get("/account").status_code == 200, "using it keeps it"
        clock.move(timedelta(hours=13))
        assert browser.get("/account").status_code == 303
        browser = signed_in(app, "anna")
        opened = browser.cookies["tocsin_session"]
        for _ in range(14):
            team.sessions.keep(opened, "anna", team.sessions.data(opened))
            clock.move(timedelta(hours=11, minutes=59))
        assert team.sessions.data(opened) != ""
        clock.move(timedelta(hours=1))
        team.sessions.keep(opened, "anna", "{}")
        assert team.sessions.data(opened) == "", "no session is older than a week, however much it is used"


def test_another_role_holds_at_once_and_gives_the_session_another_id(app: Starlette, team: Team) -> None:
    browser = signed_in(app, "reader")
    before = browser.cookies["tocsin_session"]
    assert browser.get("/admin").status_code == 403
    team.users.set_role("reader", Role.ADMIN)
    assert browser.get("/admin").status_code == 200
    assert browser.cookies["tocsin_session"] != before
    assert team.sessions.data(before) == ""
    team.users.set_role("reader", Role.READER)
    assert browser.get("/admin").status_code == 403


def test_a_disabled_user_is_out_with_the_next_request(app: Starlette, team: Team) -> None:
    browser = signed_in(app, "reader")
    team.users.set_disabled("reader", disabled=True)
    assert browser.get("/c/tiny/now").status_code == 303


def test_a_password_that_was_given_is_replaced_before_anything_else(app: Starlette, team: Team) -> None:
    team.users.add("anna", PASSWORD, role=Role.ADMIN, given=True)
    browser = Browser(app)
    assert browser.sign_in("anna").headers["location"] == "/account"
    assert browser.get("/c/tiny/now").headers["location"] == "/account"
    assert browser.get("/api/v1/cases").status_code == 403
    page = browser.get("/account").text
    assert "Replace it below" in page
    assert "Make a token" not in page
    answer = browser.submit("/account/password", old=PASSWORD, new="wicker piano lagoon", again="wicker piano lagoon")
    assert answer.headers["location"] == "/account?done=changed"
    assert browser.get("/admin").status_code == 200


def test_what_happened_is_in_the_log_and_what_was_typed_as_a_name_is_not(app: Starlette, team: Team) -> None:
    browser = Browser(app)
    browser.sign_in("hunter2 typed too early")
    browser.sign_in("reader", "wicker piano lagoon")
    browser.sign_in("reader")
    browser.submit("/logout")
    lines = [(line.who, line.what, line.object) for line in team.log.read() if line.what.startswith("sign")]
    assert lines[::-1] == [
        ("nobody", "sign-in refused", "unknown name"), ("nobody", "sign-in refused", "reader"),
        ("reader", "signed in", "reader"), ("reader", "signed out", "reader"),
    ]  # fmt: skip
    assert "hunter2" not in str(team.log.read())
