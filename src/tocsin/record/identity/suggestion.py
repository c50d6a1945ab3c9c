"""A suggestion that two entities are, or are not, one: always with its reasons, never a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.record.store.values import Entity


class Advice(StrEnum):
    """What a person is advised to look for, in order of use."""

    SAME = "likely the same"
    LOOK = "look"
    SIBLINGS = "siblings"
    """Alike but for a number, a place or a word that tells them apart."""
    APART = "likely not the same"


class Ground(StrEnum):
    """What a reason rests on."""

    ALIAS = "alias"
    NAME = "name"
    CONTEXT = "context"
    CONTRADICTION = "contradiction"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Why:
    """One reason.

    Attributes:
        ground: what it rests on.
        words: a sentence.
        against: whether it speaks against the two being one.
        claims: the claims it was found in.
    """

    ground: Ground
    words: str
    against: bool = False
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that a person should judge.

    Attributes:
        left, right: the entities.
        advice: what to look for.
        score: likeness of their names, 0..1; no probability.
        why: what speaks against first.
    """

    left: Entity
    right: Entity
    advice: Advice
    score: float
    why: tuple[Why, ...]
