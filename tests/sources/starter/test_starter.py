from __future__ import annotations

import polars as pl
import pytest
import shapely

from tocsin.errors import UnknownName
from tocsin.sources.starter import (
    starter_bytes,
    starter_card,
    starter_cards,
    starter_names,
    starter_outlines,
    starter_table,
)
from tocsin.vocabulary import AreaIds, Level, Month

OPEN = ("public domain", "CC0", "CC-BY-4.0", "OGL", "facts", "Apache-2.0")
MONTHLY = ("country_month_sb", "country_month_all", "country_month_within", "event_points", "event_sides")


@pytest.mark.parametrize("name", starter_names())
def test_every_table_has_rows_an_open_licence_and_a_full_card(name: str) -> None:
    card = starter_card(name)
    assert starter_table(name).height > 0
    assert card.licence.startswith(OPEN)
    assert "SA" not in card.licence
    assert all((card.source, card.publisher, card.citation, card.lag, card.vintage, card.made, card.faults))


def test_the_set_stays_small() -> None:
    assert sum(len(starter_bytes(name)) for name in starter_names()) < 5_000_000


def test_an_unknown_table_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean 'country_year'"):
        starter_table("country_years")


@pytest.mark.parametrize("name", MONTHLY)
def test_the_card_says_the_last_month_of_the_figures(name: str) -> None:
    assert starter_card(name).last_month == Month(int(starter_table(name).select(pl.col("month_id").max()).item()))


@pytest.mark.parametrize("name", MONTHLY)
def test_months_and_deaths_come_in_types_that_sums_do_not_overflow(name: str) -> None:
    schema = starter_table(name).schema
    assert schema["month_id"] == pl.Int32
    assert all(kind == pl.Int64 for column, kind in schema.items() if column.startswith("deaths"))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("countries", ["views_id"]),
        ("country_neighbours", ["views_id", "neighbour_views_id"]),
        ("country_month_sb", ["country_id", "month_id"]),
        ("country_month_all", ["iso3", "month_id"]),
        ("country_month_within", ["gwcode", "month_id"]),
        ("country_population", ["iso3", "year"]),
        ("country_year", ["gwcode", "year"]),
        ("drivers", ["gwcode", "year"]),
        ("designations", ["ent_num"]),
        ("places", ["geonameid"]),
        ("province_neighbours", ["area", "neighbour"]),
        (
            "event_points",
            ["country", "admin1", "lat", "lon", "gid", "month_id", "known_id", "violence", "where_precision"],
        ),
        ("event_sides", ["country", "admin1", "side_a", "side_b", "month_id", "known_id", "violence"]),
    ],
)
def test_no_key_stands_twice(name: str, key: list[str]) -> None:
    assert not starter_table(name).select(key).is_duplicated().any()


def near(name: str, a: str, b: str, of: str) -> set[str]:
    pairs = starter_table(name).select(a, b).rows()
    return {y if x == of else x for x, y in pairs if of in (x, y)}


@pytest.mark.parametrize(
    ("iso3", "others"),
    [
        ("IRQ", {"IRN", "TUR", "SYR", "SAU", "JOR", "KWT"}),
        ("XKX", {"ALB", "MKD", "MNE", "SRB"}),
        ("LBN", {"ISR", "SYR"}),
        ("AFG", {"PAK", "IRN", "TKM", "UZB", "TJK", "CHN"}),
        ("NZL", set()),
    ],
)
def test_countries_have_the_neighbours_of_the_atlas(iso3: str, others: set[str]) -> None:
    assert near("country_neighbours", "iso3", "neighbour_iso3", iso3) == others


def test_baghdad_touches_what_the_outlines_miss() -> None:
    baghdad = near("province_neighbours", "area", "neighbour", "IRQ/Baghdad")
    assert baghdad == {"IRQ/Anbar", "IRQ/Babil", "IRQ/Diyala", "IRQ/Salah al-Din", "IRQ/Wasit"}
    assert not {"IRQ/Anbar", "IRQ/Babil"} & near("province_neighbours", "area", "neighbour", "IRQ/Diyala")


def test_ninewa_touches_syria() -> None:
    ninewa = near("province_neighbours", "area", "neighbour", "IRQ/Ninewa")
    assert {area for area in ninewa if area.startswith("SYR")} == {"SYR/Hasakah", "SYR/Deir ez-Zor"}


def test_every_province_of_the_pairs_and_points_has_an_outline() -> None:
    drawn = set(starter_outlines(Level.ADMIN1).ids)
    pairs = starter_table("province_neighbours")
    points = (
        starter_table("event_points").drop_nulls("admin1").select(pl.concat_str("country", "admin1", separator="/"))
    )
    assert set(pairs["area"]) | set(pairs["neighbour"]) | set(points["country"]) <= drawn
    assert len([area for area in drawn if area.startswith("IRQ/")]) == 18


@pytest.mark.parametrize("level", [Level.COUNTRY, Level.ADMIN1])
def test_outlines_are_valid_polygons_that_share_their_borders(level: Level) -> None:
    shapes = list(starter_outlines(level).geometries)
    assert shapely.is_valid(shapes).all()
    assert not shapely.is_empty(shapes).any()
    assert shapely.coverage_is_valid(shapes)


def test_outlines_by_views_id_cover_every_state_of_today() -> None:
    today = starter_table("countries").filter(pl.col("last_month_id").is_null())
    assert set(starter_outlines(Level.COUNTRY, ids=AreaIds.VIEWS).ids) == {str(v) for v in today["views_id"]}


def test_crimea_is_drawn_with_ukraine_and_gaza_counts_in_israel() -> None:
    views = starter_outlines(Level.COUNTRY, ids=AreaIds.VIEWS)
    shapes = dict(zip(views.ids, views.geometries, strict=True))
    assert shapely.contains_xy(shapes["117"], 34.1, 45.0)
    assert shapely.contains_xy(shapes["218"], 34.4, 31.45)


def test_outlines_of_cells_are_refused() -> None:
    with pytest.raises(UnknownName, match="cell"):
        starter_outlines(Level.CELL)


def test_an_id_of_the_views_series_holds_in_just_the_months_it_appears_in() -> None:
    series = starter_table("country_month_sb").group_by("country_id").agg(pl.col("month_id").min())
    rows = series.join(starter_table("countries"), left_on="country_id", right_on="views_id", how="left")
    assert rows["name"].null_count() == 0
    assert rows["last_month_id"].null_count() == rows.height
    later = rows.filter(pl.col("month_id") > 121)
    assert later["month_id"].to_list() == later["first_month_id"].to_list()
    assert rows.filter(pl.col("first_month_id") > pl.col("month_id")).is_empty()


def test_no_two_views_ids_of_a_state_hold_in_the_same_month_but_the_ussr() -> None:
    spells = starter_table("countries").with_columns(
        pl.col("first_month_id").fill_null(0), pl.col("last_month_id").fill_null(999)
    )
    both = spells.join(spells, on="gwcode", suffix="_other").filter(pl.col("views_id") < pl.col("views_id_other"))
    meet = both.filter(
        (pl.col("first_month_id") <= pl.col("last_month_id_other"))
        & (pl.col("first_month_id_other") <= pl.col("last_month_id"))
    )
    assert set(meet["iso3"]) == {"SUN"}


def test_points_keep_the_events_and_deaths_of_iraq() -> None:
    iraq = starter_table("event_points").filter(pl.col("country") == "IRQ")
    lost = iraq.filter(pl.col("admin1").is_null())
    assert (iraq["events"].sum(), iraq["deaths_best"].sum()) == (7473, 120_631)
    assert (lost["events"].sum(), lost["deaths_best"].sum()) == (413, 33_804)
    assert iraq["admin1"].drop_nulls().n_unique() == 18


def test_points_and_sides_tell_the_same_events() -> None:
    key = ["country", "admin1", "month_id", "known_id", "violence"]
    sums = [
        starter_table(name).group_by(key).agg(pl.col("events", "deaths_low", "deaths_best", "deaths_high").sum())
        for name in ("event_points", "event_sides")
    ]
    assert sums[0].sort(key).equals(sums[1].sort(key))


def test_points_are_at_tenths_of_a_degree_and_ordered_in_their_estimates() -> None:
    points = starter_table("event_points")
    assert points.filter(
        (pl.col("lat").round(1) != pl.col("lat")) | (pl.col("lon").round(1) != pl.col("lon"))
    ).is_empty()
    assert points.filter(~pl.col("deaths_best").is_between("deaths_low", "deaths_high")).is_empty()
    assert points.filter(pl.col("month_id") > pl.col("known_id")).is_empty()


def test_middles_of_points_lie_within_their_tenth_at_twentieths() -> None:
    points = starter_table("event_points")
    for axis in ("lat", "lon"):
        apart = (points[f"mid_{axis}"] - points[axis]).abs()
        assert apart.null_count() == 0
        assert float(apart.to_numpy().max()) <= 0.0501
        twentieths = points[f"mid_{axis}"] * 20
        assert float((twentieths - twentieths.round()).abs().to_numpy().max()) < 1e-6
    assert points.filter(pl.col("mid_lat") != pl.col("lat")).height > 1000


def test_points_lie_within_the_months_their_country_is_covered() -> None:
    covers = starter_card("event_points").covers
    for country, (first, last) in covers.items():
        months = starter_table("event_points").filter(pl.col("country") == country)["known_id"]
        assert first.id <= int(months.to_numpy().min())
        assert int(months.to_numpy().max()) <= last.id
    assert set(covers) == set(starter_table("event_points")["country"])


def test_ninewa_before_and_at_the_fall_of_mosul() -> None:
    months = (
        starter_table("event_points")
        .filter((pl.col("admin1") == "Ninewa") & pl.col("month_id").is_in([413, 414]))
        .group_by("month_id")
        .agg(pl.col("deaths_best").sum())
        .sort("month_id")
    )
    assert months.rows() == [(413, 31), (414, 1063)]


def test_no_driver_is_share_alike_and_no_remark_of_a_listed_person_ships() -> None:
    assert all(
        c.startswith(("gm_", "wgi_")) or c in {"gwcode", "iso3", "year"} for c in starter_table("drivers").columns
    )
    assert starter_table("designations").columns == ["ent_num", "name", "type", "program"]


def test_aliases_belong_to_entries_that_ship() -> None:
    known = set(starter_table("designations")["ent_num"])
    assert set(starter_table("designation_aliases")["ent_num"]) <= known


def test_cards_travel_in_the_files() -> None:
    for name in starter_cards():
        if starter_bytes(name)[:4] == b"PAR1":
            said = pl.read_parquet_metadata(starter_bytes(name))
            assert {k: said[k] for k in starter_card(name).as_metadata()} == starter_card(name).as_metadata()
