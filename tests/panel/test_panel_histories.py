"""What a panel gives a forecaster, and what it says came."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from tocsin.errors import OutOfRange, TableProblem, UnknownName
from tocsin.panel import (
    Country,
    CountryIds,
    MultiMonth,
    Neighbours,
    Panel,
    panel_of_events,
    panel_of_points,
    panel_of_series,
)
from tocsin.sources.events import EVENT_COLUMNS
from tocsin.sources.spread import spread
from tocsin.vocabulary import AreaIds, Level, Month

JANUARY = Month.of(2014, 1)
ROWS: tuple[tuple[str, str | None, str, int, int], ...] = (
    # day, province, type, best, where_precision
    ("2014-01-05", "Anbar", "sb", 10, 1),
    ("2014-01-20", "Anbar", "os", 4, 4),
    ("2014-02-10", "Ninewa", "ns", 6, 2),
    ("2014-02-11", None, "sb", 5, 6),
)


def events(country: str = "IRQ") -> pl.DataFrame:
    rows = [
        {
            "event_id": str(i), "date_start": date.fromisoformat(day), "date_end": date.fromisoformat(day),
            "country": country, "admin1": admin1, "gid": None if admin1 is None else 170_000 + len(admin1),
            "where_precision": where, "violence": kind, "side_a": "A", "side_b": "B",
            "deaths_low": best - 1, "deaths_best": best, "deaths_high": best + 2, "deaths_civilians": 0,
        }
        for i, (day, admin1, kind, best, where) in enumerate(ROWS)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=EVENT_COLUMNS)


@pytest.fixture
def panel() -> Panel:
    return panel_of_events(events(), ids=AreaIds.ADMIN1, rule=MultiMonth.SPLIT, vintage="made up")


def test_every_measure_by_hand(panel: Panel) -> None:
    rows = {(area, month): rest for area, month, _, *rest in panel.table.iter_rows()}
    assert rows == {
        # sb, ns, os, all, low, high, events, imprecise, unplaced
        ("IRQ/Anbar", JANUARY.id): [10, 0, 4, 14, 12, 18, 2, 1, 0],
        ("IRQ/Ninewa", JANUARY.id + 1): [0, 6, 0, 6, 5, 8, 1, 0, 0],
        ("IRQ/province unknown", JANUARY.id + 1): [5, 0, 0, 5, 4, 7, 1, 1, 5],
    }


def test_a_history_is_dense_and_leaves_the_unknown_province_aside(panel: Panel) -> None:
    near = Neighbours.of_pairs([("IRQ/Anbar", "IRQ/Ninewa"), ("IRQ/Ninewa", "IRQ/Dahuk")])
    history = panel.history(
        target="deaths_sb", origin=JANUARY + 1, neighbours=near, names={"IRQ/Ninewa": "Ninewa (Mosul)"}
    )
    assert history.areas == ("IRQ/Anbar", "IRQ/Ninewa")
    assert history.names == ("Anbar", "Ninewa (Mosul)")
    assert history.deaths.tolist() == [[10, 0], [0, 0]]
    assert history.present.all()
    assert history.neighbours == ((1,), (0,))
    assert history.signals["events"].tolist() == [[2, 0], [0, 1]]
    assert history.signals["deaths_os"].tolist() == [[4, 0], [0, 0]]
    assert history.signals["deaths_ns"].tolist() == [[0, 0], [0, 6]]
    assert history.signals["deaths_high"].tolist() == [[18, 0], [0, 8]]
    assert history.signals["share_imprecise"].tolist() == [[0.5, 0], [0, 0]]
    assert "deaths_sb" not in history.signals
    assert panel.unknown_deaths(target="deaths_sb", origin=JANUARY + 1) == {"IRQ/province unknown": 5}
    assert panel.unknown_deaths(target="deaths_sb", origin=JANUARY) == {}


def test_the_unknown_province_is_kept_when_asked_for(panel: Panel) -> None:
    history = panel.history(target="deaths_all", origin=JANUARY + 1, include_unknown=True)
    assert history.areas[-1] == "IRQ/province unknown"
    assert history.deaths.sum() == 25


def test_a_later_first_month_leaves_earlier_ones_out(panel: Panel) -> None:
    history = panel.history(target="deaths_all", origin=JANUARY + 1, first=JANUARY + 1)
    assert history.deaths.tolist() == [[0], [6]]
    with pytest.raises(OutOfRange, match="first month 2013-12"):
        panel.history(target="deaths_all", origin=JANUARY + 1, first=JANUARY - 1)


def test_what_came_is_missing_outside_the_data_and_never_zero(panel: Panel) -> None:
    came = panel.actuals("deaths_all", [JANUARY + h for h in (0, 1, 2)])
    assert came.areas == ("IRQ/Anbar", "IRQ/Ninewa")
    assert came.of("IRQ/Anbar") == (14, 0, None)
    assert came.missing == 2
    assert np.isnan(came.deaths[:, 2]).all()
    areas, deaths, missing = panel.actuals("deaths_all", [JANUARY], areas=["IRQ/Ninewa", "IRQ/province unknown"])
    assert (areas, deaths.tolist(), missing) == (("IRQ/Ninewa", "IRQ/province unknown"), [[0.0], [0.0]], 0)


def test_unknown_names_are_refused_with_the_nearest(panel: Panel) -> None:
    with pytest.raises(UnknownName, match="did you mean 'deaths_all'"):
        panel.history(target="death_all", origin=JANUARY)
    with pytest.raises(UnknownName, match="did you mean 'IRQ/Ninewa'"):
        panel.actuals("deaths_all", [JANUARY], areas=["IRQ/Ninawa"])


def test_points_give_the_same_panel_as_their_events(panel: Panel) -> None:
    points = spread(events())
    other = panel_of_points(points, rule=MultiMonth.SPLIT, vintage="made up")
    assert other.table.equals(panel.table)
    cells = panel_of_points(points, rule=MultiMonth.SPLIT, vintage="made up", level=Level.CELL)
    assert cells.areas["area"].to_list() == ["cell unknown", "170005", "170006"]
    assert cells.table["deaths_all"].sum() == 25


def test_faults_of_events_are_named() -> None:
    settings = {"ids": AreaIds.ADMIN1, "rule": MultiMonth.SPLIT, "vintage": "made up"}
    with pytest.raises(OutOfRange, match="admin1 ids do not name areas of level country"):
        panel_of_events(events(), level=Level.COUNTRY, **settings)  # type: ignore[arg-type]
    with pytest.raises(TableProblem, match="column admin1 not found"):
        panel_of_events(events().drop("admin1"), **settings)  # type: ignore[arg-type]
    with pytest.raises(TableProblem, match="4 events name no country"):
        panel_of_events(events().with_columns(country=pl.lit(None, pl.String)), **settings)  # type: ignore[arg-type]
    with pytest.raises(UnknownName, match="type of violence is called 'xx'"):
        panel_of_events(events().with_columns(violence=pl.lit("xx")), **settings)  # type: ignore[arg-type]


COUNTRIES = CountryIds(
    (
        Country("59", "625", "SDN", "Sudan and the South", first=None, last=JANUARY),
        Country("245", "625", "SDN", "Sudan", first=JANUARY + 1),
        Country("246", "626", "SSD", "South Sudan", first=JANUARY + 1),
    )
)


def test_country_ids_follow_the_month_of_the_event() -> None:
    panel = panel_of_events(
        events("SDN"), ids=AreaIds.VIEWS, rule=MultiMonth.SPLIT, vintage="made up", countries=COUNTRIES,
        areas=COUNTRIES.every(AreaIds.VIEWS),
    )  # fmt: skip
    history = panel.history(target="deaths_all", origin=JANUARY + 1)
    assert history.areas == ("59", "245", "246")
    assert history.names == ("Sudan and the South", "Sudan", "South Sudan")
    assert history.deaths.tolist() == [[14, 0], [0, 11], [0, 0]]
    assert history.present.tolist() == [[True, False], [False, True], [False, True]]
    assert [history.areas[i] for i in history.here] == ["245", "246"]
    before = panel.history(target="deaths_all", origin=JANUARY)
    assert before.areas == ("59",)
    assert panel.actuals("deaths_all", [JANUARY + 1], areas=["59", "245"]).of("59") == (None,)


def test_a_country_without_an_id_is_refused() -> None:
    with pytest.raises(UnknownName, match="no views id in the month of an event: IRQ"):
        panel_of_events(events(), ids=AreaIds.VIEWS, rule=MultiMonth.SPLIT, vintage="v", countries=COUNTRIES)
    with pytest.raises(UnknownName, match="no gw ids"):
        panel_of_events(events(), ids=AreaIds.GW, rule=MultiMonth.SPLIT, vintage="v")


def series(rows: list[tuple[str, int, int | None]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"area": pl.String, "month_id": pl.Int32, "value": pl.Int64}, orient="row")


def test_a_series_is_present_where_it_has_rows() -> None:
    panel = panel_of_series(
        series([("246", 3, 7), ("57", 1, 1), ("57", 2, 0), ("57", 3, 2), ("9", 1, 5), ("9", 2, 6)]),
        ids=AreaIds.VIEWS, target="ged_sb", vintage="made up",
    )  # fmt: skip
    history = panel.history(target="ged_sb", origin=Month(3))
    assert history.areas == ("9", "57", "246")
    assert history.deaths.tolist() == [[5, 6, 0], [1, 0, 2], [0, 0, 7]]
    assert history.present.tolist() == [[True, True, False], [True, True, True], [False, False, True]]
    assert not history.signals
    earlier = panel.history(target="ged_sb", origin=Month(2))
    assert earlier.areas == ("9", "57")
    assert earlier.present.all()
    assert panel.actuals("ged_sb", [Month(3)], areas=["9"]).of("9") == (None,)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("1", 1, 0), ("1", 1, 2)], "area-months that stand more than once"),
        ([("1", 1, 0), ("1", 2, -2)], "missing or negative"),
        ([("1", 1, 0), ("1", 2, None)], "missing or negative"),
        ([("1", 1, 0), ("1", 3, 2)], "1 areas have months left out: 1"),
    ],
)
def test_faults_of_series_are_named(rows: list[tuple[str, int, int | None]], words: str) -> None:
    with pytest.raises(TableProblem, match=words):
        panel_of_series(series(rows), ids=AreaIds.VIEWS, target="ged_sb", vintage="made up")
