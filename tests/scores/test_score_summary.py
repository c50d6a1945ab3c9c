"""All scores at once, and forecasters beside one another."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from tocsin import scores as room
from tocsin.errors import InputError, UnknownName
from tocsin.scores import Metric, Scores, bounds, difference, score_draws


def made(seed: int, *, draws: int = 60, areas: int = 15) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    level = rng.gamma(0.3, 80, (areas, 1, 1))
    return rng.poisson(level, (areas, 6, draws)), np.random.default_rng(seed + 100).poisson(level[..., 0], (areas, 6))


def test_every_number_is_the_one_its_own_function_gives() -> None:
    draws, actual = made(1)
    s = score_draws(draws, actual, seed=1)
    p, came = room.p_at_least(draws, threshold=25), actual >= 25
    assert s.crps == pytest.approx(room.crps(draws, actual).mean())
    assert s.log_crps == pytest.approx(room.log_crps(draws, actual).mean())
    assert s.ign == pytest.approx(room.ignorance(draws, actual).mean())
    assert s.mis == pytest.approx(room.interval_score(draws, actual).mean())
    assert s.ap25 == room.average_precision(p, came)
    assert s.auc25 == room.auc(p, came)
    assert s.brier25 == pytest.approx(room.brier(p, came).mean())
    assert s.coverage90 == pytest.approx(room.covered(draws, actual).mean())
    assert (s.n, s.draws) == (90, 60)
    np.testing.assert_array_equal(s.units.pit, room.pit(draws, actual, seed=1))
    np.testing.assert_array_equal(s.units.came25, came)


def test_units_average_to_the_score() -> None:
    s = score_draws(*made(2), seed=1)
    for name in ("crps", "log_crps", "ign", "mis", "brier25", "coverage90"):
        assert getattr(s.units, name).shape == (15, 6)
        assert getattr(s.units, name).mean() == pytest.approx(getattr(s, name))


def test_names_for_print() -> None:
    s = score_draws(*made(2), seed=1)
    assert list(s.as_dict()) == [f.name for f in fields(Scores) if f.name != "units"]
    assert {m.value for m in Metric} <= set(s.as_dict())


def test_without_violence_ranking_is_not_defined() -> None:
    s = score_draws(np.zeros((3, 2, 5), dtype=int), np.zeros((3, 2), dtype=int), seed=1)
    assert (s.crps, s.ap25, s.auc25, s.brier25, s.coverage90) == (0, None, None, 0, 1)
    assert bounds([s], Metric.AP25, seed=1) is None


def test_a_window_without_violence_leaves_the_mean_over_windows_undefined() -> None:
    draws, actual = made(1)
    calm, violent = score_draws(draws, np.zeros_like(actual), seed=1), score_draws(draws, actual, seed=1)
    assert bounds([violent], Metric.AP25, seed=1, resamples=20) is not None
    assert bounds([calm, violent], Metric.AP25, seed=1, resamples=20) is None
    assert difference([violent], [violent], Metric.AP25, seed=1, resamples=20) is not None


def test_only_known_months_count() -> None:
    draws, actual = made(3)
    known = np.ones(actual.shape, dtype=bool)
    known[:, 4:] = False
    s, cut = score_draws(draws, actual, seed=1, known=known), score_draws(draws[:, :4], actual[:, :4], seed=1)
    without_random = {k: v for k, v in s.as_dict().items() if k not in {"n", "draws"}}
    assert without_random == pytest.approx({k: cut.as_dict()[k] for k in without_random})
    assert s.n == cut.n == 60
    for metric in Metric:
        one, two = bounds([s], metric, seed=1, resamples=50), bounds([cut], metric, seed=1, resamples=50)
        assert one is not None
        assert two is not None
        assert (one.value, one.lower, one.upper) == pytest.approx((two.value, two.lower, two.upper))


def test_what_stands_in_an_unknown_month_does_not_matter() -> None:
    draws, actual = made(3)
    known = np.ones(actual.shape, dtype=bool)
    known[2, 3] = False
    other = actual.copy()
    other[2, 3] = 10**6
    one, two = (score_draws(draws, came, seed=1, known=known) for came in (actual, other))
    assert one == two
    same = difference([one], [two], Metric.CRPS, seed=1, resamples=20)
    assert same is not None
    assert same.value == 0


@pytest.mark.parametrize(
    ("draws", "actual", "known", "says"),
    [
        ([[1, 2]], [1], None, r"actual has shape \(1,\)"),
        ([[[1, 2]]], [[np.nan]], None, "of actual is not finite"),
        ([[[1, -2]]], [[1]], None, "of draws is negative"),
        ([[[1, 2]]], [[1, 2]], None, "draws have shape"),
        ([[[1, 2]]], [[1]], [[0]], "no actual is known"),
        ([[[1, 2]]], [[1]], [1], "known has shape"),
    ],
)
def test_what_cannot_be_scored_is_named(draws: Any, actual: Any, known: Any, says: str) -> None:
    with pytest.raises(InputError, match=says):
        score_draws(draws, actual, seed=1, known=known)


def test_bounds_hold_the_mean_over_windows() -> None:
    windows = [score_draws(*made(i), seed=1) for i in range(3)]
    for metric in Metric:
        b = bounds(windows, metric, seed=1, resamples=200)
        assert b is not None
        assert b.value == pytest.approx(np.mean([getattr(s, metric.value) for s in windows]))
        assert b.lower <= b.value <= b.upper
        assert b.areas == 15


def test_bounds_of_a_mean_are_those_of_its_units() -> None:
    s = score_draws(*made(4), seed=1)
    assert bounds([s], "crps", seed=7) == room.bootstrap_mean(s.units.crps, seed=7)


def test_a_difference_is_ours_less_theirs() -> None:
    draws, actual = made(5)
    ours, theirs = score_draws(draws, actual, seed=1), score_draws(np.zeros_like(draws), actual, seed=1)
    for metric in Metric:
        d = difference([ours], [theirs], metric, seed=1, resamples=100)
        assert d is not None
        assert d.value == pytest.approx(getattr(ours, metric.value) - getattr(theirs, metric.value))
    same = difference([ours], [ours], Metric.AP25, seed=1, resamples=50)
    assert same is not None
    assert (same.value, same.lower, same.upper) == (0, 0, 0)


def test_ignorance_is_not_compared_at_unequal_draws() -> None:
    draws, actual = made(6)
    many, few = score_draws(draws, actual, seed=1), score_draws(draws[..., :12], actual, seed=1)
    with pytest.raises(InputError, match="ignorance at 60 draws is not comparable with ignorance at 12"):
        difference([many], [few], "ign", seed=1)
    assert difference([many], [few], "crps", seed=1, resamples=20) is not None


def test_forecasters_are_compared_on_the_same_actuals() -> None:
    draws, actual = made(7)
    revised = actual.copy()
    revised[0, 0] += 1
    one, two = score_draws(draws, actual, seed=1), score_draws(draws, revised, seed=1)
    with pytest.raises(InputError, match="different actuals"):
        difference([one], [two], "crps", seed=1)


def test_windows_must_match() -> None:
    one, small = score_draws(*made(8), seed=1), score_draws(*made(8, areas=4), seed=1)
    with pytest.raises(InputError, match="there is no window"):
        bounds([], "crps", seed=1)
    with pytest.raises(InputError, match="windows hold 4 and 15 areas"):
        bounds([one, small], "crps", seed=1)
    with pytest.raises(InputError, match="2 windows of ours stand beside 1"):
        difference([one, one], [one], "crps", seed=1)


def test_a_metric_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownName, match="did you mean 'crps'"):
        bounds([score_draws(*made(8), seed=1)], "crsp", seed=1)
