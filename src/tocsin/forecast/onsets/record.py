"""How such rankings of onsets fared: what came at each step of probability, and of the first few at each origin."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.onsets.scores import OnsetScores, Ranked, ap_difference
from tocsin.scores import Bounds, bootstrap_areas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.forecast.onsets.rolling import Asked
    from tocsin.vocabulary import Month

STEPS = (0.0, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 1.0)
"""Edges of the steps of probability: finer where nearly all countries lie."""

BUDGETS = (5, 10, 20)
RESAMPLES = 500


@dataclass(frozen=True, slots=True)
class Step:
    """One step of probability: what was said and what came.

    Attributes:
        p_from: lower end, counted in.
        p_to: upper end.
        cases: country-months in it.
        countries: countries in it.
        said: their mean probability.
        came: share followed by an onset.
        lower: lower end of the 90 % interval of that share over countries; None where only one country was here.
        upper: its upper end.
    """

    p_from: float
    p_to: float
    cases: int
    countries: int
    said: float
    came: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Budget:
    """The first few countries at each origin, and what came of them.

    Attributes:
        budget: countries at each origin.
        alerts: countries named in all.
        hits: those followed by an onset.
        onsets: country-months followed by one, named or not.
    """

    budget: int
    alerts: int
    hits: int
    onsets: int

    @property
    def precision(self) -> float | None:
        """Share of those named that were followed by an onset; None where none was named."""
        return self.hits / self.alerts if self.alerts else None

    @property
    def recall(self) -> float | None:
        """Share of onsets that had been named; None where nothing came."""
        return self.hits / self.onsets if self.onsets else None


@dataclass(frozen=True)
class OnsetRecord:
    """How a ranking fared at past origins.

    Attributes:
        first: the first origin.
        last: the last origin, its window passed.
        scores: of the model.
        beside: of months since the last death.
        gap: average precision of the model less that of months since, with its 95 % interval over countries.
        steps: what came at each step of probability.
        budgets: of the first few at each origin.
    """

    first: Month
    last: Month
    scores: OnsetScores
    beside: OnsetScores
    gap: Bounds | None
    steps: tuple[Step, ...]
    budgets: tuple[Budget, ...]

    def step_of(self, p: float) -> Step | None:
        """The step a probability lies in; None where no past one lay there."""
        return next((s for s in self.steps if s.p_from <= p < s.p_to or (p == 1.0 == s.p_to)), None)


def record_of(asked: Asked, beside: Asked, *, seed: int, budgets: Sequence[int] = BUDGETS) -> OnsetRecord:
    """The record of what was asked, with another ranking of the same cases beside it.

    Args:
        asked: probabilities at past origins and what came.
        beside: the other ranking.
        seed: makes the resamples of countries again.
        budgets: countries named at each origin.
    """
    return OnsetRecord(
        asked.origins[0], asked.origins[-1], Ranked.of(asked).scores(), Ranked.of(beside).scores(),
        ap_difference(asked, beside, seed=seed, resamples=RESAMPLES), steps_of(asked, seed=seed),
        tuple(budget_of(asked, n) for n in budgets),
    )  # fmt: skip


def steps_of(asked: Asked, *, seed: int) -> tuple[Step, ...]:
    """What came at each step of probability; steps without a case are left out."""
    found = []
    for low, high in pairwise(STEPS):
        here = asked.asked & (asked.p >= low) & ((asked.p < high) | (high == 1.0))
        if here.any():
            found.append(_step(asked, here, low, high, seed))
    return tuple(found)


def _step(asked: Asked, here: NDArray[np.bool_], low: float, high: float, seed: int) -> Step:
    cases, came = here.sum(axis=0), (asked.came & here).sum(axis=0)
    there = cases > 0
    bounds = bootstrap_areas(
        lambda times: float(times @ came[there] / (times @ cases[there])), areas=int(there.sum()), seed=seed,
        resamples=RESAMPLES, level=0.9,
    )  # fmt: skip
    return Step(
        low, high, int(cases.sum()), int(there.sum()), float(asked.p[here].mean()), float(came.sum() / cases.sum()),
        bounds.lower if bounds else None, bounds.upper if bounds else None,
    )  # fmt: skip


def budget_of(asked: Asked, budget: int) -> Budget:
    """What came of the first few at each origin; of equal probabilities those first in the list of areas are named."""
    order = np.argsort(np.where(asked.asked, -asked.p, np.inf), axis=1, kind="stable")[:, :budget]
    named = np.zeros(asked.p.shape, dtype=bool)
    np.put_along_axis(named, order, values=True, axis=1)
    named &= asked.asked
    return Budget(budget, int(named.sum()), int((named & asked.came).sum()), int(asked.came[asked.asked].sum()))
