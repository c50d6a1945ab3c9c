"""The reach of NATO Mission Iraq's three sites, from single events, from the points that ship, and by plain arithmetic."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.api.covered import incidents_of_case
from tocsin.case import read_case
from tocsin.mission.incidents import WORST_PRECISION
from tocsin.mission.reach import Place, reach_curves
from tocsin.sources.ucdp_ged import read_ged
from tocsin.vocabulary import EARTH_KM, Month

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tocsin.mission.incidents import Incidents

MOSUL = Place("mosul", "Mosul", 36.34, 43.13)

KNOWN = (
    (2018, 2018, WORST_PRECISION, 50, False, 8.0), (2018, 2018, 3, 50, False, 12.9),
    (2018, 2018, WORST_PRECISION, 150, False, 18.8), (2018, 2018, 3, 150, False, 26.0),
    (2017, 2018, 3, 50, False, 3.5), (2017, 2018, 3, 50, True, 62.0),
)  # fmt: skip
"""First and last year, worst location precision, km, whether Mosul is added, and the share in percent as first measured."""


@dataclass(frozen=True, slots=True)
class ReachRow:
    """One share of deaths (best estimates), in percent.

    Attributes:
        window: first and last year.
        where_precision: worst UCDP location precision counted, 1 to 7.
        km: distance.
        added: the place added to the three sites; None where none is.
        known: the figure as first measured, rounded.
        starter: from the points that ship.
        events: from single events; None without an event file.
        plain: the same from the event file's own columns by haversine, without Tocsin's reach; None without the file.
    """

    window: str
    where_precision: int
    km: int
    added: str | None
    known: float
    starter: float
    events: float | None
    plain: float | None

    def as_dict(self) -> dict[str, object]:
        """The row in the documented shape."""
        return asdict(self)


def benchmark_reach(events: Path | None = None) -> tuple[ReachRow, ...]:
    """Shares of Iraq's deaths within reach of the three sites, three ways side by side.

    Args:
        events: a UCDP GED file that holds Iraq 2017-2018; only the points that ship are used where not given.

    Raises:
        FileProblem: the file cannot be read.
        TableProblem: the file has a row at fault.
        OutOfRange: the file does not hold 2017 and 2018.

    Example:
        >>> [row.starter for row in benchmark_reach()][:2]
        [8.0, 12.9]
    """
    case = read_case("iraq")
    sites = tuple(Place.of(s) for s in case.sites if s.mission_id == "nmi")
    points, _ = incidents_of_case(case)
    single, plain = None, None
    if events is not None:
        single, _ = incidents_of_case(case, events)
        plain = read_ged(events, strict=True).table.filter(country="IRQ")
    rows = []
    for first, last, precision, km, mosul, known in KNOWN:
        places = (*sites, MOSUL) if mosul else sites
        rows.append(ReachRow(
            str(first) if first == last else f"{first}-{last}", precision, km, MOSUL.name if mosul else None, known,
            _share(points, places, first, last, precision, km),
            None if single is None else _share(single, places, first, last, precision, km),
            None if plain is None else _plain(plain, places, first, last, precision, km),
        ))  # fmt: skip
    return tuple(rows)


def _share(  # noqa: PLR0917  # one row of the table above
    incidents: Incidents, places: Sequence[Place], first: int, last: int, precision: int, km: int
) -> float:
    seen = incidents.within(Month.of(first, 1), Month.of(last, 12)).at_precision(precision)
    share = reach_curves(seen, places, distances=[km], measures=("deaths_best",))["deaths_best"].at(km)
    return round(100 * (share or 0.0), 1)


def _plain(  # noqa: PLR0917  # as above
    events: pl.DataFrame, places: Sequence[Place], first: int, last: int, precision: int, km: int
) -> float:
    year = pl.col("date_start").dt.year()
    rows = events.filter(year.is_between(first, last) & (pl.col("where_precision") <= precision))
    lat, lon = (np.radians(rows[name].to_numpy())[:, None] for name in ("lat", "lon"))
    at = np.radians([(p.lat, p.lon) for p in places])
    half = np.sin((lat - at[:, 0]) / 2) ** 2 + np.cos(lat) * np.cos(at[:, 0]) * np.sin((lon - at[:, 1]) / 2) ** 2
    near = (2 * EARTH_KM * np.arcsin(np.sqrt(half))).min(axis=1) <= km
    deaths = rows["deaths_best"].to_numpy()
    return round(100 * float(deaths[near].sum() / deaths.sum()), 1)
