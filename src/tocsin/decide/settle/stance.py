"""Who is for and who is against: each party's distance to the centre and to what holds without a decision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.case.questions import Question
    from tocsin.decide.settle.draws import InputDraws, Middle

    Floats = NDArray[np.float64]

EVEN = 1e-9
"""Distances closer than this share of the scale are the same."""


class Side(StrEnum):
    """What a party has from the settlement, against no decision."""

    GAINS = "gains"
    LOSES = "loses"
    EVEN = "even"


@dataclass(frozen=True, slots=True)
class Stance:
    """How far a party is from the centre and from the reversion, in the scale's unit.

    Attributes:
        actor: id of the party.
        to_centre: distance of its position to the centre, at the middle of all ranges.
        to_reversion: distance to what holds without a decision; None where that is unknown.
        gain: `to_reversion - to_centre`: above 0 it is for the centre, below 0 for the reversion; None if unknown.
        gain_low, gain_high: lowest and highest tenth of the gain over the draws of the inputs.
        side: gains, loses or even; None where unknown.
        gains_in: share of the draws in which it gains, 0..1; None where unknown.
        accepts_from, accepts_to: points of the scale at which it is no worse off than without a decision.
    """

    actor: str
    to_centre: float
    to_reversion: float | None
    gain: float | None
    gain_low: float | None
    gain_high: float | None
    side: Side | None
    gains_in: float | None
    accepts_from: float | None
    accepts_to: float | None


def stances(question: Question, middle: Middle, draws: InputDraws, centres: Floats) -> tuple[Stance, ...]:
    """Each party's stance, in the order of the question.

    Args:
        question: the question.
        middle: its inputs at the middle of their ranges.
        draws: of the inputs.
        centres: the weighted mean of each draw, shape (draw,).
    """
    centre = float(middle.weights @ middle.positions / middle.weights.sum())
    actors = [party.actor for party in question.positions]
    near = np.abs(middle.positions - centre)
    if middle.reversion is None or draws.reversion is None:
        unknown = (None,) * 8
        return tuple(Stance(a, float(d), *unknown) for a, d in zip(actors, near, strict=True))
    far = np.abs(middle.positions - middle.reversion)
    drawn = np.abs(draws.positions - draws.reversion[:, None]) - np.abs(draws.positions - centres[:, None])
    low, high = np.quantile(drawn, [0.1, 0.9], axis=0)
    even = EVEN * (question.scale.high - question.scale.low)
    share = (drawn > even).mean(axis=0)
    reach = far[:, None] * np.array([-1.0, 1.0]) + middle.positions[:, None]
    accepts = np.clip(reach, question.scale.low, question.scale.high)
    return tuple(
        Stance(
            actor, float(near[k]), float(far[k]), float(far[k] - near[k]), float(low[k]), float(high[k]),
            _side(float(far[k] - near[k]), even), float(share[k]), float(accepts[k, 0]), float(accepts[k, 1]),
        )
        for k, actor in enumerate(actors)
    )  # fmt: skip


def _side(gain: float, even: float) -> Side:
    if abs(gain) <= even:
        return Side.EVEN
    return Side.GAINS if gain > 0 else Side.LOSES
