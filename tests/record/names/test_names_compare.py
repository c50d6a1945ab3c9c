"""Names compared across scripts, spellings and orders; siblings stay apart."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tocsin.record.names import NameKind, Role, compare, fold, read_name
from tocsin.record.names.lexicon import families
from tocsin.record.screening import THRESHOLD

PERSON, BODY = NameKind.PERSON, NameKind.ORGANISATION


def score(left: str, right: str, kind: NameKind) -> float:
    return compare(read_name(left, kind), read_name(right, kind)).score


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("SOLEIMANI, Qasim", "قاسم سليماني"),
        ("Kassem Suleimani", "Ghassem Soleymani"),
        ("Sheikh Abd al-Rahman bin Muhammad", "Abdurrahman Mohamed"),
        ("Salah al-Din Ahmad", "Salahuddin Ahmed"),
        ("Abu Mahdi al-Muhandis", "أبو مهدي المهندس"),
        ("Yusuf Hadi", "Yousef Haadi"),
        ("V. Petrenko", "PETRENKO, Viktor"),
        ("Виктор Петренко", "PETRENKO, Viktor"),
        ("Łukasz Żółty", "Lukasz Zolty"),
    ],
)
def test_spellings_of_one_persons_name_match(left: str, right: str) -> None:
    assert score(left, right, PERSON) >= THRESHOLD


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hasan Karim", "Husayn Karim"),
        ("Muhammad Najjar", "Muhammad Azhar"),
        ("Ali", "Ali Reza Karimi Tabrizi"),
        ("Samir Haddad", "Samir Khoury"),
    ],
)
def test_different_persons_do_not_match(left: str, right: str) -> None:
    assert score(left, right, PERSON) < THRESHOLD


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("JFC Naples", "JFC Brunssum"),
        ("NATO Training Mission-Iraq", "NATO Mission Iraq"),
        ("45th Brigade", "46th Brigade"),
        ("45th Brigade", "Brigade"),
        ("Northern Oil Company", "Southern Oil Company"),
    ],
)
def test_siblings_of_organisations_never_match_and_the_difference_is_named_first(left: str, right: str) -> None:
    found = compare(read_name(left, BODY), read_name(right, BODY))
    assert found.score < THRESHOLD
    assert found.reasons[0].against


def test_a_legal_form_is_not_compared() -> None:
    assert score("Badr Trading Co., Ltd.", "Badr Trading L.L.C.", BODY) == 1.0


def test_one_name_written_together_or_apart() -> None:
    assert score("Hizb Allah", "Hizballah", BODY) >= THRESHOLD


def test_reasons_can_be_read() -> None:
    found = compare(read_name("Qasim Haddad", PERSON), read_name("Kassem Haddad Tannous", PERSON))
    assert [r.words for r in found.reasons] == [
        "'tannous' not in the first name", "'haddad' is in both", "'qasim' and 'kassem' are spellings of one name",
    ]  # fmt: skip


def test_a_rare_part_tells_more_than_a_common_one() -> None:
    left, right = read_name("Ali Zandavi", PERSON), read_name("Reza Zandavi", PERSON)
    rare = compare(left, right, rarity={"ali": 0.4}).score
    assert rare > compare(left, right, rarity={"sandaui": 0.4, "sandawi": 0.4}).score


def test_roles_of_parts() -> None:
    parts = read_name("3rd Northern Trading Brigade Badr", BODY).parts
    assert [(p.text, p.role) for p in parts] == [
        ("3", Role.NUMBER), ("northern", Role.FUNCTION), ("trading", Role.GENERIC), ("brigade", Role.GENERIC),
        ("badr", Role.NAME),
    ]  # fmt: skip


def test_a_name_of_titles_alone_keeps_its_words() -> None:
    assert [p.text for p in read_name("The Doctor", PERSON).parts] == ["the", "doctor"]
    assert read_name("", PERSON).parts == ()


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(list(NameKind)))
@example("A", "0:A:\u00bc", NameKind.PERSON)
@settings(max_examples=150, deadline=None)
def test_any_text_compares_the_same_both_ways_and_within_bounds(left: str, right: str, kind: NameKind) -> None:
    one, other = read_name(left, kind), read_name(right, kind)
    found = compare(one, other).score
    assert 0.0 <= found <= 1.0
    assert compare(other, one).score == pytest.approx(found, abs=0.15)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_folding_gives_only_latin_letters_and_digits(text: str) -> None:
    assert all(word.isascii() and word.isalnum() for word in fold(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bank Sharq", "East Banco"), ("Jund Shomal", "Soldiers North"), ("Foulad Sanat", "Steel Industry")],
)
def test_words_of_bodies_that_mean_the_same_in_two_languages(one: str, other: str) -> None:
    found = compare(read_name(one, NameKind.ORGANISATION), read_name(other, NameKind.ORGANISATION))
    assert found.score > 0.6
    assert any("mean the same" in reason.words for reason in found.reasons)
    assert not any(reason.against for reason in found.reasons)


def test_words_of_two_meanings_stay_apart() -> None:
    found = compare(read_name("Sharq Tamimi", NameKind.ORGANISATION), read_name("West Tamimi", NameKind.ORGANISATION))
    assert found.reasons[0].words == "'sharq' is not 'west'"


@pytest.mark.parametrize(("one", "other"), [("Pak Chin Su", "Pak Jin Su"), ("Cho Yong Chol", "Jo Yong Chol")])
def test_syllables_of_two_systems_of_writing_are_one(one: str, other: str) -> None:
    assert compare(read_name(one, NameKind.PERSON), read_name(other, NameKind.PERSON)).score > 0.7


def test_other_syllables_are_not() -> None:
    assert compare(read_name("Pak Chin Su", NameKind.PERSON), read_name("Pak Chol Su", NameKind.PERSON)).score < 0.7


def test_a_word_has_one_meaning_and_is_no_spelling_of_a_name() -> None:
    text = (files("tocsin.record.names") / "meanings.csv").read_text(encoding="utf-8")
    words = [line.split(",")[1] for line in text.splitlines()[1:]]
    assert len(words) == len(set(words))
    assert not set(words) & set(families())
