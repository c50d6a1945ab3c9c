"""Who fights where: actor x province x month, from the sides that events name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import polars as pl

from tocsin.errors import OutOfRange, Where, missing_columns
from tocsin.panel.dating import MultiMonth, known_at
from tocsin.sources.spread import spread
from tocsin.vocabulary import UNKNOWN_PROVINCE, Month

CIVILIANS = "Civilians"
SIDES = (
    "country", "admin1", "month_id", "known_id", "violence", "side_a", "side_b",
    "events", "deaths_low", "deaths_best", "deaths_high",
)  # fmt: skip
"""Columns of events spread over their months, or of their sums by pair of sides."""

ACTOR_KEY = ("actor", "area", "month_id", "known_id", "violence")

_OF_A_PERSON = re.compile(
    r"(?:^|\()(?i:forces|faction|supporters|followers) of (?!the )(?=[A-Z\u00c0-\u00de][a-z\u00df-\u024f])"
)


def actor_name(side: str, country: str) -> str:
    """The name an actor is shown by. A group that a source names after a person loses that name.

    In doubt the name goes: `Forces of` a place written like a person's name is shown without it too.

    Example:
        >>> actor_name("Military faction (forces of Jane Doe)", "XYZ"), actor_name("IS", "IRQ")
        ('armed group named after a person (XYZ)', 'IS')
    """
    return f"armed group named after a person ({country})" if _OF_A_PERSON.search(side) else side


@dataclass(frozen=True, eq=False)
class ActorPanel:
    """Actor x province x month x type of violence, as known by month.

    Every event counts for each of its sides, so sums over actors count an event of two armed sides twice.
    Civilians are no actor; the deaths of violence against them stand with the side that used it. A side of
    several groups is kept as the source names it.

    Attributes:
        table: `actor`, `area` (province id), `month_id`, `known_id`, `violence`; `events` (in their final month),
            `deaths_low`, `deaths_best`, `deaths_high`.
        rule: where deaths of events of several months are counted.
        vintage: which issue of the figures these are.
        through: last month the source covers; that of the last event's end where not given.
    """

    table: pl.DataFrame
    rule: MultiMonth
    vintage: str
    through: Month | None = None

    @property
    def actors(self) -> tuple[str, ...]:
        """Every actor, by name."""
        return tuple(self.table["actor"].unique().sort().to_list())

    @property
    def last(self) -> Month:
        """Last month of the data."""
        if self.through is not None:
            return self.through
        last = self.table["known_id"].max()
        assert isinstance(last, int), "an empty panel has no months"
        return Month(last)

    def as_of(self, origin: Month) -> ActorPanel:
        """Only what was known at the origin.

        Raises:
            OutOfRange: the origin lies outside the data.
        """
        seen = self.table.filter(known_at(origin))
        if seen.is_empty() or origin > self.last:
            raise OutOfRange(
                f"origin {origin} lies outside the data",
                where=Where(field="origin"),
                hint=None if self.table.is_empty() else f"the data end in {self.last}",
            )
        return replace(self, table=seen, through=origin)


def actors_of_events(
    events: pl.DataFrame, *, rule: MultiMonth, vintage: str, through: Month | None = None
) -> ActorPanel:
    """The actors of an event table (the contract of `tocsin.sources.events`).

    Raises:
        TableProblem: a column is missing.
    """
    return actors_of_sides(spread(events), rule=rule, vintage=vintage, through=through)


def actors_of_sides(sides: pl.DataFrame, *, rule: MultiMonth, vintage: str, through: Month | None = None) -> ActorPanel:
    """The actors of events summed by pair of sides, province, month and type, as the starter data hold them.

    Args:
        sides: columns as `SIDES`, deaths already spread evenly over months.
        rule: where deaths of events of several months are counted.
        vintage: which issue of the figures these are.
        through: last month the source covers; that of the last event's end where not given.

    Raises:
        TableProblem: a column is missing.
    """
    if not set(SIDES) <= set(sides.columns):
        raise missing_columns(SIDES, sides.columns, where=Where("sides"))
    rows = rule.dated(sides.select(SIDES)).with_columns(
        pl.col("country", "admin1", "side_a", "side_b", "violence").cast(pl.String)
    )
    named = _named(rows, "side_a"), _named(rows, "side_b")
    first = named[0]
    second = named[1].filter(pl.col("actor") != first["actor"].fill_null(""))
    table = pl.concat([first, second]).filter(pl.col("actor").is_not_null() & (pl.col("actor") != CIVILIANS))
    sums = [pl.col(c).cast(pl.Int64).sum() for c in ("events", "deaths_low", "deaths_best", "deaths_high")]
    return ActorPanel(table.group_by(ACTOR_KEY).agg(sums).sort(ACTOR_KEY), rule, vintage, through)


def _named(rows: pl.DataFrame, side: str) -> pl.DataFrame:
    """The rows with the actor of one side, in the same order."""
    pairs = rows.select(side, "country").unique().drop_nulls()
    shown = [actor_name(name, country) for name, country in pairs.iter_rows()]
    named = rows.join(pairs.with_columns(actor=pl.Series(shown, dtype=pl.String)), on=[side, "country"], how="left",
                      maintain_order="left")  # fmt: skip
    province = pl.col("admin1").fill_null(UNKNOWN_PROVINCE)
    area = pl.concat_str("country", province, separator="/").alias("area")
    return named.with_columns(area).drop("side_a", "side_b", "country", "admin1")
