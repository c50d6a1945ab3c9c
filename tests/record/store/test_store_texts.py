"""Texts of every language are found by their words, and nothing a user types breaks it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.record.store.record_made_up import document_with, enter, happened

from tocsin.record.store.arabic import asked_as, keys_of
from tocsin.record.store.passages import index_words
from tocsin.record.store.wording import words_of

if TYPE_CHECKING:
    from tocsin.record.store import Record

ARABIC, ITS_TEXT = document_with(
    "أعلنت هيئة الحشد الشعبي أن لواءً عاد إلى الموصل.", "وبالموصل اجتمعت القيادة وشيوخ المدينة.",
    "مستشفى في الرُّمادي", name="ar.txt",
)  # fmt: skip
ARABIC_TEXT = replace(ITS_TEXT, language="ar")
FRENCH, ITS_WORDS = document_with("L'armée a quitté la caserne d'Erbil.", "L'État le confirme.", name="fr.txt")
FRENCH_TEXT = replace(ITS_WORDS, language="fr")
ENGLISH, ENGLISH_TEXT = document_with("The bridge near Mosul fell.", "The dam held.", name="z.txt")


def filled(record: Record) -> Record:
    record.add(ARABIC, ARABIC_TEXT)
    record.add(FRENCH, FRENCH_TEXT)
    enter(record, ENGLISH, ENGLISH_TEXT, happened(ENGLISH_TEXT, "bridge"))
    return record


def paragraphs(record: Record, words: str, **asked: object) -> list[tuple[str, int | None]]:
    return [(p.document, p.paragraph) for p in record.search_texts(words, **asked)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("الحشد الشعبي", [("ar.txt", 1)]), ("حشد شعبي", [("ar.txt", 1)]), ("والحشد", [("ar.txt", 1)]),
        ("بالحشد", [("ar.txt", 1)]), ("الموصل", [("ar.txt", 1), ("ar.txt", 2)]), ("للموصل", [("ar.txt", 1), ("ar.txt", 2)]),
        ("موصل", [("ar.txt", 1), ("ar.txt", 2)]), ("هيئه", [("ar.txt", 1)]), ("الهيئة", [("ar.txt", 1)]),
        ("اعلنت", [("ar.txt", 1)]), ("إعلنت", [("ar.txt", 1)]), ("مستشفي", [("ar.txt", 3)]), ("الرمادى", [("ar.txt", 3)]),
        ("شيوخ", [("ar.txt", 2)]), ("الـــحشد", [("ar.txt", 1)]), ("شيوخ الحشد", []), ("قياده", [("ar.txt", 2)]),
        ("armee", [("fr.txt", 1)]), ("ARMÉE quitte", [("fr.txt", 1)]), ("l'état", [("fr.txt", 2)]), ("caserne état", []),
        ("bridge", [("z.txt", 1)]), ("bridge -fell", [("z.txt", 1)]), ("bridge NOT fell", []), ("brid*", []),
        ("dam OR bridge", []),
        ('"bridge', [("z.txt", 1)]), ("words:bridge", []), ("", []), ("*", []), ("\0", []), ("bridge\0", [("z.txt", 1)]),
        ("' OR 1=1 --", []), ("\udc00 bridge", [("z.txt", 1)]), ("ء", []), ("ـ", []), ("x" * 100_000, []),
    ],
)  # fmt: skip
def test_every_language_is_found_by_its_words(record: Record, words: str, found: list[tuple[str, int]]) -> None:
    assert paragraphs(filled(record), words) == found


def test_a_passage_says_where_it_stands_and_where_the_words_are(record: Record) -> None:
    passage = filled(record).search_texts("الموصل")[1]
    assert (passage.document_id, passage.document, passage.language) == (ARABIC.document_id, "ar.txt", "ar")
    assert (passage.text_id, passage.page, passage.paragraph) == (ARABIC_TEXT.text_id, 1, 2)
    assert passage.words == ARABIC_TEXT.text[passage.start : passage.end] == ITS_TEXT.text.split("\n")[1]
    assert [passage.words[start:end] for start, end in passage.hits] == ["وبالموصل"]


def test_hits_are_all_places_of_all_words(record: Record) -> None:
    document, text = document_with("Öz met Oz; ÖZ left.", "Nobody left.")
    record.add(document, text)
    [passage] = record.search_texts("oz left")
    assert [passage.words[start:end] for start, end in passage.hits] == ["Öz", "Oz", "ÖZ", "left"]


def test_search_keeps_to_a_document_a_limit_and_to_what_no_claim_was_read_from(record: Record) -> None:
    filled(record)
    other, its_text = document_with("The bridge of Mosul stands.", name="zz.txt")
    record.add(other, its_text)
    assert paragraphs(record, "bridge") == [("z.txt", 1), ("zz.txt", 1)]
    assert paragraphs(record, "bridge", document=other.document_id) == [("zz.txt", 1)]
    assert paragraphs(record, "bridge", without_claims=True) == [("zz.txt", 1)]
    assert paragraphs(record, "bridge", limit=1) == [("z.txt", 1)]
    assert paragraphs(record, "bridge", limit=1, without_claims=True) == [("zz.txt", 1)]
    assert paragraphs(record, "bridge", limit=0) == paragraphs(record, "bridge", document="none") == []
    assert paragraphs(record, "الموصل", limit=1, without_claims=True) == [("ar.txt", 1)]


def test_many_documents_with_and_without_claims_take_turns(record: Record) -> None:
    for number in range(12):
        document, text = document_with(f"Line {number} of the bridge.", "The bridge again.", name=f"{number:02}.txt")
        enter(record, document, text, *([happened(text, "again")] if number % 3 else []))
    expected = [(f"{n:02}.txt", p) for n in range(0, 12, 3) for p in (1, 2)]
    for limit in (1, 2, 3, 5, 50):
        assert paragraphs(record, "bridge", without_claims=True, limit=limit) == expected[:limit]


def test_an_empty_record_and_a_text_without_segments_are_searched(record: Record) -> None:
    assert record.search_texts("bridge") == []
    document, text = document_with("The bridge.", name="a.txt")
    record.add(document, replace(text, segments=()))
    record.add(*document_with("A bridge.", name="b.txt"))
    assert paragraphs(record, "bridge") == [("b.txt", 1)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_text_can_be_asked_for(record: Record, words: str) -> None:
    assert record.search_texts(words) == []


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=12))
def test_every_word_of_a_text_is_found_by_itself(word: str) -> None:
    for folded in words_of(word):
        assert not asked_as(folded) or asked_as(folded) in keys_of(folded), (folded, keys_of(folded))
    assert index_words(f"{word} {word}") == index_words(word)
