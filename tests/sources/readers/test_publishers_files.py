from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.sources.outlines import read_outlines
from tocsin.sources.series import read_series
from tocsin.sources.ucdp_ged import read_ged
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.data


@pytest.mark.parametrize(
    ("file", "told"),
    [("ged_sample_1000_v23_1", (1000, 5, 8, 44)), ("ged_iraq_1989_2018", (7473, 48, 21, 413)),
     ("ged_syria_2016_2019", (16566, 71, 30, 339)), ("ged_other_countries", (17412, 100, 27, 791))],
)  # fmt: skip
def test_every_event_of_every_file_is_read(shared_data: Path, file: str, told: tuple[int, int, int, int]) -> None:
    rows, raised, lowered, nowhere = told
    path = shared_data / "events" / f"{file}.parquet"
    reading = read_ged(path, strict=True)
    raw = pl.read_parquet(path)
    assert (reading.table.height, reading.rows_in, reading.dropped) == (rows, rows, ())
    assert reading.table["deaths_best"].sum() == raw["best"].sum()
    assert reading.table["event_id"].to_list() == raw["id"].cast(pl.String).to_list()
    assert reading.table["gid"].to_list() == raw["priogrid_gid"].to_list()
    assert reading.table["admin1"].null_count() == nowhere
    assert reading.notes == (
        f"{raised} events had a high estimate below the best: raised to the best",
        f"{lowered} events had a low estimate above the best: lowered to the best",
    )


def test_iraq_stands_in_eighteen_provinces(shared_data: Path) -> None:
    events = read_ged(shared_data / "events" / "ged_iraq_1989_2018.parquet").table
    counts = dict(events.drop_nulls("admin1").group_by("admin1").len().iter_rows())
    assert len(counts) == 18
    assert (counts["Kirkuk"], counts["Ninewa"], counts["Anbar"]) == (39 + 302, 2220, 1153)
    assert events.filter(pl.col("admin1").is_null())["deaths_best"].sum() == 33_804


def test_provinces_spelt_in_several_ways_come_together(shared_data: Path) -> None:
    events = read_ged(shared_data / "events" / "ged_other_countries.parquet").table
    counts = {(c, a): n for c, a, n in events.group_by("country", "admin1").len().iter_rows()}
    assert counts["ETH", "Dire Dawa"] == 17
    assert counts["ETH", "Tigray"] == 679
    assert counts["VEN", "Distrito Capital"] == 232
    assert counts["UKR", "Kyiv City"] == 6
    assert counts["LKA", "North Eastern"] == 2261


def test_outlines_and_events_name_iraqs_and_syrias_provinces_alike(shared_data: Path) -> None:
    outlines = read_outlines(shared_data / "geography" / "admin1_iraq_syria_lebanon_kosovo.geojson")
    for file in ("ged_iraq_1989_2018", "ged_syria_2016_2019"):
        events = read_ged(shared_data / "events" / f"{file}.parquet").table.drop_nulls("admin1")
        ids = set((events["country"] + "/" + events["admin1"]).to_list())
        country = next(iter(ids))[:3]
        assert ids == {i for i in outlines.ids if i.startswith(country)} - {"SYR/UNDOF"}


def test_outlines_of_the_world(shared_data: Path) -> None:
    countries = read_outlines(shared_data / "geography" / "admin0.geojson")
    assert len(countries.ids) == 258
    assert {"IRQ", "XKX", "SSD", "PSE", "FRA", "NOR"} <= set(countries.ids)
    provinces = read_outlines(shared_data / "geography" / "admin1_world.parquet")
    assert len(provinces.ids) == 4503  # the 25 districts of Sri Lanka are joined into its 9 provinces
    assert {i for i in provinces.ids if i.startswith("IRQ")} > {"IRQ/Ninewa", "IRQ/Kirkuk", "IRQ/Salah al-Din"}


def test_series_of_views_and_of_ucdp(shared_data: Path) -> None:
    views = read_series(shared_data / "benchmarks" / "views_cm_ged_sb_1990_2021.parquet")
    assert (views.ids, views.target, views.rows_in) == (AreaIds.VIEWS, "ged_sb", 70_939)
    assert (views.first, views.last) == (Month.of(1990, 1), Month.of(2021, 12))
    iso = read_series(shared_data / "events" / "ucdp_country_month_2010_2024.parquet")
    assert (iso.ids, iso.target, iso.last) == (AreaIds.ISO3, "best_all_types", Month.of(2024, 12))
    within = read_series(
        shared_data / "events" / "ucdp_country_month_1989_2024_within_month.parquet", ids=AreaIds.GW
    )  # fmt: skip
    assert within.table.filter(pl.col("area") == "645").height == 432
