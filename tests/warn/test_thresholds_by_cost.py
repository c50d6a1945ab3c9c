from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tocsin.errors import OutOfRange
from tocsin.vocabulary import Month
from tocsin.warn.question import Question
from tocsin.warn.record import Answers
from tocsin.warn.thresholds import by_cost, chosen_thresholds
from tocsin.warn.value import NEVER, Costs

START = Month.of(2010, 1)


def answers(p: list[list[float]], came: list[list[int]]) -> Answers:
    """Quarterly origins, three months ahead: each is answered when the next begins."""
    yes = np.array(came, dtype=bool)
    return Answers(
        question=Question(months=3, threshold=25), origins=tuple(START + 3 * i for i in range(len(p))),
        areas=tuple("abcdefgh"[: yes.shape[1]]), p=np.array(p), came=yes, known=np.ones(yes.shape, dtype=bool),
    )  # fmt: skip


SOME = answers(
    [[0.8, 0.1], [0.7, 0.2], [0.8, 0.3], [0.1, 0.7], [0.9, 0.2]], [[1, 0], [1, 0], [0, 0], [0, 1], [1, 0]]
)  # fmt: skip


def test_a_threshold_rests_on_answers_that_were_in_before() -> None:
    thresholds, enough = chosen_thresholds(SOME, ratios=(0.2,), least=1)
    assert enough.tolist() == [False, True, True, True, True]
    # Before the second origin .8 had held; before the third .7 had too; then a false alarm at .8 changed nothing.
    assert thresholds[:, 0].tolist() == [NEVER, 0.8, 0.7, 0.7, 0.7]


def test_what_came_later_changes_no_threshold() -> None:
    doctored = replace(SOME, came=np.vstack([SOME.came[:3], ~SOME.came[3:]]))
    for some in (SOME, doctored):
        thresholds, _ = chosen_thresholds(some, ratios=(0.2,), least=1)
        assert thresholds[:4, 0].tolist() == [NEVER, 0.8, 0.7, 0.7]


def test_costs_worked_by_hand() -> None:
    # From the third origin on, at .7 each: a false alarm, then two hits; no case is missed. Three quarters of a year.
    done = by_cost(SOME, Costs(miss=8, false_alarm=2), least=2)
    assert (done.origins, done.alerts, done.hits, done.cases) == (3, 3, 2, 2)
    assert (done.precision, done.recall) == (2 / 3, 1.0)
    assert done.ratio == 0.2
    assert done.threshold == 0.7
    assert done.false_alarms_a_year == pytest.approx(1 / 0.75)
    assert done.cost_a_year == pytest.approx(2 / 0.75)
    assert done.never_cost_a_year == pytest.approx(2 * 8 / 0.75)
    assert done.always_cost_a_year == pytest.approx(4 * 2 / 0.75)
    # From .2 on: .8 and .3 are false alarms, .7 a hit, .9 a hit and .2 a false alarm.
    assert done.stated_cost_a_year == pytest.approx(3 * 2 / 0.75)


def test_where_nothing_is_worth_an_alert_there_is_no_threshold() -> None:
    calm = answers([[0.8, 0.1]] * 4, [[0, 0], [0, 1], [0, 0], [0, 0]])
    done = by_cost(calm, Costs(miss=1, false_alarm=2), least=1)
    assert done.threshold is None
    assert (done.alerts, done.precision, done.recall) == (0, None, 0.0)
    assert done.cost_a_year == done.never_cost_a_year


def test_a_backtest_too_short_to_choose_is_refused() -> None:
    with pytest.raises(OutOfRange, match="no origin of the backtest has 5 answered origins"):
        by_cost(SOME, Costs(miss=1, false_alarm=1), least=5)
