"""The newest forecast of many areas: who is warned of, how such warnings fared, and how the draws scored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.assess.answers import answers as answers_of
from tocsin.backtest.rolling import AsKnownOn, rolling_forecasts
from tocsin.forecast.make import make_forecast
from tocsin.scores import Bounds, Scores, difference, score_draws
from tocsin.warn.record import Answers, Record, record
from tocsin.warn.warning import AreaWarning, area_warnings

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tocsin.forecast.contract import Model
    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History
    from tocsin.vocabulary import Month
    from tocsin.warn.question import Question

REFIT_MONTHS = 24
"""A backtest of countries learns anew every two years."""

METRICS = ("crps", "log_crps", "ign", "mis", "brier25", "ap25", "auc25", "coverage90")
"""Scores that are told beside conflictology's."""


@dataclass(frozen=True)
class Outlook:
    """Warnings from the newest data, with their track record.

    Attributes:
        forecast: the draws.
        history: what they were made from.
        warnings: ranked, one for every area.
        answers: the backtest by question key.
        budgets: alerts at each origin.
        scores: the model's scores at each origin of the backtest.
        beside: conflictology's scores at the same origins.
        differences: our score less conflictology's by metric, where they were computed before.
    """

    forecast: Forecast
    history: History
    warnings: tuple[AreaWarning, ...]
    answers: Mapping[str, Answers]
    budgets: tuple[int, ...]
    scores: tuple[Scores, ...]
    beside: tuple[Scores, ...]
    differences: Mapping[str, Bounds | None] = field(default_factory=dict)

    @property
    def ranked_by(self) -> Question:
        """The question that ranks the warnings."""
        return self.warnings[0].question

    @property
    def thresholds(self) -> tuple[int, ...]:
        """Deaths a month whose crossing is asked about within the months the warnings are ranked by, rising."""
        asked = (a.question for a in self.answers.values() if a.question.months == self.ranked_by.months)
        return tuple(sorted(q.threshold for q in asked if q.threshold is not None))

    @property
    def backtested(self) -> int:
        """The longest horizon of the backtest, months."""
        return max(a.question.months for a in self.answers.values())

    @property
    def called(self) -> tuple[float, int]:
        """Over the backtest, how many escalations the probabilities expected, and how many came."""
        answers = self.answers[self.ranked_by.key]
        return float(answers.p[answers.known].sum()), int(answers.came[answers.known].sum())

    def records(self, question: Question) -> tuple[Record, ...]:
        """Track record of one question at each budget."""
        return tuple(record(self.answers[question.key], budget=b) for b in self.budgets)

    def difference(self, metric: str) -> Bounds | None:
        """Our score less conflictology's over the backtest, with its interval over areas."""
        if metric in self.differences:
            return self.differences[metric]
        return difference(self.scores, self.beside, metric, seed=1)

    def compared(self) -> Outlook:
        """The same with the differences that pages tell, so that who shows them several times computes them once."""
        return replace(self, differences={metric: self.difference(metric) for metric in METRICS})


def outlook(
    as_known_on: AsKnownOn,
    *,
    origin: Month,
    truth: History,
    model: Model,
    beside: Model,
    ranked_by: Question,
    questions: Sequence[Question],
    origins: Sequence[Month],
    budgets: Sequence[int],
    draws: int,
    seed: int,
    explained: int,
    months: int,
    record_draws: int,
    visibility: Mapping[str, str] | None = None,
    explained_too: Collection[str] = (),
    apart: int = 0,
) -> Outlook:
    """Forecast from the origin, and backtest the same questions at earlier origins.

    Args:
        as_known_on: the history as known at an origin.
        origin: the last month seen.
        truth: the final figures.
        model: the model that warns.
        beside: the model it is scored beside.
        ranked_by: the question that ranks.
        questions: every question answered.
        origins: origins of the backtest.
        budgets: alerts at each origin.
        draws: draws for each area and month.
        seed: the seed.
        explained: how many of the highest ranked to explain.
        months: how many months ahead to forecast.
        record_draws: draws of each forecast of the backtest.
        visibility: how well events are seen, by area id.
        explained_too: areas to explain whatever their rank.
        apart: how many of the highest ranked to take apart; those explained whatever their rank are too.
    """
    asked = (*questions, *(() if ranked_by in questions else (ranked_by,)))
    made, others = _backtest(
        as_known_on, origins=origins, model=model, beside=beside, longest=max(q.months for q in asked),
        draws=record_draws, seed=seed,
    )  # fmt: skip
    found = answers_of(made, questions=asked, truth=truth)
    history, horizons = as_known_on(origin), tuple(range(1, months + 1))
    fitted = model.fit(history, horizons=horizons, seed=seed)
    forecast = make_forecast(history, model=model, horizons=horizons, draws=draws, seed=seed, fitted=fitted)
    return Outlook(
        forecast, history,
        area_warnings(
            forecast, history, ranked_by=ranked_by, questions=asked, fitted=fitted, explained=explained,
            explained_too=explained_too, apart=apart, answers=found[ranked_by.key], budgets=budgets, visibility=visibility,
        ),
        found, tuple(budgets), scores=_scored([f for _, f in made], truth), beside=_scored(others, truth),
    )  # fmt: skip


def _backtest(
    as_known_on: AsKnownOn,
    *,
    origins: Sequence[Month],
    model: Model,
    beside: Model,
    longest: int,
    draws: int,
    seed: int,
) -> tuple[list[tuple[History, Forecast]], list[Forecast]]:
    """Forecasts of every month to the longest horizon: the model's with what it saw, and those of the one beside it."""
    made = list(rolling_forecasts(
        as_known_on, origins=origins, model=model, horizons=tuple(range(1, longest + 1)), draws=draws, seed=seed,
        refit_every=REFIT_MONTHS,
    ))  # fmt: skip
    others = [
        make_forecast(history, model=beside, horizons=forecast.horizons, draws=draws, seed=seed)
        for history, forecast in made
    ]
    return made, others


def _scored(forecasts: Sequence[Forecast], truth: History) -> tuple[Scores, ...]:
    return tuple(scores for forecast in forecasts if (scores := scored(forecast, truth)) is not None)


def scored(forecast: Forecast, truth: History) -> Scores | None:
    """Scores of a forecast whose months have all come; None where they have not."""
    t = forecast.origin - truth.first
    if t + forecast.horizons[-1] >= truth.deaths.shape[1]:
        return None
    rows = [truth.areas.index(a) for a in forecast.areas]
    columns = [t + h for h in forecast.horizons]
    return score_draws(forecast.draws, truth.deaths[np.ix_(rows, columns)], seed=1)
