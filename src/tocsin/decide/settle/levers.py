"""Levers: what moving one party does to the centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.case.questions import Question
    from tocsin.decide.settle.draws import InputDraws, Middle

    Floats = NDArray[np.float64]

STEP = 0.1
"""Salience and influence are moved by so much."""


@dataclass(frozen=True, slots=True)
class Lever:
    """What one party's inputs do to the centre, everything else at its middle; changes in the scale's unit.

    Attributes:
        actor: id of the party.
        share: its share of the weight, 0..1; the centre moves by so much when the party moves by 1 unit.
        share_low, share_high: the same at the lowest and highest tenth of the draws.
        at_low, at_high: the centre when the party stands at the lowest, or highest, point of its own range.
        salience_up, salience_down: change of the centre when its salience is 0.1 higher, or lower; None where that
            would lie outside 0..1, or no party would count.
        influence_up, influence_down: the same for its influence.
    """

    actor: str
    share: float
    share_low: float
    share_high: float
    at_low: float
    at_high: float
    salience_up: float | None
    salience_down: float | None
    influence_up: float | None
    influence_down: float | None


def levers(question: Question, middle: Middle, draws: InputDraws) -> tuple[Lever, ...]:
    """What each party's inputs do to the centre, in the order of the question.

    The centre is sum(w x) / sum(w), so that a move of party k by 1 unit moves it by w_k / sum(w), and a weight changed by
    d moves it by d (x_k - centre) / (sum(w) + d).
    """
    weights = middle.weights
    total, centre = float(weights.sum()), float(weights @ middle.positions / weights.sum())
    even = 1e-12 * (question.scale.high - question.scale.low)
    sums = draws.weights.sum(axis=1, keepdims=True)
    drawn = np.divide(draws.weights, sums, out=np.zeros_like(draws.weights), where=sums > 0)
    low, high = np.quantile(drawn, [0.1, 0.9], axis=0)
    found = []
    for k, party in enumerate(question.positions):
        share = float(weights[k] / total)
        at = float(middle.positions[k])
        away = at - centre if abs(at - centre) > even else 0.0
        cares, counts = float(middle.salience[k]), float(middle.influence[k])
        found.append(Lever(
            party.actor, share, float(low[k]), float(high[k]),
            centre + share * (party.position.low - at), centre + share * (party.position.high - at),
            *(_change(value, step, times, away, total)
              for value, times in ((cares, counts), (counts, cares)) for step in (STEP, -STEP)),
        ))  # fmt: skip
    return tuple(found)


def _change(value: float, step: float, times: float, away: float, total: float) -> float | None:
    """The change of the centre when a salience or influence moves by a step; None where it cannot."""
    if not -1e-9 <= value + step <= 1 + 1e-9:
        return None
    more = step * times
    return None if total + more <= 1e-12 else float(more * away / (total + more))
