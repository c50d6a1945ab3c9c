from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import OutOfRange
from tocsin.mission.incidents import Incidents, incidents_of_events, incidents_of_points
from tocsin.mission.influence import battles, drop_one_event, gain
from tocsin.mission.reach import Place, distances_km, reach_curves, risk_cells, risk_reach, shares_within, town_reach
from tocsin.sources.starter import starter_table
from tocsin.sources.ucdp_ged import read_ged
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from pathlib import Path

NMI = (
    Place("nmi-baghdad", "Baghdad", 33.315, 44.390, 5),
    Place("nmi-besmaya", "Beshmaya", 33.190, 44.640, 8),
    Place("nmi-taji", "Taji", 33.524, 44.257, 4),
)
MOSUL = Place("mosul", "Mosul", 36.34, 43.13)
FIGURES = [
    (2018, 7, False, 50, 0.0804), (2018, 7, False, 150, 0.1881), (2018, 3, False, 50, 0.1292), (2018, 3, False, 150, 0.2596),
    (2017, 3, False, 50, 0.0353), (2017, 3, True, 50, 0.6178),
]  # fmt: skip
"""From year to 2018, worst where_precision, Mosul added, km, share of deaths."""


def made(rows: list[tuple[float, float, int, str, int]]) -> Incidents:
    """Points: lat, lon, month of 2018, province, deaths."""
    table = pl.DataFrame(
        [
            {"country": "IRQ", "admin1": p, "lat": la, "lon": lo, "mid_lat": la, "mid_lon": lo, "violence": "sb",
             "month_id": Month.of(2018, m).id, "where_precision": 1, "events": 1, "deaths_low": d, "deaths_best": d,
             "deaths_high": d, "deaths_civilians": 0}
            for la, lo, m, p, d in rows
        ]
    )  # fmt: skip
    return incidents_of_points(table, countries=["IRQ"], first=Month.of(2018, 1), last=Month.of(2018, 12))


def of_iraq() -> Incidents:
    return incidents_of_points(starter_table("event_points"), countries=["IRQ"])


def share(incidents: Incidents, year: int, precision: int, km: int, *, mosul: bool) -> float:
    seen = incidents.within(Month.of(year, 1), Month.of(2018, 12)).at_precision(precision)
    found = reach_curves(seen, (*NMI, MOSUL) if mosul else NMI, distances=[km])["deaths_best"].at(km)
    assert found is not None
    return found


@pytest.mark.parametrize(("year", "precision", "mosul", "km", "expected"), FIGURES)
def test_the_published_shares_come_out_from_the_points_that_ship(
    *, year: int, precision: int, mosul: bool, km: int, expected: float
) -> None:
    assert share(of_iraq(), year, precision, km, mosul=mosul) == pytest.approx(expected, abs=0.005)


@pytest.mark.data
def test_the_published_shares_come_out_from_the_events(shared_data: Path) -> None:
    events = incidents_of_events(
        read_ged(shared_data / "events" / "ged_iraq_1989_2018.parquet").table, countries=["IRQ"]
    )
    for year, precision, mosul, km, expected in FIGURES:
        assert share(events, year, precision, km, mosul=mosul) == pytest.approx(expected, abs=0.00006)


def test_distances_are_those_worked_by_hand() -> None:
    one_degree = 2 * np.pi * 6371.0088 / 360
    places = [Place("a", "a", 0, 0), Place("b", "b", 0, 10)]
    assert distances_km([1, 0, 0], [0, 4, 7], places) == pytest.approx([one_degree, 4 * one_degree, 3 * one_degree])
    assert np.isinf(distances_km([1], [1], ())).all()


def test_an_event_counts_once_in_a_window_that_it_spans() -> None:
    table = pl.DataFrame(
        {"event_id": ["1"], "date_start": [date(2017, 12, 1)], "date_end": [date(2018, 3, 5)], "country": ["IRQ"],
         "admin1": ["Anbar"], "lat": [33.0], "lon": [44.0], "where_precision": [1], "violence": ["os"],
         "deaths_low": [4], "deaths_best": [8], "deaths_high": [12], "deaths_civilians": [8]}
    )  # fmt: skip
    every = incidents_of_events(table, countries=["IRQ"])
    seen = every.within(Month.of(2018, 1), Month.of(2018, 2))
    assert (seen.weight("events").sum(), seen.weight("deaths_best").sum()) == (1, 4)
    assert (seen.weight("deaths_os").sum(), seen.weight("deaths_sb").sum()) == (4, 0)
    with pytest.raises(OutOfRange, match="2018-01 to 2018-06 is not covered"):
        every.within(Month.of(2018, 1), Month.of(2018, 6))


def test_nothing_to_share_is_unknown_and_not_zero() -> None:
    curve = reach_curves(made([(33, 44, 1, "Anbar", 0)]), NMI, distances=[50])["deaths_best"]
    assert curve.at(50) is None
    assert np.isnan(shares_within(np.zeros(0), np.zeros(0), [1.0])).all()


spots = st.tuples(
    st.floats(29, 38), st.floats(39, 49), st.integers(1, 12), st.sampled_from(["Anbar", "Basra"]), st.integers(0, 90)
)
sites = st.lists(
    st.builds(lambda la, lo: Place("s", "s", la, lo), st.floats(29, 38), st.floats(39, 49)), min_size=1, max_size=4
)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(spots, min_size=1, max_size=30), places=sites, extra=sites, chance=st.randoms())
def test_reach_never_falls_with_distance_or_another_site_and_order_changes_nothing(
    rows: list[tuple[float, float, int, str, int]], places: list[Place], extra: list[Place], chance: np.random.Generator
) -> None:
    here = made([*rows, (33.0, 44.0, 1, "Anbar", 5)])
    curve = reach_curves(here, places)["deaths_best"].shares
    assert (np.diff(curve) >= -1e-12).all()
    assert (reach_curves(here, [*places, *extra])["deaths_best"].shares >= curve - 1e-12).all()
    mixed = [*rows, (33.0, 44.0, 1, "Anbar", 5)]
    chance.shuffle(mixed)
    swapped = [(la, lo, m, "Basra" if p == "Anbar" else "Anbar", d) for la, lo, m, p, d in mixed]
    assert reach_curves(made(swapped), places[::-1])["deaths_best"].shares == pytest.approx(curve)


def test_towns_of_unknown_population_are_left_out_and_counted() -> None:
    found = town_reach(
        np.array([33.3, 36.3, 33.3]), np.array([44.4, 43.1, 44.4]), np.array([10, 30, 0]), NMI, distances=[50]
    )
    assert (found.towns, found.unknown, found.curve.at(50)) == (2, 1, 0.25)


def test_forecast_deaths_stand_at_the_centres_of_cells_and_those_without_a_place_are_said() -> None:
    before = made([(33.30, 44.39, 1, "Baghdad", 3), (36.34, 43.13, 2, "Ninewa", 9), (36.40, 43.20, 2, "Ninewa", 1)])
    areas = ["IRQ/Ninewa", "IRQ/Baghdad", "IRQ/Basra"]
    cells = risk_cells(before, areas)
    assert list(zip(cells.area, cells.lat, cells.lon, cells.share, strict=True)) == [
        (0, 36.25, 43.25, 1.0),
        (1, 33.25, 44.25, 1.0),
    ]
    draws = np.array([[[10, 0]], [[10, 30]], [[20, 10]]])
    reached = risk_reach(draws, areas, cells, NMI, distances=[50.0])
    assert cells.unplaced == reached.provinces_unplaced == ("IRQ/Basra",)
    assert (reached.expected, reached.unplaced) == (40, 15)
    assert float(reached.middle[0]) == pytest.approx((10 / 40 + 30 / 40) / 2)


def test_mosul_is_one_battle_and_reach_without_it_is_given() -> None:
    seen = of_iraq().within(Month.of(2017, 1), Month.of(2018, 12)).at_precision(3)
    found = gain(seen, NMI, (*NMI, MOSUL), km=50)
    assert found.is_one_battle
    assert found.battle is not None
    assert (found.battle.province, found.battle.first) == ("Ninewa", Month.of(2017, 1))
    assert found.gain is not None
    assert found.gain_without is not None
    assert found.gain > 0.5
    assert 0 < found.gain_without < 0.1


def test_a_gain_spread_over_provinces_and_months_is_no_battle() -> None:
    rows = [(31.0 + m / 4, 46.0, m, f"P{m}", 10) for m in range(1, 13)]
    found = gain(made(rows), (), [Place("x", "x", 32.5, 46.0)], km=100)
    assert found.gain == pytest.approx(7 / 12)
    assert not found.is_one_battle
    assert battles(made(rows)) == ()


def test_dropping_one_event_names_the_one_that_matters() -> None:
    here = made([(33.315, 44.39, 1, "Baghdad", 10), (36.3, 43.1, 2, "Ninewa", 30), (36.3, 43.1, 3, "Ninewa", 60)])
    found = drop_one_event(here, NMI, km=50)
    assert (found.share, found.low, found.high) == (0.1, 0.0, 0.25)
    assert (found.most[0].month, found.most[0].share, found.most[0].reached) == (Month.of(2018, 3), 0.25, False)


def test_a_curve_names_the_distances_it_has() -> None:
    with pytest.raises(OutOfRange, match="no distance of 7 km"):
        reach_curves(made([(33, 44, 1, "Anbar", 1)]), NMI)["events"].at(7)
    with pytest.raises(OutOfRange, match="are no distances"):
        reach_curves(made([(33, 44, 1, "Anbar", 1)]), NMI, distances=[50, 20])
