"""How sure a reach is: places, ranges and deaths drawn anew, months resampled, and both together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely
from joblib import Parallel, delayed

from tocsin.errors import OutOfRange, Where
from tocsin.mission.block_intervals import BLOCK_MONTHS, block_counts, interval, sampled_shares
from tocsin.mission.distance import moved, moved_along, nearest_km, tangents, unit_vectors
from tocsin.mission.reach import DISTANCES, Place, checked_distances, shares_within, vectors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from tocsin.mission.incidents import Incidents

REACH_KM = (25.0, 50.0, 150.0)
RADIUS_KM = {1: 0.0, 2: 25.0, 3: 40.0, 4: 100.0}
"""How far from its published position an event may lie, by UCDP where_prec; 4 (a province) where no outline is known."""

POOL = 2048
"""Random points kept for each province's outline, from which its events are placed."""

MOST_DRAWS = 100_000


@dataclass(frozen=True, eq=False)
class Intervals:
    """Shares of one measure with their 90 % intervals, over K distances and one more: the reach as a range.

    Attributes:
        measure: `events` or `deaths`.
        distances: km, shape (K,).
        point: shares from published positions and best estimates, shape (K + 1,); the last within the middle reach.
        inputs: low and high from noise in places, ranges and deaths, shape (2, K + 1).
        sampling: low and high had other months been seen, studentised, shape (2, K + 1); NaN: too few months to tell.
        percentile: the same by plain percentiles, which cover too little; for comparison with others' figures.
        both: low and high of both together, shape (2, K + 1); NaN as above.
        unplaced: share of the measure whose place is unknown: never reached in draws.
    """

    measure: str
    distances: tuple[float, ...]
    point: NDArray[np.float64]
    inputs: NDArray[np.float64]
    sampling: NDArray[np.float64]
    percentile: NDArray[np.float64]
    both: NDArray[np.float64]
    unplaced: float


@dataclass(frozen=True, eq=False)
class ReachDraws:
    """Intervals of reach, and what was drawn for them.

    Attributes:
        events: of the number of events.
        deaths: of deaths, each event's drawn from its low, best and high.
        reach_km: low, middle and high of the distance a site reaches.
        draws: how many draws.
        seed: the seed that makes them again.
        months: months in the window, from which blocks are drawn.
        block: months in a block.
    """

    events: Intervals
    deaths: Intervals
    reach_km: tuple[float, float, float]
    draws: int
    seed: int
    months: int
    block: int = BLOCK_MONTHS


@dataclass(frozen=True, eq=False)
class _Setting:
    """What every draw starts from."""

    start: NDArray[np.float64]
    east: NDArray[np.float64]
    north: NDArray[np.float64]
    movable: NDArray[np.int64]
    radius: NDArray[np.float64]
    pooled: tuple[tuple[NDArray[np.int64], NDArray[np.float64]], ...]
    lost: NDArray[np.bool_]
    month: NDArray[np.int64]
    months: int
    events: NDArray[np.float64]
    deaths: NDArray[np.float64]
    sites: NDArray[np.float64]
    site_radius: NDArray[np.float64]
    distances: tuple[float, ...]
    reach_km: tuple[float, float, float]
    block: int


def reach_draws(
    incidents: Incidents, places: Sequence[Place], *, reach_km: tuple[float, float, float] = REACH_KM,
    distances: Sequence[float] = DISTANCES, outlines: Mapping[str, BaseGeometry] | None = None, draws: int = 1000,
    seed: int = 1, block: int = BLOCK_MONTHS, workers: int = 2,
) -> ReachDraws:  # fmt: skip
    """Reach with its input noise and its sampling of months, apart and together, by Monte Carlo.

    Each draw places every event within what its where_precision allows (2: 25 km; 3: 40 km; 4: anywhere in its
    province; worse: nowhere, and so never reached), every site within its own precision, draws each event's deaths and
    the sites' reach from triangular distributions, and resamples the months in blocks. Draws of one seed are the same
    however many threads make them.

    Args:
        incidents: events of the window, one or more months.
        places: sites, taken as open; one whose precision is unknown stays where it is.
        reach_km: lowest, middle and highest distance a site is thought to reach, km.
        distances: km, rising.
        outlines: provinces by id, degrees.
        draws: how many.
        seed: the seed.
        block: months in a block.
        workers: threads.

    Raises:
        OutOfRange: draws, seed or the reach are not possible.
    """
    _check(reach_km, draws, seed)
    places = sorted(places, key=lambda p: (p.lat, p.lon, p.precision_km or 0.0, p.site_id))
    setting = _setting(
        incidents.in_order(), places, reach_km, checked_distances(distances), outlines or {}, seed, block
    )
    seeds = np.random.SeedSequence(seed).spawn(draws)
    made = Parallel(n_jobs=workers, prefer="threads", batch_size=16)(delayed(partial(_draw, setting))(s) for s in seeds)
    counts = block_counts(setting.months, draws=max(draws, 1000), rng=np.random.default_rng([seed, 1]), block=block)
    events, deaths = (
        _intervals(name, weight, setting, counts, np.array([one[i] for one in made]))
        for i, (name, weight) in enumerate((("events", setting.events), ("deaths", setting.deaths[:, 1])))
    )
    return ReachDraws(events, deaths, reach_km, draws, seed, setting.months, block)


def _check(reach_km: tuple[float, float, float], draws: int, seed: int) -> None:
    low, middle, high = reach_km
    if not 0 < low <= middle <= high:
        raise OutOfRange(f"a reach of {low:g}, {middle:g}, {high:g} km does not rise from above 0",
                         where=Where(field="reach-km"), hint="write low, middle and high, as in 25,50,150")  # fmt: skip
    if not 1 <= draws <= MOST_DRAWS:
        raise OutOfRange(f"{draws} draws are not within 1 to {MOST_DRAWS}", hint="1000 is usual")
    if not 0 <= seed < 2**32:
        raise OutOfRange(f"{seed} is no seed", hint=f"give a whole number from 0 to {2**32 - 1}")


def _setting(  # noqa: PLR0917  # called once, from above
    incidents: Incidents, places: Sequence[Place], reach_km: tuple[float, float, float], distances: tuple[float, ...],
    outlines: Mapping[str, BaseGeometry], seed: int, block: int,
) -> _Setting:  # fmt: skip
    start = unit_vectors(incidents.lat, incidents.lon)
    precision = incidents.where_precision
    rng = np.random.default_rng([seed, 2])
    pooled = []
    radius = np.array([RADIUS_KM.get(int(p), 0.0) for p in range(8)])[np.clip(precision, 0, 7)]
    for area, index in sorted((area, index) for index, area in enumerate(incidents.provinces)):
        rows = np.flatnonzero((incidents.province == index) & (precision == 4))
        if len(rows) and area in outlines:
            pooled.append((rows, points_within(outlines[area], POOL, rng)))
            radius[rows] = 0.0
    movable = np.flatnonzero(radius > 0)
    east, north = tangents(start[movable])
    return _Setting(
        start=start, east=east, north=north, movable=movable, radius=radius[movable], pooled=tuple(pooled),
        lost=~incidents.placed, month=incidents.month_id - incidents.first.id, months=len(incidents.months),
        events=incidents.events, deaths=incidents.deaths, sites=vectors(places),
        site_radius=np.array([p.precision_km or 0.0 for p in places]), distances=distances, reach_km=reach_km,
        block=block,
    )  # fmt: skip


def points_within(outline: BaseGeometry, count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Random points of an outline, uniform over its area, as unit vectors of shape (count, 3)."""
    shapely.prepare(outline)
    west, south, east, north = outline.bounds
    low, high = np.sin(np.radians([south, north]))
    found: list[NDArray[np.float64]] = []
    have = 0
    while have < count:
        lat = np.degrees(np.arcsin(rng.uniform(low, high, 2 * count)))
        lon = rng.uniform(west, east, 2 * count)
        inside = shapely.contains_xy(outline, lon, lat)
        found.append(unit_vectors(lat[inside], lon[inside]))
        have += int(inside.sum())
    return np.concatenate(found)[:count]


def _draw(setting: _Setting, seed: np.random.SeedSequence) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One draw: for events and for deaths, shares by input noise and with months resampled, shape (2, K + 1)."""
    rng = np.random.default_rng(seed)
    at = setting.start.copy()
    for rows, pool in setting.pooled:
        at[rows] = pool[rng.integers(0, len(pool), len(rows))]
    at[setting.movable] = moved_along(
        setting.start[setting.movable], setting.east, setting.north, setting.radius, rng
    )  # fmt: skip
    km = nearest_km(at, moved(setting.sites, setting.site_radius, rng))
    km[setting.lost] = np.inf
    reach = rng.triangular(*setting.reach_km) if setting.reach_km[0] < setting.reach_km[2] else setting.reach_km[0]
    counts = block_counts(setting.months, draws=1, rng=rng, block=setting.block)
    deaths = triangular(setting.deaths, rng)
    column = np.searchsorted(setting.distances, km)
    return _shares(setting, column, km <= reach, setting.events, counts), _shares(
        setting, column, km <= reach, deaths, counts
    )


def triangular(deaths: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """A draw of each row's deaths from its low, best and high, shape (N,); the best where all three agree."""
    low, best, high = deaths.T
    width = high - low
    sure = width <= 0
    rise = np.where(sure, 0.0, (best - low) / np.where(sure, 1.0, width))
    u = rng.random(len(deaths))
    up = low + np.sqrt(u * width * (best - low))
    down = high - np.sqrt((1 - u) * width * (high - best))
    return np.asarray(np.where(sure, best, np.where(u < rise, up, down)))


def by_month(
    month: NDArray[np.int64], column: NDArray[np.int64], weight: NDArray[np.float64], *, months: int, columns: int
) -> NDArray[np.float64]:
    """Weight within each distance, by month, shape (months, columns)."""
    flat = np.bincount(month * (columns + 1) + column, weights=weight, minlength=months * (columns + 1))
    return np.asarray(np.cumsum(flat.reshape(months, columns + 1), axis=1)[:, :columns])


def _monthly(
    setting: _Setting, column: NDArray[np.int64], reached: NDArray[np.bool_], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    inside = by_month(setting.month, column, weight, months=setting.months, columns=len(setting.distances))
    within = np.bincount(setting.month[reached], weights=weight[reached], minlength=setting.months)
    total = np.bincount(setting.month, weights=weight, minlength=setting.months).astype(np.float64)
    return np.column_stack((inside, within)), total[:, None]


def _shares(
    setting: _Setting, column: NDArray[np.int64], reached: NDArray[np.bool_], weight: NDArray[np.float64],
    counts: NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    inside, total = _monthly(setting, column, reached, weight)
    _, explained = sampled_shares(inside, total, counts, block=setting.block)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.vstack((inside.sum(axis=0) / total.sum(), explained))


def _intervals(
    measure: str, weight: NDArray[np.float64], setting: _Setting, counts: NDArray[np.float64], made: NDArray[np.float64]
) -> Intervals:
    km = nearest_km(setting.start, setting.sites)
    reached = km <= setting.reach_km[1]
    inside, total = _monthly(setting, np.searchsorted(setting.distances, km), reached, weight)
    again, explained = sampled_shares(inside, total, counts, block=setting.block)
    point = np.append(shares_within(km, weight, setting.distances), shares_within(km, weight, [setting.reach_km[1]]))
    lost = float(weight[setting.lost].sum() / weight.sum()) if weight.sum() > 0 else np.nan
    inputs, sampling, percentile, both = (_rising(interval(x)) for x in (made[:, 0], explained, again, made[:, 1]))
    return Intervals(measure, setting.distances, point, inputs, sampling, percentile, both, lost)


def _rising(bounds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bounds over distance as reach must have them: what is surely reached within 100 km is within 200 km too.

    The last column, of the reach as a range, stays as it is.
    """
    low, high = bounds[:, :-1]
    low, high = np.fmax.accumulate(low), np.fmin.accumulate(high[::-1])[::-1]
    kept = np.where(np.isnan(bounds[:, :-1]), np.nan, np.vstack((low, np.maximum(low, high))))
    return np.column_stack((kept, bounds[:, -1]))
