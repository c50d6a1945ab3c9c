"""Designations of groups: listed behind a colon, counted and then presented, set apart behind their names."""

from __future__ import annotations

import pytest
from tests.record.extract.rules.notes import DAY, designations

THREE = ["Omar Haddad", "Zayd al-Karim", "Sami Nur"]


def told(words: str) -> list[tuple[str, str, list[str]]]:
    return [
        (p.arguments[0].words, str(p.dates.start), sorted(a.value or "" for a in p.arguments if a.role == "authority"))
        for p in designations(words)
    ]


def parties(words: str) -> list[str]:
    return [row[0] for row in told(words)]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("OFAC today designated the following persons: Omar Haddad, Zayd al-Karim, and Sami Nur.", THREE),
        (
            "OFAC today designated three associates for aiding it: Omar Haddad, a clerk; Zayd al-Karim, a broker; and Sami Nur.",
            THREE,
        ),
        ("The following firms of Blue Cedar were designated today: Palm Air LLC and Oak LLC.", ["Palm Air LLC", "Oak LLC"]),
    ],
)  # fmt: skip
def test_a_list_behind_a_colon_names_the_parties(said: str, who: list[str]) -> None:
    assert parties(said) == who


def test_a_bank_among_those_designated_before_is_a_party() -> None:
    said = "It dealt with several banks designated by Treasury under E.O. 13382, including Palm Bank and Cedar Bank."
    assert parties(said) == ["Palm Bank", "Cedar Bank"]


def test_names_before_all_previously_designated() -> None:
    assert parties("It paid Palm Bank and Cedar Bank, both previously designated.") == ["Palm Bank", "Cedar Bank"]


def test_a_counted_group_is_those_presented_next() -> None:
    said = (
        "The Treasury Department today designated two men pursuant to E.O. 13224 for aiding Blue Cedar Front.\n\n"
        "Omar Haddad and Zayd al-Karim are members of a cell."
    )
    assert told(said) == [("Omar Haddad", DAY, ["eo 13224"]), ("Zayd al-Karim", DAY, ["eo 13224"])]


def test_a_count_that_does_not_fit_names_nobody() -> None:
    said = "The Treasury Department today designated five men for aiding Blue Cedar Front.\n\nOmar Haddad and Zayd al-Karim met."
    assert told(said) == []


def test_what_a_group_belongs_to_is_no_party() -> None:
    assert parties("Today, OFAC designated nine persons and two entities in the Green Delta Area.") == []
    assert parties("Today, OFAC designated three leaders of a militia in Iraq, Blue Cedar Front.") == []


def test_a_name_behind_another_s_possessive_is_no_party() -> None:
    said = "Today, OFAC designated Omar Haddad, commander of Cedar's Palm Forces, under E.O. 13224."
    assert parties(said) == ["Omar Haddad"]


def test_action_taken_against_a_party_is_an_act() -> None:
    assert told("Today, OFAC took action against Palm Bank under E.O. 13224.") == [("Palm Bank", DAY, ["eo 13224"])]


def test_a_mere_possibility_is_no_act() -> None:
    assert told("All options are open, including the possibility of imposing sanctions on Palm Bank.") == []


def test_a_designation_told_as_a_noun_has_its_own_date() -> None:
    said = "This builds on OFAC's September 20, 2019 designation of Palm Bank under E.O. 13224."
    assert told(said) == [("Palm Bank", "2019-09-20", ["eo 13224"])]
