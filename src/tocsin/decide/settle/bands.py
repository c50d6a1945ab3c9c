"""The probability of each named stretch of the scale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tocsin.case.questions import Question
    from tocsin.decide.settlement import Distribution

SLACK = 1e-9
"""Points closer than this share of the scale to an edge lie on it."""

GRAIN = 0.01
"""Outcomes are said to this share of the scale."""


class BandsFrom(StrEnum):
    """Where the stretches come from."""

    QUESTION = "the question's bands"
    ANCHORS = "between the scale's anchors"
    THIRDS = "thirds of the scale, since the question names no bands"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the scale: from `low`, which belongs to it, to `high`, which belongs to it only at the scale's end.

    Attributes:
        name: what it is called.
        low, high: in the scale's unit.
    """

    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BandFound:
    """A stretch with its probability.

    Attributes:
        name, low, high: the stretch.
        probability: that the question settles there, if it settles: 0..1.
        narrow: the stretch is narrower than a hundredth of the scale, to which outcomes are said.
    """

    name: str
    low: float
    high: float
    probability: float
    narrow: bool


def stretches(question: Question) -> tuple[tuple[Stretch, ...], BandsFrom]:
    """The stretches of a question: its bands; else those between its anchors; else thirds of the scale.

    Anchors at the ends alone cut nothing, so that thirds are taken.
    """
    scale = question.scale
    if question.bands:
        return tuple(Stretch(b.name, b.low, b.high) for b in question.bands), BandsFrom.QUESTION
    inner = [point for point in sorted(scale.anchors) if scale.low < point < scale.high]
    if inner:
        edges = [scale.low, *inner, scale.high]
        names = [scale.anchors.get(edge, f"{edge:g}") for edge in edges]
        return _between(edges, names), BandsFrom.ANCHORS
    third = (scale.high - scale.low) / 3
    edges = [scale.low, scale.low + third, scale.high - third, scale.high]
    made = zip(("lower third", "middle third", "upper third"), edges[:-1], edges[1:], strict=True)
    return tuple(Stretch(*each) for each in made), BandsFrom.THIRDS


def band_probabilities(
    settled: Distribution, named: tuple[Stretch, ...], *, low: float, high: float
) -> tuple[BandFound, ...]:  # fmt: skip
    """The probability of each stretch.

    Args:
        settled: where the question settles, on the scale.
        named: stretches that do not overlap.
        low: lowest point of the scale.
        high: highest point of the scale.

    Example:
        >>> from tocsin.decide.settlement import Distribution
        >>> halves = (Stretch("lower", 0, 5), Stretch("upper", 5, 10))
        >>> d = Distribution.of([0, 5, 10], [0.2, 0.3, 0.5])
        >>> [band.probability for band in band_probabilities(d, halves, low=0, high=10)]
        [0.2, 0.8]
    """
    slack = SLACK * (high - low)
    found = []
    for each in named:
        top = np.inf if each.high >= high - slack else each.high - slack
        inside = (settled.points >= each.low - slack) & (settled.points < top)
        narrow = each.high - each.low < GRAIN * (high - low) * (1 - SLACK)
        share = min(1.0, float(settled.probability[inside].sum()))
        found.append(BandFound(each.name, each.low, each.high, share, narrow))
    return tuple(found)


def stretch_at(point: float, named: tuple[Stretch, ...], *, low: float, high: float) -> Stretch | None:
    """The stretch in which a point lies, or None where no band names it."""
    slack = SLACK * (high - low)
    for each in named:
        last = each.high >= high - slack
        if each.low - slack <= point and (point < each.high - slack or (last and point <= high + slack)):
            return each
    return None


def _between(edges: list[float], names: list[str]) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(f"from {names[i]} to {names[i + 1]}", edges[i], edges[i + 1]) for i in range(len(edges) - 1)
    )  # fmt: skip
