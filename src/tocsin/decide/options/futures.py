"""Futures: everything that is not known, varied at once over its whole range.

A Latin hypercube (McKay, Beckman & Conover 1979, doi:10.2307/1268522): the range of each input is cut into as many
strata of equal rank as there are futures, and each stratum is met once. Each input is shuffled by a generator of its own,
seeded by its name, so that neither the order of a list nor a further option changes what an input is in future 17.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from tocsin.case.cells import Range
from tocsin.case.options import Together
from tocsin.decide.options.spread import triangle
from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tocsin.case.options import Choice
    from tocsin.decide.options.combinations import Alternative

FUTURES = 2000
FEWEST, MOST_FUTURES = 50, 200_000


class Kind(StrEnum):
    """What an input is."""

    UNCERTAINTY = "uncertainty"
    """Something not known that moves the values of several options."""
    EFFECT = "effect"
    """Where one option's value lies within its own range."""
    TOGETHER = "together"
    """Where a combination lies between its options, lowest (0) to highest (1)."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that differs from future to future.

    Attributes:
        kind: uncertainty, effect or together.
        of: id of the uncertainty, or of the alternative.
        criterion: id of the criterion; None for an uncertainty.
        name: what it is, in words.
        unit: unit of its value; None where it has none.
        low: lowest value.
        mid: middle value of a range; None where all ranks are spread evenly.
        high: highest value.
    """

    kind: Kind
    of: str
    criterion: str | None
    name: str
    unit: str | None
    low: float
    mid: float | None
    high: float

    @property
    def key(self) -> str:
        """Its name among the inputs; options of a combination count in any order."""
        of = "+".join(sorted(self.of.split("+")))
        return f"{self.kind}:{of}" if self.criterion is None else f"{self.kind}:{of}/{self.criterion}"

    def values(self, rank: NDArray[np.float64]) -> NDArray[np.float64]:
        """Its values at ranks 0..1, in its unit."""
        if self.mid is None:
            return self.low + rank * (self.high - self.low)
        return triangle(rank, within=Range(self.low, self.mid, self.high))


@dataclass(frozen=True, slots=True, eq=False)
class Futures:
    """Inputs in every future tested.

    Attributes:
        inputs: what differs, in the order of the choice.
        rank: of each input in each future, shape (input, future), 0..1.
        seed: makes the same futures again.
    """

    inputs: tuple[Input, ...]
    rank: NDArray[np.float64]
    seed: int

    @property
    def n(self) -> int:
        """How many futures are tested."""
        return int(self.rank.shape[1])

    def row(self) -> dict[str, int]:
        """The row of each input by its key."""
        return {given.key: number for number, given in enumerate(self.inputs)}

    def values(self) -> NDArray[np.float64]:
        """Every input in its own unit, shape (input, future)."""
        made = np.empty_like(self.rank)
        for number, given in enumerate(self.inputs):
            made[number] = given.values(self.rank[number])
        return made


def latin_hypercube(names: Sequence[str], *, futures: int, seed: int) -> NDArray[np.float64]:
    """Ranks of each named input, each stratum `[k / n, (k + 1) / n)` met once; shape (input, future).

    Args:
        names: of the inputs; the same name and seed give the same row, whatever stands beside it.
        futures: n.
        seed: 0 or more.

    Example:
        >>> ranks = latin_hypercube(["a", "b"], futures=4, seed=1)
        >>> np.sort(np.floor(ranks * 4)).tolist()
        [[0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 3.0]]
    """
    made = np.empty((len(names), futures))
    for row, name in enumerate(names):
        rng = np.random.default_rng([seed, crc32(name.encode())])
        made[row] = (rng.permutation(futures) + rng.random(futures)) / futures
    return np.minimum(made, np.nextafter(1.0, 0.0))


def draw_futures(
    choice: Choice, rows: Sequence[Alternative], *, futures: int = FUTURES, seed: int = 1
) -> Futures:  # fmt: skip
    """Draw the futures in which a choice is tested.

    Args:
        choice: the choice.
        rows: what can be chosen.
        futures: how many, 50 to 200,000.
        seed: the same seed gives the same futures.

    Raises:
        OutOfRange: too few or too many futures, or a seed below 0.
    """
    if not FEWEST <= futures <= MOST_FUTURES:
        raise OutOfRange(
            f"{futures:,} futures cannot be tested", hint=f"say from {FEWEST} to {MOST_FUTURES:,}, as in --futures 2000"
        )
    if seed < 0:
        raise OutOfRange(f"the seed {seed} is below 0", hint="say 0 or more, as in --seed 1")
    inputs = tuple(_inputs(choice, rows))
    return Futures(inputs, latin_hypercube([i.key for i in inputs], futures=futures, seed=seed), seed)


def _inputs(choice: Choice, rows: Sequence[Alternative]) -> Iterator[Input]:
    for u in choice.uncertainties:
        yield Input(Kind.UNCERTAINTY, u.id, None, u.name, None, u.low, None, u.high)
    names = {o.id: o.name for o in choice.options}
    criteria = {c.id: c for c in choice.criteria}
    effects = {(e.option, e.criterion): e for e in choice.effects if e.option in names and e.criterion in criteria}
    for (option, criterion), e in effects.items():
        if e.rises_with is None and e.falls_with is None and e.range.low < e.range.high:
            c = criteria[criterion]
            yield Input(Kind.EFFECT, option, criterion, f"{c.name} under {names[option]}", c.unit, *e.range)
    for alternative in rows:
        for c in choice.criteria:
            together = len(alternative.options) > 1 and c.together is Together.ENVELOPE
            if together and all((option, c.id) in effects for option in alternative.options):
                words = f"where {c.name} lies between {alternative.name}"
                yield Input(Kind.TOGETHER, alternative.id, c.id, words, None, 0.0, None, 1.0)
