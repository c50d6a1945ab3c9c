"""A database of alerts in SQLite, and in PostgreSQL where the environment names one; a clock that is put by hand."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from tocsin.team.alert_tables import METADATA

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
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty database of alerts."""
    if request.param == "sqlite":
        made = sa.create_engine(f"sqlite:///{tmp_path / 'team.db'}", connect_args={"timeout": 0.2})
        METADATA.create_all(made)
        yield made
        made.dispose()
        return
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"{POSTGRES} holds no address of a PostgreSQL to test on (.ci/postgres starts one)")
    name = f"test_{secrets.token_hex(6)}"
    url = sa.make_url(server).set(drivername="postgresql+psycopg")
    made = sa.create_engine(url, connect_args={"options": f"-csearch_path={name}"})
    with made.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    METADATA.create_all(made)
    yield made
    with made.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    made.dispose()
