"""A whole session, logged as loudly as can be: no password, token, cookie or secret is in any line."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest
from starlette.routing import Route
from tests.web.team_client import PASSWORD, Browser, app_of, signed_in, team_of_four

from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.team import Team
    from tocsin.web.workbench import Workbench

NEW = "wicker piano lagoon"
WRONG = "hunter2 hunter2 hunter2"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with team_of_four(tmp_path) as opened:
        yield opened


def test_no_line_holds_a_secret(
    workbench: Workbench, web_settings: Settings, team: Team, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    app = app_of(workbench, web_settings, team)
    Browser(app).sign_in("analyst", WRONG)
    browser = signed_in(app, "analyst")
    first, csrf = browser.cookies["tocsin_session"], browser.token()
    made = re.search(
        r"tocsin_[A-Za-z0-9_-]{40,}", browser.submit("/account/tokens", label="a", role="reader", days="9").text
    )
    assert made
    bearer = {"authorization": f"Bearer {made[0]}"}
    assert Browser(app).get("/api/v1/cases", headers=bearer).status_code == 200
    browser.submit("/account/password", old=PASSWORD, new=NEW, again=NEW)
    second = browser.cookies["tocsin_session"]
    browser.submit("/logout")
    assert len(caplog.records) > 10, "something was logged"
    secrets = {
        "password": PASSWORD,
        "new": NEW,
        "wrong": WRONG,
        "token": made[0],
        "cookie": first,
        "renewed": second,
        "form": csrf,
    }
    assert [name for name, secret in secrets.items() if secret in caplog.text] == []
    audit = str(team.log.read())
    assert [name for name, secret in secrets.items() if secret in audit] == []


def test_an_unforeseen_fault_is_logged_without_what_was_sent(
    workbench: Workbench, web_settings: Settings, team: Team, caplog: pytest.LogCaptureFixture
) -> None:
    async def breaks(request: Request) -> Response:
        form = await request.form()
        raise RuntimeError(f"broke at {form['name']}")

    app = app_of(workbench, web_settings, team)
    app.router.routes.insert(0, Route("/breaks", breaks, methods=["POST"]))
    browser = signed_in(app, "reader")
    with pytest.raises(RuntimeError, match="broke at reader"):
        browser.submit("/breaks", name="reader", password=PASSWORD)
    assert "RuntimeError" in caplog.text
    assert PASSWORD not in caplog.text
    assert browser.cookies["tocsin_session"] not in caplog.text


def test_a_database_that_fails_tells_none_of_what_it_was_to_keep(team: Team, caplog: pytest.LogCaptureFixture) -> None:
    with team.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE sessions RENAME COLUMN data TO other")
    with pytest.raises(Exception, match="sessions") as caught:
        team.sessions.keep("an-id-nobody-knows", "reader", '{"csrf": "a-token-nobody-knows"}')
    for told in (str(caught.value), repr(caught.value), caplog.text):
        assert "nobody-knows" not in told


def test_settings_print_no_secret() -> None:
    made = Settings.load(
        environment={
            "TOCSIN_LLM_KEY": "hunter2",
            "TOCSIN_DATABASE": "postgresql://me:hunter3@host/db",
            "TOCSIN_SMTP_PASSWORD": "hunter4",
        }
    )
    for told in (repr(made), str(made)):
        assert "hunter" not in told
