"""An act of designation as a sentence puts it: its verb, its voice, and who does it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.record.claim import LegalState, Span
    from tocsin.record.extract.rules.bodies import Body

STANDING = ("Specially", "specially", "SDGT", "SDGTs")


class Voice(StrEnum):
    """How the verb stands to its party."""

    ACTIVE = "active"
    """'OFAC designated X': the party follows."""
    PASSIVE = "passive"
    """'X was designated': the party goes before, as subject."""
    RELATIVE = "relative"
    """'X, which was designated', 'X, whom OFAC designated': the party goes before the relative word."""
    REDUCED = "reduced"
    """'X, designated in 2011, ...': the party goes directly before."""
    INVERTED = "inverted"
    """'Also designated today was X': the party follows the copula."""
    OPENING = "opening"
    """'Designated in 2011, X ...': the party follows the comma."""
    ATTRIBUTE = "attribute"
    """'U.S.-designated X': the party follows, and nothing more is said of the act."""


@dataclass(frozen=True, slots=True)
class Act:
    """A verb of designation.

    Attributes:
        verb: the words, `was designated` without what stands before the verb itself.
        voice: how it stands to its party.
        state: what it does.
        anchor: offset at which the part before the verb ends: of its subject, of the antecedent.
        by: who does it, as far as its own words say.
        going_on: 'is being designated', 'is designating': it is done as the text is made public.
        earlier: 'previously', 'has been', 'had': it was done before.
        infinitive: 'to designate', 'designate': said of what may be done.
        noun: 'sanctions on': says nothing by itself.
    """

    verb: Span
    voice: Voice
    state: LegalState
    anchor: int
    by: tuple[Body, ...]
    going_on: bool
    earlier: bool
    infinitive: bool
    noun: bool = False
