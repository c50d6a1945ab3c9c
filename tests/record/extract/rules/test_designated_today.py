"""Whose act today's is, and whom lists, groups and clauses make its parties, in sentences written here."""

from __future__ import annotations

import pytest
from tests.record.extract.rules.notes import DAY, designations
from tests.record.extract.rules.notes import designations_told as told


def parties(words: str) -> list[str]:
    return sorted({row[0] for row in told(words)})


def test_the_body_that_a_release_opens_with_acts_today_though_another_acts_beside_it() -> None:
    said = (
        "Today, OFAC imposed its third round of sanctions on the Cedar Front. The Department of State is concurrently "
        "designating a leader of its wing.\n\nOmar Haddad is being designated under E.O. 13224 for funding the Cedar Front."
    )
    assert told(said) == [("Omar Haddad", "in force", DAY, ["OFAC"], ["eo 13224"])]


def test_a_partys_own_body_wins_over_the_one_of_today() -> None:
    said = (
        "Today, OFAC designated Omar Haddad for funding the Cedar Front.\n\nThe Department of State today designated Zayd Karim. "
        "Zayd Karim is being designated under E.O. 13224 for being a leader of the Cedar Front."
    )
    assert {tuple(row[3]) for row in told(said) if row[0] == "Zayd Karim"} == {("Department of State",)}


def test_a_body_in_whose_support_another_acts_does_not_act() -> None:
    said = "In support of the U.N.'s action, OFAC today sanctioned Omar Haddad for funding the Cedar Front."
    assert told(said) == [("Omar Haddad", "in force", DAY, ["OFAC"], [])]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("He owns several firms, including the following three designated companies: Cedar Lines SAL, a shipping line; Cedar Tents SAL, a shop; and Orchard Homes, a builder.", ["Cedar Lines SAL", "Cedar Tents SAL", "Orchard Homes"]),  # noqa: E501  # one row, one case
        ("Omar Haddad currently owns the three vessels identified today: City of Tyre, City of Sidon, and Cedar Queen.", ["Cedar Queen", "City of Sidon", "City of Tyre"]),  # noqa: E501  # one row, one case
        ("Other companies designated today include Cedar Lines SAL and Cedar Tents SAL.", ["Cedar Lines SAL", "Cedar Tents SAL"]),
        ("The State Department today designated ISIS members Omar Haddad and Zayd Karim.", ["Omar Haddad", "Zayd Karim"]),
        ("OFAC is targeting several leaders, all of whom are being designated under E.O. 13224, including: Minister of Oil Omar Haddad, for being an official of the Cedar Bank; and Cedar Bank Director Zayd Karim, for being an official of the Cedar Bank.", ["Omar Haddad", "Zayd Karim"]),  # noqa: E501  # one row, one case
        ("Today OFAC sanctioned two armed groups that fight under the control of the state, Cedar Front and Blue Guard, under E.O. 13582.", ["Blue Guard", "Cedar Front"]),  # noqa: E501  # one row, one case
        ("Omar Haddad and his company, Cedar Tents LLC, were both designated today for moving money.", ["Cedar Tents LLC", "Omar Haddad"]),  # noqa: E501  # one row, one case
        ("Ali Haddad is the son of Omar Haddad \u2013 the former head of the mint \u2013 who was designated in June 2003.", ["Omar Haddad"]),  # noqa: E501  # one row, one case
        ("OFAC sanctioned two financiers of the Cedar Front and the Blue Guard, both of whom have been included in the Annex to E.O. 13572.", []),  # noqa: E501  # one row, one case
        ("Omar Haddad owns Castle Tents and Awnings LLC. Castle Tents and Awnings LLC was designated today for moving money.", ["Castle Tents and Awnings LLC"]),  # noqa: E501  # one row, one case
    ],
)  # fmt: skip
def test_whom_a_list_or_clause_makes_a_party(words: str, expected: list[str]) -> None:
    assert parties(words) == expected


def test_each_part_of_a_list_has_its_own_reason() -> None:
    said = (
        "OFAC is targeting several leaders, all of whom are being designated under E.O. 13224, including: Omar Haddad, for being "
        "an official of the Cedar Bank; and Zayd Karim, for being an official of the Orchard Mill."
    )
    reasons = {p.first("who").words: p.first("for").words for p in designations(said)}  # type: ignore[union-attr]
    assert reasons == {
        "Omar Haddad": "for being an official of the Cedar Bank",
        "Zayd Karim": "for being an official of the Orchard Mill",
    }


def test_these_companies_are_those_that_the_sentence_before_tells() -> None:
    said = (
        "Omar Haddad owns several other companies, including Cedar Tents LLC, Orchard Homes LLC, and Blue Mill LLC. "
        "These companies were all designated today under E.O. 13582 for being owned by Omar Haddad."
    )
    assert parties(said) == ["Blue Mill LLC", "Cedar Tents LLC", "Orchard Homes LLC"]


def test_the_other_individuals_have_the_law_that_is_told_of_them() -> None:
    said = (
        "Treasury today designated two men.\n\nOmar Haddad was designated under E.O. 13224. "
        "The other individuals were designated under E.O. 13315.\n\nZayd Karim was designated today for hiding money."
    )
    assert {row[0]: row[4] for row in told(said)}["Zayd Karim"] == ["eo 13315"]


def test_a_date_that_an_action_builds_on_is_not_its_own() -> None:
    said = (
        "Today, OFAC took action against a network.\n\n"
        "OFAC designated Omar Haddad, building upon OFAC's December 2016 actions, for moving money."
    )
    assert [row[2] for row in told(said)] == [DAY]


def test_an_act_told_with_its_month_and_with_its_day_is_one() -> None:
    said = (
        "Omar Haddad was designated under E.O. 13315 in June 2005.\n\n"
        "Omar Haddad was designated under E.O. 13315 on June 17, 2005."
    )
    assert [row[2] for row in told(said)] == ["2005-06-17"]


def test_taking_action_against_a_front_is_no_act_where_its_officer_is_designated() -> None:
    said = (
        "Today, OFAC is taking action against the Cedar Front.\n\n"
        "OFAC is designating Omar Haddad under E.O. 13224 for arming it."
    )
    assert parties(said) == ["Omar Haddad"]


def test_a_name_that_leaves_out_a_middle_one_is_the_whole_one() -> None:
    said = "Omar Ali Zayd al-Haddad moved money.\n\nOmar Ali al-Haddad was designated under E.O. 13315 today for moving money."
    assert parties(said) == ["Omar Ali Zayd al-Haddad"]


def test_named_a_specially_designated_global_terrorist_has_its_body_and_date() -> None:
    said = (
        "Ali is tied to Omar Haddad, who was named a specially designated global terrorist by Treasury in October 2001."
    )
    assert told(said) == [("Omar Haddad", "in force", "2001-10", ["Treasury"], [])]
