"""Other answers beside the centre: plain mean, election, median, Nash point and status quo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settlement import condorcet, nash_point, weighted_mean, weighted_median

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.case.questions import Question
    from tocsin.decide.settle.draws import InputDraws, Middle

    Floats = NDArray[np.float64]

OPTIONS = 101
"""Outcomes among which the Nash point is looked for, evenly over the scale."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Another answer.

    Attributes:
        model: its name.
        point: what it says with every input at its middle, in the scale's unit; None where the reversion is unknown.
        low, high: the lowest and highest tenth over the draws of the inputs; None where it was not drawn.
        median: half of the draws lie below it. Where ranges lean to one side it is not the point, which may even lie
            outside low to high; None where it was not drawn.
    """

    model: str
    point: float | None
    low: float | None
    high: float | None
    median: float | None = None

    @property
    def leans(self) -> bool:
        """Whether the point lies outside the central 80 % of the draws, since ranges lean to one side."""
        if self.point is None or self.low is None or self.high is None:
            return False
        slack = 1e-9 * (1 + abs(self.point))
        return not self.low - slack <= self.point <= self.high + slack


def beside(question: Question, middle: Middle, draws: InputDraws) -> tuple[Beside, ...]:
    """What other models say of the same inputs."""
    scale, where, weights = question.scale, middle.positions, middle.weights
    outcomes = np.unique(where)
    elected = float(condorcet(where, weights, options=outcomes) @ outcomes)
    nash = None
    if middle.reversion is not None:
        choices = scale.low + (scale.high - scale.low) * np.arange(OPTIONS) / (OPTIONS - 1)
        nash = float(nash_point(where, weights, reversion=middle.reversion, options=choices))
    return (
        _drawn("plain mean", float(weighted_mean(where, weights > 0)), weighted_mean(draws.positions, draws.weights > 0)),
        Beside("mean of the Condorcet election", elected, None, None),
        _drawn("weighted median", float(weighted_median(where, weights)),
               weighted_median(draws.positions, draws.weights)),
        Beside("Nash point", nash, None, None),
        Beside("status quo", None, None, None) if middle.reversion is None or draws.reversion is None
        else _drawn("status quo", middle.reversion, draws.reversion),
    )  # fmt: skip


def _drawn(model: str, point: float, values: Floats) -> Beside:
    low, median, high = np.quantile(values, [0.1, 0.5, 0.9])
    return Beside(model, point, float(low), float(high), float(median))
