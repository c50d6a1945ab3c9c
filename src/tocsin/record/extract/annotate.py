"""From a text to the text with its sentences and the names in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.mention import Annotated, Mention
from tocsin.record.extract.naming.by_gazetteer import known_names
from tocsin.record.extract.naming.by_model import names_of_model
from tocsin.record.extract.naming.candidate import kept
from tocsin.record.extract.sentences import one_line, read_segments, sentences_by_rule, sentences_of_parse

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tocsin.record.document import Text
    from tocsin.record.extract.knowledge import Knowledge
    from tocsin.record.extract.model import Model


def annotate(text: Text, knowledge: Knowledge, *, model: Model | None) -> Annotated:
    """Cut a text into sentences and find the names in them.

    Args:
        text: the text; only English goes through the model, other languages are matched by known names alone.
        knowledge: names known beforehand.
        model: None finds known names alone, and cuts sentences by their stops.
    """
    segments = read_segments(text)
    stretches = [one_line(text.text[segment.start : segment.end]) for segment in segments]
    docs: list[Doc | None] = (
        list(model.parse(stretches)) if model is not None and text.language == "en" else [None] * len(segments)
    )
    sentences: list[Span] = []
    mentions: list[Mention] = []
    parses: dict[int, Doc] = {}
    for segment, stretch, doc in zip(segments, stretches, docs, strict=True):
        found = list(known_names(stretch, knowledge))
        if doc is None:
            sentences += sentences_by_rule(text.text, segment.start, segment.end)
        else:
            parses[segment.start] = doc
            sentences += sentences_of_parse(text.text, segment.start, doc)
            found += names_of_model(doc)
        for one in kept(found):
            span = Span.of(text.text, segment.start + one.start, segment.start + one.end)
            mentions.append(Mention(span, one.type, one.found_by, one.known))
    return Annotated(text, tuple(sentences), tuple(mentions), parses)
