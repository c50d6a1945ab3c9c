"""Addresses, words and headers that mean harm: answered in words, and with nothing from outside the workbench."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from starlette.routing import Mount, Route
from starlette.websockets import WebSocketDisconnect
from tests.web.team_client import Browser, app_of, signed_in, team_of_four

from tocsin.team import Role, open_team

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.applications import Starlette

    from tocsin.settings import Settings
    from tocsin.team import Team
    from tocsin.web.workbench import Workbench

HOSTILE = (
    "' OR '1'='1\"; DROP TABLE users; --", "..%2f..%2f..%2fetc%2fpasswd", "../../../../etc/passwd", "%00", "{{7*7}}${7*7}",
    '"><img src=x onerror=alert(1)><script>alert(1)</script>', "javascript:alert(1)", "a" * 3000,
    "\u202e-1e308 NEAR/ *%f0%28%8c%bc",
)  # fmt: skip
ASKED = (
    "edition",
    "q",
    "next",
    "month",
    "kind",
    "area",
    "page",
    "cursor",
    "before",
    "sort",
    "limit",
    "origin",
    "on",
    "who",
)
OUTSIDE = re.compile(
    r"root:.*:0:0|\[core\]\s*repositoryformatversion|Traceback \(most recent|sqlite3\.|sqlalchemy|\b49\b.*\{\{"
)


@pytest.fixture
def app(workbench: Workbench, web_settings: Settings) -> Starlette:
    return app_of(workbench, web_settings, None)


def pages(app: Starlette) -> list[str]:
    """The addresses of the pages that are read, as they are declared."""
    return [
        r.path
        for r in app.routes
        if isinstance(r, Route) and "GET" in (r.methods or ()) and not r.path.startswith("/log")
    ]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_word_in_an_address_breaks_a_page_or_leads_outside(app: Starlette, hostile: str) -> None:
    filled = {re.sub(r"\{case\}", "tiny", path) for path in pages(app) if path.count("{") > 1}
    assert len(filled) > 4
    with Browser(app) as browser:
        for path in ("/c/{case}/now", "/cases/{case}", *sorted(filled)):
            address = re.sub(r"\{[^}]+\}", hostile.replace("\\", r"\\"), path)
            answer = browser.get(address)
            assert answer.status_code < 500, f"{address}: {answer.status_code}"
            assert not OUTSIDE.search(answer.text), address


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_question_breaks_a_page_or_comes_back_as_markup(app: Starlette, hostile: str) -> None:
    with Browser(app) as browser:
        for view in ("now", "area", "replay", "record", "mission", "decide", "trust", "briefs"):
            asked = dict.fromkeys(ASKED, hostile)
            for given in (asked, {key: value for key, value in asked.items() if key != "edition"}):
                answer = browser.get(f"/c/tiny/{view}", params=given)
                assert answer.status_code < 500, view
                assert "<script>alert" not in answer.text
                assert "<img src=x" not in answer.text
                assert 'href="javascript:' not in answer.text
                assert not OUTSIDE.search(answer.text), view


OTHERS = (
    "/.git/config", "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/",
    "/static/vendor/", "/.env", "/pyproject.toml", "/team.db", "/c/tiny/../../team.db", "/c/..%2f..%2fteam.db/now",
    "/static/page.css%00.py", "/server-status",
)  # fmt: skip


def test_nothing_is_served_but_pages_and_their_own_files(app: Starlette) -> None:
    with Browser(app) as browser:
        for path in OTHERS:
            answer = browser.get(path)
            assert answer.status_code in {303, 307, 400, 404, 405}, f"{path}: {answer.status_code}"
            assert "import " not in answer.text
            assert "root:" not in answer.text


def test_other_origins_are_let_read_nothing(app: Starlette) -> None:
    browser = Browser(app)
    for path in ("/c/tiny/now", "/api/v1/cases", "/static/page.css", "/api/v1/openapi.json"):
        for origin in ("https://elsewhere.example", "null"):
            asked = browser.get(path, headers={"origin": origin})
            before = browser.options(path, headers={"origin": origin, "access-control-request-method": "POST"})
            for answer in (asked, before):
                assert not [name for name in answer.headers if name.startswith("access-control-")], path
            assert asked.headers["cross-origin-resource-policy"] == "same-origin"


def test_every_body_says_what_it_is(app: Starlette) -> None:
    browser = Browser(app)
    for path in (
        "/c/tiny/now",
        "/static/page.css",
        "/static/colours.css",
        "/api/v1/cases",
        "/nowhere",
        "/api/v1/nowhere",
    ):
        kind = browser.get(path).headers["content-type"]
        assert kind.startswith("application/json") or "charset=utf-8" in kind, f"{path}: {kind}"


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "DELETE", "PUT", "X-ODD"])
def test_methods_that_are_not_declared_do_nothing(app: Starlette, method: str) -> None:
    for path in ("/c/tiny/now", "/cases", "/account", "/static/page.css"):
        assert Browser(app).request(method, path).status_code in {403, 404, 405}


def test_reading_changes_nothing(app: Starlette) -> None:
    """What changes something takes POST and the like alone; no handler serves both, so that a link can set nothing off."""
    changing = [
        r for r in app.routes if isinstance(r, Route) and r.methods and not r.methods <= {"GET", "HEAD", "OPTIONS"}
    ]
    assert len(changing) > 5
    for route in changing:
        assert not (route.methods or set()) & {"GET", "HEAD"}, route.path
    reading = {r.endpoint for r in app.routes if isinstance(r, Route) and r not in changing}
    assert not reading & {r.endpoint for r in changing}
    for path in ("/logout", "/admin/users", "/account/tokens"):
        assert Browser(app).get(path).status_code == 405, path


def test_secrets_in_an_address_open_nothing(workbench: Workbench, web_settings: Settings, tmp_path: Path) -> None:
    with team_of_four(tmp_path) as team:
        secret, _ = team.tokens.make("admin", label="a", role=Role.ADMIN)
        app = app_of(workbench, web_settings, team)
        opened = signed_in(app, "admin").cookies["tocsin_session"]
        for name, value in (
            ("token", secret),
            ("access_token", secret),
            ("api_key", secret),
            ("tocsin_session", opened),
        ):
            assert Browser(app).get(f"/api/v1/cases?{name}={value}").status_code == 401
        for page in (signed_in(app, "admin").get("/admin").text, Browser(app).get("/login").text):
            assert not re.search(r'<form[^>]*method="get"[^>]*>(?:(?!</form>).)*(password|csrf)', page, re.DOTALL)


def test_there_are_no_web_sockets(app: Starlette) -> None:
    with pytest.raises(WebSocketDisconnect), Browser(app).websocket_connect("/c/tiny/now"):
        pass


def test_no_account_is_there_from_the_beginning(tmp_path: Path) -> None:
    with open_team(tmp_path / "team.db") as team:
        assert team.users.all() == ()


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with team_of_four(tmp_path) as opened:
        yield opened


def test_every_mounted_part_stands_behind_the_walls(workbench: Workbench, web_settings: Settings, team: Team) -> None:
    app = app_of(workbench, web_settings, team)
    mounted = [route.path for route in app.routes if isinstance(route, Mount)]
    assert "/static" in mounted
    for path in mounted:
        if path != "/static":
            assert Browser(app).get(f"{path}/v1/cases").status_code == 401, path
