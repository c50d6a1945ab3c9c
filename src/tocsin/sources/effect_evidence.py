"""What studies found about presence, training and withdrawal: cards, to be read beside a forecast, never multiplied in."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """One study.

    Attributes:
        id: short id.
        citation: who, when, where.
        design: how the study was done.
        treatment: what was varied.
        outcome: what was measured.
        estimate: as printed, or that it was not retrieved.
        interval: as printed, or that it was not retrieved.
        direction: what was found, in words.
        withdrawal: what that suggests for leaving: worse, slightly worse, better, no effect, mixed, or not about
            leaving.
        applicability: to a mission of a few hundred advisers: high, medium or low.
        reason: why so.
        verified: how the card was checked.
        doi: the study's DOI where it is known.
    """

    id: str
    citation: str
    design: str
    treatment: str
    outcome: str
    estimate: str
    interval: str
    direction: str
    withdrawal: str
    applicability: str
    reason: str
    verified: str
    doi: str | None = None


@cache
def evidence_cards() -> tuple[EvidenceCard, ...]:
    """The cards that ship, those most applicable to an advisory mission first.

    Example:
        >>> [card.id for card in evidence_cards()[:2]]
        ['rand2018', 'bmb2018']
    """
    text = (files("tocsin.sources") / "effect_evidence.toml").read_text(encoding="utf-8")
    cards = [EvidenceCard(**card) for card in tomllib.loads(text)["card"]]
    return tuple(sorted(cards, key=lambda card: ("high", "medium", "low").index(card.applicability)))
