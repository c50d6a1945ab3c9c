from __future__ import annotations

from dataclasses import replace

import numpy as np

from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month
from tocsin.warn.hard import Onset, among, at_peace
from tocsin.warn.months_since import months_since_death
from tocsin.warn.record import Answers


def made(deaths: list[list[int]]) -> History:
    counts = np.array(deaths, dtype=np.int64)
    areas = tuple("abcdefgh"[: len(deaths)])
    return History(
        ids=AreaIds.VIEWS, target="ged_sb", vintage="made up", areas=areas, names=areas, first=Month.of(2000, 1),
        deaths=counts, present=np.ones(counts.shape, dtype=bool), neighbours=((),) * len(areas),
    )  # fmt: skip


def test_peace_is_no_death_in_any_of_the_months() -> None:
    quiet, long_ago, lately = [0] * 24, [1] + [0] * 23, [0] * 23 + [1]
    history = made([quiet, long_ago, lately])
    assert at_peace(history, months=12).tolist() == [True, True, False]
    assert at_peace(history, months=24).tolist() == [True, False, False]


def test_an_area_that_was_not_there_is_not_known_to_have_been_at_peace() -> None:
    history = made([[0] * 24, [0] * 24])
    present = history.present.copy()
    present[1, :15] = False
    assert at_peace(replace(history, present=present), months=12).tolist() == [True, False]
    assert not at_peace(history, months=25).any()


def test_an_onset_is_a_sum_over_the_window() -> None:
    ahead = np.array([[10, 10, 5], [24, 0, 0], [0, 0, 25]])
    assert Onset(months=3).holds(ahead, np.zeros(3)).tolist() == [True, False, True]
    assert Onset(months=3).key == "total25_within_3"


def test_who_is_not_asked_is_neither_ranked_nor_counted() -> None:
    yes = np.ones((1, 2), dtype=bool)
    answers = Answers(Onset(months=3), (Month.of(2010, 1),), ("a", "b"), np.array([[0.4, 0.9]]), yes, yes)
    few = among(answers, np.array([[True, False]]))
    assert few.known.tolist() == few.came.tolist() == [[True, False]]
    assert few.p[0, 0] == 0.4
    assert np.isnan(few.p[0, 1])


def test_who_saw_a_death_last_ranks_first_and_the_last_year_orders_the_rest() -> None:
    history = made([
        [0] * 20, [5] + [0] * 19, [0] * 18 + [1, 0], [0] * 17 + [9, 1, 0], [0] * 19 + [1],
    ])  # fmt: skip
    score = months_since_death(history)
    assert np.argsort(-score).tolist() == [4, 3, 2, 1, 0]
    assert score.min() > 0
    assert score.max() < 1


def test_a_later_month_always_outranks_more_deaths_before() -> None:
    score = months_since_death(made([[0] * 10 + [10_000_000, 0], [0] * 11 + [1]]))
    assert score[1] > score[0]
