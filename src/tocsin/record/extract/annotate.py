"""From a text to the text with its sentences and the names in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.mention import Annotated, Mention
from tocsin.record.extract.naming.again import with_short_forms
from tocsin.record.extract.naming.settle import names_in
from tocsin.record.extract.sentences import one_line, read_segments, sentences_by_rule, sentences_of_parse

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tocsin.record.document import Text
    from tocsin.record.extract.knowledge import Knowledge
    from tocsin.record.extract.model import Model

ENGLISH = "en"
_CAPITAL_WORD = re.compile(r"[^\W\d_]{4,}")


def annotate(text: Text, knowledge: Knowledge, *, model: Model | None) -> Annotated:
    """Cut a text into sentences and find the names in them.

    Args:
        text: the text; only English goes through the model, other languages are matched by known names alone.
        knowledge: names known beforehand.
        model: None finds known names and those known by their form alone, and cuts sentences by their stops.

    Returns:
        The annotated text. A heading in capitals is parsed as if written in small letters, at the same offsets.
    """
    segments = read_segments(text)
    english = text.language == ENGLISH
    stretches = [one_line(text.text[segment.start : segment.end]) for segment in segments]
    shouted = [english and all_capitals(stretch) for stretch in stretches]
    read = [lowered(s) if loud else s for s, loud in zip(stretches, shouted, strict=True)]
    docs: list[Doc | None] = list(model.parse(read)) if model is not None and english else [None] * len(segments)
    sentences: list[Span] = []
    mentions: list[Mention] = []
    for segment, stretch, doc, loud in zip(segments, read, docs, shouted, strict=True):
        if doc is None:
            sentences += sentences_by_rule(text.text, segment.start, segment.end)
        else:
            sentences += sentences_of_parse(text.text, segment.start, doc)
        for one in names_in(stretch, knowledge, doc=doc, english=english, capitals=loud):
            span = Span.of(text.text, segment.start + one.start, segment.start + one.end)
            mentions.append(Mention(span, one.type, one.found_by, one.known))
    if english:
        mentions = with_short_forms(text.text, segments, mentions, knowledge)
    parses = {segment.start: doc for segment, doc in zip(segments, docs, strict=True) if doc is not None}
    return Annotated(text, tuple(sentences), tuple(mentions), parses)


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
