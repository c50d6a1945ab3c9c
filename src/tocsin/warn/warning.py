"""A warning: an area, a question, a probability, what drives it, what it rests on, and how such warnings fared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.explain import Driver, Situation, drivers, nearest_situations
from tocsin.forecast.forest import FittedForest
from tocsin.vocabulary import Likelihood
from tocsin.warn.question import Question, probability
from tocsin.warn.record import Answers, OwnRecord, own_record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

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
        in_record = answers is not None and area in answers.areas
        found.append(
            AreaWarning(
                area=area, name=forecast.names[i], rank=rank, question=ranked_by, p=float(p[i]),
                probabilities={key: float(values[i]) for key, values in asked.items()},
                last_month=int(history.deaths[column, -1]), last_year=float(history.deaths[column, -12:].mean()),
                drivers=why, nearest=like, visibility=(visibility or {}).get(area),
                own=tuple(own_record(answers, area=area, budget=b) for b in budgets) if answers and in_record else (),
            )
        )  # fmt: skip
    return tuple(found)


def _reasons(
    fitted: Fitted | None, history: History, area: str, question: Question
) -> tuple[tuple[Driver, ...], tuple[Situation, ...]]:
    if not isinstance(fitted, FittedForest):
        return (), ()
    middle = fitted.horizons[min(len(fitted.horizons), question.months) // 2]
    return (
        drivers(fitted, history, area=area, horizon=middle),
        nearest_situations(fitted, history, area=area, horizon=middle, months=question.months),
    )
