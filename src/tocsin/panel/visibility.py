"""How well an area is seen: a declared rule, so that silence is not taken for peace."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from tocsin.panel.areas import country_of, in_order, is_unknown
from tocsin.vocabulary import percent

if TYPE_CHECKING:
    from tocsin.panel.panel import Panel
    from tocsin.vocabulary import Month


class Sight(StrEnum):
    """How well events in an area are recorded. It says nothing of how dangerous the area is."""

    CLEAR = "clear"
    THIN = "thin"
    BLIND = "blind"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """The flag as a reader needs it."""
        return {
            "clear": "events are recorded regularly and placed",
            "thin": "few, badly placed or suddenly fewer events: read the figures with care",
            "blind": "the record cannot tell peace here from violence unseen",
            "unknown": "the source gives sums only, so nothing is known of single events",
        }[self.value]


@dataclass(frozen=True, slots=True)
class VisibilityRule:
    """The rule of the flag, over the months up to the origin.

    Blind: fewer than `few` events (the exact 95 % interval of the yearly rate behind 2 events runs from 0.2 to 7.2),
    or more than `unplaced_blind` of the country's deaths without a province: most of what happened could be here.
    Thin: fewer than `steady` events, one a month (12 events: 6.2 to 21), or more than `imprecise` of them
    placed no better than in the province, or more than `unplaced_thin` of the country's deaths without a province, or
    gone quiet: so few events in the last `quiet_months` that, at an even pace, that or less has a probability
    below `quiet_level` (one-sided conditional binomial test, Przyborowski & Wilenski 1940,
    doi:10.1093/biomet/31.3-4.313). Events come in clusters, so the test fires more often than its level says.
    Gone quiet is calm or lost sight, and the record does not say which: a reason for doubt, not a warning.
    """

    months: int = 12
    few: int = 3
    steady: int = 12
    imprecise: float = 0.5
    unplaced_thin: float = 0.2
    unplaced_blind: float = 0.5
    quiet_months: int = 3
    quiet_level: float = 0.05


RULE = VisibilityRule()


@dataclass(frozen=True, slots=True)
class Visibility:
    """How well one area is seen at an origin.

    Attributes:
        events: events that ended in the months looked at; None where the source gives sums only.
        recent: those of them in the last three months.
        share_imprecise: share of the events placed no better than in the province, 0..1; None without events.
        share_unplaced: share of the country's deaths that have no province, 0..1; None where the country is not known.
        reasons: what keeps the flag from being clear, in words.
    """

    area: str
    sight: Sight
    events: int | None
    recent: int | None
    share_imprecise: float | None
    share_unplaced: float | None
    reasons: tuple[str, ...] = ()


def visibility(panel: Panel, *, origin: Month, rule: VisibilityRule = RULE) -> dict[str, Visibility]:
    """How well each area is seen, from what was known at the origin.

    Raises:
        OutOfRange: the origin lies outside the data.
    """
    seen = panel.as_of(origin)
    areas = [a for a in in_order(seen.areas["area"].to_list()) if not is_unknown(a)]
    if not panel.has_events:
        return {area: Visibility(area, Sight.UNKNOWN, None, None, None, None) for area in areas}
    window = seen.table.filter(pl.col("month_id") > origin.id - rule.months)
    unplaced = _unplaced(seen, window)
    latest = pl.col("month_id") > origin.id - rule.quiet_months
    counted = window.group_by("area").agg(
        pl.col("events").sum(), pl.col("events").filter(latest).sum().alias("recent"), pl.col("imprecise").sum()
    )
    counts = {area: (events, recent, imprecise) for area, events, recent, imprecise in counted.iter_rows()}
    return {area: judged(area, *counts.get(area, (0, 0, 0)), unplaced=unplaced.get(area), rule=rule) for area in areas}


def judged(
    area: str, events: int, recent: int, imprecise: int, *, unplaced: float | None, rule: VisibilityRule = RULE
) -> Visibility:
    """The flag of one area from its counts.

    Args:
        area: area id.
        events: events in the months looked at.
        recent: those in the last `rule.quiet_months`.
        imprecise: those placed no better than in the province.
        unplaced: share of the country's deaths without a province, 0..1; None where not known.
        rule: the rule.

    Example:
        >>> judged("IRQ/Ninewa", 48, 2, 3, unplaced=0.02).reasons
        ('gone quiet: 2 events in the last 3 months, where its own pace gives 12',)
    """
    share = imprecise / events if events else None
    away = unplaced or 0.0
    blind = [
        *([f"{_counted(events)} in {rule.months} months"] if events < rule.few else []),
        *([f"{percent(away)} of the country's deaths have no province"] if away > rule.unplaced_blind else []),
    ]
    thin = [
        *([f"{_counted(events)} in {rule.months} months"] if rule.few <= events < rule.steady else []),
        *([f"{percent(share)} of events placed badly"] if share is not None and share > rule.imprecise else []),
        *([f"{percent(away)} of the country's deaths have no province"]
          if rule.unplaced_thin < away <= rule.unplaced_blind else []),
        *([_quiet_words(events, recent, rule)] if _gone_quiet(events, recent, rule) else []),
    ]  # fmt: skip
    sight = Sight.BLIND if blind else Sight.THIN if thin else Sight.CLEAR
    return Visibility(area, sight, events, recent, share, unplaced, (*blind, *thin))


def _gone_quiet(events: int, recent: int, rule: VisibilityRule) -> bool:
    from scipy.stats import binom  # noqa: PLC0415 - takes a second to load

    return bool(binom.cdf(recent, events, rule.quiet_months / rule.months) < rule.quiet_level)


def _quiet_words(events: int, recent: int, rule: VisibilityRule) -> str:
    expected = events * rule.quiet_months / rule.months
    last = f"{_counted(recent)} in the last {rule.quiet_months} months"
    return f"gone quiet: {last}, where its own pace gives {expected:.0f}"


def _counted(events: int) -> str:
    return f"{events} event" if events == 1 else f"{events} events"


def _unplaced(seen: Panel, window: pl.DataFrame) -> dict[str, float]:
    """Share of its country's deaths that have no province, by area."""
    country = {area: country_of(area, seen.ids) for area in seen.areas["area"].to_list()}
    deaths: dict[str | None, int] = {}
    lost: dict[str | None, int] = {}
    sums = window.group_by("area").agg(pl.col("deaths_all").sum(), pl.col("unplaced").sum())
    for area, total, unplaced in sums.iter_rows():
        deaths[country[area]] = deaths.get(country[area], 0) + total
        lost[country[area]] = lost.get(country[area], 0) + unplaced
    return {a: lost[c] / deaths[c] if deaths.get(c) else 0.0 for a, c in country.items() if c is not None}
