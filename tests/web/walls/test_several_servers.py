"""Several servers on one team, and a team's database that is gone for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.web.team_client import PASSWORD, Browser, app_of, cheap, signed_in, team_of_four

from tocsin.errors import TocsinError
from tocsin.team import Role, open_team
from tocsin.team.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tocsin.settings import Settings
    from tocsin.team import Team
    from tocsin.web.workbench import Workbench


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with team_of_four(tmp_path) as opened:
        yield opened


def test_what_one_server_begins_another_goes_on_with_and_ends(
    workbench: Workbench, web_settings: Settings, team: Team, tmp_path: Path
) -> None:
    with open_team(tmp_path / "team.db", passwords=cheap()) as other_team:
        browser = signed_in(app_of(workbench, web_settings, team), "reader")
        other = Browser(app_of(workbench, web_settings, other_team))
        other.cookies = browser.cookies
        assert other.get("/account").status_code == 200
        assert other.submit("/account/tokens", label="a", role="reader", days="9").status_code == 200
        other_team.users.set_role("reader", Role.ADMIN)
        assert browser.get("/admin").status_code == 200
        other_team.users.set_disabled("reader", disabled=True)
        assert browser.get("/account").status_code == 303


def gone(*_: object) -> None:
    raise TocsinError("the team's database cannot be reached", hint="nothing kept there is lost")


def test_while_the_database_is_gone_nobody_comes_in_and_it_is_said(
    workbench: Workbench, web_settings: Settings, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(workbench, web_settings, team)
    browser = signed_in(app, "reader")
    secret, _ = team.tokens.make("reader", label="a", role=Role.READER)
    token = browser.token()
    with monkeypatch.context() as away:
        away.setattr(Database, "reading", gone)
        away.setattr(Database, "writing", gone)
        answer = browser.get("/c/tiny/now")
        assert answer.status_code == 503
        assert "cannot be reached" in answer.text
        assert "Retry-After" in answer.headers
        assert Browser(app).get("/api/v1/cases", headers={"authorization": f"Bearer {secret}"}).status_code == 503
        assert browser.post("/login", data={"csrf": token, "name": "reader", "password": PASSWORD}).status_code == 503
        assert browser.get("/static/page.css").status_code == 200
    assert browser.get("/c/tiny/now").status_code == 200, "and goes on as if nothing had been"


def test_a_session_that_is_known_goes_on_while_the_database_can_only_be_read(
    workbench: Workbench, web_settings: Settings, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(app_of(workbench, web_settings, team), "reader")
    monkeypatch.setattr("tocsin.web.walls.sessions.SEEN_EVERY", timedelta(minutes=-1))
    monkeypatch.setattr(Database, "writing", gone)
    assert browser.get("/c/tiny/now").status_code == 200
