"""How sentences put what they say, and who says it."""

from __future__ import annotations

import pytest

from tocsin.record.claim import Modality, Span
from tocsin.record.document import Segment, SegmentKind, Text
from tocsin.record.extract.mention import Annotated
from tocsin.record.extract.rules.said import attribution_of, modality_of


def annotated(words: str) -> tuple[Span, Annotated]:
    whole = Span.of(words, 0, len(words))
    text = Text("0" * 64, "plain 1", words, (Segment(0, len(words), SegmentKind.BODY, paragraph=1),), "en")
    return whole, Annotated(text, (whole,), ())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The brigade answers to the ministry.", Modality.ASSERTED),
        ("The brigade does not answer to the ministry.", Modality.DENIED),
        ("The brigade no longer answers to the ministry.", Modality.DENIED),
        ("The ministry denied that the brigade answers to it.", Modality.DENIED),
        ("The mission will leave the camp in May.", Modality.PLANNED),
        ("The group threatened to leave the coalition.", Modality.PLANNED),
        ("The mission should leave the camp.", Modality.RECOMMENDED),
        ("Analysts urged the mission to leave the camp.", Modality.RECOMMENDED),
        ("The brigade reportedly answers to the ministry.", Modality.REPORTED),
        ("According to two officers, the brigade answers to the ministry.", Modality.REPORTED),
        ("On May 5 the brigade moved.", Modality.ASSERTED),
    ],
)
def test_modality(words: str, expected: Modality) -> None:
    assert modality_of(*annotated(words)) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("According to one paper, the minister said that the brigade moved.", ["the minister", "one paper"]),
        ("The brigade moved, said two officers.", ["two officers"]),
        ("“It moved,” said Ann B. Cole, head of the office.", ["Ann B. Cole"]),
        ("The brigade moved.", []),
        ("The brigade moved to the camp said to be empty.", []),
    ],
)
def test_the_nearest_speaker_comes_first(words: str, expected: list[str]) -> None:
    assert [span.words for span in attribution_of(*annotated(words))] == expected


def test_cues_of_another_clause_do_not_count() -> None:
    whole, text = annotated("The mission will not stay, but the brigade answers to the ministry.")
    at = whole.words.index("answers")
    assert modality_of(whole, text, at=Span.of(whole.words, at, at + 7)) is Modality.ASSERTED


def test_every_speaker_is_verbatim() -> None:
    whole, text = annotated("“Rules change,” said Ann Cole. Later, the office said that they stay.")
    for span in attribution_of(whole, text):
        assert text.text.text[span.start : span.end] == span.words
