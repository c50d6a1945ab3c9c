"""What Tocsin would have said on a past date, beside what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.forecast.make import make_forecast
from tocsin.warn.question import Question
from tocsin.warn.warning import AreaWarning, area_warnings

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tocsin.forecast.contract import Model
    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History
    from tocsin.vocabulary import Month
    from tocsin.warn.record import Answers


@dataclass(frozen=True, slots=True)
class Came:
    """What came in the months after an origin, by the final figures.

    Attributes:
        months: the deaths of each month asked about, as many as are known.
        complete: whether every month asked about is known.
    """

    months: tuple[int, ...]
    complete: bool

    @property
    def peak(self) -> int | None:
        """Deaths in the worst month; None where no month is known."""
        return max(self.months) if self.months else None

    @property
    def total(self) -> int | None:
        """Deaths in all known months; None where no month is known."""
        return sum(self.months) if self.months else None


@dataclass(frozen=True)
class Replay:
    """Warnings as they would have been made at an origin, what came, and the model to beat beside them.

    Attributes:
        forecast: the draws.
        history: what could be seen, by the figures of today that were known by the origin.
        warnings: ranked, one for every area.
        came: what came, by area id.
        beside: the warnings of the simple model beside it.
    """

    forecast: Forecast
    history: History
    within: int
    warnings: tuple[AreaWarning, ...]
    came: Mapping[str, Came]
    beside: tuple[AreaWarning, ...]

    @property
    def origin(self) -> Month:
        """The last month seen."""
        return self.forecast.origin


def replay(
    history: History,
    truth: History,
    *,
    model: Model,
    beside: Model,
    within: int,
    thresholds: Sequence[int],
    draws: int,
    seed: int,
    explained: int = 5,
    explained_too: Collection[str] = (),
    apart: int = 0,
    answers: Answers | None = None,
    budgets: Sequence[int] = (),
    visibility: Mapping[str, str] | None = None,
) -> Replay:
    """Forecast from what was known, rank the areas by escalation, and lay beside it what came.

    Args:
        history: as known at the origin.
        truth: the final figures.
        model: the model that warns.
        beside: the simple model to beat.
        within: months ahead looked at.
        thresholds: deaths a month whose crossing is asked about.
        draws: draws for each area and month.
        seed: seed of both models.
        explained: how many of the highest ranked to explain.
        explained_too: areas to explain whatever their rank.
        apart: how many of the highest ranked to take apart; those explained whatever their rank are too.
        answers: a backtest of escalation within the same months, answered before the origin.
        budgets: alert budgets of the areas' own records.
        visibility: how well events are seen, by area id.
    """
    horizons = tuple(range(1, within + 1))
    escalation = Question(months=within)
    questions = [Question(months=within, threshold=t) for t in thresholds]
    fitted = model.fit(history, horizons=horizons, seed=seed)
    forecast = make_forecast(history, model=model, horizons=horizons, draws=draws, seed=seed, fitted=fitted)
    warnings = area_warnings(
        forecast, history, ranked_by=escalation, questions=questions, fitted=fitted, explained=explained,
        explained_too=explained_too, apart=apart,
        answers=answers, budgets=budgets, visibility=visibility,
    )  # fmt: skip
    other = make_forecast(history, model=beside, horizons=horizons, draws=draws, seed=seed)
    return Replay(
        forecast, history, within, warnings,
        came={area: came_after(truth, area=area, origin=history.origin, months=within) for area in forecast.areas},
        beside=area_warnings(other, history, ranked_by=escalation, questions=questions),
    )  # fmt: skip


def came_after(truth: History, *, area: str, origin: Month, months: int) -> Came:
    """What came in one area in the months after an origin."""
    t = origin - truth.first
    after = truth.deaths[truth.areas.index(area), t + 1 : t + 1 + months]
    return Came(tuple(int(x) for x in after), complete=len(after) == months)
