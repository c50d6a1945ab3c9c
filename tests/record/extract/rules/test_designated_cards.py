"""Who is designated where a text gives a card of identity, a heading or a line of a list, in words of these tests."""

from __future__ import annotations

import pytest
from tests.record.extract.rules.notes import DAY, designations_told, note

from tocsin.record.claim import Span
from tocsin.record.extract.rules.designated_cards import carded, headed
from tocsin.record.extract.rules.parties import names_in
from tocsin.record.extract.rules.stretches import stretches_of


def parties(words: str) -> list[tuple[str, str]]:
    return [(who, when) for who, _, when, *_ in designations_told(words)]


def names(words: str) -> list[str]:
    return [name.span.words for name in names_in(Span.of(words, 0, len(words)), words)]


OPENING = "Today, OFAC designated {} pursuant to E.O. 13224.\n\n"


@pytest.mark.parametrize(
    ("group", "rest", "told"),
    [
        ("two financiers", "**Identifying Information**\n\nName: Omar Haddad\n\nAKA: Abu Zayd\n\nDOB: 1970\n\nName: Zayd al-Karim\n\nDOB: 1971",  # noqa: E501  # one row, one case
         ["Omar Haddad", "Zayd al-Karim"]),
        ("two financiers", "**Identifying Information Omar HaddadAKAs:** Abu ZaydDOB: 1970\n\nHaddad paid the cell.\n\n***Zayd al-Karim***\n\nAKA: Abu OmarDOB: 1971\n\nHe arms it.", ["Omar Haddad", "Zayd al-Karim"]),  # noqa: E501  # one row, one case
        ("two financiers", "## Omar Haddad\n\nHaddad pays the cell.\n\n## Zayd al-Karim\n\nAl-Karim arms it.", ["Omar Haddad", "Zayd al-Karim"]),  # noqa: E501  # one row, one case
        ("two financiers", "## The Cell and Its Money\n\nIt has much.\n\n## Zayd al-Karim\n\nA poem stands here.", []),
        ("three Cedar commanders", "The commanders designated today are:\n\n- Cedar 1st District Commander Omar Haddad\n\n- Cedar 2nd District Commander Zayd al-Karim\n\nThe Cedar Brigade was designated in May 2011.", ["Omar Haddad", "Zayd al-Karim", "Cedar Brigade"]),  # noqa: E501  # one row, one case
        ("two financiers", "Lebanon-based **Omar Haddad** pays the cell.\n\nSince 2015, **Zayd al-Karim** has armed it.", ["Omar Haddad", "Zayd al-Karim"]),  # noqa: E501  # one row, one case
    ],
)  # fmt: skip
def test_those_of_a_group_that_the_text_presents(group: str, rest: str, told: list[str]) -> None:
    assert [who for who, _ in parties(OPENING.format(group) + rest)] == told


def test_a_card_adds_nobody_who_is_named_already() -> None:
    said = "Today, OFAC designated Omar Haddad (Haddad) pursuant to E.O. 13224.\n\nIndividual: Omar Haddad\n\nAKA: Abu Zayd"
    assert parties(said) == [("Omar Haddad", DAY)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Name: Omar Haddad\n\nAKA: Abu Zayd\n\nDOB: 1970", ["Omar Haddad"]),
        ("Entity:Blue Cedar LLC\n\nEmail Address: one@example.org", ["Blue Cedar LLC"]),
        ("Omar Haddad lives in Rome. Address: Main Street", []),
    ],
)
def test_cards(words: str, told: list[str]) -> None:
    _, text = note(words)
    assert [name.span.words for _, name in carded(stretches_of(text))] == told


def test_a_heading_is_a_name_only_above_a_sentence_on_its_bearer() -> None:
    words = "## Omar Haddad\n\nHaddad pays.\n\n## BLUE CEDAR AND RED PINE\n\nBlue Cedar sells.\n\n## Conclusion\n\nThe end is near."  # noqa: E501  # one row, one case
    _, text = note(words)
    assert [name.span.words for _, name in headed(stretches_of(text))] == ["Omar Haddad"]


def test_items_of_a_list_have_their_own_dates() -> None:
    said = (
        "The Treasury Department has previously identified the following banks as being of primary money laundering concern:\n\n"
        "- Blue Bank and Cedar Bank in April 2005;\n\n- Pine Bank and its subsidiary Oak Bank in May 2004; and\n\n- Elm Bank in June 2003.\n\nThe Olive Office works on."  # noqa: E501  # one row, one case
    )
    assert parties(said) == [
        ("Blue Bank", "2005-04"), ("Cedar Bank", "2005-04"), ("Pine Bank", "2004-05"), ("Oak Bank", "2004-05"), ("Elm Bank", "2003-06"),  # noqa: E501  # one row, one case
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "Following the May 5, 2006 designation of Omar Haddad and Blue Cedar, Red Pine assumed his role.",
            ["Omar Haddad", "Blue Cedar"],
        ),
        ("Today, OFAC targeted Blue Cedar by designating Omar Haddad.", ["Omar Haddad"]),
        (
            "Today, OFAC designated two supporters of Blue Cedar, Omar Haddad and Zayd Karim.",
            ["Omar Haddad", "Zayd Karim"],
        ),
        (
            "Today, OFAC designated Omar Haddad, his companies Red Pine LLC, and Zayd Karim.",
            ["Omar Haddad", "Red Pine LLC", "Zayd Karim"],
        ),
        ("Today, OFAC designated Omar Haddad, a banker in Toledo, Ohio, for funding the cell.", ["Omar Haddad"]),
        (
            "Also designated today is the director of Blue Cedar in Lebanon, Omar Haddad, for arming it.",
            ["Omar Haddad"],
        ),
        ("Accounts stand in the names of Blue Cedar officials being designated today.", []),
        ("He met U.S.-designated Badr and Cedar financier Omar Haddad.", ["Omar Haddad"]),
        ("Today, OFAC designated four Blue Border Police (BBP) commanders.", []),
        ("Today, OFAC designated the 33rd Cedar Division and Omar Haddad.", ["33rd Cedar Division", "Omar Haddad"]),
        ("OFAC removed sanctions against the former chairman of the Cedar Company, Omar Haddad.", ["Omar Haddad"]),
    ],
)
def test_who_is_a_party_and_who_is_not(words: str, told: list[str]) -> None:
    assert [who for who, _ in parties(words)] == told


def test_those_named_once_are_these_three_later() -> None:
    said = "The office speaks of three groups: Blue Cedar Foundation, Red Pine Foundation, and Oak Relief Fund.\n\nThis is a note.\n\nAs said, these three organizations were designated under E.O. 13224."  # noqa: E501  # one row, one case
    assert [who for who, _ in parties(said)] == ["Blue Cedar Foundation", "Red Pine Foundation", "Oak Relief Fund"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("officers of the Ground Forces of the Blue Cedar Guards (BCG) met", ["Blue Cedar Guards", "BCG"]),
        ("the Cedar Bank of the Republic of Cyprus (RC) failed", ["Cedar Bank of the Republic of Cyprus", "RC"]),
        ("the Revival of Blue Cedar Society (RBCS) paid", ["Revival of Blue Cedar Society", "RBCS"]),
        (
            "the Cedar Company for Publishing, Media, and Research paid",
            ["Cedar Company for Publishing, Media, and Research"],
        ),
        ("Omar Zayd Omar Karim paid", ["Omar Zayd Omar Karim"]),
        ("Zayd Sultan Karim paid", ["Zayd Sultan Karim"]),
        ("Blue Cedar (HK) Limited paid", ["Blue Cedar (HK) Limited"]),
        ("Comite de Bonte et de Secours (CBS) paid", ["Comite de Bonte et de Secours", "CBS"]),
    ],
)
def test_names_are_whole(words: str, told: list[str]) -> None:
    assert names(words) == told


def test_a_surname_said_first_is_that_of_the_name_that_follows() -> None:
    said = "The designation of al-Haddad matters.\n\nToday, OFAC designated Omar al-Haddad.\n\nAKA: Omar Zayd al-Haddad"
    assert {who for who, _ in parties(said)} == {"Omar al-Haddad"}


def test_an_alias_of_a_card_does_not_take_the_place_of_the_name() -> None:
    said = (
        "Today, OFAC designated Blue Cedar Bank.\n\nEntity: Blue Cedar Bank AKA: C and Pine Bank AKA: Blue-Cedar Bank"
    )
    assert [who for who, _ in parties(said)] == ["Blue Cedar Bank"]


def test_a_place_run_into_a_name_is_no_part_of_it() -> None:
    said = "Blue Cedar Fund paid.\n\nHelp to Badr in Lebanon Blue Cedar Fund gave money. Today, OFAC designated Blue Cedar Fund."
    assert [who for who, _ in parties(said)] == ["Blue Cedar Fund"]
