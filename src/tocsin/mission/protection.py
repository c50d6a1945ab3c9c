"""Force protection: what happened and is forecast around sites, by month in bands of 25 km or more, and what answered what.

Nothing here is finer than a band of 25 km and a month; forecast deaths stand at the centres of half-degree cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tocsin.case.dates import Precision
from tocsin.errors import OutOfRange, Where
from tocsin.mission.reach import Place, RiskCells, distances_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.case.rows import EventOfRecord
    from tocsin.mission.incidents import Incidents
    from tocsin.vocabulary import Month

BANDS = (0.0, 25.0, 50.0, 100.0, 200.0)
NARROWEST_KM = 25.0
CHAIN_DAYS = 30
KINDS = ("attack", "incident", "response")


def checked_bands(bands: Sequence[float]) -> tuple[float, ...]:
    """Edges of distance bands, km.

    Raises:
        OutOfRange: there are fewer than two, they do not rise from 0 or more, or a band is narrower than 25 km.
    """
    edges = tuple(float(b) for b in bands)
    hint = "write edges from 0, each 25 km or more from the last, as in 0,25,50,100,200"
    if len(edges) < 2 or not np.isfinite(edges).all() or edges[0] < 0 or list(edges) != sorted(set(edges)):
        raise OutOfRange("the bands do not rise from 0", where=Where(field="bands"), hint=hint)
    for near, far in pairwise(edges):
        if far - near < NARROWEST_KM:
            raise OutOfRange(
                f"the band {near:g} to {far:g} km is narrower than 25 km", where=Where(field="bands"), hint=hint
            )
    return edges


@dataclass(frozen=True, slots=True)
class BandMonth:
    """What happened in one month in one band around the nearest site.

    Attributes:
        month: the month.
        near_km: where the band begins.
        far_km: where it ends.
        events: events, counted in their last month.
        deaths: low, best and high.
    """

    month: Month
    near_km: float
    far_km: float
    events: int
    deaths: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class BandForecast:
    """Deaths forecast for one month in one band: 5 %, 50 % and 95 % quantiles over draws."""

    month: Month
    near_km: float
    far_km: float
    low: float
    middle: float
    high: float


def incidents_by_band(
    incidents: Incidents, places: Sequence[Place], *, bands: Sequence[float] = BANDS
) -> tuple[BandMonth, ...]:
    """Events and deaths by month and band, every month covered and every band; 0 where nothing is known to have happened.

    Events whose place is known to no province are left out: `Incidents.placed` says which.

    Raises:
        OutOfRange: a band is narrower than 25 km.
    """
    edges = checked_bands(bands)
    placed = incidents.where(incidents.placed)
    band = _band(distances_km(placed.lat, placed.lon, places), edges)
    rows = []
    for month in placed.months:
        for i, (near, far) in enumerate(pairwise(edges)):
            here = (placed.month_id == month.id) & (band == i)
            low, best, high = (int(x) for x in placed.deaths[here].sum(axis=0))
            rows.append(BandMonth(month, near, far, round(float(placed.events[here].sum())), (low, best, high)))
    return tuple(rows)


def forecast_by_band(
    draws: NDArray[np.integer], months: Sequence[Month], cells: RiskCells, places: Sequence[Place], *,
    bands: Sequence[float] = BANDS,
) -> tuple[BandForecast, ...]:  # fmt: skip
    """Forecast deaths by month ahead and band, from the centres of half-degree cells.

    Args:
        draws: deaths by province, month ahead and draw, shape (A, H, D).
        months: the months ahead, length H.
        cells: where each province's deaths are placed.
        places: sites.
        bands: edges, km.

    Raises:
        OutOfRange: a band is narrower than 25 km.
    """
    edges = checked_bands(bands)
    band = _band(distances_km(cells.lat, cells.lon, places), edges)
    rows = []
    for h, month in enumerate(months):
        for i, (near, far) in enumerate(pairwise(edges)):
            part = np.bincount(cells.area[band == i], weights=cells.share[band == i], minlength=len(draws))
            low, middle, high = np.quantile(part @ draws[:, h, :], (0.05, 0.5, 0.95))
            rows.append(BandForecast(month, near, far, float(low), float(middle), float(high)))
    return tuple(rows)


def _band(km: NDArray[np.float64], edges: tuple[float, ...]) -> NDArray[np.intp]:
    """Which band each distance lies in, -1 or beyond the last where in none; a band holds its far edge."""
    return np.asarray(np.searchsorted(edges, np.maximum(km, 1e-9)) - 1)


@dataclass(frozen=True, slots=True)
class Step:
    """An event of a sequence.

    Attributes:
        event: the case's row; its date is as the source gives it.
        gap_days: days since the step before; None for the first, and where either date is only a month: unknown.
    """

    event: EventOfRecord
    gap_days: int | None


@dataclass(frozen=True, slots=True)
class Chain:
    """Attacks, incidents and responses that follow one another by 30 days or less."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Sequences:
    """What answered what, as far as the dates say.

    Attributes:
        chains: sequences of one event or more, in order of date.
        undated: events known only to a year or to a bound: they stand in no order.
    """

    chains: tuple[Chain, ...]
    undated: tuple[EventOfRecord, ...]


def sequences(events: Sequence[EventOfRecord], *, kinds: Sequence[str] = KINDS) -> Sequences:
    """Chains of attacks, incidents and responses, each at most 30 days after the one before.

    Two events are chained where even the longest gap their dates allow is at most 30 days. That one follows another
    does not say that it answers it.

    Args:
        events: the case's events of record.
        kinds: which kinds count.
    """
    mine = [e for e in events if (e.kind or "").strip().lower() in kinds]
    dated = [e for e in mine if e.date.precision is not Precision.YEAR and e.date.earliest and e.date.latest]
    chains: list[list[Step]] = []
    for event in sorted(dated, key=lambda e: (e.date.latest, e.date.earliest)):
        if chains and _longest_gap(chains[-1][-1].event, event) <= CHAIN_DAYS:
            chains[-1].append(Step(event, _gap(chains[-1][-1].event, event)))
        else:
            chains.append([Step(event, None)])
    return Sequences(tuple(Chain(tuple(c)) for c in chains), tuple(e for e in mine if e not in dated))


def _longest_gap(before: EventOfRecord, after: EventOfRecord) -> int:
    assert before.date.earliest is not None
    assert after.date.latest is not None
    return (after.date.latest - before.date.earliest).days


def _gap(before: EventOfRecord, after: EventOfRecord) -> int | None:
    if not before.date.precision is after.date.precision is Precision.DAY:
        return None
    return _longest_gap(before, after)
