"""Classes of values: bounds, colours and the words of a legend."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tocsin.brief.charts.palette import sequence
from tocsin.errors import InputError, OutOfRange, Where
from tocsin.vocabulary import THRESHOLDS, Likelihood, deaths
from tocsin.vocabulary.likelihood import UPPER_BOUNDS

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class ValueClass:
    """Values from `lower` up to, but not including, the next class's: a colour, and words with numbers."""

    lower: float
    words: str
    colour: str


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes from low to high; the last has no upper end.

    Raises:
        InputError: there is no class, or their bounds do not rise.
    """

    steps: tuple[ValueClass, ...]

    def __post_init__(self) -> None:
        if not self.steps or any(b.lower <= a.lower for a, b in pairwise(self.steps)):
            raise InputError(
                "the bounds of classes do not rise", where=Where(field="steps"), hint="sort them, no repeats"
            )

    def of(self, value: float) -> ValueClass:
        """The class of a value.

        Raises:
            OutOfRange: the value lies below the lowest class, or is not finite.

        Example:
            >>> PROBABILITY.of(0.13).words, DEATHS.of(3164).words
            ('very unlikely, 5-20 %', '1,000 or more')
        """
        if not self.steps[0].lower <= value < float("inf"):
            raise OutOfRange(
                f"{value} lies in no class", hint=f"classes begin at {self.steps[0].lower:g}; None stands for unknown"
            )
        return next(step for step in reversed(self.steps) if step.lower <= value)


def death_classes(bounds: Sequence[int]) -> Classes:
    """Classes of deaths that begin at each bound, with one for no deaths.

    Example:
        >>> [step.words for step in death_classes((25, 100)).steps]
        ['none', '1-24', '25-99', '100 or more']
    """
    edges = (0, 1, *(b for b in bounds if b > 1))
    names = [_range(a, b) for a, b in pairwise(edges)] + [f"{deaths(edges[-1])} or more"]
    return Classes(tuple(ValueClass(*step) for step in zip(edges, names, sequence(len(edges)), strict=True)))


def _range(lower: int, above: int) -> str:
    if above == 1:
        return "none"
    return deaths(lower) if above - lower == 1 else f"{deaths(lower)}-{deaths(above - 1)}"


def _likelihoods() -> Classes:
    lower = (0.0, *UPPER_BOUNDS[:-1])
    steps = zip(lower, UPPER_BOUNDS, Likelihood, sequence(len(lower)), strict=True)
    return Classes(tuple(ValueClass(a, f"{w.value}, {_percents(a, b)}", colour) for a, b, w, colour in steps))


def _percents(lower: float, upper: float) -> str:
    if lower == 0:
        return f"under {100 * upper:.0f} %"
    return f"{100 * lower:.0f} % or more" if upper >= 1 else f"{100 * lower:.0f}-{100 * upper:.0f} %"


PROBABILITY = _likelihoods()
"""The seven bands of ICD 203, in its words."""

DEATHS = death_classes(THRESHOLDS)
"""No deaths, some, and the thresholds the house agrees on."""
