"""Teams to test on: in SQLite always, in PostgreSQL where the environment names one."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from tocsin.team import Team, open_team
from tocsin.team.passwords import Passwords

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POSTGRES = "POSTGRES_FOR_TESTS"
PASSWORD = "slate orchard kettle"  # noqa: S105 - made up


@dataclass
class Clock:
    """A clock that moves when it is told to."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 21, 9, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


def cheap() -> Passwords:
    """Argon2id that costs next to nothing."""
    return Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def team_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of one empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "team.db")
        return
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"{POSTGRES} holds no address of a PostgreSQL to test on (.ci/postgres starts one)")
    name = f"test_{secrets.token_hex(6)}"
    engine = sa.create_engine(sa.make_url(server).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    yield f"{server}?options=-csearch_path%3D{name}"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    engine.dispose()


@pytest.fixture
def team(team_address: str, clock: Clock) -> Iterator[Team]:
    """An empty team, whose passwords are cheap to hash."""
    with open_team(team_address, now=clock, passwords=cheap()) as opened:
        yield opened
