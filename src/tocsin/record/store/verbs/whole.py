"""A whole record: row by row out of it, and back into an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.record.store import opening, whole
from tocsin.record.store.verbs.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import sqlalchemy as sa


class WholeVerbs(Transactions):
    """All rows of a record."""

    def every(
        self, table: str, *, batch: int = whole.BATCH, connection: sa.Connection | None = None
    ) -> Iterator[dict[str, Any]]:
        """All rows of a table in the order of its key, a batch at a time; in a given transaction, or one of its own.

        Raises:
            UnknownName: a whole record has no such table.
        """
        if connection is not None:
            yield from whole.every(connection, table, batch=batch)
            return
        with self.connection() as own:
            yield from whole.every(own, table, batch=batch)

    def load(self, rows: Iterable[tuple[str, Mapping[str, Any]]], *, batch: int = whole.BATCH) -> int:
        """Put a whole record back into this empty one: `(table, row)` in the order of `TABLES`; gives the number of rows.

        Raises:
            InputError: this record is not empty.
            TableProblem: the tables are not in order, or a row does not fit.
        """
        with self._writing() as connection:
            count = whole.load(connection, rows, batch=batch)
        with self.connection() as connection:
            self._key = opening.key_of(connection)
        return count
