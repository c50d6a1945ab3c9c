"""The transactions that everything asked of a record, or done to it, is one of."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from tocsin.record.store import opening
from tocsin.record.store.faults import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa


class Transactions:
    """A database that holds a record: a transaction at a time, with faults in words. Close it by `with`."""

    def __init__(self, engine: sa.Engine, name: str, key: bytes) -> None:
        self.name = name
        self._engine = engine
        self._key = key

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def connection(self) -> Iterator[sa.Connection]:
        """One transaction that reads: all that is read in it is of one moment."""
        with told(self.name), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """One transaction that writes; nothing is kept if it fails."""
        with told(self.name), self._engine.connect() as plain:
            connection = plain.execution_options(**opening.WRITES)
            with connection.begin():
                yield connection
