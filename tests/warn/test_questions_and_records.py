from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import OutOfRange
from tocsin.forecast.contract import model_named
from tocsin.forecast.make import make_forecast
from tocsin.vocabulary import Month
from tocsin.warn.question import Question, probability
from tocsin.warn.record import Answers, alerted, new_cases, own_record, record
from tocsin.warn.warning import area_warnings

if TYPE_CHECKING:
    from tocsin.panel.history import History

START = Month.of(2010, 1)


def answers(p: list[list[float]], came: list[list[int]], *, months: int = 3) -> Answers:
    yes = np.array(came, dtype=bool)
    return Answers(
        question=Question(months=months, threshold=25), origins=tuple(START + i for i in range(len(p))),
        areas=tuple("abcdefgh"[: yes.shape[1]]), p=np.array(p), came=yes, known=np.ones(yes.shape, dtype=bool),
    )  # fmt: skip


def test_a_threshold_is_crossed_in_some_month() -> None:
    ahead = np.array([[24, 25, 0], [24, 24, 24]])
    assert Question(months=3, threshold=25).holds(ahead, np.zeros(2)).tolist() == [True, False]


def test_escalation_needs_three_times_the_last_year_and_twenty_five_a_month() -> None:
    ahead = np.array([[30, 30, 30], [30, 30, 29], [300, 0, 0], [24, 24, 24]])
    last_year = np.array([10.0, 10.0, 40.0, 0.0])
    assert Question(months=3).holds(ahead, last_year).tolist() == [True, False, False, False]


def test_questions_are_asked_of_draws_month_by_month(history: History) -> None:
    forecast = make_forecast(history, model=model_named("conflictology"), horizons=(1, 2, 3), draws=12, seed=1)
    for threshold in (1, 50):
        p = probability(forecast, history, question=Question(months=2, threshold=threshold))
        by_hand = [
            np.mean([max(forecast.draws[a, 0, d], forecast.draws[a, 1, d]) >= threshold for d in range(12)])
            for a in range(8)
        ]
        assert p.tolist() == by_hand


def test_a_forecast_that_skips_months_cannot_answer(history: History) -> None:
    forecast = make_forecast(history, model=model_named("zero"), horizons=(3, 4), draws=2, seed=1)
    with pytest.raises(OutOfRange, match="every month from 1"):
        probability(forecast, history, question=Question(months=4, threshold=25))


def test_a_record_worked_by_hand() -> None:
    # Two areas, six monthly origins, window 3. Area b begins to be true at origin 2: its case comes 3 months later.
    p = [[0.5, 0.1], [0.5, 0.2], [0.5, 0.4], [0.1, 0.6], [0.1, 0.7], [0.1, 0.2]]
    came = [[0, 0], [0, 0], [0, 1], [0, 1], [0, 1], [0, 0]]
    done = record(answers(p, came), budget=1)
    assert (done.alerts, done.hits, done.precision) == (6, 2, 2 / 6)
    assert (done.cases, done.recall) == (1, 1.0)
    assert done.median_lead == 2  # first alerted at origin 3, two months before the case
    assert done.false_alarms_a_year == 4 / (6 / 12)
    assert done.false_alarms_an_area_year == 4 / (12 / 12)
    assert done.base_rate == 3 / 12


def test_a_case_nobody_warned_of_lowers_recall() -> None:
    done = record(answers([[0.9, 0.0], [0.9, 0.0], [0.9, 0.0]], [[0, 0], [0, 1], [0, 1]]), budget=1)
    assert (done.cases, done.recall, done.median_lead, done.hits) == (1, 0.0, None, 0)


def test_no_alert_is_given_at_probability_zero() -> None:
    assert alerted(answers([[0.0, 0.0, 0.3]], [[0, 0, 0]]), budget=2).sum() == 1


def test_unknown_outcomes_are_neither_hits_nor_false_alarms() -> None:
    some = answers([[0.9, 0.1], [0.9, 0.1]], [[1, 0], [0, 0]])
    known = some.known.copy()
    known[1] = False
    done = record(replace(some, known=known), budget=1)
    assert (done.alerts, done.hits, done.origins) == (1, 1, 1)


def test_a_case_true_from_the_start_is_not_new() -> None:
    assert new_cases(answers([[0.5]] * 4, [[1], [1], [0], [1]])) == [(3, 0)]


def test_before_an_origin_only_closed_windows_count() -> None:
    some = answers([[0.5]] * 6, [[0]] * 6, months=3)
    assert len(some.before(START + 5).origins) == 3


def test_an_areas_own_record() -> None:
    some = answers([[0.5, 0.1], [0.5, 0.1], [0.1, 0.5]], [[1, 0], [0, 0], [0, 1]])
    own = own_record(some, area="a", budget=1)
    assert (own.alerts, own.hits) == (2, 1)


def test_origins_must_be_evenly_spaced() -> None:
    some = answers([[0.5]] * 3, [[0]] * 3)
    with pytest.raises(OutOfRange, match="evenly"):
        record(replace(some, origins=(START, START + 1, START + 3)), budget=1)


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_a_larger_budget_never_lowers_recall_and_counts_add_up(seed: int, budget: int) -> None:
    rng = np.random.default_rng(seed)
    some = answers(rng.random((20, 5)).tolist(), (rng.random((20, 5)) < 0.3).tolist())
    small, large = record(some, budget=budget), record(some, budget=budget + 1)
    assert (small.recall or 0) <= (large.recall or 0)
    assert small.hits <= large.hits
    assert small.alerts == 20 * budget
    assert sum(own_record(some, area=a, budget=budget).hits for a in some.areas) == small.hits


def test_warnings_are_ranked_and_explained(history: History) -> None:
    asked = (Question(months=3, threshold=25), Question(months=3, threshold=100))
    model = model_named("quantile_forest")
    fitted = model.fit(history, horizons=(1, 2, 3), seed=1)
    forecast = make_forecast(history, model=model, horizons=(1, 2, 3), draws=100, seed=1, fitted=fitted)
    warned = area_warnings(
        forecast, history, ranked_by=asked[0], questions=asked, fitted=fitted, explained=2,
        visibility={history.areas[0]: "thin"},
    )  # fmt: skip
    assert [w.rank for w in warned] == list(range(1, 9))
    assert [w.p for w in warned] == sorted((w.p for w in warned), reverse=True)
    assert all(w.drivers and len(w.nearest) == 3 for w in warned[:2])
    assert not any(w.drivers for w in warned[2:])
    assert all(w.probabilities["p25_within_3"] >= w.probabilities["p100_within_3"] for w in warned)
    assert {w.visibility for w in warned} == {"thin", None}
