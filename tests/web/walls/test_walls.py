"""What every answer carries, which names are answered to, and how much is taken."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.web.team_client import PASSWORD, PUBLIC, Browser, app_of, cheap, signed_in, team_of_four

from tocsin.team import Role, open_team
from tocsin.web.walls.headers import POLICY, Headers
from tocsin.web.walls.rates import Rates
from tocsin.web.walls.sizes import Sizes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.requests import Request

    from tocsin.settings import Settings
    from tocsin.team import Team
    from tocsin.web.workbench import Workbench

PATHS = (
    "/",
    "/cases",
    "/c/tiny/now",
    "/c/none/now",
    "/nowhere",
    "/static/page.css",
    "/static/none.css",
    "/api/v1/cases",
    "/login",
)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with team_of_four(tmp_path) as opened:
        yield opened


@pytest.fixture
def alone(workbench: Workbench, web_settings: Settings) -> Browser:
    """The one user of this machine."""
    return Browser(app_of(workbench, web_settings, None))


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(alone: Browser, path: str) -> None:
    headers = alone.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "geolocation=()" in headers["permissions-policy"]
    assert "cache-control" in headers
    assert "server" not in headers
    assert "strict-transport-security" not in headers, "this machine speaks plain HTTP to itself"
    assert "access-control-allow-origin" not in headers


def test_the_policy_allows_no_script_or_style_in_a_page_and_nothing_from_elsewhere() -> None:
    parts = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))
    assert parts["default-src"] == "'none'"
    assert parts["script-src"] == parts["style-src"] == "'self'"
    assert {parts[name] for name in ("base-uri", "frame-ancestors")} == {"'none'"}
    assert not [word for word in ("unsafe", "http:", "https:", "*") if word in POLICY]


def test_pages_hold_no_script_style_or_handler_of_their_own(alone: Browser) -> None:
    for path in ("/", "/cases", "/c/tiny/now", "/c/none/now"):
        text = alone.get(path).text
        assert not re.search(
            r"<script(?![^>]*\s(src=|type=.application/json))[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:", text
        ), path


def test_over_https_browsers_are_told_to_stay_there(workbench: Workbench, web_settings: Settings, team: Team) -> None:
    browser = Browser(app_of(workbench, web_settings, team, PUBLIC), base_url="https://tocsin.example.org")
    for path in ("/login", "/nowhere", "/static/page.css"):
        assert browser.get(path).headers["strict-transport-security"].startswith("max-age=31536000")


def test_pages_of_accounts_are_kept_nowhere_and_others_by_their_browser_alone(
    workbench: Workbench, web_settings: Settings, team: Team
) -> None:
    browser = signed_in(app_of(workbench, web_settings, team), "admin")
    for path in ("/account", "/admin", "/admin/audit", "/admin/audit.csv", "/login"):
        assert browser.get(path).headers["cache-control"] == "no-store", path
    assert "private" in browser.get("/c/tiny/now").headers["cache-control"]


def test_a_view_may_narrow_the_policy_but_not_drop_it() -> None:
    def made(own: str) -> str:
        async def view(_: Request) -> Response:
            return PlainTextResponse("", headers={"Content-Security-Policy": own})

        app = Headers(Starlette(routes=[Route("/", view)]), secure=False)
        return str(TestClient(app).get("/").headers["content-security-policy"])

    assert made("default-src 'none'; style-src 'sha256-abc'") == "default-src 'none'; style-src 'sha256-abc'"
    assert made("default-src *") == POLICY


@pytest.mark.parametrize(
    "host",
    [
        "elsewhere.example",
        "127.0.0.1.elsewhere.example",
        "localhost.elsewhere.example",
        "",
        "10.0.0.9",
        "127.0.0.1, elsewhere.example",
    ],
)
def test_other_names_are_not_answered_to(alone: Browser, host: str) -> None:
    answer = alone.get("/c/tiny/now", headers={"host": host})
    assert answer.status_code == 400
    assert "A tiny case" not in answer.text
    assert alone.get("/api/v1/cases", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8710", "localhost:8710", "LOCALHOST", "[::1]:8710"])
def test_names_of_this_machine_are_answered_to(alone: Browser, host: str) -> None:
    assert alone.get("/c/tiny/now", headers={"host": host}).status_code == 200


def test_beyond_this_machine_its_own_names_are_answered_to(
    workbench: Workbench, web_settings: Settings, team: Team
) -> None:
    settings = web_settings.model_copy(update={"hosts": "watch.example.org, other.example.org"})
    browser = Browser(app_of(workbench, settings, team, PUBLIC))
    for host, status in (
        ("tocsin.example.org", 200), ("other.example.org:443", 200), ("192.0.2.7", 200), ("elsewhere.example", 400),
    ):  # fmt: skip
        assert browser.get("/login", headers={"host": host}).status_code == status, host


@pytest.mark.parametrize("name", ["x-forwarded-for", "forwarded", "via", "x-real-ip", "x-forwarded-host"])
def test_without_accounts_nothing_that_was_passed_on_is_answered(alone: Browser, name: str) -> None:
    answer = alone.get("/c/tiny/now", headers={name: "192.0.2.1"})
    assert answer.status_code == 503
    assert "tocsin users add" in answer.text


def test_without_accounts_no_other_machine_is_answered(workbench: Workbench, web_settings: Settings) -> None:
    app = app_of(workbench, web_settings, None)
    away = TestClient(app, base_url="http://127.0.0.1", client=("192.0.2.1", 5000))
    assert away.get("/c/tiny/now").status_code == 503
    here = TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 5000))
    assert here.get("/c/tiny/now").status_code == 200


def test_the_first_account_closes_the_door_behind_it(
    workbench: Workbench, web_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tocsin.web.walls.identity.LOOK_AGAIN", 0.0)
    with open_team(tmp_path / "team.db", passwords=cheap()) as team:
        browser = Browser(app_of(workbench, web_settings, team))
        assert browser.get("/c/tiny/now").status_code == 200
        team.users.add("anna", PASSWORD, role=Role.ADMIN)
        assert browser.get("/c/tiny/now").status_code == 303


async def _echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


def _sized(**limits: Any) -> TestClient:
    app = Starlette(routes=[Route("/{path:path}", _echo, methods=["GET", "POST"])])
    return TestClient(Sizes(app, **limits))


def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    client = _sized(most=1000, uploads={"/files": 5000})
    assert client.post("/a", content=b"x" * 1000).text == "1000"
    assert client.post("/a", content=b"x" * 1001).status_code == 413
    assert client.post("/files/a", content=b"x" * 5000).text == "5000"
    assert client.post("/files/a", content=b"x" * 5001).status_code == 413


def test_a_body_that_does_not_say_how_large_it_is_is_counted() -> None:
    client = _sized(most=1000)
    assert client.post("/a", content=iter([b"x" * 600, b"x" * 400])).text == "1000"
    assert client.post("/a", content=iter([b"x" * 600] * 3)).status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e9", "1 2", "0x10", ""])
def test_a_length_that_is_none_is_refused(length: str) -> None:
    answer = _sized().post("/a", content=b"x", headers={"content-length": length})
    assert answer.status_code == (200 if length == "" else 400)


def _run(app: Any, *, receive: Any, path: str = "/", method: str = "POST") -> list[Any]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "method": method, "headers": [], "query_string": b""}
    asyncio.run(app(scope, receive, send))
    return sent


def test_a_body_that_does_not_come_is_given_up() -> None:
    async def never() -> Any:
        await asyncio.sleep(60)

    app = Sizes(Starlette(routes=[Route("/", _echo, methods=["POST"])]), piece_seconds=0.02)
    assert _run(app, receive=never)[0]["status"] == 408


def test_a_body_that_trickles_in_is_given_up() -> None:
    async def drop() -> Any:
        await asyncio.sleep(0.005)
        return {"type": "http.request", "body": b"x", "more_body": True}

    app = Sizes(Starlette(routes=[Route("/", _echo, methods=["POST"])]), piece_seconds=5, body_seconds=0.05)
    assert _run(app, receive=drop)[0]["status"] == 408


def test_an_answer_that_takes_too_long_is_given_up_and_nothing_follows_it() -> None:
    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.1)
        await PlainTextResponse("late")(scope, receive, send)

    async def whole() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    sent = _run(Sizes(slow, answer_seconds=0.02), receive=whole)
    assert [m["type"] for m in sent] == ["http.response.start", "http.response.body"]
    assert sent[0]["status"] == 503
    assert _run(Sizes(slow, answer_seconds=5), receive=whole)[0]["status"] == 200


def test_one_client_has_so_many_requests_under_way_and_no_more() -> None:
    async def many(n: int) -> list[int]:
        go = asyncio.Event()

        async def held(scope: Any, receive: Any, send: Any) -> None:
            await go.wait()
            await PlainTextResponse("")(scope, receive, send)

        app, statuses = Rates(held, at_once=3), []

        async def one(address: str) -> None:
            async def send(message: Any) -> None:
                if message["type"] == "http.response.start":
                    statuses.append(message["status"])

            scope = {
                "type": "http",
                "path": "/",
                "method": "GET",
                "headers": [],
                "client": (address, 1),
                "state": {"user": None},
            }
            await app(scope, None, send)  # type: ignore[arg-type]

        tasks = [asyncio.ensure_future(one("192.0.2.1")) for _ in range(n)] + [asyncio.ensure_future(one("192.0.2.2"))]
        await asyncio.sleep(0.01)
        go.set()
        await asyncio.gather(*tasks)
        assert not app.under_way, "nothing is counted on"
        return sorted(statuses)

    assert asyncio.run(many(5)) == [200, 200, 200, 200, 429, 429]


def test_one_address_asks_so_often_in_a_minute_and_is_told_when_to_come_again() -> None:
    app = Rates(Starlette(routes=[Route("/", _echo)]), unknown=3)
    client = TestClient(app)
    assert [client.get("/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert 1 <= int(client.get("/").headers["retry-after"]) <= 60


def test_refusals_to_programs_have_the_shape_of_the_api(
    workbench: Workbench, web_settings: Settings, team: Team
) -> None:
    app = app_of(workbench, web_settings, team)
    for answer in (
        Browser(app).get("/api/v1/cases"),
        Browser(app).get("/api/v1/cases", headers={"host": "elsewhere.example"}),
        Browser(app).post("/api/v1/match", content=b"x" * 1_000_001),
        Browser(app).get("/api/v1/cases", headers={"authorization": "Bearer tocsin_none"}),
    ):
        error = answer.json()["error"]
        assert error["status"] == answer.status_code
        assert error["message"]
        assert answer.headers["cache-control"] == "no-store"


def test_an_error_page_tells_nothing_of_the_inside(workbench: Workbench, web_settings: Settings) -> None:
    app = app_of(workbench, web_settings, None)
    app.router.routes.insert(0, Route("/breaks", lambda _: 1 / 0))
    answer = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False).get("/breaks")
    assert answer.status_code == 500
    for inside in ("ZeroDivision", "Traceback", "division", str(web_settings.data_dir), "site-packages"):
        assert inside not in answer.text
