"""Trust says what the watch could not do: a failed cycle, alerts that did not arrive, figures that grew late since."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tocsin.errors import TocsinError
from tocsin.team import open_team
from tocsin.watch.alert import Kind
from tocsin.watch.bell import Bell
from tocsin.watch.failing import failing_rung
from tocsin.watch.outbox import claim, due, failed, ring
from tocsin.watch.state import remember
from tocsin.web.trust import watch as watch_shown
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tocsin.settings import Settings
    from tocsin.team import Team

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TITLE = "Syria crossed 20 %"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with open_team(tmp_path / "team.db") as opened:
        yield opened


@pytest.fixture
def page(home: Path, settings: Settings, team: Team) -> Iterator[Callable[[], str]]:
    testing = pytest.importorskip("starlette.testclient", reason="the web extra is not installed")
    web = pytest.importorskip("tocsin.web.app", reason="the web extra is not installed")
    workbench = Workbench.of([home], settings=settings)
    app = web.create_app(workbench, settings=settings, team=team)

    def read() -> str:
        answer = testing.TestClient(app, base_url="http://127.0.0.1").get("/c/told/trust?part=data")
        assert answer.status_code == 200
        return str(answer.text)

    yield read
    workbench.close()


def test_a_case_that_nobody_watches_says_so(page: Callable[[], str]) -> None:
    assert "No watch of this case has gone round yet" in page()


def test_a_cycle_that_failed_is_said_until_one_goes_well(page: Callable[[], str], team: Team) -> None:
    _, failing = failing_rung("told", None, fault="the publisher answers rubbish", now=NOW)
    with team.engine.begin() as connection:
        remember(connection, "told", {"failing": failing, "edition": "any"}, now=NOW)
    said = page()
    assert "The last cycle of the watch failed, the first on 2026-03-01: the publisher answers rubbish." in said
    assert "went well" not in said
    with team.engine.begin() as connection:
        remember(connection, "told", {"failing": None}, now=NOW)
    assert "The last cycle of the watch went well." in page()


def test_an_alert_that_did_not_arrive_is_shown_with_what_the_channel_said(
    page: Callable[[], str], team: Team
) -> None:  # fmt: skip
    bell = Bell("told", demo=False, command="tocsin watch", data="made up")
    alert = bell.rings(Kind.WARNING, "SYR", title=TITLE, says="It crossed.", record="unknown", link="now", unknown=())
    with team.engine.begin() as connection:
        ring(connection, [alert], channels=("email",), now=NOW)
        (delivery,) = due(connection, now=NOW, channels=("email",))
        taken = claim(connection, delivery, now=NOW)
        assert taken is not None
        failed(connection, taken, fault="the mail server is down", now=NOW + timedelta(hours=1))
    said = page()
    assert "Alerts that have not arrived" in said
    assert TITLE in said
    assert "the mail server is down" in said


def test_figures_that_came_due_after_the_edition_was_made_are_late(
    page: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_shown, "today", lambda: date(2025, 2, 1))
    assert "Late since this edition was made" not in page()
    monkeypatch.setattr(watch_shown, "today", lambda: date(2025, 6, 1))
    assert "newer figures of made-up are due by now" in page()


def test_a_database_that_is_gone_leaves_the_page_and_it_says_unknown(
    page: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page()

    def gone(_: str) -> None:
        raise TocsinError("the team's database cannot be reached")

    monkeypatch.setattr(watch_shown, "told", gone)
    assert "Unknown: the team&#39;s database cannot be reached." in page()
