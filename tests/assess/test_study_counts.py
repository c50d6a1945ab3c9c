"""Standings and leads, worked by hand on four origins and three areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.assess.study import Lead, lead, standing
from tocsin.vocabulary import Month
from tocsin.warn.question import Question
from tocsin.warn.record import Answers

if TYPE_CHECKING:
    from numpy.typing import NDArray

JANUARY = Month.of(2014, 1)
ORIGINS = tuple(JANUARY + i for i in range(4))
# Rows are origins, columns are areas A, B and C. At one alert an origin, A is alerted in January, March and April.
P = np.array([[0.5, 0.1, 0.2], [0.1, 0.6, 0.2], [0.7, 0.3, 0.2], [0.4, 0.3, 0.2]])


def answers(p: NDArray[np.float64] = P) -> Answers:
    came = np.zeros(p.shape, dtype=bool)
    return Answers(Question(months=2), ORIGINS, ("A", "B", "C"), p, came, ~came)


def lead_of(*alerts: int, onset: int) -> Lead:
    return Lead("A", 1, JANUARY + onset, tuple(JANUARY + a for a in alerts), 6)


@pytest.mark.parametrize(
    ("alerts", "onset", "months", "unbroken"),
    [
        ((), 4, None, None),
        ((3,), 4, 1, 1),
        ((0,), 4, 4, None),  # withdrawn before the onset
        ((0, 2, 3), 4, 4, 2),  # the first alert was withdrawn, the last two stood
        ((0, 1, 2, 3), 4, 4, 4),
    ],
)
def test_leads_are_counted_from_the_first_alert_and_from_the_one_that_stood(
    alerts: tuple[int, ...], onset: int, months: int | None, unbroken: int | None
) -> None:
    found = lead_of(*alerts, onset=onset)
    assert (found.months, found.unbroken) == (months, unbroken)


@pytest.mark.parametrize(
    ("area", "month", "p", "rank"), [("A", 0, 0.5, 1), ("B", 0, 0.1, 3), ("C", 1, 0.2, 2), ("C", 3, 0.2, 3)]
)
def test_an_area_stands_where_its_probability_puts_it(area: str, month: int, p: float, rank: int) -> None:
    found = standing(answers(), area=area, origin=JANUARY + month)
    assert (found.p, found.rank, found.origin) == (p, rank, JANUARY + month)


def test_equal_probabilities_keep_the_order_of_areas_and_an_area_not_forecast_stands_last() -> None:
    p = np.array([[0.2, 0.2, np.nan], *P[1:]])
    ranks = [standing(answers(p), area=a, origin=JANUARY).rank for a in "ABC"]
    assert ranks == [1, 2, 3]


def test_a_lead_counts_the_origins_before_the_onset_and_no_other() -> None:
    found = lead(answers(), area="A", onset=JANUARY + 3, budget=1, origins=ORIGINS)
    assert found.alerts == (JANUARY, JANUARY + 2)
    assert (found.origins, found.months, found.unbroken) == (3, 3, 1)


def test_only_origins_of_the_study_are_looked_at() -> None:
    found = lead(answers(), area="A", onset=JANUARY + 3, budget=1, origins=ORIGINS[1:])
    assert (found.alerts, found.origins) == ((JANUARY + 2,), 2)


def test_a_larger_budget_alerts_an_area_more_often() -> None:
    small = lead(answers(), area="B", onset=JANUARY + 4, budget=1, origins=ORIGINS)
    large = lead(answers(), area="B", onset=JANUARY + 4, budget=2, origins=ORIGINS)
    assert (small.alerts, large.alerts) == ((ORIGINS[1],), ORIGINS[1:])


def test_an_area_that_is_not_forecast_or_has_no_chance_is_never_alerted() -> None:
    p = np.array([[0.0, 0.0, np.nan]] * 4)
    for area in "ABC":
        assert lead(answers(p), area=area, onset=JANUARY + 4, budget=3, origins=ORIGINS).alerts == ()
