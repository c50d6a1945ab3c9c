"""Everybody's range of each input, side by side: where ranges do not even touch, and who stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from tocsin.case.questions import Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tocsin.case.cells import Range
    from tocsin.case.elicited import Elicited
    from tocsin.case.options import Choice

WEIGHT = "0..1"
"""The unit of salience and influence."""


class Asked(StrEnum):
    """What an input says."""

    POSITION = "position"
    SALIENCE = "salience"
    INFLUENCE = "influence"
    EFFECT = "effect"


@dataclass(frozen=True, slots=True)
class Given:
    """One expert's range of one input."""

    expert: str
    low: float
    mid: float
    high: float

    def touches(self, other: Given) -> bool:
        """Whether the two ranges share a value; ends that meet do."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Apart:
    """Two experts whose ranges share no value.

    Attributes:
        lower, higher: who gave the lower and the higher range.
        gap: from the end of the one to the beginning of the other, in the unit of the input.
    """

    lower: str
    higher: str
    gap: float


@dataclass(frozen=True, slots=True)
class InputSeen:
    """One input as everybody sees it.

    Attributes:
        asked: position, salience, influence or effect.
        of: id of the party, or of the option.
        criterion: id of the criterion; None but for effects.
        name: what it is, in words.
        unit: of the values.
        case: the case's own range; None where it has none.
        given: each expert's range, in the order of the experts.
        unanswered: experts who gave none: theirs is unknown.
        low, high: the envelope: lowest and highest value that any expert gave; None where nobody gave one.
        apart: every two experts whose ranges do not touch, the widest gap first.
        alone: experts whose range touches nobody's, while all others touch one another; three or more answers are
            needed.
        apart_from_case: experts whose range does not touch the case's own.
    """

    asked: Asked
    of: str
    criterion: str | None
    name: str
    unit: str
    case: Range | None
    given: tuple[Given, ...]
    unanswered: tuple[str, ...]
    low: float | None
    high: float | None
    apart: tuple[Apart, ...]
    alone: tuple[str, ...]
    apart_from_case: tuple[str, ...]

    @property
    def gap_share(self) -> float:
        """The widest gap as a share of the envelope, 0..1; 0 where all ranges touch."""
        if not self.apart or self.low is None or self.high is None:
            return 0.0
        return self.apart[0].gap / (self.high - self.low)


def inputs_seen(
    about: Question | Choice, experts: Sequence[Elicited], *, names: Mapping[str, str] | None = None
) -> tuple[InputSeen, ...]:
    """Every input that an expert could answer: where ranges do not touch first, by the widest gap; then as in the case.

    Args:
        about: the question or choice.
        experts: what each gave.
        names: names of actors by id.
    """
    rows = _of_question(about, names or {}) if isinstance(about, Question) else _of_choice(about)
    answers = {each.expert: _answers(each) for each in experts}
    seen = [_seen(row, {who: said.get(row[:3]) for who, said in answers.items()}) for row in rows]
    return tuple(sorted(seen, key=lambda each: -each.gap_share))


Row = tuple[Asked, str, "str | None", str, str, "Range | None"]


def _of_question(question: Question, names: Mapping[str, str]) -> Iterator[Row]:
    for party in question.positions:
        name = party.name or names.get(party.actor, party.actor)
        yield Asked.POSITION, party.actor, None, f"{name}: position", question.scale.unit, party.position
        yield Asked.SALIENCE, party.actor, None, f"{name}: salience", WEIGHT, party.salience
        yield Asked.INFLUENCE, party.actor, None, f"{name}: influence", WEIGHT, party.influence


def _of_choice(choice: Choice) -> Iterator[Row]:
    own = {(effect.option, effect.criterion): effect.range for effect in choice.effects}
    for option in choice.options:
        for criterion in choice.criteria:
            name = f"{option.name}: {criterion.name}"
            yield Asked.EFFECT, option.id, criterion.id, name, criterion.unit, own.get((option.id, criterion.id))


def _answers(expert: Elicited) -> dict[tuple[Asked, str, str | None], Range]:
    said: dict[tuple[Asked, str, str | None], Range | None] = {}
    for placed in expert.positions:
        said[Asked.POSITION, placed.actor, None] = placed.position
        said[Asked.SALIENCE, placed.actor, None] = placed.salience
        said[Asked.INFLUENCE, placed.actor, None] = placed.influence
    said |= {(Asked.EFFECT, effect.option, effect.criterion): effect.range for effect in expert.effects}
    return {key: value for key, value in said.items() if value is not None}


def _seen(row: Row, answers: Mapping[str, Range | None]) -> InputSeen:
    asked, of, criterion, name, unit, own = row
    given = tuple(Given(who, *value) for who, value in answers.items() if value is not None)
    apart = [_apart(one, other) for one, other in combinations(given, 2) if not one.touches(other)]
    of_case = None if own is None else Given("", *own)
    return InputSeen(
        asked, of, criterion, name, unit, own, given, tuple(who for who, value in answers.items() if value is None),
        min((each.low for each in given), default=None), max((each.high for each in given), default=None),
        tuple(sorted(apart, key=lambda pair: -pair.gap)), tuple(_alone(given)),
        tuple(each.expert for each in given if of_case is not None and not each.touches(of_case)),
    )  # fmt: skip


def _apart(one: Given, other: Given) -> Apart:
    lower, higher = (one, other) if one.high < other.low else (other, one)
    return Apart(lower.expert, higher.expert, higher.low - lower.high)


def _alone(given: Sequence[Given]) -> Iterator[str]:
    for each in given:
        others = [other for other in given if other is not each]
        agree = all(one.touches(other) for one, other in combinations(others, 2))
        if len(others) > 1 and agree and not any(each.touches(other) for other in others):
            yield each.expert
