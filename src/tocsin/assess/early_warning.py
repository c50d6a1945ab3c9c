"""Backtests of early warning: what each model would have said at every origin, and what came of its alerts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.assess.answers import answers, what_came
from tocsin.backtest.rolling import rolling_forecasts
from tocsin.warn.early import Caught, began, bounded, caught, resampled
from tocsin.warn.hard import among, at_peace
from tocsin.warn.question import LAST_YEAR
from tocsin.warn.record import Answers, OwnRecord, alerted
from tocsin.warn.thresholds import chosen_thresholds
from tocsin.warn.value import RATIOS, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from tocsin.backtest.rolling import AsKnownOn
    from tocsin.forecast.contract import Model
    from tocsin.panel.history import History
    from tocsin.scores import Bounds
    from tocsin.vocabulary import Month
    from tocsin.warn.question import Question

    Yes = NDArray[np.bool_]

REFIT_MONTHS = 24


@dataclass(frozen=True)
class Asked:
    """A question put to some areas at every origin, with what came.

    Attributes:
        question: what was asked.
        peace: months without a death before an origin that an area must have had to be asked; 0 asks all.
        among: which areas are asked, shape (origins, areas).
        begins: months from the origin to the case, 0 where none came, shape (origins, areas).
    """

    question: Question
    peace: int
    among: Yes
    begins: NDArray[np.intp]


@dataclass(frozen=True)
class ValuePoint:
    """Value at one ratio of cost to loss.

    Attributes:
        ratio: cost of acting over the loss averted.
        stated: value of acting from that probability on, with its interval; None for a mere ranking, or where no
            forecast could be of use.
        chosen: value of acting from the threshold that was cheapest over earlier answers, at the origins at which there
            were such; None where no forecast could be of use.
    """

    ratio: float
    stated: Bounds | None
    chosen: Bounds | None


def asked_of(
    question: Question, *, peace: int, origins: Sequence[Month], truth: History, as_known_on: Callable[[Month], History]
) -> Asked:
    """Who is asked a question at each origin, and when its case began."""
    shape = (len(origins), len(truth.areas))
    begins, among_ = np.zeros(shape, dtype=np.intp), np.ones(shape, dtype=bool)
    for i, origin in enumerate(origins):
        t = origin - truth.first
        if what_came(truth, origin=origin, question=question) is not None:
            ahead = truth.deaths[:, t + 1 : t + 1 + question.months]
            begins[i] = began(question, ahead, truth.deaths[:, max(0, t + 1 - LAST_YEAR) : t + 1].mean(axis=1))
        if peace:
            among_[i] = at_peace(as_known_on(origin), months=peace)
    return Asked(question, peace, among_, begins)


def model_answers(
    as_known_on: AsKnownOn, *, model: Model, origins: Sequence[Month], questions: Sequence[Question], truth: History,
    draws: int, seed: int, refit_every: int = REFIT_MONTHS,
) -> dict[str, Answers]:  # fmt: skip
    """What a registered model would have said at every origin, beside what came, by question key.

    No forecast sees anything later than its origin; the model learns anew every `refit_every` months.
    """
    longest = max(q.months for q in questions)
    made = rolling_forecasts(
        as_known_on, origins=origins, model=model, horizons=tuple(range(1, longest + 1)), draws=draws, seed=seed,
        refit_every=refit_every,
    )  # fmt: skip
    return answers(made, questions=questions, truth=truth)


def ranking_answers(
    as_known_on: AsKnownOn, *, score: Callable[[History], NDArray[np.float64]], origins: Sequence[Month],
    questions: Sequence[Question], truth: History,
) -> dict[str, Answers]:  # fmt: skip
    """The same for a score that ranks areas and states no probability."""
    p = np.full((len(origins), len(truth.areas)), np.nan)
    for i, origin in enumerate(origins):
        history = as_known_on(origin)
        here = [truth.areas.index(history.areas[k]) for k in history.here]
        p[i, here] = score(history)[history.here]
    found = {}
    for question in questions:
        came, known = np.zeros(p.shape, dtype=bool), np.zeros(p.shape, dtype=bool)
        for i, origin in enumerate(origins):
            yes = what_came(truth, origin=origin, question=question)
            if yes is not None:
                came[i], known[i] = yes, ~np.isnan(p[i])
        found[question.key] = Answers(question, tuple(origins), truth.areas, p, came & known, known)
    return found


@dataclass(frozen=True)
class Judged:
    """One model's answers to one question, judged.

    Attributes:
        asked: the question and who was asked.
        answers: of those asked.
    """

    asked: Asked
    answers: Answers

    @classmethod
    def of(cls, answers: Answers, asked: Asked) -> Judged:
        """Only the answers of those who were asked."""
        return cls(asked, among(answers, asked.among) if asked.peace else answers)

    def caught(self, budget: int) -> Caught:
        """What the alerts of a budget came to, area by area."""
        alert = alerted(self.answers, budget=budget)
        return caught(self.answers, alert, self.asked.begins, from_peace=bool(self.asked.peace))

    def own(self, budget: int) -> Mapping[str, OwnRecord]:
        """Alerts and hits of every area that was ever alerted."""
        alert = alerted(self.answers, budget=budget) & self.answers.known
        given, hits = alert.sum(axis=0), (alert & self.answers.came).sum(axis=0)
        return {
            area: OwnRecord(budget, int(n), int(h))
            for area, n, h in zip(self.answers.areas, given, hits, strict=True)
            if n
        }


def value_points(
    answers: Answers, *, probabilities: bool = True, ratios: Sequence[float] = RATIOS
) -> tuple[ValuePoint, ...]:
    """The value curve: by the probabilities themselves, and by thresholds that earlier answers chose.

    Args:
        answers: what was said and what came.
        probabilities: whether p is one; of a mere ranking only thresholds chosen on earlier answers have a value.
        ratios: cost over loss, each 0..1.
    """
    chosen, enough = chosen_thresholds(answers, ratios=ratios)
    p = np.nan_to_num(answers.p, nan=-1.0)
    points = []
    for k, ratio in enumerate(ratios):
        stated = _value(Tally.of(p >= ratio, answers.came, answers.known), ratio) if probabilities else None
        acted, judged = p >= chosen[:, k, None], answers.known & enough[:, None]
        points.append(ValuePoint(ratio, stated, _value(Tally.of(acted, answers.came, judged), ratio)))
    return tuple(points)


def _value(tally: Tally, ratio: float) -> Bounds | None:
    kept = tally.asked > 0
    few = Tally(tally.asked[kept], tally.cases[kept], tally.acted[kept], tally.hits[kept])
    times = resampled(int(kept.sum()))
    return bounded(float(few.value(ratio)), few.value(ratio, times), areas=int(kept.sum()))
