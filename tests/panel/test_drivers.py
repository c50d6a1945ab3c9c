from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.api.series import with_drivers
from tocsin.panel.drivers import DRIVERS, slow_drivers
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from tocsin.panel.history import History

INCOME = DRIVERS["income a head"]


def table(**income: float | None) -> pl.DataFrame:
    rows = [{"iso3": "IRQ", "year": int(year.removeprefix("y")), INCOME: value} for year, value in income.items()]
    others = [c for c in DRIVERS.values() if c != INCOME]
    return pl.DataFrame(rows).with_columns(pl.lit(None, dtype=pl.Float64).alias(c) for c in others)


def grid(drivers: pl.DataFrame, *, first: str, months: int) -> list[float]:
    found = slow_drivers(drivers, countries=["IRQ", None], first=Month.parse(first), months=months)
    assert np.isnan(found["income a head"][1]).all()
    assert np.isnan(found["median age, years"]).all()
    return [float(x) for x in found["income a head"][0]]


def test_a_figure_is_used_only_when_two_years_have_passed() -> None:
    got = grid(table(y2010=10.0, y2011=11.0), first="2012-11", months=4)
    assert got == [10.0, 10.0, 11.0, 11.0]


def test_a_figure_planted_later_changes_nothing() -> None:
    honest = grid(table(y2010=10.0), first="2012-01", months=12)
    assert grid(table(y2010=10.0, y2011=999.0, y2012=999.0), first="2012-01", months=12) == honest


def test_the_newest_known_figure_stands_until_a_newer_one_and_none_is_used_for_ever() -> None:
    assert grid(table(y2010=10.0, y2011=None), first="2013-01", months=1) == [10.0]
    assert np.isnan(grid(table(y2010=10.0), first="2022-01", months=1)[0])


def test_countries_get_drivers_and_the_hash_knows_them(history: History) -> None:
    driven = with_drivers(history)
    assert set(driven.slow) == set(DRIVERS)
    assert driven.data_hash != history.data_hash
    cut = driven.until(driven.origin - 12)
    assert all(g.shape == cut.deaths.shape for g in cut.slow.values())
