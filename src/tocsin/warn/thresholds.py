"""Thresholds by a user's own costs: the one that was cheapest before, and how acting on such thresholds fared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange
from tocsin.warn.record import MONTHS_A_YEAR
from tocsin.warn.value import NEVER, Costs, Tally, cheapest_threshold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.warn.record import Answers

    Floats = NDArray[np.float64]
    Yes = NDArray[np.bool_]

LEAST_ORIGINS = 4
"""Answered origins from which a threshold is chosen: a year of quarterly origins."""


def chosen_thresholds(answers: Answers, *, ratios: Sequence[float], least: int = LEAST_ORIGINS) -> tuple[Floats, Yes]:
    """The threshold each origin would have had: the cheapest over the answers that were in by then.

    Args:
        answers: what was said and what came.
        ratios: cost over loss, length R, each 0..1.
        least: origins that must have been answered before a threshold is chosen.

    Returns:
        Thresholds, shape (origins, R), `NEVER` where not acting was cheapest; and whether enough had been
        answered to choose any, shape (origins,).
    """
    thresholds = np.full((len(answers.origins), len(ratios)), NEVER)
    enough = np.zeros(len(answers.origins), dtype=bool)
    for i, origin in enumerate(answers.origins):
        before = answers.before(origin)
        enough[i] = before.known.any(axis=1).sum() >= least
        if enough[i]:
            p, came = before.p[before.known], before.came[before.known]
            thresholds[i] = [cheapest_threshold(p, came, ratio=ratio) for ratio in ratios]
    return thresholds, enough


@dataclass(frozen=True, slots=True)
class ByCost:
    """The threshold that a user's costs ask for, and how such thresholds fared before.

    A cost a year is in the user's unit, over all areas together, beyond what acting before every case and at no other
    time would have cost.

    Attributes:
        costs: the user's.
        threshold: alert from this probability on: the cheapest over all answers of the backtest; None where not to
            alert at all was cheapest.
        ratio: the threshold that right probabilities would need: cost over loss.
        origins: earlier origins at which a threshold could be chosen on answers before them; the record is theirs.
        alerts, hits, cases: alerts at those thresholds, those within whose window it came, and answers that were yes.
        precision: hits / alerts; None without alerts.
        recall: hits / cases; None without cases.
        false_alarms_a_year: alerts that nothing followed, over all areas together.
        cost_a_year: cost of misses and false alarms at the thresholds chosen.
        stated_cost_a_year: the same, alerting from `ratio` on.
        never_cost_a_year: the same, never alerting.
        always_cost_a_year: the same, always alerting everywhere.
    """

    costs: Costs
    threshold: float | None
    ratio: float
    origins: int
    alerts: int
    hits: int
    cases: int
    precision: float | None
    recall: float | None
    false_alarms_a_year: float
    cost_a_year: float
    stated_cost_a_year: float
    never_cost_a_year: float
    always_cost_a_year: float


def by_cost(answers: Answers, costs: Costs, *, least: int = LEAST_ORIGINS) -> ByCost:
    """Choose a threshold for a user's costs, and tell how thresholds chosen so fared.

    Each origin of the record is judged at the threshold that was cheapest over the answers before it, never at one
    that knew what came.

    Raises:
        OutOfRange: too few origins had been answered before another.
    """
    thresholds, enough = chosen_thresholds(answers, ratios=(costs.ratio,), least=least)
    judged = answers.known & enough[:, None]
    if not judged.any():
        raise OutOfRange(
            f"no origin of the backtest has {least} answered origins before it",
            hint="a threshold by cost needs a longer backtest: ask for fewer months ahead, or give a longer series",
        )
    p = np.nan_to_num(answers.p, nan=-1.0)
    years = int(judged.any(axis=1).sum()) * answers.months_between / MONTHS_A_YEAR
    asked, cases, acted, hits = (float(x) for x in Tally.of(p >= thresholds, answers.came, judged).sums())
    stated = Tally.of(p >= costs.ratio, answers.came, judged).sums()
    newest = cheapest_threshold(answers.p[answers.known], answers.came[answers.known], ratio=costs.ratio)

    def a_year(cases: float, acted: float, hits: float) -> float:
        return float((costs.miss * (cases - hits) + costs.false_alarm * (acted - hits)) / years)

    return ByCost(
        costs=costs, threshold=None if newest == NEVER else newest, ratio=costs.ratio,
        origins=int(judged.any(axis=1).sum()), alerts=int(acted), hits=int(hits), cases=int(cases),
        precision=hits / acted if acted else None, recall=hits / cases if cases else None,
        false_alarms_a_year=(acted - hits) / years, cost_a_year=a_year(cases, acted, hits),
        stated_cost_a_year=a_year(cases, float(stated[2]), float(stated[3])),
        never_cost_a_year=a_year(cases, 0, 0), always_cost_a_year=a_year(cases, asked, cases),
    )  # fmt: skip
