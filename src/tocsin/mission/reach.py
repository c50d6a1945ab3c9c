"""What lies within reach of a mission's sites: events, deaths, towns and forecast risk, over distance and over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.case.rows import SiteOrigin
from tocsin.errors import OutOfRange, Where
from tocsin.mission.distance import nearest_km, unit_vectors
from tocsin.mission.incidents import MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    from tocsin.case.rows import Site
    from tocsin.mission.footprint import Footprint
    from tocsin.mission.incidents import Incidents
    from tocsin.vocabulary import Month

DISTANCES = tuple(float(d) for d in range(0, 501, 5))
"""Distances of a curve, km."""

CELL_DEGREES = 0.5
"""Forecast risk is never placed more finely than in cells of this size."""


@dataclass(frozen=True, slots=True)
class Place:
    """A site with a place, as reach is computed from it.

    Attributes:
        site_id: the site.
        name: what readers know it by.
        lat: degrees north.
        lon: degrees east.
        precision_km: how far the true place may be, km; None is unknown.
        user: whether a user entered it: its coordinates are left out of exports.
    """

    site_id: str
    name: str
    lat: float
    lon: float
    precision_km: float | None = None
    user: bool = True

    @classmethod
    def of(cls, site: Site) -> Place:
        """The place of a site that has one."""
        assert site.lat is not None
        assert site.lon is not None
        return cls(site.site_id, site.name, site.lat, site.lon, site.precision_km, site.origin is SiteOrigin.USER)


@dataclass(frozen=True, eq=False)
class Curve:
    """The share of something that lies within each distance.

    Attributes:
        measure: what is counted.
        distances: km, rising, shape (K,).
        shares: 0..1, shape (K,); NaN where there is nothing to share.
        total: all of it, reached or not.
        unplaced: the part of the total whose place is not known.
    """

    measure: str
    distances: tuple[float, ...]
    shares: NDArray[np.float64]
    total: float
    unplaced: float = 0.0

    def at(self, km: float) -> float | None:
        """The share within one of the distances; None where there is nothing to share.

        Raises:
            OutOfRange: the curve has no such distance.
        """
        if km not in self.distances:
            raise OutOfRange(
                f"the curve has no distance of {km:g} km",
                where=Where(field="distances"),
                hint=f"it runs from {self.distances[0]:g} to {self.distances[-1]:g} km; name the distance in distances",
            )
        share = float(self.shares[self.distances.index(km)])
        return None if np.isnan(share) else share


def vectors(places: Sequence[Place]) -> NDArray[np.float64]:
    """Places as unit vectors, shape (S, 3)."""
    return unit_vectors([p.lat for p in places], [p.lon for p in places])


def distances_km(lat: ArrayLike, lon: ArrayLike, places: Sequence[Place]) -> NDArray[np.float64]:
    """Straight-line (great-circle) distance to the nearest of the places, km, shape (N,); infinite without places."""
    return nearest_km(unit_vectors(lat, lon), vectors(places))


def checked_distances(distances: Sequence[float]) -> tuple[float, ...]:
    """Distances in km that rise from 0 or more.

    Raises:
        OutOfRange: there is none, one is negative or no number, or they do not rise.
    """
    wanted = tuple(float(d) for d in distances)
    if not wanted or not all(np.isfinite(wanted)) or wanted[0] < 0 or list(wanted) != sorted(set(wanted)):
        raise OutOfRange(
            f"'{', '.join(f'{d:g}' for d in wanted)}' are no distances",
            where=Where(field="reach-km"), hint="write km that rise from 0, as in 25,50,150",
        )  # fmt: skip
    return wanted


def shares_within(
    km: NDArray[np.float64], weight: NDArray[np.float64], distances: Sequence[float]
) -> NDArray[np.float64]:
    """Share of the weight within each distance, shape (K,); NaN where there is no weight.

    Args:
        km: distance of each row, shape (N,).
        weight: what each row counts, shape (N,), >= 0.
        distances: km, rising, shape (K,).

    Example:
        >>> shares_within(np.array([10.0, 50.0, 90.0]), np.array([1.0, 1.0, 2.0]), [25, 50, 100])
        array([0.25, 0.5 , 1.  ])
    """
    total = weight.sum()
    if total <= 0:
        return np.full(len(distances), np.nan)
    bins = np.bincount(np.searchsorted(distances, km), weights=weight, minlength=len(distances) + 1)
    return np.asarray(np.cumsum(bins)[: len(distances)] / total)


def reach_curves(
    incidents: Incidents, places: Sequence[Place], *, distances: Sequence[float] = DISTANCES,
    measures: Sequence[str] = MEASURES,
) -> dict[str, Curve]:  # fmt: skip
    """The share of events and deaths within each distance of the nearest place, from published positions.

    Args:
        incidents: events of the window, at the location precision wanted.
        places: sites, taken as open throughout.
        distances: km, rising.
        measures: what is counted.

    Example:
        >>> from tocsin.mission.incidents import incidents_of_points
        >>> from tocsin.sources.starter import starter_table
        >>> from tocsin.vocabulary import Month
        >>> iraq = incidents_of_points(starter_table("event_points"), countries=["IRQ"])
        >>> in_2018 = iraq.within(Month.of(2018, 1), Month.of(2018, 12))
        >>> baghdad = Place("baghdad", "Baghdad", 33.315, 44.39)
        >>> round(reach_curves(in_2018, [baghdad], distances=[50, 150])["deaths_best"].at(50), 3)
        0.071
    """
    km = distances_km(incidents.lat, incidents.lon, places)
    wanted = checked_distances(distances)
    curves = {}
    for measure in measures:
        weight = incidents.weight(measure)
        lost = float(weight[~incidents.placed].sum())
        curves[measure] = Curve(measure, wanted, shares_within(km, weight, wanted), float(weight.sum()), lost)
    return curves


@dataclass(frozen=True, eq=False)
class TownReach:
    """The population of listed towns within each distance.

    Attributes:
        curve: shares of the population of towns whose population is known.
        towns: how many towns that is.
        unknown: how many listed towns have no known population, and are left out.
    """

    curve: Curve
    towns: int
    unknown: int


def town_reach(
    lat: NDArray[np.float64], lon: NDArray[np.float64], population: NDArray[np.float64], places: Sequence[Place], *,
    distances: Sequence[float] = DISTANCES,
) -> TownReach:  # fmt: skip
    """The share of listed towns' people within each distance of the nearest place; a population of 0 is unknown."""
    known = population > 0
    km = distances_km(lat[known], lon[known], places)
    people = population[known].astype(np.float64)
    curve = Curve("population", tuple(distances), shares_within(km, people, distances), float(people.sum()))
    return TownReach(curve, int(known.sum()), int((~known).sum()))


@dataclass(frozen=True, slots=True)
class MonthReach:
    """The share reached in one month, between what is sure and what may be.

    Attributes:
        month: the month.
        low: share within reach if the sites whose state is unknown were closed; None where nothing happened.
        high: the same if they were open.
        total: what is shared.
        surely: sites surely at work; `perhaps` of them or others in addition, whose state is unknown.
        perhaps: sites that may have been at work.
    """

    month: Month
    low: float | None
    high: float | None
    total: float
    surely: int
    perhaps: int


def reach_over_time(
    incidents: Incidents, sites: Footprint, *, km: float, measure: str = "deaths_best", added: Sequence[Place] = ()
) -> tuple[MonthReach, ...]:
    """Reach month by month, as sites open, pause, shrink to a core and return.

    Args:
        incidents: events; months outside those they cover have no share.
        sites: the footprint; its months are those looked at.
        km: distance within which an event counts as reached.
        measure: what is counted.
        added: places taken as open in every month.
    """
    weight, seen = incidents.weight(measure), {}
    rows = []
    for month in sites.months:
        here = incidents.month_id == month.id
        shares, counts = [], []
        for as_open in (False, True):
            places = (*(Place.of(s) for s in sites.working(month, unknown_as_open=as_open)), *added)
            if places not in seen:
                seen[places] = distances_km(incidents.lat, incidents.lon, places)
            shares.append(_share(weight[here], seen[places][here] <= km))
            counts.append(len(places))
        rows.append(
            MonthReach(month, shares[0], shares[1], float(weight[here].sum()), counts[0], counts[1] - counts[0])
        )
    return tuple(rows)


def reach_of_span(
    incidents: Incidents, sites: Footprint, *, km: float, measure: str = "deaths_best", added: Sequence[Place] = ()
) -> tuple[float | None, float | None]:
    """Share of a whole window within reach of what was open in each event's month: lowest and highest possible."""
    rows = [r for r in reach_over_time(incidents, sites, km=km, measure=measure, added=added) if r.low is not None]
    total = sum(r.total for r in rows)
    if total <= 0:
        return None, None
    return sum((r.low or 0) * r.total for r in rows) / total, sum((r.high or 0) * r.total for r in rows) / total


def _share(weight: NDArray[np.float64], reached: NDArray[np.bool_]) -> float | None:
    total = float(weight.sum())
    return float(weight[reached].sum()) / total if total > 0 else None


@dataclass(frozen=True, eq=False)
class RiskCells:
    """Where within each province forecast deaths are placed: cells of half a degree, by their past deaths.

    Attributes:
        area: index of the province in the forecast, shape (C,).
        lat: the cells' centres, degrees north, shape (C,).
        lon: degrees east, shape (C,).
        share: the cell's share of its province, shape (C,); sums to 1 in each province that has cells.
        unplaced: provinces of the forecast without a placed death in the months before: their risk has no place.
    """

    area: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    share: NDArray[np.float64]
    unplaced: tuple[str, ...]


def risk_cells(before: Incidents, areas: Sequence[str]) -> RiskCells:
    """Cells that held deaths in the months before an origin, with their shares of their province.

    Args:
        before: events of the months before the origin (36 by custom); those placed worse than a district are left out.
        areas: province ids of the forecast.
    """
    sure = before.at_precision(3)
    index = {area: i for i, area in enumerate(areas)}
    of_row = np.array([index.get(p, -1) for p in (*sure.provinces, "")], dtype=np.int64)[sure.province]
    deaths = sure.weight("deaths_best")
    keep = (of_row >= 0) & (deaths > 0)
    row, col = (np.floor(x[keep] / CELL_DEGREES).astype(np.int64) for x in (sure.lat, sure.lon))
    cells, where = np.unique(np.column_stack((of_row[keep], row, col)), axis=0, return_inverse=True)
    sums = np.bincount(where.ravel(), weights=deaths[keep], minlength=len(cells))
    area = cells.reshape(-1, 3)[:, 0]
    of_area = np.bincount(area, weights=sums, minlength=len(areas))
    centre = (cells.reshape(-1, 3)[:, 1:] + 0.5).astype(np.float64) * CELL_DEGREES
    lost = tuple(name for i, name in enumerate(areas) if of_area[i] <= 0)
    return RiskCells(area, centre[:, 0], centre[:, 1], sums / of_area[area], lost)


@dataclass(frozen=True, eq=False)
class RiskReach:
    """The share of forecast deaths within each distance.

    Attributes:
        distances: km, shape (K,).
        low: 5 % quantile over draws, shape (K,).
        middle: median, shape (K,).
        high: 95 % quantile, shape (K,).
        expected: expected deaths in all provinces, over all months ahead.
        unplaced: the part of them that has no place.
        provinces_unplaced: the provinces of that part.
    """

    distances: tuple[float, ...]
    low: NDArray[np.float64]
    middle: NDArray[np.float64]
    high: NDArray[np.float64]
    expected: float
    unplaced: float
    provinces_unplaced: tuple[str, ...]


def risk_reach(
    draws: NDArray[np.integer], areas: Sequence[str], cells: RiskCells, places: Sequence[Place], *,
    distances: Sequence[float] = DISTANCES,
) -> RiskReach:  # fmt: skip
    """The share of forecast deaths within each distance of the nearest place, with its range over draws.

    Args:
        draws: deaths by province, month ahead and draw, shape (A, H, D).
        areas: province ids, length A.
        cells: where each province's deaths are placed.
        places: sites, taken as open.
        distances: km, rising.
    """
    deaths = draws.sum(axis=1).astype(np.float64)
    edges = np.searchsorted(distances, distances_km(cells.lat, cells.lon, places))
    within = np.zeros((len(areas), len(distances) + 1))
    np.add.at(within, (cells.area, edges), cells.share)
    reached = np.cumsum(within, axis=1)[:, : len(distances)].T @ deaths
    total = deaths.sum(axis=0)
    shares = reached[:, total > 0] / total[total > 0]
    low, middle, high = (
        np.quantile(shares, (0.05, 0.5, 0.95), axis=1) if shares.shape[1] else np.full((3, len(distances)), np.nan)
    )
    lost = [i for i, area in enumerate(areas) if area in cells.unplaced]
    return RiskReach(
        tuple(distances), low, middle, high, float(total.mean()), float(deaths[lost].sum(axis=0).mean()), cells.unplaced
    )


def travel_shares(
    minutes: NDArray[np.float64], weight: NDArray[np.float64], thresholds: Sequence[float]
) -> Mapping[float, float | None]:
    """Share of the weight within each travel time; None where there is no weight.

    Args:
        minutes: shortest travel time of each row, infinite where no polygon holds it, shape (N,).
        weight: what each row counts, shape (N,).
        thresholds: minutes, rising.
    """
    shares = shares_within(minutes, weight, thresholds)
    return {t: None if np.isnan(s) else float(s) for t, s in zip(thresholds, shares, strict=True)}
