"""What every reader gives back: a table, its card, and an account of every row that is not in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Card:
    """What must be known of a source before its figures are used."""

    source: str
    publisher: str
    licence: str
    citation: str
    lag: str
    faults: tuple[str, ...] = ()
    url: str | None = None

    def as_metadata(self) -> dict[str, str]:
        """The part of the card that travels inside every file made from the source."""
        return {"source": self.source, "publisher": self.publisher, "licence": self.licence, "citation": self.citation}


@dataclass(frozen=True, slots=True)
class Dropped:
    """Rows left out, and why. Rows are counted from 1, the header not counted."""

    reason: str
    rows: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many rows this reason took."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Reading:
    """A table as read: `rows_in == table.height + dropped_rows` always holds.

    Raises:
        AssertionError: the account does not add up, which is a fault of the reader.
    """

    table: pl.DataFrame
    card: Card
    rows_in: int
    dropped: tuple[Dropped, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        assert self.rows_in == self.table.height + self.dropped_rows, "rows in = rows out + rows reported"

    @property
    def dropped_rows(self) -> int:
        """How many rows were left out in all."""
        return sum(d.count for d in self.dropped)
