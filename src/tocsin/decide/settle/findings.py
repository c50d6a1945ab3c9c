"""What is found of one question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.case.questions import Rule
    from tocsin.decide.settle.alone import AloneFound
    from tocsin.decide.settle.bands import BandFound, BandsFrom
    from tocsin.decide.settle.beside import Beside
    from tocsin.decide.settle.break_evens import BreakEven
    from tocsin.decide.settle.decision import Decision
    from tocsin.decide.settle.draws import Input
    from tocsin.decide.settle.importance import Importances
    from tocsin.decide.settle.levers import Lever
    from tocsin.decide.settle.stance import Stance
    from tocsin.decide.settle.worth import Worth
    from tocsin.decide.settlement import Distribution


@dataclass(frozen=True, slots=True)
class Ranges:
    """The central 80 % under each uncertainty, in the scale's unit; the first two are always shown side by side.

    Attributes:
        input_noise: what the ranges of the inputs alone do to the centre.
        model_error: what past errors of the model alone do, with every input at its middle.
        both: the two together, from which the bands' probabilities are read.
    """

    input_noise: tuple[float, float]
    model_error: tuple[float, float]
    both: tuple[float, float]


class Confidence(StrEnum):
    """How far the basis bears; said apart from any likelihood."""

    LOW = "low"
    MODERATE = "moderate"


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Where a question will settle, what would change it, and what that rests on.

    Attributes:
        id, question, unit, low, high, rule: of the question.
        parties: names by the id of the actor, in the order of the question.
        centre: the weighted mean with every input at the middle of its range, in the scale's unit.
        ranges: the two ranges, and both together.
        distribution: the one distribution, on the scale.
        bands: named stretches with their probability.
        bands_from: where the stretches come from.
        unnamed: probability of what no band names; None where the bands cover the scale.
        levers, break_evens, stances: see their modules; parties in the order of the question.
        importances: which input moves the centre most.
        decision: the formal decision.
        alone: what parties can do alone; no part of the settlement.
        beside: other models' answers.
        inputs: every range with what it rests on; the reversion last.
        reversion_why: why it holds without a decision, in the words of the case.
        judged: how many of the inputs are judgement.
        confidence: how far the basis bears.
        confidence_why: why.
        worth: what such forecasts were worth.
        notes: what a reader should know.
        draws, seed: make the same numbers again.
    """

    id: str
    question: str
    unit: str
    low: float
    high: float
    rule: Rule
    parties: dict[str, str]
    centre: float
    ranges: Ranges
    distribution: Distribution
    bands: tuple[BandFound, ...]
    bands_from: BandsFrom
    unnamed: float | None
    levers: tuple[Lever, ...]
    break_evens: tuple[BreakEven, ...]
    importances: Importances
    stances: tuple[Stance, ...]
    decision: Decision
    alone: tuple[AloneFound, ...]
    beside: tuple[Beside, ...]
    inputs: tuple[Input, ...]
    reversion_why: str | None
    judged: int
    confidence: Confidence
    confidence_why: str
    worth: Worth
    notes: tuple[str, ...]
    draws: int
    seed: int
