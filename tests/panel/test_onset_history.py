"""The history that onsets are asked of: by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest

from tocsin.panel.neighbours import Neighbours
from tocsin.panel.onsets.history import DRIVERS, LONG_QUIET, OnsetTables, onset_history
from tocsin.panel.onsets.known import OLDEST_YEARS, PUBLISHED, SLOW, Yearly, yearly_of
from tocsin.panel.onsets.splice import spliced
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

FIRST, LAST = Month.of(1990, 1), Month.of(1993, 12)


def months(column: dict[int, dict[str, int]]) -> pl.DataFrame:
    """Every month of every state, with these deaths."""
    rows = [
        (state, m, deaths.get(str(Month(m)), 0))
        for state, deaths in column.items()
        for m in range(FIRST.id, LAST.id + 1)
    ]
    return pl.DataFrame(rows, schema=["gwcode", "month_id", "deaths"], orient="row")


def tables(**changed: pl.DataFrame) -> OnsetTables:
    made = {
        "months": months({2: {}, 340: {"1991-05": 7}}),
        "all_types": months({2: {"1991-03": 4}, 345: {"1991-05": 10}}),
        "years": pl.DataFrame(
            {"gwcode": [2, 2, 345], "year": [1989, 1991, 1990], "deaths_sb_best": [0, 0, 0], "deaths_ns_best": [3, 5, 0],
             "deaths_os_best": [0, 6, 2]}
        ),
        "conflicts": pl.DataFrame({"gwcode": [345, 345], "year": [1987, 1992], "intensity": [1, 2]}),
        "drivers": pl.DataFrame(
            {"gwcode": [2, 2], "year": [1990, 1991]} | {column: [1.5, 2.5] for column in DRIVERS.values()}
        ),
    }  # fmt: skip
    return OnsetTables(**(made | changed))


def made(**changed: pl.DataFrame) -> History:
    near = Neighbours.of_pairs([("2", "340")])
    return onset_history(tables(**changed), target="deaths_sb", vintage="v", neighbours=near, names={"2": "Here"})


def at(grid: NDArray[Any], state: int, month: str) -> float:
    return float(grid[state, Month.parse(month) - FIRST])


def test_states_stand_under_their_own_numbers_with_names_and_neighbours() -> None:
    history = made()
    assert (history.areas, history.names, history.neighbours) == (("2", "340"), ("Here", "340"), ((1,), (0,)))
    assert (history.ids, history.first, history.origin) == (AreaIds.GW, FIRST, LAST)
    assert at(history.deaths, 1, "1991-05") == 7


def test_other_deaths_are_what_is_left_of_all_types() -> None:
    other = made().signals["other deaths"]
    assert (at(other, 0, "1991-03"), at(other, 1, "1991-05"), other.sum()) == (4, 3, 7)


def test_a_year_is_known_from_july_of_the_next() -> None:
    one_sided = made().signals["one-sided deaths, year"]
    assert [at(one_sided, 0, m) for m in ("1992-06", "1992-07")] == [0, 6]
    assert at(one_sided, 0, "1993-12") == 6, "where no newer file came, the newest holds"
    ten = made().signals["other deaths, ten years"]
    assert [at(ten, 0, m) for m in ("1990-06", "1990-07", "1992-07")] == [0, 3, 14]


def test_quiet_before_counts_from_the_last_year_of_conflict() -> None:
    quiet = made().signals["quiet before"]
    assert quiet[:, 0].tolist() == [LONG_QUIET, 24]
    deaths = tables().years.with_columns(deaths_sb_best=pl.Series([9, 0, 0]))
    assert made(years=deaths).signals["quiet before"][0, 0] == 0, "deaths in the last year before the series"


def test_years_of_conflict_are_counted_once_known() -> None:
    years = made().signals["conflict years"]
    assert [at(years, 1, m) for m in ("1990-01", "1993-06", "1993-07")] == [1, 1, 2]


def test_a_driver_is_first_used_in_the_second_january_after_its_year() -> None:
    stability = made().slow["political stability"]
    assert np.isnan(at(stability, 0, "1991-12"))
    assert [at(stability, 0, m) for m in ("1992-01", "1992-12", "1993-01")] == [1.5, 1.5, 2.5]
    assert np.isnan(stability[1]).all(), "a state without figures is not known, never zero"


@pytest.mark.parametrize("after", [PUBLISHED, SLOW])
def test_a_figure_planted_later_changes_nothing_earlier(after: int) -> None:
    figures = np.arange(10.0)[None, :]
    planted = figures.copy()
    planted[0, 6:] = 1e9
    first, length = Month.of(1995, 1), 12 * 12

    def totals(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(Yearly(1994, values, after).totals(3, first=first, months=length)[0])

    def newest(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(Yearly(1994, values, after).newest(first=first, months=length)[0])

    seen_from = Month.of(2000, 12) + after - first
    for read in (totals, newest):
        one, two = read(figures), read(planted)
        np.testing.assert_array_equal(one[:seen_from], two[:seen_from])
        assert one[seen_from] != two[seen_from]


def test_a_driver_too_old_says_nothing() -> None:
    known = Yearly(1990, np.array([[5.0]]), SLOW).newest(first=Month.of(1990, 1), months=12 * 20)[0]
    seen = np.flatnonzero(~np.isnan(known))
    assert (Month.of(1990, 1) + int(seen[0]), len(seen)) == (Month.of(1992, 1), 12 * OLDEST_YEARS)


def test_states_not_asked_for_are_left_out_of_yearly_figures() -> None:
    table = pl.DataFrame({"gwcode": [2, 3], "year": [2000, 1999], "x": [1.0, 2.0]})
    read = yearly_of(table, "x", states=["2"], after=SLOW)
    assert read.first_year == 1999
    np.testing.assert_array_equal(read.values, [[np.nan, 1.0]])


def test_a_year_is_laid_on_its_months_as_the_other_series_goes() -> None:
    before = pl.DataFrame({"gwcode": [2, 3, 4], "month_id": [12, 12, 12], "deaths": [1, 0, 0]})
    every = pl.DataFrame({"gwcode": [2, 2, 4], "month_id": [14, 20, 13], "deaths": [30, 10, 5]})
    yearly = pl.DataFrame({"gwcode": [2, 3, 9], "year": [1981, 1981, 1981], "deaths": [7, 24, 99]})
    after = spliced(before, every=every, yearly=yearly, last=Month(24)).filter(pl.col("month_id") > 12)
    by_state = {s: after.filter(pl.col("gwcode") == s)["deaths"].to_list() for s in (2, 3, 4)}
    assert by_state[2] == [0, 5, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0]
    assert by_state[3] == [2] * 12
    assert by_state[4] == [0] * 12, "a year without state-based deaths is at peace, whatever else happened"
    assert after["gwcode"].unique().sort().to_list() == [2, 3, 4]


def test_a_series_that_reaches_far_enough_is_left_as_it_is() -> None:
    before = pl.DataFrame({"gwcode": [2], "month_id": [12], "deaths": [1]})
    assert spliced(before, every=before, yearly=before, last=Month(12)) is before
