"""From a text to the text with its sentences and the names in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.mention import Annotated, Mention
from tocsin.record.extract.model import joined, pieces
from tocsin.record.extract.naming.again import with_short_forms
from tocsin.record.extract.naming.agree import agreed, without_common_nouns
from tocsin.record.extract.naming.settle import names_in
from tocsin.record.extract.sentences import one_line, read_segments, sentences_by_rule, sentences_of_parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from tocsin.record.document import Segment, Text
    from tocsin.record.extract.knowledge import Knowledge
    from tocsin.record.extract.model import Model

ENGLISH = "en"
_LOOKED_AT = 20_000
"""Characters looked at to tell whether a text is in Latin letters."""

_AFTER_LATIN = "\u0370"
"""The first letter that is not Latin."""

_CAPITAL_WORD = re.compile(r"[^\W\d_]{4,}")


def annotate(text: Text, knowledge: Knowledge, *, model: Model | None) -> Annotated:
    """Cut a text into sentences and find the names in them.

    Args:
        text: the text; only English goes through the model, and what is in Latin letters and no language could be told
            (a note of a few words); other languages are matched by known names alone.
        knowledge: names known beforehand.
        model: None finds known names and those known by their form alone, and cuts sentences by their stops.

    Returns:
        The annotated text. A heading in capitals is parsed as if written in small letters, at the same offsets.
    """
    segments = read_segments(text)
    english = is_read_as_english(text)
    read = [piece for segment in segments for piece in _pieces(text, segment, english=english)]
    docs: list[Doc | None] = (
        list(model.parse([piece.words for piece in read])) if model is not None and english else [None] * len(read)
    )
    sentences: list[Span] = []
    mentions: list[Mention] = []
    parses: dict[int, list[Doc]] = {}
    for piece, doc in zip(read, docs, strict=True):
        start, end = piece.start, piece.start + len(piece.words)
        if doc is not None:
            parses.setdefault(piece.segment, []).append(doc)
        sentences += (
            sentences_by_rule(text.text, start, end) if doc is None else sentences_of_parse(text.text, start, doc)
        )
        for one in names_in(piece.words, knowledge, doc=doc, english=english, capitals=piece.capitals):
            span = Span.of(text.text, start + one.start, start + one.end)
            mentions.append(Mention(span, one.type, one.found_by, one.known))
    if english:
        told = without_common_nouns(text.text, agreed(mentions))
        mentions = with_short_forms(text.text, segments, told, knowledge)
    whole = {at: joined(parts) for at, parts in parses.items()}
    return Annotated(text, tuple(sentences), tuple(mentions), whole)


def is_read_as_english(text: Text) -> bool:
    """Whether a text is English, or its language is unknown and most of its letters are Latin.

    Example:
        >>> from tocsin.record.document import Text
        >>> [is_read_as_english(Text("0" * 64, "plain 1", words, (), None)) for words in ("Badr left.", "داعش")]
        [True, False]
    """
    if text.language is not None:
        return text.language == ENGLISH
    letters = [c for c in text.text[:_LOOKED_AT] if c.isalpha()]
    return 2 * sum(c < _AFTER_LATIN for c in letters) > len(letters)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch read at once: where it begins, where its segment does, and its words as they are read."""

    start: int
    segment: int
    words: str
    capitals: bool


def _pieces(text: Text, segment: Segment, *, english: bool) -> Iterator[_Piece]:
    start = segment.start
    for words in pieces(one_line(text.text[segment.start : segment.end])):
        loud = english and all_capitals(words)
        yield _Piece(start, segment.start, lowered(words) if loud else words, loud)
        start += len(words)


def all_capitals(stretch: str) -> bool:
    """Whether a stretch is written in capitals throughout, as headings are.

    Example:
        >>> all_capitals("COALITION STRIKES NEAR MOSUL"), all_capitals("NATO and the EU in Iraq")
        (True, False)
    """
    letters = [c for c in stretch if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def lowered(stretch: str) -> str:
    """Each longer word with its first letter alone as a capital, at the same offsets.

    Example:
        >>> lowered("US STRIKES NEAR MOSUL")
        'US Strikes Near Mosul'
    """
    return _CAPITAL_WORD.sub(lambda word: _capitalised(word.group()), stretch)


def _capitalised(word: str) -> str:
    made = word[0] + word[1:].lower()
    return made if len(made) == len(word) else word
