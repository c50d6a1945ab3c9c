"""Names found in a text, and the text cut into sentences: what extractors work on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tocsin.record.claim import EntityType, Span
    from tocsin.record.document import Text


class FoundBy(StrEnum):
    """How a name was found in a text."""

    MODEL = "language model of the text extra"
    GAZETTEER = "gazetteer"
    ALIAS = "alias table"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands in a text.

    Attributes:
        span: where, and the words.
        type: what it names.
        found_by: how it was found.
        known: id of the entity in the gazetteer or the case's tables, where the words are one of its names; else None.
    """

    span: Span
    type: EntityType
    found_by: FoundBy
    known: str | None = None


@dataclass(frozen=True)
class Annotated:
    """A text with its sentences and the names in them.

    Attributes:
        text: the text.
        sentences: in order, within segments that claims are read from; a sentence never crosses two segments.
        mentions: in order, not overlapping.
        parses: spaCy's parse of each sentence's segment by the segment's start, its token offsets counted from there;
            empty without a model, and extractors that need it then propose nothing.
    """

    text: Text
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    parses: dict[int, Doc] = field(default_factory=dict, repr=False)

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.span.start for mention in self.mentions]

    def mentions_in(self, span: Span, *types: EntityType) -> tuple[Mention, ...]:
        """The mentions that lie whole in a span, of the types asked for (of all, where none is)."""
        low, high = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)
        inside = (m for m in self.mentions[low:high] if m.span.end <= span.end)
        return tuple(m for m in inside if not types or m.type in types)
