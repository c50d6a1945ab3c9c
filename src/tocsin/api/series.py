"""Histories from series and from the figures that ship."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.errors import TableProblem, UnknownName, Where
from tocsin.forecast.layout import AREA_COLUMNS
from tocsin.panel.country_ids import CountryIds
from tocsin.panel.drivers import slow_drivers
from tocsin.panel.making import panel_of_series
from tocsin.panel.neighbours import Neighbours
from tocsin.sources.series import read_series
from tocsin.sources.starter import starter_table
from tocsin.vocabulary import AreaIds, Level, Month

MOST_MONTHS = 12 * 80

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tocsin.panel.history import History


def history_of_series(
    path: Path | str, *, target: str | None = None, ids: AreaIds | None = None, through: Month | None = None
) -> History:
    """The history of a series file, areas named and with their neighbours where they are countries.

    Args:
        path: CSV or Parquet with month_id, an area column and the deaths.
        target: the column of deaths.
        ids: whose ids name the areas, where the columns do not say.
        through: the last month kept; later rows are let go before anything is made of them. All where not given.

    Raises:
        FileProblem: the file cannot be read.
        TableProblem: a column or value is wrong, or no row is as early as `through`.
        UnknownName: a country's id is not one of its scheme.
    """
    read = read_series(path, target=target, ids=ids)
    table = read.table if through is None else read.table.filter(read.table["month_id"] <= through.id)
    if table.is_empty():
        raise TableProblem(f"no row is of {through} or earlier", where=Where(Path(path), field="month_id"))
    _check_known(table["area"].unique().sort().to_list(), ids=read.ids, file=Path(path))
    panel = panel_of_series(table, ids=read.ids, target=read.target, vintage=Path(path).name)
    history = panel.history(
        target=read.target, origin=panel.last, neighbours=country_neighbours(read.ids, panel.last),
        names=country_names(read.ids),
    )  # fmt: skip
    return with_drivers(history)


def _check_known(areas: list[str], *, ids: AreaIds, file: Path) -> None:
    if ids.level is not Level.COUNTRY:
        return
    known = country_ids().every(ids)
    if unknown := [area for area in areas if area not in known]:
        raise UnknownName.of(f"country ({ids.value} id)", unknown[0], known, where=Where(file, field=AREA_COLUMNS[ids]))


def with_drivers(history: History) -> History:
    """The history with the slow drivers of its countries, from the table that ships; others are left as they are."""
    if history.level is not Level.COUNTRY:
        return history
    months = history.deaths.shape[1]
    every = _drivers(history.ids, history.areas, history.first)
    return replace(history, slow={name: grid[:, :months] for name, grid in every.items()})


@cache
def _drivers(ids: AreaIds, areas: tuple[str, ...], first: Month) -> dict[str, NDArray[np.float64]]:
    """Drivers of all months that can be asked for; what is known in a month does not depend on the origin."""
    iso3 = _iso3(ids)
    countries = [iso3.get(area) for area in areas]
    return slow_drivers(starter_table("drivers"), countries=countries, first=first, months=MOST_MONTHS)


@cache
def _iso3(ids: AreaIds) -> dict[str, str | None]:
    """ISO3 of every country by its id; of several states under one id, the newest."""
    return {c.id(ids) or "": c.iso3 for c in sorted(country_ids().countries, key=lambda c: c.first or Month(0))}


@cache
def country_ids() -> CountryIds:
    """Countries by VIEWS, Gleditsch-Ward and ISO3, from the table that ships."""
    return CountryIds.of_table(starter_table("countries"))


def country_names(ids: AreaIds) -> dict[str, str]:
    """Names readers know countries by, the newest for each id; none for provinces and cells."""
    if ids.level is not Level.COUNTRY:
        return {}
    return {area: country_ids().span(area, ids=ids).name for area in country_ids().every(ids)}


def country_neighbours(ids: AreaIds, month: Month) -> Neighbours | None:
    """Which countries touch, by the outlines that ship; None for provinces and cells."""
    if ids.level is not Level.COUNTRY:
        return None
    pairs = Neighbours.of_table(starter_table("country_neighbours"), a="views_id", b="neighbour_views_id")
    return pairs if ids is AreaIds.VIEWS else pairs.with_ids(country_ids(), source=AreaIds.VIEWS, to=ids, month=month)
