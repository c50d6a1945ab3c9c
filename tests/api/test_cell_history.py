from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tocsin.api.cell_history import Covered, grid_of_events
from tocsin.errors import OutOfRange
from tocsin.vocabulary import Month

COVERED = [
    Covered("IRQ", ("100", "101"), Month.of(2010, 1), Month.of(2010, 12)),
    Covered("SYR", ("101", "102"), Month.of(2010, 7), Month.of(2011, 12)),
]


def event(country: str, gid: int, start: date, end: date, deaths: int, *, violence: str = "sb") -> dict[str, object]:
    return {
        "event_id": f"{country}{gid}{start}", "date_start": start, "date_end": end, "date_precision": 1, "country": country,
        "admin1": None, "gid": gid, "lat": 33.0, "lon": 44.0, "where_precision": 4, "violence": violence, "side_a": "a",
        "side_b": "b", "deaths_low": deaths, "deaths_best": deaths, "deaths_high": deaths, "deaths_civilians": 0,
        "source": "made up",
    }  # fmt: skip


EVENTS = pl.DataFrame(
    [
        event("IRQ", 100, date(2010, 2, 3), date(2010, 2, 3), 5),
        event("IRQ", 100, date(2010, 3, 1), date(2010, 5, 2), 9),
        event("IRQ", 105, date(2010, 6, 1), date(2010, 6, 1), 2),
        event("IRQ", 100, date(2010, 12, 30), date(2011, 1, 2), 50),
        event("SYR", 101, date(2010, 8, 1), date(2010, 8, 1), 4),
        event("SYR", 101, date(2010, 9, 1), date(2010, 9, 1), 7, violence="ns"),
    ]
)


def test_events_count_at_their_cell_in_their_final_month() -> None:
    grid = grid_of_events(EVENTS, COVERED, target="deaths_sb", vintage="v", last=Month.of(2011, 12))
    history = grid.history
    assert history.areas == ("100", "101", "102", "105")
    assert history.origin == Month.of(2011, 12)
    assert history.deaths[0, :5].tolist() == [0, 5, 0, 0, 9]
    assert history.deaths[1].sum() == 4
    assert history.deaths.sum() == 20  # the event that ends after its country is covered is not there


def test_a_cell_is_present_while_its_country_is_covered() -> None:
    grid = grid_of_events(EVENTS, COVERED, target="deaths_sb", vintage="v", last=Month.of(2011, 12))
    present = grid.history.present
    assert present.sum(axis=1).tolist() == [12, 24, 18, 7]
    assert [grid.history.areas[i] for i in grid.of_country("IRQ", origin=Month.of(2010, 5))] == ["100", "101"]
    assert [grid.history.areas[i] for i in grid.of_country("IRQ", origin=Month.of(2010, 6))] == ["100", "101", "105"]


def test_a_grid_of_no_country_is_refused() -> None:
    with pytest.raises(OutOfRange, match="no country"):
        grid_of_events(EVENTS, [], target="deaths_sb", vintage="v", last=Month.of(2011, 12))
