"""The model of onsets: it finds what was planted, finds nothing where there is nothing, and says what it added."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.special import logit
from tests.forecast.onsets.onset_world import onset_world

from tocsin.errors import OutOfRange
from tocsin.forecast.onsets.model import OnsetSettings, fit_onset, fit_situations, ridge_line, situations_of
from tocsin.forecast.onsets.question import Onset
from tocsin.forecast.onsets.rolling import Asked, ask_again, model_ranker, since_ranker
from tocsin.forecast.onsets.scores import Ranked, ap_bounds, ap_difference
from tocsin.forecast.onsets.signals import SIGNALS, signals_of
from tocsin.scores import average_precision
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from tocsin.panel.history import History

QUESTION = Onset(1, 6)
SETTINGS = OnsetSettings(bags=0, penalty=50.0)


@pytest.fixture(scope="module")
def world() -> History:
    return onset_world(seed=1)


@pytest.fixture(scope="module")
def asked(world: History) -> Asked:
    origins = [Month.of(2000, 1) + i for i in range(72)]
    return ask_again(world, question=QUESTION, origins=origins, learn=model_ranker(QUESTION, settings=SETTINGS))


def test_the_planted_signal_weighs_most(world: History) -> None:
    fitted = fit_onset(world, question=QUESTION, settings=SETTINGS)
    assert fitted.signals[int(np.argmax(np.abs(fitted.weights)))].name == "other_12"


def test_the_planted_signal_beats_months_since_out_of_sample(world: History, asked: Asked) -> None:
    beside = ask_again(world, question=QUESTION, origins=asked.origins, learn=since_ranker())
    gap = ap_difference(asked, beside, seed=1, resamples=100)
    scores = Ranked.of(asked).scores()
    assert scores.average_precision is not None
    assert scores.average_precision > 2 * scores.base_rate
    assert gap is not None
    assert gap.lower > 0


def test_a_target_dealt_anew_leaves_no_skill(world: History) -> None:
    rng = np.random.default_rng(5)
    grid = signals_of(world)
    seen = situations_of(world, grid, question=QUESTION, settings=SETTINGS)
    found = []
    for _ in range(4):
        dealt = rng.permutation(len(seen.ahead))
        half = rng.permutation(len(seen.ahead)) < len(seen.ahead) // 2
        learned = replace(seen, values=seen.values[half], ahead=seen.ahead[dealt][half], area=seen.area[half])
        fitted = fit_situations(grid.signals, learned, threshold=25, settings=SETTINGS, seed=1)
        came = seen.ahead[dealt][~half] >= 25
        found.append((average_precision(fitted.p(seen.values[~half]), came) or 0.0) / came.mean())
    assert 0.7 < np.mean(found) < 1.4


def test_probabilities_are_what_came_in_a_made_world(asked: Asked) -> None:
    p, came = asked.p[asked.asked], asked.came[asked.asked]
    edges = np.quantile(p, [0, 0.6, 0.9, 1])
    for low, high in pairwise(edges):
        here = (p >= low) & (p <= high)
        assert abs(p[here].mean() - came[here].mean()) < 0.06
    assert came[p > edges[2]].mean() > 3 * came[p < edges[1]].mean()


def test_contributions_and_level_add_up_to_the_logit(world: History) -> None:
    fitted = fit_onset(world, question=QUESTION, settings=SETTINGS)
    values = signals_of(world).values[:, -1]
    np.testing.assert_allclose(fitted.level + fitted.contributions(values).sum(axis=1), logit(fitted.p(values)))


def test_what_is_not_known_adds_nothing(world: History) -> None:
    fitted = fit_onset(world, question=QUESTION, settings=SETTINGS)
    values = signals_of(world).values[:, -1].copy()
    law = [s.name for s in fitted.signals].index("law")
    values[0, law] = np.nan
    assert fitted.contributions(values)[0, law] == 0
    assert not np.isnan(fitted.p(values)).any()


def test_no_weight_stands_against_its_direction(world: History) -> None:
    held = fit_onset(world, question=QUESTION, settings=SETTINGS)
    free = fit_onset(world, question=QUESTION, settings=replace(SETTINGS, directed=False, penalty=0.01))
    against = [w * s.direction < -1e-9 for w, s in zip(free.weights, free.signals, strict=True)]
    assert any(against), "the free line must go against a direction, or this test holds nothing"
    assert all(w * s.direction >= -1e-9 for w, s in zip(held.weights, held.signals, strict=True))


@pytest.mark.parametrize("balance", [0.0, 0.5, 1.0])
def test_the_mean_probability_is_the_rate_however_cases_are_weighted(world: History, balance: float) -> None:
    settings = replace(SETTINGS, balance=balance)
    grid = signals_of(world, settings.signals)
    seen = situations_of(world, grid, question=QUESTION, settings=settings)
    fitted = fit_onset(world, question=QUESTION, settings=settings)
    assert fitted.p(seen.values).mean() == pytest.approx((seen.ahead >= 25).mean())
    assert fitted.base_rate == pytest.approx((seen.ahead >= 25).mean())


def test_the_band_holds_the_probability_and_narrows_with_countries() -> None:
    spans = []
    for areas in (25, 100):
        world = onset_world(areas=areas, months=100)
        fitted = fit_onset(world, question=QUESTION, settings=replace(SETTINGS, bags=10, thresholds=(25,)), seed=3)
        values = signals_of(world).values[:, -1]
        low, high = fitted.band(values)
        assert (low <= fitted.p(values)).all()
        assert (fitted.p(values) <= high).all()
        spans.append(float(np.median(logit(high) - logit(low))))
    assert spans[1] < 0.8 * spans[0]


def test_without_resamples_there_is_no_band(world: History) -> None:
    with pytest.raises(OutOfRange, match="no resamples of countries were made"):
        fit_onset(world, question=QUESTION, settings=SETTINGS).band(signals_of(world).values[:, -1])


def test_a_straight_line_is_what_it_should_be() -> None:
    x = np.array([[0.0], [0.0], [0.0], [0.0], [1.0], [1.0], [1.0], [1.0]])
    came = np.array([1.0, 0, 0, 0, 1, 1, 1, 0])
    line = ridge_line(x, came, np.ones(8), np.array([0]), 1e-9)
    np.testing.assert_allclose(line, [2 * np.log(3), -np.log(3)], atol=1e-3)


def test_too_few_onsets_are_refused(world: History) -> None:
    with pytest.raises(OutOfRange, match=r"0 countries had an onset .* 5 are needed"):
        fit_onset(world, question=replace(QUESTION, threshold=100_000), settings=SETTINGS)


def test_every_signal_has_a_name_of_its_own_and_a_direction() -> None:
    assert len({s.name for s in SIGNALS}) == len(SIGNALS)
    assert {s.direction for s in SIGNALS} == {-1, 1}


def test_one_country_taken_twice_counts_twice() -> None:
    p = np.array([[0.9, 0.2, 0.1], [0.8, 0.3, 0.1]])
    came = np.array([[False, True, False], [False, True, False]])
    record = Asked(("1", "2", "3"), (Month(1), Month(2)), p, came)
    bounds = ap_bounds(record, seed=1, resamples=100)
    assert bounds is not None
    assert bounds.value == pytest.approx((1 / 3 + 2 / 4) / 2)
    assert Ranked.of(record).precision(np.array([0.0, 1.0, 1.0])) == 1.0
