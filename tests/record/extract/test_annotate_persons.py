"""What is taken for a person and what is not."""

from __future__ import annotations

import pytest

from tocsin.record.document import Segment, SegmentKind, Text
from tocsin.record.extract.annotate import annotate
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.extract.model import Model, load_model


@pytest.fixture(scope="module")
def model() -> Model:
    loaded = load_model()
    if loaded is None:
        pytest.skip("the text extra is not installed")
    return loaded


def typed(words: str, model: Model | None, what: str) -> list[str]:
    text = Text("0" * 64, "plain 1", words, (Segment(0, len(words), SegmentKind.BODY, paragraph=1),), "en")
    return [m.span.words for m in annotate(text, knowledge_of(None), model=model).mentions if m.type.value == what]


def persons(words: str, model: Model | None) -> list[str]:
    return typed(words, model, "person")


def test_a_mountain_said_again_in_another_language_is_no_person(model: Model) -> None:
    words = "The Harun Mountains (Kurdish: Çiyayê Harûn or Çiyayên Harûn) lie in the north."
    assert persons(words, model) == []
    assert {"Harun Mountains", "Çiyayê Harûn"} <= set(typed(words, model, "place"))


def test_a_person_said_again_in_another_language_stays_one(model: Model) -> None:
    assert "Qasim Haroun" in persons("General Qasim Harun (French: Qasim Haroun) spoke first.", model)


def test_a_person_in_a_bracket_that_is_no_gloss_stays_one(model: Model) -> None:
    assert "Thomas Weller" in persons("The book (by Thomas Weller, who spoke in Arabic) was sold.", model)


def test_marks_of_bold_words_are_no_part_of_a_name(model: Model) -> None:
    assert persons("We met Joseph Weller*, John Marlow** and others.", model) == ["Joseph Weller", "John Marlow"]


def test_names_in_a_list_with_wide_gaps_stay_apart(model: Model) -> None:
    found = persons("The council sanctioned Ahmad Jaber  Mohammad Bilal  Joseph Weller last year.", model)
    assert {"Ahmad Jaber", "Mohammad Bilal", "Joseph Weller"} <= set(found)


def test_a_firm_called_like_a_person_is_a_body(model: Model) -> None:
    words = "Officials named Hasan Ebrahim and Maher Trading in the note."
    assert "Hasan Ebrahim" in persons(words, model)
    assert not any("Maher" in name for name in persons(words, model))


def test_a_title_before_the_word_of_a_body_tells_no_person() -> None:
    assert persons("He led the General Administration for two years.", None) == []
    assert persons("He met General Harun for two hours.", None) == ["Harun"]


def test_a_family_is_named_by_the_surname_of_one_met_before(model: Model) -> None:
    assert persons("Thomas Weller left. Many blamed the Wellers.", model) == ["Thomas Weller", "Wellers"]
    assert persons("Thomas Weller left. Many bought wellers and Wellers.", model).count("Wellers") == 0


def test_a_word_that_begins_a_clause_is_no_part_of_a_name() -> None:
    assert persons("Although Qasim al-Harun denied it, he left.", None) == ["Qasim al-Harun"]
