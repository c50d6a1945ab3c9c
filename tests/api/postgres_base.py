"""Databases of PostgreSQL to test on, where the environment names a server."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterator

POSTGRES = "POSTGRES_FOR_TESTS"


@contextmanager
def new_database() -> Iterator[str]:
    """The address of an empty database, which is dropped at the end; skips where there is no server."""
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"{POSTGRES} holds no address of a PostgreSQL to test on (.ci/postgres starts one)")
    name = f"test_{secrets.token_hex(6)}"
    _on(server, f"CREATE DATABASE {name}")
    try:
        yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _on(server, f"DROP DATABASE {name} WITH (FORCE)")


def _on(server: str, statement: str) -> None:
    url = sa.make_url(server).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
