"""Break-evens: the weight or the position of one party at which the centre enters another band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settle.bands import SLACK, stretch_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.case.questions import Question
    from tocsin.decide.settle.bands import Stretch
    from tocsin.decide.settle.draws import Middle


@dataclass(frozen=True, slots=True)
class BreakEven:
    """What one party alone would need for the centre to reach the edge of a band, everything else at its middle.

    Attributes:
        band: the band that would be entered.
        edge: the point of the scale at which it is entered; coming from above, the centre must fall below it.
        actor: id of the party.
        weight: the influence x salience it has.
        weight_needed: what it would need, 0 or more; None where no weight of its own brings the centre there, or where
            no other party counts.
        influence_needed: that weight as influence at its own salience; None where above 1, or where there is none.
        salience_needed: that weight as salience at its own influence; None where above 1, or where there is none.
        position_needed: where it would have to stand; None where that lies outside the scale or it counts for nothing.
    """

    band: str
    edge: float
    actor: str
    weight: float
    weight_needed: float | None
    influence_needed: float | None
    salience_needed: float | None
    position_needed: float | None

    @property
    def possible(self) -> bool:
        """Whether the party alone could bring it about within the scale, or within 0..1."""
        return any(n is not None for n in (self.influence_needed, self.salience_needed, self.position_needed))


def break_evens(question: Question, middle: Middle, named: tuple[Stretch, ...]) -> tuple[BreakEven, ...]:
    """Every band but the one in which the centre lies, with what each party would need.

    With e the edge, W and S the sums of weights and of weight x position of the other parties, a party at x needs the
    weight (e W - S) / (x - e), or with its weight w the position (e (W + w) - S) / w.
    """
    return tuple(
        _needed(question, middle, band.name, edge, k, falls=falls)
        for band, edge, falls in _edges(question, middle, named)
        for k in range(len(question.positions))
    )


def _edges(question: Question, middle: Middle, named: tuple[Stretch, ...]) -> Iterator[tuple[Stretch, float, bool]]:
    """Bands that the centre could enter, each with the edge by which it would, and whether it must fall below it."""
    low, high = question.scale.low, question.scale.high
    centre = float(middle.weights @ middle.positions / middle.weights.sum())
    here = stretch_at(centre, named, low=low, high=high)
    for band in named:
        if band is not here:
            falls = band.low <= centre
            yield band, band.high if falls else band.low, falls


def _needed(question: Question, middle: Middle, band: str, edge: float, k: int, *, falls: bool) -> BreakEven:
    scale, weights = question.scale, middle.weights
    others = np.arange(weights.size) != k
    total, moment = float(weights[others].sum()), float(weights[others] @ middle.positions[others])
    at, own = float(middle.positions[k]), float(weights[k])
    slack = SLACK * (scale.high - scale.low)
    away = at - edge
    weight = (edge * total - moment) / away if abs(away) > slack and total > 0 else None
    if weight is not None and (weight < -SLACK or (falls and weight <= SLACK)):
        weight = None  # at the edge itself without the party: from above it can still not fall below
    position = (edge * (total + own) - moment) / own if own > 0 else None
    least = scale.low + slack if falls else scale.low - slack
    if position is not None and not least <= position <= scale.high + slack:
        position = None
    needed = None if weight is None else max(0.0, weight)
    most = 1.0 - SLACK if falls and needed is not None and needed > own else 1.0
    cares, counts = float(middle.salience[k]), float(middle.influence[k])
    return BreakEven(
        band, edge, question.positions[k].actor, own, needed, _within(needed, cares, most), _within(needed, counts, most),
        None if position is None else float(np.clip(position, scale.low, scale.high)),
    )  # fmt: skip


def _within(weight: float | None, by: float, most: float) -> float | None:
    """The other factor of a weight, where it lies within 0..1; below 1 where the edge must be passed."""
    if weight is None or by <= 0 or weight / by > most * (1 + 1e-12):
        return None
    return min(1.0, weight / by)
