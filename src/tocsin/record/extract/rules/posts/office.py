"""What a title in a sentence says: its words, of what body, and whether it is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.record.claim import Span


@dataclass(frozen=True, slots=True)
class Office:
    """A title as a sentence has it.

    Attributes:
        post: the words of the title, without those that only say when it was held.
        organisation: of what; None where the sentence does not say.
        start, end: offsets of the whole phrase in the text, determiner and organisation included.
        over: whether 'former' or the like stands before it.
        plural: whether its noun names several persons' posts.
        more: further bodies of the same title.
    """

    post: Span
    organisation: Span | None
    start: int
    end: int
    over: bool
    plural: bool
    more: tuple[Span, ...] = ()
