"""Whether a mission's model would hold elsewhere: the case's preconditions, and past missions from what ships."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.api.assessed import mission_assessed
from tocsin.api.exits import check_country
from tocsin.assess.transfer import Target, Transfer
from tocsin.errors import CaseProblem, InputError, OutOfRange, Where
from tocsin.mission.exits import WORSE
from tocsin.mission.situation import DEATHS_YEARS, VARIABLES, situations
from tocsin.mission.transfer import NEAREST, PastMission, PastMissions, compare
from tocsin.sources.country_names import gw_countries
from tocsin.sources.starter import starter_card, starter_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.case import Case

MEASURE = "all organized"
SERBIA, YUGOSLAVIA = 340, 345
"""UCDP keeps Serbia under the number of Yugoslavia, drivers do not."""


def transfer_case(
    case: Case,
    *,
    mission: str | None = None,
    to: Sequence[str] = (),
    nearest: int = NEAREST,
    year: int | None = None,
    seed: int = 1,
) -> Transfer:
    """Compare a mission's preconditions at its host with other countries, and name the nearest past missions.

    Args:
        case: a checked case.
        mission: the mission's id; the first that the case assesses where not given.
        to: ISO3 of each target; those the case compares with where not given.
        nearest: how many past missions to name.
        year: the year the mission would begin in there; the one after the last year of figures if not given.
        seed: of the shuffles that check likeness.

    Raises:
        UnknownName: the mission or a country is not known.
        CaseProblem: the mission's host is not known.
        InputError: no target is named, or one is the origin.
        OutOfRange: as many nearest missions cannot be named, or no figures are known before that year.
    """
    row = mission_assessed(case, mission)
    mission = row.mission_id
    to = to or (case.settings.mission.compared_with if case.settings.mission else ())
    if not to:
        raise InputError(
            "no country to compare with is named",
            hint="name at least one, as in --to LBN, or set compared_with in case.toml",
        )
    for country in to:
        check_country(country)
    origin = row.host
    if origin is None:
        raise CaseProblem(
            f"the host of mission {mission} is unknown, so there is no origin to compare with",
            where=Where(case.folder / "missions.csv", field="host"),
            hint="fill host with the country's ISO3 code",
        )
    past = past_missions()
    targets = tuple(_target(case, mission, origin, country, past, nearest=nearest, year=year) for country in to)
    return Transfer(
        mission, row.name, origin, VARIABLES, targets, past.check(nearest=nearest, seed=seed), case.settings.demo,
        tuple(starter_card(name) for name in ("mission_exits", "country_year", "drivers")),
    )  # fmt: skip


@cache
def past_missions() -> PastMissions:
    """Missions that left, with the situations they began in, from the figures that ship."""
    rows = starter_table("mission_exits").filter(measure=MEASURE)
    ratios = np.exp(rows["log_ratio3"].to_numpy())
    missions = tuple(
        PastMission(name, country, gwcode, start, end, ratio, None if ratio is None else ratio > WORSE)
        for (name, country, gwcode, start, end), ratio in zip(
            rows.select("mission", "country", "gwcode", "start_year", "exit_year").iter_rows(),
            [None if np.isnan(r) else float(r) for r in ratios],
            strict=True,
        )
    )
    starts = [(m.gwcode, m.start_year) for m in missions]
    return PastMissions(missions, _situations(starts))


def _situations(starts: Sequence[tuple[int, int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    drivers = starter_table("drivers").with_columns(pl.col("gwcode").replace(SERBIA, YUGOSLAVIA))
    return situations(starts, country_year=starter_table("country_year"), drivers=drivers)


def _checked_year(year: int | None) -> int:
    """The year a mission would begin in: the one after the last year of figures where none is given.

    Raises:
        OutOfRange: none of the five years before it has figures.
    """
    years = starter_table("country_year")["year"].to_numpy()
    first, last = int(years.min()) + 1, int(years.max()) + DEATHS_YEARS
    if year is not None and not first <= year <= last:
        raise OutOfRange(f"no figures are known before a start in {year}", hint=f"say --year from {first} to {last}")
    return int(years.max()) + 1 if year is None else year


def _gwcode(country: str) -> int | None:
    """The number under which yearly deaths of a country stand today; None where there are none."""
    codes = gw_countries().filter(pl.col("iso3") == country)["code"]
    figures = starter_table("country_year").filter(pl.col("gwcode").is_in(codes.implode())).sort("year")
    return None if figures.is_empty() else int(figures["gwcode"][-1])


def _target(
    case: Case, mission: str, origin: str, country: str, past: PastMissions, *, nearest: int, year: int | None
) -> Target:
    held = compare(case.preconditions, case.conditions, mission=mission, origin=origin, target=country)
    notes = (
        [] if held else [f"no preconditions of {mission} are entered (preconditions.csv): what it rests on is unknown"]
    )
    gwcode = _gwcode(country)
    if gwcode is None:
        notes.append(f"no yearly figures of {country} ship, so no past mission can be compared")
        return Target(country, held, None, tuple(notes))
    begins = _checked_year(year)
    likeness = past.like(
        _situations([(gwcode, begins)])[0], country=country, gwcode=gwcode, year=begins, nearest=nearest
    )
    if not likeness.nearest:
        notes.append(f"no figure of {country} before {begins} is known, so no past mission can be compared")
    if likeness.outside:
        notes.append("outside the cases: no past mission of the class began in a situation like this one")
    return Target(country, held, likeness, tuple(notes))
