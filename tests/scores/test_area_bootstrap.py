"""The bootstrap over areas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tocsin.errors import InputError, OutOfRange
from tocsin.scores import Ranking, bootstrap_areas, bootstrap_difference, bootstrap_mean, bootstrap_rows
from tocsin.scores import bootstrap as module

if TYPE_CHECKING:
    from numpy.typing import NDArray


def test_two_areas_by_hand() -> None:
    # of two areas drawn with replacement the means are 0, 5 or 10 with chances 1/4, 1/2, 1/4
    b = bootstrap_mean([[0.0, 0.0], [10.0, 10.0]], seed=1)
    assert b is not None
    assert (b.value, b.lower, b.upper, b.areas, b.undefined) == (5, 0, 10, 2, 0)
    narrow = bootstrap_mean([[0.0], [10.0]], seed=1, level=0.4)
    assert narrow is not None
    assert (narrow.lower, narrow.upper) == (5, 5)


def test_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(20)
    held = 0
    for world in range(200):
        areas = rng.normal(3, 1, (40, 1))  # months of an area share its level: the units are not independent
        b = bootstrap_mean(areas + rng.normal(0, 0.3, (40, 12)), seed=world, resamples=300)
        assert b is not None
        held += b.lower <= 3 <= b.upper
    assert 0.88 <= held / 200 <= 0.99


def test_months_of_an_area_stay_together() -> None:
    """Repeating every month tells nothing new, so the interval must not narrow."""
    scores = np.random.default_rng(1).gamma(1, 5, (30, 1))
    once, often = bootstrap_mean(scores, seed=4), bootstrap_mean(np.repeat(scores, 50, axis=1), seed=4)
    assert once is not None
    assert often is not None
    assert (often.lower, often.upper) == pytest.approx((once.lower, once.upper))


def test_pairing_takes_out_what_is_hard_for_both() -> None:
    rng = np.random.default_rng(2)
    hard = rng.gamma(0.3, 100, (50, 12))
    ours, theirs = hard + rng.normal(0, 0.1, (50, 12)), hard + rng.normal(1, 0.1, (50, 12))
    paired, alone = bootstrap_difference(ours, theirs, seed=1), bootstrap_mean(ours, seed=1)
    assert paired is not None
    assert alone is not None
    assert paired.value == pytest.approx(-1, abs=0.05)
    assert paired.excludes_zero
    assert paired.upper - paired.lower < (alone.upper - alone.lower) / 50


def test_swapping_the_two_turns_the_difference_round() -> None:
    rng = np.random.default_rng(3)
    one, two = rng.random((9, 4)), rng.random((9, 4))
    there, back = bootstrap_difference(one, two, seed=5), bootstrap_difference(two, one, seed=5)
    assert there is not None
    assert back is not None
    assert (there.value, there.lower, there.upper) == pytest.approx((-back.value, -back.upper, -back.lower))


def test_made_again_bit_for_bit_by_its_seed() -> None:
    scores = np.random.default_rng(6).random((20, 3))
    assert bootstrap_mean(scores, seed=9) == bootstrap_mean(scores, seed=9)
    assert bootstrap_mean(scores, seed=9) != bootstrap_mean(scores, seed=10)


def test_the_same_areas_are_drawn_for_every_score() -> None:
    seen: list[list[list[float]]] = [[], []]
    for kept in seen:

        def keep(times: NDArray[np.float64], kept: list[list[float]] = kept) -> float:
            kept.append(times.tolist())
            return float(times[0])

        bootstrap_areas(keep, areas=5, seed=3, resamples=20)
    assert seen[0] == seen[1]
    assert seen[0][0] == [1] * 5
    assert all(sum(times) == 5 for times in seen[0])


@pytest.mark.parametrize("at_once", [1, 15, 40, 200_000])
def test_many_resamples_at_once_are_those_drawn_one_by_one(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    one_by_one = [np.bincount(rng.integers(7, size=7), minlength=7).tolist() for _ in range(50)]
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    seen: list[list[float]] = []

    def keep(times: NDArray[np.float64]) -> NDArray[np.float64]:
        seen.extend(times.tolist())
        return np.where(times[:, 0] > 0, times[:, 1], np.nan)

    b = bootstrap_rows(keep, areas=7, seed=3, resamples=50)
    assert seen == [[1] * 7, *one_by_one]
    assert b is not None
    assert b.undefined == sum(times[0] == 0 for times in one_by_one)
    assert b == bootstrap_areas(lambda times: float(times[1]) if times[0] else None, areas=7, seed=3, resamples=50)


def test_scores_that_do_not_average_are_computed_anew() -> None:
    p, came = np.array([0.9, 0.6, 0.4, 0.1]), np.array([1, 0, 1, 0])
    ranking = Ranking.of(p, came)
    b = bootstrap_areas(ranking.average_precision, areas=4, seed=1, resamples=400)
    assert b is not None
    assert b.value == pytest.approx(5 / 6)
    # none of the two areas with a case is drawn in 1/16 of resamples
    assert 5 <= b.undefined <= 60
    assert 0 < b.lower < b.value < b.upper == 1


def test_none_where_nothing_can_be_said() -> None:
    assert bootstrap_mean([[1.0, 2.0]], seed=1) is None
    assert bootstrap_areas(lambda _: None, areas=5, seed=1) is None
    whole_only = bootstrap_areas(lambda times: 1.0 if (times == 1).all() else None, areas=30, seed=1, resamples=20)
    assert whole_only is None


@pytest.mark.parametrize(
    ("score", "says"),
    [
        ([[np.nan], [1.0]], "of score is not finite"),
        ([1.0, 2.0], r"score has shape \(2,\)"),
        ([[]], "score has no values"),
    ],
)
def test_what_cannot_be_resampled_is_named(score: Any, says: str) -> None:
    with pytest.raises(InputError, match=says):
        bootstrap_mean(score, seed=1)


def test_unlike_shapes_are_not_paired() -> None:
    with pytest.raises(InputError, match="score has shape"):
        bootstrap_difference([[1.0], [2.0]], [[1.0, 2.0]], seed=1)


def test_level_and_resamples_must_make_sense() -> None:
    with pytest.raises(OutOfRange, match="95 is no level"):
        bootstrap_mean([[1.0], [2.0]], seed=1, level=95)
    with pytest.raises(OutOfRange, match="0 resamples"):
        bootstrap_mean([[1.0], [2.0]], seed=1, resamples=0)
