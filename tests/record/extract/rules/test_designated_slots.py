"""By which law, by whom, when and for what: each way in which a text tells them, in sentences written here."""

from __future__ import annotations

import pytest
from tests.record.extract.rules.notes import DAY, designations
from tests.record.extract.rules.notes import designations_told as told


def reasons(words: str) -> list[str]:
    return [a.words for p in designations(words) for a in p.arguments if a.role == "for"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Cedar Bank was included in the Annex to E.O. 13382 on June 28, 2005.", [("Cedar Bank", "in force", "2005-06-28", [], ["eo 13382"])]),  # noqa: E501  # one row, one case
        ("Today's action also includes the designation pursuant to E.O. 13382 of Omar Haddad and Zayd Karim, for arming the cell.", [("Omar Haddad", "in force", DAY, [], ["eo 13382"]), ("Zayd Karim", "in force", DAY, [], ["eo 13382"])]),  # noqa: E501  # one row, one case
        ("Identified by President Bush in the Annex to E.O. 13382, Cedar Bank is the main bank of the port.", [("Cedar Bank", "in force", "None", ["President Bush"], ["eo 13382"])]),  # noqa: E501  # one row, one case
        ("Cedar Front was named a Specially Designated Global Terrorist by the Treasury Department on May 2, 2007.", [("Cedar Front", "in force", "2007-05-02", ["Treasury Department"], [])]),  # noqa: E501  # one row, one case
        ("Cedar Front has been named a Foreign Terrorist Organization by the U.S. Government and is also named on the European Union's list of terrorist entities.", [("Cedar Front", "in force", "None", ["U.S. Government"], []), ("Cedar Front", "in force", "None", ["European Union"], [])]),  # noqa: E501  # one row, one case
        ("It follows last month's designation by the Treasury of Omar Haddad.", [("Omar Haddad", "in force", "2020-05", ["Treasury"], [])]),  # noqa: E501  # one row, one case
        ("It builds on OFAC's January 24, 2019 designations of Omar Haddad and Cedar Bank.", [("Omar Haddad", "in force", "2019-01-24", ["OFAC"], []), ("Cedar Bank", "in force", "2019-01-24", ["OFAC"], [])]),  # noqa: E501  # one row, one case
        ("Just this morning the EU announced sanctions on Cedar Bank.", [("Cedar Bank", "in force", DAY, ["EU"], [])]),
        ("On Wednesday, OFAC sanctioned Cedar Bank.", [("Cedar Bank", "in force", "2020-06-10", ["OFAC"], [])]),
        ("Cedar Front was designated by Treasury under E.O. 13224 in October 2007 for its support for terrorism, and was listed in the Annex to E.O. 13572 in April 2011.", [("Cedar Front", "in force", "2007-10", ["Treasury"], ["eo 13224"]), ("Cedar Front", "in force", "2011-04", [], ["eo 13572"])]),  # noqa: E501  # one row, one case
        ("OFAC identified Cedar Bank under E.O. 13566 for being owned by the Government of Libya on March 15, 2011.", [("Cedar Bank", "in force", "2011-03-15", ["OFAC"], ["eo 13566"])]),  # noqa: E501  # one row, one case
        ("Cedar Bank was identified in the Annex to UNSCR 1929 because it moved money.", [("Cedar Bank", "in force", "None", [], ["unscr 1929"])]),  # noqa: E501  # one row, one case
        ("He gave money to Cedar Front, a Specially Designated Global Terrorist.", [("Cedar Front", "in force", "None", [], [])]),
        ("The State Department is taking concurrent action today against Omar Haddad under the Iran Sanctions Act.", [("Omar Haddad", "in force", DAY, ["State Department"], ["iran sanctions act"])]),  # noqa: E501  # one row, one case
        ("As part of the United States' wide response, OFAC is sanctioning Omar Haddad.", [("Omar Haddad", "in force", DAY, ["OFAC"], [])]),  # noqa: E501  # one row, one case
        ("Today's designation includes the Cedar Foundation (CF), an office in the port.", [("Cedar Foundation", "in force", DAY, [], [])]),  # noqa: E501  # one row, one case
        ("Omar Haddad sanctioned attacks on the Coalition Forces.", []),
        ("We will not be delisting from sanctions the Cedar Front.", []),
        ("Iran's designated banks, as well as its Central Bank, were cut off.", []),
    ],
)  # fmt: skip
def test_what_a_sentence_tells(words: str, expected: list[tuple[str, str, str, list[str], list[str]]]) -> None:
    assert told(words) == expected


def test_a_law_of_secondary_sanctions_is_not_that_of_the_act() -> None:
    said = (
        "Today, OFAC designated Omar Haddad under E.O. 13224 for arming the cell.\n\n"
        "Zayd Karim is being designated for funding the cell.\n\n"
        "The persons designated today are also subject to secondary sanctions pursuant to the Hizballah International "
        "Financing Prevention Act."
    )
    assert [(row[0], row[4]) for row in told(said)] == [("Omar Haddad", ["eo 13224"]), ("Zayd Karim", ["eo 13224"])]


def test_the_body_that_opens_a_release_did_what_is_done_today() -> None:
    said = "Treasury designated two firms under E.O. 13582.\n\nCedar Bank was designated today for moving money."
    assert [row[3] for row in told(said)] == [["Treasury"]]


def test_a_past_act_under_its_own_law_is_no_echo_of_todays() -> None:
    said = (
        "Today, OFAC designated Omar Haddad for arming the cell.\n\n"
        "Omar Haddad was previously designated by OFAC under E.O. 13382."
    )
    assert sorted((row[2], row[4]) for row in told(said)) == [(DAY, []), ("None", ["eo 13382"])]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Today, OFAC identified the following nine entities as being owned by the state, such as Cedar Bank.", []),
        ("OFAC designated Cedar Society as a charitable front for the cell.", ["as a charitable front for the cell"]),
        ("OFAC sanctioned Omar Haddad, serving as the Director of the port, for his roles in the cell.", ["for his roles in the cell"]),  # noqa: E501  # one row, one case
        ("Today, OFAC designated Omar Haddad under E.O. 13441, which targets those who are supporting attempts to arm it.", []),
        ("Today, OFAC designated Omar Haddad, a financier of the cell.", ["a financier of the cell"]),
        ("Today, OFAC designated two firms supporting the cell, Cedar Bank and Red Pine LLC.", ["firms supporting the cell"] * 2),
    ],
)  # fmt: skip
def test_for_what(words: str, reason: list[str]) -> None:
    assert reasons(words) == reason
