"""A backtest's forecasts beside what came, question by question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.warn.question import LAST_YEAR, Question, probability
from tocsin.warn.record import Answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History
    from tocsin.vocabulary import Month


def answers(
    made: Iterable[tuple[History, Forecast]], *, questions: Sequence[Question], truth: History
) -> dict[str, Answers]:
    """Probabilities at every origin beside what came, for each question by key.

    Args:
        made: each history and the forecast made from it, in the order of their origins.
        questions: what was asked.
        truth: the final figures of the same areas.
    """
    origins: list[Month] = []
    rows: dict[str, list[NDArray[np.float64]]] = {q.key: [] for q in questions}
    for history, forecast in made:
        origins.append(forecast.origin)
        columns = [truth.areas.index(area) for area in forecast.areas]
        for question in questions:
            row = np.full(len(truth.areas), np.nan)
            row[columns] = probability(forecast, history, question=question)
            rows[question.key].append(row)
    return {q.key: _beside(q, origins, np.stack(rows[q.key]), truth) for q in questions}


def _beside(question: Question, origins: list[Month], p: NDArray[np.float64], truth: History) -> Answers:
    came = np.zeros(p.shape, dtype=bool)
    known = np.zeros(p.shape, dtype=bool)
    for i, origin in enumerate(origins):
        yes = what_came(truth, origin=origin, question=question)
        if yes is not None:
            came[i], known[i] = yes, ~np.isnan(p[i])
    return Answers(question, tuple(origins), truth.areas, p, came & known, known)


def what_came(truth: History, *, origin: Month, question: Question) -> NDArray[np.bool_] | None:
    """Whether the answer was yes for each area, shape (areas,); None where the figures end before the window does."""
    t = origin - truth.first
    if t + question.months >= truth.deaths.shape[1]:
        return None
    ahead = truth.deaths[:, t + 1 : t + 1 + question.months]
    return question.holds(ahead, truth.deaths[:, max(0, t + 1 - LAST_YEAR) : t + 1].mean(axis=1))
