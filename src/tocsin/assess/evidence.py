"""What studies found, beside the options: cards with their grade, how far they apply, and what contradicts them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.case import Case
    from tocsin.case.assessed_rows import Evidence as Row
    from tocsin.case.options import Choice
    from tocsin.mission.exits import Beside
    from tocsin.sources.effect_evidence import EvidenceCard

SIDES = {
    "worse": "worse",
    "slightly worse": "worse",
    "better": "better",
    "slightly better": "better",
    "no effect": "none",
}
"""What a finding on leaving says; findings that are mixed contradict nobody."""
NOT_ABOUT = ("not about leaving", "not about it")
NOT_GRADED = "not graded"
LEAVING = re.compile(r"\b(leav|exit|withdraw|handover|clos)", re.IGNORECASE)
"""Words of a study's treatment by which it is about forces that leave."""


@dataclass(frozen=True, slots=True)
class CardBeside:
    """One study beside the options: read, and multiplied into nothing.

    Attributes:
        id: of the card.
        study: who, when, where.
        options: ids of options whose effects name it; empty where it only bears on leaving or staying.
        criteria: ids of the criteria of those effects.
        design: how the study was done; None is unknown.
        treatment: what was varied; None is unknown.
        direction: what was found, in words.
        estimate: as printed; None where not retrieved.
        interval: as printed; None where not retrieved.
        withdrawal: what that suggests for leaving; None where nobody says.
        applicability: high, medium or low.
        reason: why so far and no farther.
        grade: Admiralty letter of the card's source; `not graded` where nobody has graded it.
        verified: how the card was checked; None is unknown.
        doi: of the study.
        contradicted_by: ids of cards that say otherwise of leaving.
        own: whether it is the case's own card.
    """

    id: str
    study: str
    options: tuple[str, ...]
    criteria: tuple[str, ...]
    design: str | None
    treatment: str | None
    direction: str
    estimate: str | None
    interval: str | None
    withdrawal: str | None
    applicability: str
    reason: str | None
    grade: str
    verified: str | None
    doi: str | None
    contradicted_by: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceBeside:
    """What is known from elsewhere, beside a choice.

    Attributes:
        choice: its id.
        cards: those that its effects name first, then those that bear on leaving or staying, each kind by applicability.
        exits: what followed when missions left, beside all country-years; empty where no option is about leaving.
        faults: what must be known of those exits.
        without: how many effects name no card, and rest on ranges alone.
        effects: how many effects there are.
    """

    choice: str
    cards: tuple[CardBeside, ...]
    exits: tuple[Beside, ...]
    faults: tuple[str, ...]
    without: int
    effects: int


def evidence(
    case: Case, choice: Choice, *, cards: Sequence[EvidenceCard], exits: Sequence[Beside], faults: Sequence[str] = ()
) -> EvidenceBeside:  # fmt: skip
    """The cards that a choice's effects name, those that contradict them, and what bears on leaving where that is at issue.

    Leaving is at issue where a step closes or reduces a site, or where an effect names a study of forces that left. Then every
    card that says what leaving does is shown, with the class of past exits.

    Args:
        case: with its own cards and the grades of its sources.
        choice: with its effects.
        cards: those that ship.
        exits: comparisons of past exits.
        faults: of that class.
    """
    grades = {s.source_id: s.reliability.name for s in case.sources if s.reliability is not None}
    every = [*(_own(row, grades) for row in case.evidence), *(_shipped(card) for card in cards)]
    own_ids = {card.id for card in every if card.own}
    every = [card for card in every if card.own or card.id not in own_ids]
    named = {name for e in choice.effects for name in e.cards}
    closes = any(step.closes or step.reduces for option in choice.options for step in option.steps)
    mine = [card for card in every if card.id in named]
    leaving = closes or any(LEAVING.search(card.treatment or "") for card in mine)
    shown = [
        card
        for card in every
        if card.id in named
        or (leaving and _about_leaving(card))
        or any(contradict(card.withdrawal, other.withdrawal) for other in mine)
    ]
    beside = [_beside(card, choice, shown) for card in shown]
    order = ("high", "medium", "low")
    beside.sort(key=lambda card: (not card.options, order.index(card.applicability)))
    return EvidenceBeside(
        choice.id, tuple(beside), tuple(exits) if leaving else (), tuple(faults) if leaving else (),
        sum(not e.cards for e in choice.effects), len(choice.effects),
    )  # fmt: skip


def _about_leaving(card: CardBeside) -> bool:
    return card.withdrawal is not None and card.withdrawal not in NOT_ABOUT


def contradict(one: str | None, other: str | None) -> bool:
    """Whether two findings on leaving exclude each other.

    Example:
        >>> contradict("worse", "no effect"), contradict("worse", "slightly worse"), contradict("worse", "mixed")
        (True, False, False)
    """
    sides = [SIDES.get(said or "") for said in (one, other)]
    return None not in sides and sides[0] != sides[1]


def _beside(card: CardBeside, choice: Choice, shown: Sequence[CardBeside]) -> CardBeside:
    effects = [e for e in choice.effects if card.id in e.cards]
    against = tuple(o.id for o in shown if o.id != card.id and contradict(card.withdrawal, o.withdrawal))
    return CardBeside(
        card.id, card.study, tuple(_once(e.option for e in effects)), tuple(_once(e.criterion for e in effects)),
        card.design, card.treatment, card.direction, card.estimate, card.interval, card.withdrawal, card.applicability,
        card.reason, card.grade, card.verified, card.doi, against, card.own,
    )  # fmt: skip


def _once(names: Iterator[str]) -> dict[str, None]:
    return dict.fromkeys(names)


def _own(row: Row, grades: dict[str, str]) -> CardBeside:
    return CardBeside(
        row.evidence_id, row.study, (), (), row.design, row.treatment, row.direction, row.estimate, row.interval,
        row.withdrawal, row.applicability.value, row.applies_to, grades.get(row.source_id or "", NOT_GRADED),
        row.verified, row.doi, own=True,
    )  # fmt: skip


def _shipped(card: EvidenceCard) -> CardBeside:
    estimate, interval = (None if said == "not retrieved" else said for said in (card.estimate, card.interval))
    return CardBeside(
        card.id, card.citation, (), (), card.design, card.treatment, card.direction, estimate, interval, card.withdrawal,
        card.applicability, card.reason, NOT_GRADED, card.verified, card.doi,
    )  # fmt: skip
