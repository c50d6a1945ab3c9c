"""Missions side by side, from a case, the figures that ship, and a user's copy of the United Nations' list."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from tocsin.api.exits import check_country
from tocsin.api.forecast import DRAWS, SEED, forecast, history_for
from tocsin.api.outlook import MONTHS
from tocsin.api.world import starter_shapes
from tocsin.assess.portfolio import Portfolio
from tocsin.mission.hosts import host_of
from tocsin.mission.portfolio import Ahead, Line, Need, only, side_by_side
from tocsin.sources.starter import starter_card, starter_table
from tocsin.sources.un_missions import read_un_missions
from tocsin.vocabulary import Level, Month
from tocsin.warn.question import Question, probability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tocsin.assess.outlook import Outlook
    from tocsin.case import Case
    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History
    from tocsin.sources.reading import Card

WITHIN = 6
THRESHOLD = 25
YEAR = 12
UNITED_NATIONS = "un"
FULL_NAMES = {
    "CAF": "Central African Republic",
    "COD": "Democratic Republic of the Congo",
    "DOM": "Dominican Republic",
    "ESH": "Western Sahara",
    "SSD": "South Sudan",
}
"""Names missions bear that no table of ours has."""

SHARED_NAMES = {"Congo"}
"""Names that two countries go by, so that they name neither."""


def missions_case(
    case: Case, *, organisation: str | None = None, countries: Sequence[str] = (), un: Path | None = None,
    every: bool = False, forecasts: bool = True, outlook: Outlook | None = None,
    model: str = "quantile_forest", draws: int = DRAWS, seed: int = SEED,
) -> Portfolio:  # fmt: skip
    """All missions of a case side by side, or those of one organisation or of some countries.

    Args:
        case: a checked case.
        organisation: the actor that leads them.
        countries: ISO3 of their hosts.
        un: a copy of the United Nations' list, whose missions are added.
        every: also missions of the list that are not active, or not said to be.
        forecasts: whether to forecast the hosts, which takes most of the time.
        outlook: the newest forecast of all countries, where it was made before; no other is then made.
        model: the model that forecasts.
        draws: draws for each country and month.
        seed: the same seed gives the same draws.

    Raises:
        UnknownName: a country, the organisation or the model is not known.
        FileProblem: the list cannot be read.
        TableProblem: the list has a column or value at fault.
    """
    for country in countries:
        check_country(country)
    ahead, origin = ahead_of(outlook) if outlook else _ahead(model, draws, seed) if forecasts else ({}, None)
    lines = side_by_side(case.missions, sites=case.sites, calendar=case.calendar, need=need_by_country(), ahead=ahead)
    listed, updated, cards = _listed(un, ahead, every=every, known={line.mission_id for line in lines})
    return Portfolio(
        only((*lines, *listed), organisation=organisation, countries=countries), origin, model if forecasts else None,
        updated, case.settings.demo, (starter_card("country_month_all"), *cards),
    )  # fmt: skip


@cache
def need_by_country() -> Mapping[str, Need]:
    """Deaths of the last twelve months that the figures cover, by ISO3; a country they do not hold is not there."""
    table = starter_table("country_month_all")
    last = Month(int(table["month_id"].to_numpy().max()))
    year = table.filter(pl.col("month_id") > last.id - YEAR).group_by("iso3").agg(pl.col("deaths_all").sum(), pl.len())
    return {iso3: Need(deaths if months == YEAR else None, last) for iso3, deaths, months in year.iter_rows()}


def ahead_of(outlook: Outlook) -> tuple[dict[str, Ahead], Month]:
    """What an outlook says of each country, and the last month it has seen."""
    return _answered(outlook.forecast, outlook.history), outlook.forecast.origin


def _ahead(model: str, draws: int, seed: int) -> tuple[dict[str, Ahead], Month]:
    history = history_for(level=Level.COUNTRY, origin=None)
    made = forecast(history, horizons=tuple(range(1, MONTHS + 1)), model=model, draws=draws, seed=seed)
    return _answered(made, history), made.origin


def _answered(made: Forecast, history: History) -> dict[str, Ahead]:
    crossing = probability(made, history, question=Question(WITHIN, THRESHOLD))
    escalation = probability(made, history, question=Question(WITHIN))
    return {a: Ahead(float(p), float(e)) for a, p, e in zip(made.areas, crossing, escalation, strict=True)}


def _listed(
    path: Path | None, ahead: Mapping[str, Ahead], *, every: bool, known: set[str]
) -> tuple[tuple[Line, ...], str | None, tuple[Card, ...]]:
    """The list's missions that the case does not already have, by their acronym in small letters."""
    if path is None:
        return (), None, ()
    reading = read_un_missions(path)
    rows = reading.table if every else reading.table.filter(pl.col("active").fill_null(value=False))
    lines = tuple(_line(row, ahead) for row in rows.iter_rows(named=True) if row["acronym"].lower() not in known)
    dates = reading.table["updated"].drop_nulls()
    return lines, str(dates.sort()[-1]) if len(dates) else None, (reading.card,)


def _line(row: Mapping[str, object], ahead: Mapping[str, Ahead]) -> Line:
    name, lon, lat = str(row["name"]), row["lon"], row["lat"]
    host = host_of(
        name, lon=lon if isinstance(lon, float) else None, lat=lat if isinstance(lat, float) else None,
        shapes=starter_shapes("outlines_country", "iso3"), names=_country_names(),
    )  # fmt: skip
    active = "not said whether it is active" if row["active"] is None else "active" if row["active"] else "ended"
    note = f"{active}, as the list says on {row['updated'] or 'an unknown date'}"
    return Line(
        str(row["acronym"]).lower(), name, UNITED_NATIONS, host.country, host.note, None, _text(row["start"]),
        _text(row["end"]), None, (), None, None, None, need_by_country().get(host.country or "", Need(None, None)),
        ahead.get(host.country or ""), None, None, note, "UN list",
    )  # fmt: skip


@cache
def _country_names() -> Mapping[str, tuple[str, ...]]:
    names: dict[str, set[str]] = {country: {name} for country, name in FULL_NAMES.items()}
    today = starter_table("countries").filter(pl.col("last_month_id").is_null())
    for table in (starter_table("outlines_country"), today):
        for country, name in table.select("iso3", "name").drop_nulls().iter_rows():
            if name not in SHARED_NAMES:
                names.setdefault(country, set()).add(name)
    return {country: tuple(sorted(words)) for country, words in names.items()}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
