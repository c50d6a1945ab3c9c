from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.panel.vintage_world import made_up

from tocsin.backtest.vintage_completeness import (
    ALL,
    completeness_by_age,
    completeness_by_release,
    unchanged_between_releases,
)
from tocsin.backtest.vintage_replay import compare, distance
from tocsin.errors import OutOfRange
from tocsin.forecast.forecast import Forecast
from tocsin.scores import crps
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from numpy.typing import NDArray


def of(draws: NDArray[np.int32], *, origin: str = "2024-06") -> Forecast:
    areas = tuple(str(i) for i in range(draws.shape[0]))
    return Forecast(
        model="made up", ids=AreaIds.GW, target="deaths_all", vintage="x", origin=Month.parse(origin),
        horizons=tuple(range(1, draws.shape[1] + 1)), areas=areas, names=tuple(f"area {a}" for a in areas), draws=draws,
        seed=1, data_hash="x",
    )  # fmt: skip


def test_the_distance_to_one_value_is_the_crps() -> None:
    rng = np.random.default_rng(2)
    draws, came = rng.poisson(20, (4, 3, 60)), rng.poisson(15, (4, 3))
    assert distance(draws, came[..., None]) == pytest.approx(crps(draws, came), rel=1e-12)


def test_the_distance_is_symmetric_zero_for_equals_and_worked_by_hand() -> None:
    one, other = np.array([0, 10]), np.array([10, 10, 10])
    assert distance(one, one[::-1]) == pytest.approx(0)
    assert distance(one, other) == pytest.approx(10 * 0.5**2)
    assert distance(other, one) == pytest.approx(distance(one, other))


def test_changes_of_probability_rank_and_alerts_are_those_of_the_areas() -> None:
    known = np.zeros((3, 2, 10), dtype=np.int32)
    known[0, 0, :6], known[1, 1, :4] = 30, 150
    final = known.copy()
    final[0], final[2, 0, :9] = 0, 40
    done = compare(of(known), of(final), deaths=[(10, 0), (3, 3), (0, 12)], budgets=(1, 2))
    by = {c.area: c for c in done.areas}
    assert by["0"].p_known == (0.6, 0.0)
    assert by["1"].p_final == (0.4, 0.4)
    assert by["2"].p_final == (0.9, 0.0)
    assert [(by[a].rank_known, by[a].rank_final) for a in "012"] == [(1, 3), (2, 2), (3, 1)]
    assert done.rank_correlation == pytest.approx(-1)
    assert [(a.budget, a.gained, a.lost) for a in done.alerts] == [
        (1, ("area 2",), ("area 0",)), (2, ("area 2",), ("area 0",)),
    ]  # fmt: skip
    assert by["1"].distance == pytest.approx(0, abs=1e-12)
    assert done.areas[0].area == "2"
    assert (by["0"].known, by["0"].final) == (10, 0)


def test_forecasts_of_other_months_are_not_compared() -> None:
    draws = np.zeros((1, 1, 2), dtype=np.int32)
    with pytest.raises(OutOfRange, match="same areas and months"):
        compare(of(draws), of(draws, origin="2024-05"), deaths=[(0, 0)])


def test_completeness_by_release_is_known_over_today() -> None:
    lines = {(c.stage, c.size): c for c in completeness_by_release(made_up(), seed=1, resamples=50)}
    war, everything = lines[0, "100-999"], lines[0, ALL]
    assert (war.known, war.today, war.months, war.changed) == (100 * 18, 200 * 18, 18, 1.0)
    assert war.share is not None
    assert war.share.value == pytest.approx(0.5)
    assert lines[0, "1-24"].share is None, "deaths that were withdrawn are a share of nothing"
    assert lines[0, "1-24"].known == 5 * 18
    assert everything.share is not None
    assert everything.share.value == pytest.approx(105 / 200)
    assert everything.share.lower <= 0.525 <= everything.share.upper
    released = lines[1, ALL].share
    assert released is not None
    assert released.value == 1


def test_completeness_by_age_counts_only_issues_that_hold_the_month() -> None:
    lines = {c.age: c for c in completeness_by_age(made_up(), seed=1, resamples=20)}
    assert lines[0].share is None
    assert lines[0].known == 0
    assert lines[1].issues == 4
    assert lines[1].share is not None
    assert lines[1].share.value == pytest.approx(105 / 200)
    assert lines[18].issues == 1
    assert lines[18].share is not None
    assert lines[18].share.value == 1, "January 2023 had been revised when it was eighteen months old"


def test_between_releases_no_figure_of_the_made_up_world_changes() -> None:
    assert unchanged_between_releases(made_up())[0] == 0
    assert unchanged_between_releases(made_up())[1] == 3 * (12 + 13 - 12 + 17)
