"""A warning: an area, a question, a probability, what drives it, what it rests on, and how such warnings fared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.explain.parts import Parts, parts_of
from tocsin.forecast.explain.redrawn import forest_in
from tocsin.forecast.explain.situations import Driver, Situation, drivers, nearest_situations
from tocsin.forecast.explain.unwarn import Unwarn, unwarned
from tocsin.vocabulary import Likelihood, percent
from tocsin.warn.question import Question, probability
from tocsin.warn.record import Answers, OwnRecord, own_record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from tocsin.forecast.contract import Fitted
    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History


@dataclass(frozen=True)
class AreaWarning:
    """What is warned of in one area.

    Attributes:
        area: the area's id.
        name: the name a reader knows it by.
        rank: 1 is the highest probability of the question warnings are ranked by.
        question: that question.
        p: its probability, 0..1.
        probabilities: probability of every question asked, by key.
        last_month: deaths in the last month seen.
        last_year: mean deaths a month over the last twelve seen.
        drivers: what moved the forecast, largest first; empty where the model gives no reasons.
        nearest: the nearest past situations; empty where the model has none.
        visibility: how well events there are seen, where it is known.
        own: the area's own earlier alerts and hits, by budget; empty without a track record.
        parts: the probability taken apart; None where that was not asked for.
        unwarn: what would have to change for the alert to go away; None where it is no alert, or that was not asked for.
    """

    area: str
    name: str
    rank: int
    question: Question
    p: float
    probabilities: Mapping[str, float]
    last_month: int
    last_year: float
    drivers: tuple[Driver, ...] = ()
    nearest: tuple[Situation, ...] = ()
    visibility: str | None = None
    own: tuple[OwnRecord, ...] = ()
    parts: Parts | None = None
    unwarn: Unwarn | None = None

    @property
    def likelihood(self) -> Likelihood:
        """The probability in ICD 203 words."""
        return Likelihood.of(self.p)


def ranked(p: Sequence[float]) -> list[int]:
    """Indices from the highest probability to the lowest; ties keep their order."""
    return [int(i) for i in np.argsort(-np.asarray(p), kind="stable")]


def area_warnings(
    forecast: Forecast,
    history: History,
    *,
    ranked_by: Question,
    questions: Sequence[Question],
    fitted: Fitted | None = None,
    explained: int = 0,
    explained_too: Collection[str] = (),
    apart: int = 0,
    answers: Answers | None = None,
    budgets: Sequence[int] = (),
    visibility: Mapping[str, str] | None = None,
) -> tuple[AreaWarning, ...]:
    """Warnings for every area forecast, the highest probability first.

    Args:
        forecast: draws for every month the questions look at.
        history: what the forecast was made from.
        ranked_by: the question that ranks.
        questions: every question to answer.
        fitted: the model that drew, for reasons and nearest situations.
        explained: how many of the highest ranked to explain.
        explained_too: areas to explain whatever their rank.
        apart: how many of the highest ranked to take apart, with what would make their alert go away; where it is not 0,
            those explained whatever their rank are taken apart too.
        answers: a backtest of `ranked_by`, answered before the origin.
        budgets: alert budgets at which each area's own earlier alerts are counted.
        visibility: how well events are seen, by area id.
    """
    asked = {q.key: probability(forecast, history, question=q) for q in (*questions, ranked_by)}
    p = asked[ranked_by.key]
    found = []
    for rank, i in enumerate(ranked(p.tolist()), start=1):
        area = forecast.areas[i]
        column = history.areas.index(area)
        why, like = (
            _reasons(fitted, history, area, ranked_by) if rank <= explained or area in explained_too else ((), ())
        )
        parts, unwarn = None, None
        if fitted is not None and (rank <= apart or (apart and area in explained_too)):
            parts = parts_of(fitted, history, area=area, asked=ranked_by, p=float(p[i]))
            unwarn = _unwarn(fitted, history, area, ranked_by, rank=rank, p=p, budgets=budgets)
        in_record = answers is not None and area in answers.areas
        found.append(
            AreaWarning(
                area=area, name=forecast.names[i], rank=rank, question=ranked_by, p=float(p[i]),
                probabilities={key: float(values[i]) for key, values in asked.items()},
                last_month=int(history.deaths[column, -1]), last_year=float(history.deaths[column, -12:].mean()),
                drivers=why, nearest=like, visibility=(visibility or {}).get(area),
                own=tuple(own_record(answers, area=area, budget=b) for b in budgets) if answers and in_record else (),
                parts=parts, unwarn=unwarn,
            )
        )  # fmt: skip
    return tuple(found)


def _reasons(
    fitted: Fitted | None, history: History, area: str, question: Question
) -> tuple[tuple[Driver, ...], tuple[Situation, ...]]:
    forest = forest_in(fitted)
    if forest is None:
        return (), ()
    middle = forest.horizons[min(len(forest.horizons), question.months) // 2]
    return (
        drivers(forest, history, area=area, horizon=middle),
        nearest_situations(forest, history, area=area, horizon=middle, months=question.months),
    )


def _unwarn(
    fitted: Fitted, history: History, area: str, question: Question, *, rank: int, p: NDArray[np.float64],
    budgets: Sequence[int],
) -> Unwarn | None:  # fmt: skip
    """What would put the area below the first one without an alert, at the smallest budget that alerts it."""
    budget = next((b for b in sorted(budgets) if rank <= b < p.size), None)
    if budget is None:
        return None
    below = float(np.sort(p)[::-1][budget])
    goal = f"below the {percent(below)} of rank {budget + 1}, where alerts end when {budget} are given"
    mine = float(np.sort(p)[::-1][rank - 1])
    return unwarned(fitted, history, area=area, asked=question, p=mine, below=below, goal=goal)
