"""One's own account, the admin's pages, and what each role may do."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from starlette.routing import Route
from tests.web.team_client import PASSWORD, Browser, app_of, signed_in, team_of_four

from tocsin.team import Line, Role
from tocsin.team.values import moment
from tocsin.web.account.admin import as_csv

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.applications import Starlette

    from tocsin.settings import Settings
    from tocsin.team import Team
    from tocsin.web.workbench import Workbench

OTHER = "wicker piano lagoon"
OWN = {"/login", "/logout", "/account/password", "/account/sessions/end", "/account/tokens", "/account/tokens/revoke"}
"""Forms that a reader may send: they change nothing but the reader's own account."""


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with team_of_four(tmp_path) as opened:
        yield opened


@pytest.fixture
def app(workbench: Workbench, web_settings: Settings, team: Team) -> Starlette:
    return app_of(workbench, web_settings, team)


def test_changing_the_password_ends_other_sessions_and_goes_on_under_another_id(app: Starlette) -> None:
    here, elsewhere = signed_in(app, "reader"), signed_in(app, "reader")
    before = here.cookies["tocsin_session"]
    answer = here.submit("/account/password", old=PASSWORD, new=OTHER, again=OTHER)
    assert answer.headers["location"] == "/account?done=changed"
    assert here.cookies["tocsin_session"] != before
    assert "was changed" in here.get("/account?done=changed").text
    assert elsewhere.get("/account").status_code == 303
    thief = Browser(app)
    thief.cookies.set("tocsin_session", before, domain="127.0.0.1")
    assert thief.get("/account").status_code == 303
    assert Browser(app).sign_in("reader").status_code == 401
    assert Browser(app).sign_in("reader", OTHER).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        (OTHER, OTHER, OTHER, "present password"), ("", OTHER, OTHER, "present password"),
        (PASSWORD, "short", "short", "12 characters"),
        (PASSWORD, "password12345", "password12345", "guessed first"), (PASSWORD, OTHER, OTHER + "x", "two ways"),
        (PASSWORD, PASSWORD, PASSWORD, "already"),
    ],
)  # fmt: skip
def test_a_password_is_not_changed_to_what_guards_nothing(
    app: Starlette, old: str, new: str, again: str, said: str
) -> None:
    browser = signed_in(app, "reader")
    answer = browser.submit("/account/password", old=old, new=new, again=again)
    assert answer.status_code == 400
    assert said in answer.text
    assert Browser(app).sign_in("reader").status_code == 303


def test_the_present_password_cannot_be_guessed_from_an_open_session(app: Starlette) -> None:
    browser = signed_in(app, "reader")
    statuses = [
        browser.submit("/account/password", old=OTHER, new="x" * 5, again="x" * 5).status_code for _ in range(11)
    ]
    assert statuses == [400] * 10 + [429]


def test_password_fields_are_masked_and_open_to_password_managers(app: Starlette) -> None:
    for page in (Browser(app).get("/login").text, signed_in(app, "reader").get("/account").text):
        fields = re.findall(r"<input[^>]*(?:password|old|new|again)[^>]*>", page)
        masked = [field for field in fields if 'type="password"' in field]
        assert masked
        assert all('autocomplete="current-password"' in f or 'autocomplete="new-password"' in f for f in masked)
        assert "onpaste" not in page
        assert not re.search(r"hint of the password|secret question|mother", page)


def test_a_token_is_shown_once_and_opens_the_api_for_what_it_may(app: Starlette, team: Team) -> None:
    browser = signed_in(app, "analyst")
    answer = browser.submit("/account/tokens", label="nightly <b>export</b>", role="reader", days="30")
    found = re.search(r"tocsin_[A-Za-z0-9_-]{40,}", answer.text)
    assert found
    assert "<b>" not in answer.text
    assert found[0] not in browser.get("/account").text
    program = Browser(app)
    bearer = {"authorization": f"Bearer {found[0]}"}
    assert program.get("/api/v1/cases", headers=bearer).status_code == 200
    assert program.get("/account", headers=bearer).status_code == 303, "pages take no token"
    assert program.get("/api/v1/cases", headers={"authorization": f"Basic {found[0]}"}).status_code == 401
    (made,) = team.tokens.of("analyst")
    browser.submit("/account/tokens/revoke", token=made.handle)
    assert program.get("/api/v1/cases", headers=bearer).status_code == 401


def test_a_feed_reader_gives_a_token_as_a_password(app: Starlette, team: Team) -> None:
    secret, _ = team.tokens.make("reader", label="feeds", role=Role.READER)
    program = Browser(app)
    asked = program.get("/api/v1/feeds/none")
    assert asked.status_code == 401
    assert asked.headers["www-authenticate"].startswith("Basic")
    assert program.get("/api/v1/feeds/none", auth=("reader", secret)).status_code != 401
    assert program.get("/api/v1/feeds/none", auth=("reader", PASSWORD)).status_code == 401, "never the password itself"
    assert program.get("/api/v1/cases", auth=("reader", secret)).status_code == 401, (
        "only where nothing better is known"
    )
    assert program.post("/api/v1/feeds/none", auth=("reader", secret)).status_code == 401, "only to read"


def test_guessing_tokens_is_stopped_by_address(app: Starlette) -> None:
    program = Browser(app)
    statuses = [
        program.get("/api/v1/cases", headers={"authorization": f"Bearer tocsin_{n:043}"}).status_code for n in range(31)
    ]
    assert statuses == [401] * 30 + [429]


@pytest.mark.parametrize(
    ("role", "days"), [("admin", "9"), ("king", "9"), ("reader", "0"), ("reader", "9999"), ("reader", "x"), ("", "")]
)
def test_a_token_for_more_than_one_may_is_not_made(app: Starlette, team: Team, role: str, days: str) -> None:
    answer = signed_in(app, "reader").submit("/account/tokens", label="a", role=role, days=days)
    assert answer.status_code == 400
    assert team.tokens.of("reader") == ()


def test_nobody_touches_what_is_anothers(app: Starlette, team: Team) -> None:
    secret, made = team.tokens.make("admin", label="a", role=Role.READER)
    other = signed_in(app, "admin")
    (theirs,) = team.sessions.of("admin")
    browser = signed_in(app, "reader")
    assert browser.submit("/account/tokens/revoke", token=made.handle).status_code == 404
    assert browser.submit("/account/sessions/end", session=theirs.handle).status_code == 404
    assert browser.submit("/account/sessions/end", session="%").status_code == 404
    assert team.tokens.user_of(secret) is not None
    assert other.get("/account").status_code == 200
    page = browser.get("/account").text
    assert made.handle not in page
    assert theirs.handle not in page


def test_one_ends_ones_own_sessions(app: Starlette, team: Team) -> None:
    here, elsewhere = signed_in(app, "reader"), signed_in(app, "reader")
    handles = {one.handle for one in team.sessions.of("reader")}
    (there,) = [h for h in re.findall(r'name="session" value="([0-9a-f]+)"', here.get("/account").text) if h in handles]
    assert here.submit("/account/sessions/end", session=there).status_code == 303
    assert elsewhere.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


@pytest.mark.parametrize("name", ["reader", "analyst", "reviewer"])
def test_only_an_admin_sees_and_does_what_admins_do(app: Starlette, team: Team, name: str) -> None:
    browser = signed_in(app, name)
    for path in ("/admin", "/admin/audit", "/admin/audit.csv", "/admin/audit?verify=yes"):
        assert browser.get(path).status_code == 403, path
    forms = {
        "/admin/users": {"name": "new", "role": "admin"}, "/admin/users/role": {"name": name, "role": "admin"},
        "/admin/users/disabled": {"name": "admin", "disabled": "yes"}, "/admin/users/password": {"name": "admin"},
    }  # fmt: skip
    for path, fields in forms.items():
        assert browser.submit(path, **fields).status_code == 403, path
    assert {user.name: user.role.value for user in team.users.all()} == {role.value: role.value for role in Role}
    assert Browser(app).sign_in("admin").status_code == 303


def test_a_form_that_changes_more_than_ones_own_account_is_not_open_to_readers(app: Starlette) -> None:
    browser = signed_in(app, "reader")
    token = browser.token()
    for route in app.routes:
        if not isinstance(route, Route) or not (route.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}:
            continue
        if route.path in OWN:
            continue
        path = re.sub(r"\{case\}", "tiny", route.path)
        path = re.sub(r"\{[^}]+\}", "1", path)
        method = next(iter(sorted((route.methods or set()) - {"GET", "HEAD", "OPTIONS"})))
        answer = browser.request(method, path, data={"csrf": token})
        assert answer.status_code == 403, f"{method} {path} is open to a reader: {answer.status_code}"


def test_an_admin_adds_a_user_whose_password_nobody_chose(app: Starlette, team: Team) -> None:
    admin = signed_in(app, "admin")
    answer = admin.submit("/admin/users", name="Anna.K", role="analyst")
    found = re.search(r'class="secret"><code>([^<]+)</code>', answer.text)
    assert found
    assert answer.headers["cache-control"] == "no-store"
    assert found[1] not in admin.get("/admin").text
    assert team.users.get("anna.k").must_change
    browser = Browser(app)
    assert browser.sign_in("anna.k", found[1]).headers["location"] == "/account"
    assert browser.submit("/account/password", old=found[1], new=found[1], again=found[1]).status_code == 400, (
        "it cannot stay"
    )


def test_an_admin_gives_roles_passwords_and_the_door(app: Starlette, team: Team) -> None:
    admin, reader = signed_in(app, "admin"), signed_in(app, "reader")
    admin.submit("/admin/users/role", name="reader", role="reviewer")
    assert team.users.get("reader").role is Role.REVIEWER
    admin.submit("/admin/users/disabled", name="reader", disabled="yes")
    assert reader.get("/account").status_code == 303
    admin.submit("/admin/users/disabled", name="reader", disabled="no")
    assert signed_in(app, "reader").get("/account").status_code == 200
    admin.submit("/admin/users/password", name="reader")
    assert Browser(app).sign_in("reader").status_code == 401


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/admin/users", {"name": "reader", "role": "reader"}, 400), ("/admin/users", {"name": "no name", "role": "reader"}, 400),
        ("/admin/users", {"name": "new", "role": "king"}, 400), ("/admin/users/role", {"name": "none", "role": "reader"}, 400),
        ("/admin/users/role", {"name": "admin", "role": "reader"}, 400),
        ("/admin/users/disabled", {"name": "admin", "disabled": "yes"}, 400),
        ("/admin/users/password", {"name": "none"}, 404), ("/admin/users", {}, 400), ("/admin/users/role", {}, 400),
    ],
)  # fmt: skip
def test_what_an_admin_gets_wrong_is_said_and_changes_nothing(
    app: Starlette, team: Team, path: str, fields: dict[str, str], status: int
) -> None:
    before = team.users.all()
    assert signed_in(app, "admin").submit(path, **fields).status_code == status
    assert team.users.all() == before


def test_the_log_is_filtered_followed_and_downloaded(app: Starlette, team: Team) -> None:
    for number in range(120):
        team.audit("analyst", "claim accepted", f"claim-{number}", "<script>alert(1)</script>")
    admin = signed_in(app, "admin")
    page = admin.get("/admin/audit?what=claim+accepted").text
    assert page.count("claim-") == 100
    assert "<script>alert" not in page
    older = re.search(r'href="(/admin/audit\?[^"]+)">Older', page)
    assert older
    assert admin.get(older[1].replace("&amp;", "&")).text.count("claim-") == 20
    assert admin.get("/admin/audit?words=claim-7&what=claim+accepted").text.count("claim-7<") == 1
    assert "No line is like this" in admin.get("/admin/audit?since=2030-01-01").text
    answer = admin.get("/admin/audit.csv?who=analyst")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 120
    assert "attachment" in answer.headers["content-disposition"]
    assert team.log.read()[0].what == "audit log downloaded"
    assert "are as they were written" in admin.get("/admin/audit?verify=yes").text


@pytest.mark.parametrize(
    "asked", ["since=yesterday", "until=2026-13-01", "before=x", "before=-1", "before=" + "9" * 30]
)
def test_a_filter_that_is_none_is_said(app: Starlette, asked: str) -> None:
    assert signed_in(app, "admin").get(f"/admin/audit?{asked}").status_code == 400


@pytest.mark.parametrize("asked", ["until=9999-12-31", "since=0001-01-01", "until=0001-01-01"])
def test_the_ends_of_the_calendar_are_days_too(app: Starlette, asked: str) -> None:
    assert signed_in(app, "admin").get(f"/admin/audit?{asked}").status_code == 200


def test_no_cell_of_the_download_is_computed_by_a_spreadsheet() -> None:
    at = moment("2026-11-21T00:00:00+00:00")
    line = Line(1, at, "=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0", "", "0")
    for cell in next(csv.reader(io.StringIO(as_csv((line,)).split("\r\n", 1)[1]))):
        assert cell[:1] not in {"=", "+", "-", "@"}


def test_without_accounts_there_is_no_account_page_and_it_is_said_how_to_have_one(
    workbench: Workbench, web_settings: Settings
) -> None:
    browser = Browser(app_of(workbench, web_settings, None))
    for path in ("/account", "/admin", "/admin/audit"):
        answer = browser.get(path)
        assert answer.status_code == 404
        assert "tocsin users add" in answer.text
    assert browser.get("/login").headers["location"] == "/"
