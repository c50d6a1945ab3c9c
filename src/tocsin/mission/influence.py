"""What a reach rests on: how far it moves without one event, and whether a gain is one battle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.mission.reach import CELL_DEGREES, Place, distances_km
from tocsin.vocabulary import Month, province_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tocsin.mission.incidents import Incidents

BATTLE_SHARE = 1 / 3
"""A battle holds more than this share of all deaths of the window."""

BATTLE_FADES_AT = 0.1
"""A battle goes on over the months around its worst as long as each holds this share of the worst month's deaths."""

CARRIED_SHARE = 0.5
"""A gain is one battle where more than this share of it goes when the battle is left out."""


@dataclass(frozen=True, slots=True)
class WithoutEvent:
    """Reach without one event.

    Attributes:
        month: the event's last month within the window.
        province: where it lies, None where unknown.
        weight: what it counts.
        reached: whether it lies within reach.
        share: reach without it; None where nothing else is left.
    """

    month: Month
    province: str | None
    weight: float
    reached: bool
    share: float | None


@dataclass(frozen=True, slots=True)
class DropOne:
    """Reach, and its lowest and highest when one event is left out.

    Attributes:
        share: reach with all events; None where there are none.
        low: lowest reach without one event.
        high: highest.
        most: the events that move reach most, the first the strongest.
        single: whether these are single events; False where events of one point and month stand together.
    """

    share: float | None
    low: float | None
    high: float | None
    most: tuple[WithoutEvent, ...]
    single: bool


def drop_one_event(
    incidents: Incidents, places: Sequence[Place], *, km: float, measure: str = "deaths_best", most: int = 3
) -> DropOne:
    """Reach when each event in turn is left out.

    Args:
        incidents: events of the window.
        places: sites.
        km: distance within which an event counts as reached.
        measure: what is counted.
        most: how many of the strongest events to name.
    """
    weight = incidents.weight(measure)
    total = float(weight.sum())
    if total <= 0:
        return DropOne(None, None, None, (), incidents.single)
    within = distances_km(incidents.lat, incidents.lon, places) <= km
    _, first, event = np.unique(incidents.event, return_index=True, return_inverse=True)
    own = np.bincount(event, weights=weight)
    own_reached = np.bincount(event, weights=weight * within)
    reached = float((weight * within).sum())
    rest = total - own
    with np.errstate(divide="ignore", invalid="ignore"):
        without = np.where(rest > 0, (reached - own_reached) / np.where(rest > 0, rest, 1), np.nan)
    ranked = np.argsort(-np.abs(np.nan_to_num(without - reached / total)), kind="stable")[:most]
    latest = np.zeros(len(own), dtype=np.int64)
    np.maximum.at(latest, event, incidents.month_id)
    named = tuple(
        WithoutEvent(
            Month(int(latest[i])), _province(incidents, int(first[i])), float(own[i]), bool(within[first[i]]),
            None if np.isnan(without[i]) else float(without[i]),
        ) for i in ranked
    )  # fmt: skip
    known = without[~np.isnan(without)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (None, None)
    return DropOne(reached / total, low, high, named, incidents.single)


@dataclass(frozen=True, eq=False)
class Battle:
    """Consecutive months in one province, or one cell of half a degree, with more than a third of a window's deaths.

    Attributes:
        where: the province's name, or the cell's centre in words.
        province: the province; of a cell, that of most of its deaths; None where unknown.
        first: its first month.
        last: its last month.
        deaths: best estimate.
        share: of all deaths of the window.
        rows: which rows of the incidents it holds, shape (N,).
    """

    where: str
    province: str | None
    first: Month
    last: Month
    deaths: float
    share: float
    rows: NDArray[np.bool_]

    @property
    def words(self) -> str:
        """The battle in a few words."""
        return f"{self.where}, {self.first} to {self.last}"


def battles(incidents: Incidents) -> tuple[Battle, ...]:
    """The battles of a window, the deadliest first; of a province's and a cell's, both.

    A battle is the run of months around an area's worst in which each holds at least a tenth of the worst month's
    deaths, where the run holds more than a third of all deaths of the window.
    """
    deaths = incidents.weight("deaths_best")
    total = float(deaths.sum())
    if total <= 0:
        return ()
    found = []
    for where, rows in _areas(incidents):
        run = _run(incidents, deaths, rows)
        held = float(deaths[run].sum())
        if held > BATTLE_SHARE * total:
            ids = incidents.month_id[run & (deaths > 0)]
            province = _province(incidents, int(np.flatnonzero(run)[np.argmax(deaths[run])]))
            found.append(Battle(where, province, Month(int(ids.min())), Month(int(ids.max())), held, held / total, run))
    return tuple(sorted(found, key=lambda b: (-b.deaths, b.where)))


@dataclass(frozen=True, slots=True)
class Gain:
    """What one plan reaches more than another, with and without the battle that moves it most.

    Attributes:
        before: reach of the first plan; None where there is nothing to reach.
        after: reach of the second.
        battle: the battle whose leaving out moves the gain most; None where the window holds none.
        before_without: reach of the first plan without that battle.
        after_without: reach of the second without it.
        is_one_battle: whether more than half of the gain goes with that battle.
    """

    before: float | None
    after: float | None
    battle: Battle | None
    before_without: float | None
    after_without: float | None
    is_one_battle: bool

    @property
    def gain(self) -> float | None:
        """Reach gained, 0..1."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def gain_without(self) -> float | None:
        """Reach gained when the battle is left out."""
        if self.before_without is None or self.after_without is None:
            return None
        return self.after_without - self.before_without


def gain(
    incidents: Incidents, before: Sequence[Place], after: Sequence[Place], *, km: float, measure: str = "deaths_best"
) -> Gain:
    """Whether what a plan reaches more than another is one battle.

    Args:
        incidents: events of the window.
        before: sites of the first plan.
        after: sites of the second.
        km: distance within which an event counts as reached.
        measure: what is counted.
    """
    weight = incidents.weight(measure)
    old, new = (distances_km(incidents.lat, incidents.lon, p) <= km for p in (before, after))
    every = np.ones(len(incidents), dtype=bool)
    first, second = _share(weight, old, every), _share(weight, new, every)
    plain = Gain(first, second, None, None, None, is_one_battle=False)
    tested = [
        Gain(first, second, b, _share(weight, old, ~b.rows), _share(weight, new, ~b.rows), is_one_battle=False)
        for b in battles(incidents)
    ]
    if not tested or plain.gain is None:
        return plain
    whole = plain.gain
    strongest = max(tested, key=lambda g: abs(whole - (g.gain_without or 0.0)))
    left = strongest.gain_without or 0.0
    carried = abs(whole) > 1e-9 and left / whole < 1 - CARRIED_SHARE
    return Gain(first, second, strongest.battle, strongest.before_without, strongest.after_without, carried)


def _share(weight: NDArray[np.float64], within: NDArray[np.bool_], kept: NDArray[np.bool_]) -> float | None:
    total = float(weight[kept].sum())
    return float(weight[kept & within].sum()) / total if total > 0 else None


def _province(incidents: Incidents, row: int) -> str | None:
    index = int(incidents.province[row])
    return province_name(incidents.provinces[index]) if index >= 0 else None


def _areas(incidents: Incidents) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    for index, area in enumerate(incidents.provinces):
        yield province_name(area), incidents.province == index
    cell = np.column_stack([np.floor(x / CELL_DEGREES) for x in (incidents.lat, incidents.lon)])
    for row, col in np.unique(cell[incidents.placed], axis=0):
        centre = ((row + 0.5) * CELL_DEGREES, (col + 0.5) * CELL_DEGREES)
        yield f"half-degree cell at {centre[0]:.2f}, {centre[1]:.2f}", np.all(cell == (row, col), axis=1)


def _run(incidents: Incidents, deaths: NDArray[np.float64], rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows of the run of months around an area's worst month."""
    start = incidents.first.id
    months = np.bincount(incidents.month_id[rows] - start, weights=deaths[rows], minlength=len(incidents.months))
    worst = int(months.argmax())
    goes_on = months >= max(BATTLE_FADES_AT * months[worst], 1)
    first = last = worst
    while first > 0 and goes_on[first - 1]:
        first -= 1
    while last + 1 < len(months) and goes_on[last + 1]:
        last += 1
    return rows & (incidents.month_id >= start + first) & (incidents.month_id <= start + last)
