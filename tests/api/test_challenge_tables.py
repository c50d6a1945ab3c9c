"""The challenge's tables: every draw and every count reaches its own country and month, whatever the order of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.backtest.challenge import HORIZONS, Window, actuals_of, draws_of
from tocsin.errors import TableProblem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WINDOW = Window(2018)
AREAS = ("10", "2", "7")
"""In the order of text, which is not that of numbers."""


def outcome(area: int, month: int, draw: int) -> int:
    """A number that says where it belongs."""
    return area * 10_000 + (month - WINDOW.months[0].id) * 100 + draw


def draws_table(draws: int = 3) -> pl.DataFrame:
    rows = [
        {"month_id": month.id, "country_id": area, "draw": draw, "outcome": outcome(area, month.id, draw)}
        for area in (2, 7, 10)
        for month in WINDOW.months
        for draw in range(draws)
    ]
    return pl.DataFrame(rows)


def read(table: pl.DataFrame) -> NDArray[np.int32]:
    return draws_of(table, window=WINDOW, areas=AREAS, file="draws.parquet")


def test_a_window_is_the_year_after_its_origin() -> None:
    assert (str(WINDOW.origin), str(WINDOW.months[0]), str(WINDOW.months[-1])) == ("2017-10", "2018-01", "2018-12")
    assert [m - WINDOW.origin for m in WINDOW.months] == list(HORIZONS) == list(range(3, 15))


@pytest.mark.parametrize("seed", range(3))
def test_draws_reach_their_country_month_and_number_from_rows_in_any_order(seed: int) -> None:
    found = read(draws_table().sample(fraction=1, shuffle=True, seed=seed))
    assert found.shape == (3, 12, 3)
    expected = [[[outcome(int(a), m.id, d) for d in range(3)] for m in WINDOW.months] for a in AREAS]
    assert found.tolist() == expected


def test_other_windows_and_countries_are_left_out() -> None:
    table = draws_table()
    more = pl.concat([
        table,
        table.with_columns(pl.col("month_id") + 12, outcome=pl.lit(-1, pl.Int64)),
        table.with_columns(pl.col("country_id") + 500, outcome=pl.lit(-1, pl.Int64)),
    ])  # fmt: skip
    assert read(more).tolist() == read(table).tolist()


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableProblem, match="column draw not found") as caught:
        read(draws_table().drop("draw"))
    assert str(caught.value.where) == "draws.parquet"


@pytest.mark.parametrize("kept", [0, 1, 107])
def test_draws_that_are_not_complete_are_refused(kept: int) -> None:
    with pytest.raises(TableProblem, match="window 2018 are not complete") as caught:
        read(draws_table().head(kept))
    assert caught.value.where.field == "draw"


def test_draws_that_add_up_but_stand_in_the_wrong_place_are_refused() -> None:
    table = draws_table()
    moved = table.with_columns(
        month_id=pl.when((pl.col("country_id") == 7) & (pl.col("month_id") == WINDOW.months[0].id))
        .then(WINDOW.months[1].id)
        .otherwise("month_id")
    )
    with pytest.raises(TableProblem):
        read(moved)


def actuals(rows: list[tuple[int, int, int | None]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"month_id": pl.Int64, "country_id": pl.Int64, "outcome": pl.Int64}, orient="row")


def came_of(table: pl.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    months = WINDOW.months[:2]
    return actuals_of(table, months=months, areas=AREAS, area_column="country_id", value_column="outcome")


def test_what_came_reaches_its_country_and_month_and_what_is_missing_is_not_zero() -> None:
    first = WINDOW.months[0].id
    came, known = came_of(actuals([(first + 1, 2, 5), (first, 7, 9), (first, 10, None), (first + 1, 10, 0)]))
    assert came.tolist() == [[0, 0], [0, 5], [9, 0]]
    assert known.tolist() == [[False, True], [False, True], [True, False]]


def test_what_came_elsewhere_or_in_other_months_is_left_out() -> None:
    first = WINDOW.months[0].id
    came, known = came_of(actuals([(first - 1, 2, 5), (first + 2, 2, 5), (first, 99, 5)]))
    assert not came.any()
    assert not known.any()
