"""Search finds claims by words, and nothing a user types breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.record.store.record_made_up import document_with, enter, happened, held

from tocsin.record.claim import Argument, EntityType, Proposal, Step

if TYPE_CHECKING:
    from tocsin.record.store import Record

DOCUMENT, TEXT = document_with(
    "Şükrü Öz became governor of Diyala.",
    "The governor's bridge, NOT the dam, fell AND sank NEAR Baqubah.",
    "قوات الحشد الشعبي",
)
POST = held(TEXT, "Şükrü Öz", "governor")
FELL = happened(TEXT, "bridge")


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("sukru", ["person-holds-post"]), ("ŞÜKRÜ öz", ["person-holds-post"]), ("governor", ["person-holds-post", "event"]),
        ("governor sank", ["event"]), ("governor -sank", ["event"]), ("not near", ["event"]), ("NEAR(bridge dam)", ["event"]),
        ('"bridge', ["event"]), ("brid*", []), ("gov", []), ("bridge OR dam", []), ("quote_words:bridge", []),
        ("", []), ("*", []), ("\0", []), ("bridge\0", ["event"]), ("' OR 1=1 --", []), ("\udc00 bridge", ["event"]),
        ("ب", []), ("█event", []), ("event", []), ("bridge & dam", ["event"]), ("!bridge", ["event"]), ("x" * 100_000, []),
    ],
)  # fmt: skip
def test_words_are_words_whatever_stands_beside_them(record: Record, words: str, kinds: list[str]) -> None:
    enter(record, DOCUMENT, TEXT, POST, FELL)
    assert [claim.kind for claim in record.search(words)] == kinds


def test_search_keeps_to_a_kind_and_a_limit_and_goes_on(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, POST, FELL)
    assert [claim.kind for claim in record.search("governor", kind="event")] == ["event"]
    assert [claim.kind for claim in record.search("governor", limit=1)] == ["person-holds-post"]
    assert [claim.kind for claim in record.search("governor", after=POST.claim_id)] == ["event"]


def test_names_beside_the_quote_and_known_names_are_found_too(record: Record) -> None:
    claim = Proposal(
        "event", TEXT.text_id, FELL.quote,
        (*FELL.arguments, Argument("actor", EntityType.ORGANISATION, None, Step.PUBLICATION, "Ministry of Water")),
        "rules 1",
    )  # fmt: skip
    enter(record, DOCUMENT, TEXT, claim)
    assert record.search("water ministry")


def test_arabic_is_found_with_and_without_vowel_marks(record: Record) -> None:
    line = TEXT.text.split("\n")[2]
    enter(record, DOCUMENT, TEXT, happened(TEXT, line))
    assert record.search("الحشد الشعبي")
    assert record.search("الحَشد")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_text_can_be_asked_for(record: Record, words: str) -> None:
    assert record.search(words, kind="event") == []
    assert record.entities(name=words) == []
