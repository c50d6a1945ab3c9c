"""Records to test on: in SQLite always, in PostgreSQL where the environment names one."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from tocsin.record.store import Record, open_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

POSTGRES = "POSTGRES_FOR_TESTS"


def schema_of_its_own(address: str) -> str:
    """Make an empty schema, and give the address that leads to it alone."""
    name = f"test_{secrets.token_hex(6)}"
    engine = sa.create_engine(sa.make_url(address).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    engine.dispose()
    return f"{address}?options=-csearch_path%3D{name}"


def drop_schema(address: str) -> None:
    name = address.rsplit("%3D", maxsplit=1)[1]
    engine = sa.create_engine(sa.make_url(address).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Gives addresses of empty databases, each another."""
    if request.param == "sqlite":
        yield lambda: str(tmp_path / f"{secrets.token_hex(4)}.db")
        return
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"{POSTGRES} holds no address of a PostgreSQL to test on (.ci/postgres starts one)")
    made: list[str] = []

    def new() -> str:
        made.append(schema_of_its_own(server))
        return made[-1]

    yield new
    for address in made:
        drop_schema(address)


@pytest.fixture
def address(new_address: Callable[[], str]) -> str:
    """The address of one empty database."""
    return new_address()


@pytest.fixture
def record(address: str) -> Iterator[Record]:
    """An empty record."""
    with open_record(address) as opened:
        yield opened


@pytest.fixture
def other_record(new_address: Callable[[], str]) -> Iterator[Record]:
    """A second empty record in the same engine."""
    with open_record(new_address()) as opened:
        yield opened
