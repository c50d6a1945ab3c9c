"""A database of alerts in SQLite, and in PostgreSQL where the environment names one; a clock that is put by hand."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tocsin.team import open_team

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POSTGRES = "POSTGRES_FOR_TESTS"
NOON = datetime(2026, 9, 22, 12, tzinfo=UTC)


class HandClock:
    """A clock that moves when it is told to, and by what is slept."""

    def __init__(self, start: datetime = NOON) -> None:
        self.moment = start
        self.seconds = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.moment

    def elapsed(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.pass_by(seconds)

    def pass_by(self, seconds: float) -> None:
        self.seconds += seconds
        self.moment += timedelta(seconds=seconds)

    def jump(self, by: timedelta) -> None:
        """The wall clock is put; the one that counts seconds is not."""
        self.moment += by


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of one empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "team.db")
        return
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"{POSTGRES} holds no address of a PostgreSQL to test on (.ci/postgres starts one)")
    name = f"test_{secrets.token_hex(6)}"
    asked = sa.create_engine(sa.make_url(server).set(drivername="postgresql+psycopg"))
    with asked.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    yield f"{server}?options=-csearch_path%3D{name}"
    with asked.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    asked.dispose()


@pytest.fixture
def engine(address: str) -> Iterator[sa.Engine]:
    """An empty database of alerts."""
    with open_team(address) as team:
        yield team.engine


@pytest.fixture
def outage(engine: sa.Engine) -> Iterator[list[int]]:
    """No new connection is had as long as the number in the list is above 0; each try counts it down."""
    left = [0]
    dbapi: Any = engine.dialect.loaded_dbapi

    def refuse(*_: object) -> None:
        if left[0] > 0:
            left[0] -= 1
            raise dbapi.OperationalError("connection refused")

    sa.event.listen(engine, "do_connect", refuse)
    yield left
    sa.event.remove(engine, "do_connect", refuse)
