"""Whether an actor's pattern has changed: mix of types, spread, size and tempo, against its own past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tocsin.panel.areas import is_unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.panel.actors import ActorPanel
    from tocsin.vocabulary import Month

RECENT = 6
BEFORE = 24
ENOUGH = 5
"""Events needed on both sides of a comparison before it is put in words."""

TIMES = 1.5
"""A rate is called higher when it is at least this many times the earlier one, lower when at most its inverse."""

SHARE = 0.15
"""A share is called higher or lower when it moved by at least this much."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """How an actor fought over some months.

    Attributes:
        events: events that ended in these months.
        deaths: best estimates of all types.
        share_one_sided: share of events that were violence against civilians, 0..1; None without events.
        provinces: provinces with an event in an ordinary stretch of six months (unknown provinces not counted).
        deaths_an_event: None without events.
        events_a_month: tempo.
    """

    events: int
    deaths: int
    share_one_sided: float | None
    provinces: float
    deaths_an_event: float | None
    events_a_month: float


@dataclass(frozen=True, slots=True)
class ChangeOfPattern:
    """The last six months of an actor against the 24 before, in numbers and words."""

    actor: str
    recent: Pattern
    before: Pattern
    words: tuple[str, ...]


def change_of_pattern(
    panel: ActorPanel, *, origin: Month, recent: int = RECENT, before: int = BEFORE
) -> tuple[ChangeOfPattern, ...]:
    """What each actor does now against what it did before, most active first.

    Args:
        panel: actors, provinces and months.
        origin: last month seen.
        recent: months of the present.
        before: months before those; a multiple of `recent`, so that spread is counted over stretches of equal length.

    Raises:
        OutOfRange: the origin lies outside the data.
    """
    assert before % recent == 0, "the earlier months are counted in stretches of the recent length"
    seen = panel.as_of(origin).table.filter(pl.col("month_id") > origin.id - recent - before)
    split = origin.id - recent
    changes = [
        _change(actor, rows, origin=origin, split=split, recent=recent, before=before)
        for (actor,), rows in seen.group_by("actor")
    ]
    return tuple(sorted(changes, key=lambda c: (-c.recent.events, -c.before.events, c.actor)))


def _change(
    actor: object, rows: pl.DataFrame, *, origin: Month, split: int, recent: int, before: int
) -> ChangeOfPattern:
    now = _pattern(rows.filter(pl.col("month_id") > split), last=origin.id, months=recent, stretch=recent)
    then = _pattern(rows.filter(pl.col("month_id") <= split), last=split, months=before, stretch=recent)
    return ChangeOfPattern(str(actor), now, then, tuple(_words(now, then, recent=recent, before=before)))


def _pattern(rows: pl.DataFrame, *, last: int, months: int, stretch: int) -> Pattern:
    """The pattern of the `months` that end at month id `last`; provinces are a mean over stretches of equal length."""
    events, deaths = int(rows["events"].sum()), int(rows["deaths_best"].sum())
    one_sided = int(rows.filter(pl.col("violence") == "os")["events"].sum())
    active = rows.filter(pl.col("events") > 0).select("area", part=(last - pl.col("month_id")) // stretch).unique()
    provinces = sum(not is_unknown(area) for area in active["area"].to_list()) / (months / stretch)
    return Pattern(
        events, deaths, one_sided / events if events else None, provinces, deaths / events if events else None,
        events / months,
    )  # fmt: skip


def _words(now: Pattern, then: Pattern, *, recent: int, before: int) -> Iterator[str]:
    if not now.events and not then.events:
        yield "no event has ended in either period"
    elif not then.events:
        yield f"new: {now.events} events in {recent} months, none in the {before} before"
    elif not now.events:
        yield f"silent: no event in {recent} months, {then.events} in the {before} before"
    elif min(now.events, then.events) < ENOUGH:
        yield f"too few events to compare: {now.events} in {recent} months, {then.events} in the {before} before"
    else:
        changes = list(_differences(now, then))
        yield from changes or ["no change of mix, spread, size or tempo"]


def _differences(now: Pattern, then: Pattern) -> Iterator[str]:
    mix, mix_then = now.share_one_sided or 0.0, then.share_one_sided or 0.0
    if abs(mix - mix_then) >= SHARE:
        more = "more" if mix > mix_then else "less"
        yield f"{more} violence against civilians: {100 * mix:.0f} % of events, before {100 * mix_then:.0f} %"
    rates = (
        ("spread over {} provinces", "more", "fewer", now.provinces, then.provinces),
        ("{} deaths an event", "deadlier", "less deadly", now.deaths_an_event or 0.0, then.deaths_an_event or 0.0),
        ("{} events a month", "faster", "slower", now.events_a_month, then.events_a_month),
    )
    for words, up, down, value, earlier in rates:
        if value >= TIMES * earlier and value > earlier:
            yield f"{up}: {words.format(f'{value:.1f}')}, before {earlier:.1f}"
        elif value * TIMES <= earlier and value < earlier:
            yield f"{down}: {words.format(f'{value:.1f}')}, before {earlier:.1f}"
