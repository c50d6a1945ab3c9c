"""When a death counts, and when it is known."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from tocsin.vocabulary import Month


class MultiMonth(StrEnum):
    """Where the deaths of an event of several months are counted. Declared with every panel, never mixed.

    VIEWS counted them in the final month until October 2025 and spreads them evenly since. Both rules keep the
    same totals, and under both the event is known only once it has ended.
    """

    SPLIT = "split"
    FINAL = "final"

    @property
    def words(self) -> str:
        """The rule as a reader says it."""
        if self is MultiMonth.SPLIT:
            return "deaths of an event of several months are spread evenly over them"
        return "deaths of an event of several months are counted in its final month"

    @property
    def brief(self) -> str:
        """The rule in a few words, to stand beside a vintage."""
        return "months-long events " + ("split evenly" if self is MultiMonth.SPLIT else "in their final month")

    def dated(self, parts: pl.DataFrame) -> pl.DataFrame:
        """Parts of events (columns `month_id`, `known_id`) dated by this rule.

        Args:
            parts: events already spread evenly over their months, `known_id` the month in which each ended.
        """
        return parts if self is MultiMonth.SPLIT else parts.with_columns(month_id=pl.col("known_id"))


def known_at(origin: Month) -> pl.Expr:
    """Rows that lie in the past of an origin and were complete by then: `month_id` and `known_id` both <= origin.

    An event still under way at the origin is wholly unseen: neither its deaths so far nor its end are known.
    """
    return (pl.col("month_id") <= origin.id) & (pl.col("known_id") <= origin.id)
