from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.vocabulary import Month
from tocsin.warn.early import began, caught, resampled, scored
from tocsin.warn.hard import Onset
from tocsin.warn.question import Question
from tocsin.warn.record import Answers, alerted, record

START = Month.of(2010, 1)


def answers(p: list[list[float]], came: list[list[int]], *, months: int = 6, step: int = 3) -> Answers:
    yes = np.array(came, dtype=bool)
    return Answers(
        question=Question(months=months, threshold=25), origins=tuple(START + step * i for i in range(len(p))),
        areas=tuple("abcdefgh"[: yes.shape[1]]), p=np.array(p), came=yes, known=np.ones(yes.shape, dtype=bool),
    )  # fmt: skip


def test_when_a_case_begins() -> None:
    ahead = np.array([[0, 30, 0], [10, 10, 5], [24, 0, 0], [90, 0, 0]])
    none, ten = np.zeros(4), np.full(4, 10.0)
    assert began(Question(months=3, threshold=25), ahead, none).tolist() == [2, 0, 0, 1]
    assert began(Onset(months=3), ahead, none).tolist() == [2, 3, 0, 1]
    assert began(Question(months=3), ahead, ten).tolist() == [0, 0, 0, 1]


def test_counts_worked_by_hand() -> None:
    # Quarterly origins, six months ahead, one alert. b's case begins 5 months after the second origin, so 2 after the
    # third: both windows hold it. It is alerted at the third alone.
    p = [[0.5, 0.1], [0.5, 0.2], [0.1, 0.4], [0.5, 0.1]]
    came = [[0, 0], [0, 1], [0, 1], [0, 0]]
    begins = np.array([[0, 0], [0, 5], [0, 2], [0, 0]])
    some = answers(p, came)
    found = scored(caught(some, alerted(some, budget=1), begins))
    assert (found.alerts, found.hits, found.cases, found.warned) == (4, 1, 1, 1)
    assert found.precision is not None
    assert found.precision.value == 1 / 4
    assert found.base_rate == 2 / 8
    assert found.median_lead is not None
    assert found.median_lead.value == 2
    assert found.false_alarms is not None
    assert found.false_alarms.value == pytest.approx(3 / (8 * 3 / 12))


def test_an_alert_in_the_month_of_the_case_or_later_is_no_warning() -> None:
    some = answers([[0.5, 0.1], [0.5, 0.1], [0.1, 0.5]], [[0, 0], [0, 1], [0, 1]])
    found = scored(caught(some, alerted(some, budget=1), np.array([[0, 0], [0, 3], [0, 1]])))
    assert (found.cases, found.warned) == (1, 0)
    assert found.median_lead is None


def test_a_case_at_the_first_origin_counts_only_where_all_were_at_peace() -> None:
    some, begins = answers([[0.5, 0.1]], [[1, 0]]), np.array([[4, 0]])
    alert = alerted(some, budget=1)
    assert scored(caught(some, alert, begins)).cases == 0
    first = scored(caught(some, alert, begins, from_peace=True))
    assert (first.cases, first.warned) == (1, 1)


def test_an_area_that_came_to_peace_may_have_a_new_case_at_once() -> None:
    some = answers([[0.5], [0.5]], [[0], [1]])
    known = np.array([[False], [True]])
    late = replace(some, known=known, came=some.came & known)
    begins = np.array([[0], [3]])
    assert scored(caught(late, alerted(late, budget=1), begins, from_peace=True)).cases == 1
    assert scored(caught(late, alerted(late, budget=1), begins)).cases == 0


def test_a_region_counts_its_own_alone() -> None:
    some = answers([[0.5, 0.4, 0.1]] * 3, [[0, 0, 0], [0, 1, 0], [1, 1, 0]])
    whole = caught(some, alerted(some, budget=2), np.array([[0, 0, 0], [0, 4, 0], [4, 1, 0]]))
    parts = [scored(whole.among(np.array(of))) for of in ([True, False, False], [False, True, True])]
    both = scored(whole)
    for name in ("alerts", "hits", "cases", "warned"):
        assert sum(getattr(part, name) for part in parts) == getattr(both, name)
    assert parts[0].alerts == 3


def test_intervals_hold_their_figure_and_one_area_has_none_around_it() -> None:
    rng = np.random.default_rng(1)
    came = rng.random((12, 8)) < 0.3
    some = answers(rng.random((12, 8)).tolist(), came.tolist())
    found = scored(caught(some, alerted(some, budget=3), np.where(came, 2, 0)))
    assert found.precision is not None
    assert found.precision.lower < found.precision.value < found.precision.upper
    assert found.false_alarms is not None
    assert found.false_alarms.lower < found.false_alarms.value < found.false_alarms.upper
    assert resampled(8).sum(axis=1).tolist() == [8.0] * 1000


def test_nothing_alerted_has_no_precision_and_nothing_asked_has_nothing() -> None:
    some = answers([[0.0, 0.0]] * 2, [[0, 0], [0, 1]])
    quiet = scored(caught(some, alerted(some, budget=1), np.array([[0, 0], [0, 1]])))
    assert (quiet.alerts, quiet.precision, quiet.cases) == (0, None, 1)
    assert quiet.recall is not None
    assert quiet.recall.value == 0
    nobody = replace(some, known=np.zeros((2, 2), dtype=bool), came=np.zeros((2, 2), dtype=bool))
    none = scored(caught(nobody, alerted(nobody, budget=1), np.zeros((2, 2), dtype=int)))
    assert (none.alerts, none.base_rate, none.recall, none.false_alarms) == (0, None, None, None)


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(1, 3))
def test_monthly_origins_are_counted_as_the_track_record_counts_them(seed: int, budget: int) -> None:
    rng = np.random.default_rng(seed)
    question, months, areas = Question(months=3, threshold=25), 30, 5
    deaths = rng.poisson(20 * rng.random((areas, months)))
    ahead = [deaths[:, t + 1 : t + 4] for t in range(months - 3)]
    came = np.stack([question.holds(a, np.zeros(areas)) for a in ahead])
    begins = np.stack([began(question, a, np.zeros(areas)) for a in ahead])
    some = answers(rng.random(came.shape).tolist(), came.tolist(), months=3, step=1)
    told, found = record(some, budget=budget), scored(caught(some, alerted(some, budget=budget), begins), resamples=20)
    assert (told.alerts, told.hits, told.cases) == (found.alerts, found.hits, found.cases)
    assert told.recall == (found.recall.value if found.recall else None)
    assert told.median_lead == (found.median_lead.value if found.median_lead else None)
    assert found.false_alarms is not None
    assert told.false_alarms_an_area_year == pytest.approx(found.false_alarms.value)
