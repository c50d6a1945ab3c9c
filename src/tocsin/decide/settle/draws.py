"""Draws of a question's inputs: positions, salience and influence, each over its own range.

A Latin hypercube over triangles from lowest over middle to highest. Each input is shuffled by a generator of its own, seeded
by its name, so that the order of parties changes nothing and another party leaves the draws of the others as they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from tocsin.case.cells import Basis, Range
from tocsin.decide.options.futures import latin_hypercube
from tocsin.decide.options.spread import triangle
from tocsin.errors import InputError, OutOfRange, Where

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.case.questions import Position, Question

    Floats = NDArray[np.float64]

DRAWS = 5000
FEWEST, MOST_DRAWS = 100, 20_000


class Role(StrEnum):
    """What an input says of a party; the reversion is said of none."""

    POSITION = "position"
    SALIENCE = "salience"
    INFLUENCE = "influence"
    REVERSION = "reversion"


@dataclass(frozen=True, slots=True)
class Input:
    """One range that the case gives.

    Attributes:
        actor: id of the party; None for the reversion.
        role: what it says.
        low, mid, high: in the scale's unit for positions and the reversion, 0..1 for salience and influence.
        judgement: whether the number is somebody's judgement.
        source_id: the source of the direction, or None.
    """

    actor: str | None
    role: Role
    low: float
    mid: float
    high: float
    judgement: bool
    source_id: str | None

    @property
    def key(self) -> str:
        """Its name among the inputs."""
        return f"{self.role}:{self.actor or ''}"

    def values(self, rank: Floats) -> Floats:
        """Its values at ranks 0..1 of its triangle."""
        return triangle(rank, within=Range(self.low, self.mid, self.high))


@dataclass(frozen=True, slots=True, eq=False)
class InputDraws:
    """A question's inputs, drawn together.

    Attributes:
        inputs: positions of all parties, then salience, then influence; last the reversion where there is one.
        rank: of each input in each draw, shape (input, draw), 0..1.
        positions, salience, influence: shape (draw, party).
        reversion: shape (draw,); None where what holds without a decision is unknown.
    """

    inputs: tuple[Input, ...]
    rank: Floats
    positions: Floats
    salience: Floats
    influence: Floats
    reversion: Floats | None

    @property
    def weights(self) -> Floats:
        """Influence x salience, shape (draw, party)."""
        return self.salience * self.influence


@dataclass(frozen=True, slots=True, eq=False)
class Middle:
    """A question at the middle of every range.

    Attributes:
        positions, salience, influence: shape (party,).
        reversion: None where it is unknown.
    """

    positions: Floats
    salience: Floats
    influence: Floats
    reversion: float | None

    @property
    def weights(self) -> Floats:
        """Influence x salience, shape (party,)."""
        return self.salience * self.influence


def inputs_of(question: Question) -> tuple[Input, ...]:
    """Every range of a question, with what it rests on."""
    roles = (Role.POSITION, Role.SALIENCE, Role.INFLUENCE)
    found = [_input(party, role) for role in roles for party in question.positions]
    if question.reversion is not None:
        given = question.reversion
        found.append(
            Input(
                None,
                Role.REVERSION,
                given.value.low,
                given.value.mid,
                given.value.high,
                given.basis is Basis.JUDGEMENT,
                None,
            )
        )
    return tuple(found)


def middle_of(question: Question) -> Middle:
    """A question at the middle of every range.

    Raises:
        InputError: at the middle of the ranges no party counts.
    """
    parties = question.positions
    made = Middle(
        np.array([p.position.mid for p in parties]), np.array([p.salience.mid for p in parties]),
        np.array([p.influence.mid for p in parties]),
        None if question.reversion is None else question.reversion.value.mid,
    )  # fmt: skip
    if not made.weights.any():
        raise InputError(
            "at the middle of the ranges no party counts", where=Where(f"questions/{question.id}.yaml", field="positions"),
            hint="give at least one party a middle salience and a middle influence above 0",
        )  # fmt: skip
    return made


def draw_inputs(question: Question, *, draws: int = DRAWS, seed: int = 1) -> InputDraws:
    """Draw every input of a question over its range.

    Args:
        question: a checked question.
        draws: how many, 100 to 20,000.
        seed: the same seed gives the same draws.

    Raises:
        OutOfRange: too few or too many draws, or a seed below 0.
    """
    if not FEWEST <= draws <= MOST_DRAWS:
        raise OutOfRange(
            f"{draws:,} draws cannot be made", hint=f"say from {FEWEST} to {MOST_DRAWS:,}, as in --draws {DRAWS}"
        )
    if seed < 0:
        raise OutOfRange(f"the seed {seed} is below 0", hint="say 0 or more, as in --seed 1")
    inputs = inputs_of(question)
    rank = latin_hypercube([given.key for given in inputs], futures=draws, seed=seed)
    values = np.stack([given.values(row) for given, row in zip(inputs, rank, strict=True)])
    n = len(question.positions)
    where, cares, counts = (values[i * n : (i + 1) * n].T for i in range(3))
    return InputDraws(inputs, rank, where, cares, counts, None if len(values) == 3 * n else values[-1])


def _input(party: Position, role: Role) -> Input:
    given = {Role.POSITION: party.position, Role.SALIENCE: party.salience, Role.INFLUENCE: party.influence}[role]
    judged = party.basis is Basis.JUDGEMENT or role in party.judged
    return Input(party.actor, role, given.low, given.mid, given.high, judged, party.source_id)
