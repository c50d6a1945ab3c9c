"""The figures that ship go through the panel: points as events, countries as ids, pairs as neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.errors import TocsinError
from tocsin.panel import (
    CountryIds,
    MultiMonth,
    Neighbours,
    actors_of_events,
    actors_of_sides,
    panel_of_events,
    panel_of_points,
    panel_of_series,
)
from tocsin.sources.country_names import gw_countries
from tocsin.sources.starter import starter_table
from tocsin.sources.ucdp_ged import read_ged
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from pathlib import Path

MAY = Month.of(2014, 5)


@pytest.fixture(scope="module")
def countries() -> CountryIds:
    return CountryIds.of_table(starter_table("countries"))


def of_iraq(table: pl.DataFrame) -> pl.DataFrame:
    return table.filter(pl.col("country") == "IRQ")


@pytest.mark.parametrize("rule", list(MultiMonth))
@pytest.mark.data
def test_points_that_ship_make_the_panel_of_the_events(shared_data: Path, rule: MultiMonth) -> None:
    events = read_ged(shared_data / "events" / "ged_iraq_1989_2018.parquet").table
    made = panel_of_events(events, ids=AreaIds.ADMIN1, rule=rule, vintage="v")
    shipped = panel_of_points(of_iraq(starter_table("event_points")), rule=rule, vintage="v")
    assert shipped.table.equals(made.table)
    sides = actors_of_sides(of_iraq(starter_table("event_sides")), rule=rule, vintage="v")
    assert sides.table.equals(actors_of_events(events, rule=rule, vintage="v").table)


def test_iraq_and_its_provinces_from_what_ships() -> None:
    near = Neighbours.of_table(starter_table("province_neighbours"))
    points = of_iraq(starter_table("event_points"))
    panel = panel_of_points(points, rule=MultiMonth.SPLIT, vintage="v", areas=[a for a in near.areas if "IRQ/" in a])
    history = panel.history(target="deaths_all", origin=MAY, neighbours=near)
    assert len(history.areas) == 18
    assert history.present.all()
    ninewa = history.areas.index("IRQ/Ninewa")
    assert {history.names[i] for i in history.neighbours[ninewa]} == {"Anbar", "Dahuk", "Erbil", "Salah al-Din"}
    assert history.deaths[ninewa, -1] == 31


def test_countries_from_what_ships(countries: CountryIds) -> None:
    series = starter_table("country_month_sb")
    table = series.select(pl.col("country_id").alias("area"), "month_id", pl.col("deaths_sb").alias("value"))
    panel = panel_of_series(table, ids=AreaIds.VIEWS, target="deaths_sb", vintage="v")
    table_of_neighbours = starter_table("country_neighbours")
    near = Neighbours.of_table(table_of_neighbours, a="views_id", b="neighbour_views_id")
    names = {area: countries.span(area, ids=AreaIds.VIEWS).name for area in panel.areas["area"].to_list()}
    history = panel.history(target="deaths_sb", origin=MAY, neighbours=near, names=names)
    assert len(history.here) == 191
    iraq = history.areas.index(countries.convert("IRQ", source=AreaIds.ISO3, to=AreaIds.VIEWS, month=MAY))
    assert history.names[iraq] == "Iraq"
    assert {"Iran", "Turkey", "Syria", "Kuwait"} <= {history.names[i] for i in history.neighbours[iraq]}
    by_iso3 = Neighbours.of_table(table_of_neighbours, a="iso3", b="neighbour_iso3")
    assert (
        by_iso3.with_ids(countries, source=AreaIds.ISO3, to=AreaIds.VIEWS, month=Month.of(2020, 1)).pairs == near.pairs
    )


def test_every_state_of_the_event_data_has_a_views_id_in_every_year_since_1989(countries: CountryIds) -> None:
    lost = set()
    for iso3, first, last in gw_countries().drop_nulls("iso3").select("iso3", "first_year", "last_year").iter_rows():
        for year in range(max(first + 1, 1989), min(last or 2024, 2024)):
            try:
                countries.country(iso3, ids=AreaIds.ISO3, month=Month.of(year, 1))
            except TocsinError as error:
                lost.add((iso3, str(error)))
    assert lost == set()
