from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from tests.panel.vintage_world import DAYS, FIRST, long_history, made_up

from tocsin.errors import OutOfRange, TableProblem
from tocsin.panel.vintages.vintage import history_as_known_on, releases_seen, vintages_of
from tocsin.vocabulary import AreaIds, Month


@pytest.mark.parametrize(
    ("month", "day", "seen"),
    [
        (Month.of(2023, 12), date(2024, 6, 23), 0),
        (Month.of(2023, 12), date(2024, 6, 24), 1),
        (Month.of(2022, 1), date(2024, 6, 23), 1),
        (Month.of(2024, 1), date(2024, 12, 31), 0),
        (Month.of(2020, 1), date(2024, 6, 24), 4),
    ],
)
def test_a_month_has_seen_the_releases_since_its_year(month: Month, day: date, seen: int) -> None:
    assert releases_seen(month, day) == seen


def test_an_issue_holds_up_to_a_day_and_ends_with_its_own_month() -> None:
    world = made_up()
    for day, months in ((DAYS[0], 12), (date(2024, 2, 21), 12), (DAYS[1], 13), (DAYS[3], 18), (date(2024, 9, 1), 18)):
        figures, last = world.as_known_on(day)
        assert (figures.shape[1], last) == (months, FIRST + months - 1), day
    assert world.as_known_on(DAYS[1])[0][:, 0].tolist() == [0, 5, 100], "areas stand in the order of their numbers"
    assert world.as_known_on(DAYS[2])[0][:, 0].tolist() == [0, 0, 200]


@pytest.mark.parametrize("day", [date(2024, 1, 25), date(2024, 10, 1)])
def test_a_day_that_no_issue_speaks_for_is_refused(day: date) -> None:
    with pytest.raises(OutOfRange, match="2024-01-26 to 2024-07-21"):
        made_up().number(day)


def test_a_history_as_known_has_the_old_figures_and_no_later_month() -> None:
    known = history_as_known_on(long_history(), made_up(), DAYS[1])
    assert known.origin == Month.of(2024, 1)
    assert known.deaths[:, 59].tolist() == [200, 0, 0, 7], "what was known of earlier months is not at hand"
    assert known.deaths[:, -1].tolist() == [100, 0, 5, 0], "an area that no issue names had no event"
    assert "as known on 2024-02-22" in known.vintage
    assert long_history().deaths[0, -1] == 200


def test_another_series_or_a_short_history_is_refused() -> None:
    with pytest.raises(TableProblem, match="same series"):
        history_as_known_on(replace(long_history(), target="ged_sb"), made_up(), DAYS[1])
    with pytest.raises(OutOfRange, match="outside the history"):
        history_as_known_on(long_history().until(FIRST - 1), made_up(), DAYS[1])


def test_figures_that_stand_twice_or_without_columns_are_refused() -> None:
    row = pl.DataFrame({"area": ["2"], "month_id": [500], "issued": [DAYS[0]], "deaths": [1]})
    final = row.drop("issued")
    for table, words in (
        (pl.concat([row, row]), "twice"),
        (row.drop("deaths"), "deaths not found"),
        (row[:0], "no figure"),
    ):
        with pytest.raises(TableProblem, match=words):
            vintages_of(table, final, ids=AreaIds.GW, target="deaths_all", final_name="x")


def test_months_of_no_issue_are_marked_and_never_zero() -> None:
    world = made_up()
    assert (world.figures[0, :, 12:] == -1).all()
    assert (np.asarray(world.known_by(None)) >= 0).all()
