"""Designations read from sentences written for these tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl
import pytest
from tests.record.extract.rules.notes import DAY
from tests.record.extract.rules.notes import designations as read
from tests.record.extract.rules.notes import designations_told as told

from tocsin.case.dates import PartialDate
from tocsin.record.claim import LegalState, Step
from tocsin.record.extract.mention import Annotated
from tocsin.record.extract.rules import designated, posts
from tocsin.record.gate import check
from tocsin.record.reading import Given, read_bytes

if TYPE_CHECKING:
    from pathlib import Path


def test_a_list_gives_one_claim_each() -> None:
    assert told(
        "Today, OFAC designated Omar Haddad, Zayd al-Karim, and Blue Cedar Trading LLC pursuant to E.O. 13224."
    ) == [
        (who, "in force", DAY, ["OFAC"], ["eo 13224"])
        for who in ("Omar Haddad", "Zayd al-Karim", "Blue Cedar Trading LLC")
    ]


def test_an_apposition_is_not_a_party() -> None:
    said = "Today, OFAC designated Omar Haddad, the head of Blue Cedar Bank, and Zayd al-Karim under E.O. 13224."
    assert [row[0] for row in told(said)] == ["Omar Haddad", "Zayd al-Karim"]


def test_a_short_name_is_bound_and_the_reason_kept() -> None:
    said = (
        "Today, OFAC is taking action. **Omar Haddad** (Haddad) runs a network.\n\n"
        "Haddad is being designated pursuant to E.O. 13224, as amended, for having funded Blue Cedar Front."
    )
    (claim,) = read(said)
    who, reason = claim.first("who"), claim.first("for")
    assert who is not None
    assert reason is not None
    assert (who.words, who.step, reason.words) == ("Omar Haddad", Step.SHORT_NAME, "for having funded Blue Cedar Front")
    assert str(claim.dates.start) == DAY


def test_a_pronoun_is_bound_to_the_subject_before_it() -> None:
    said = "Omar Haddad leads a cell. He was designated by the UN 1267 Committee on 9 September 2004."
    (claim,) = read(said)
    who = claim.first("who")
    assert who is not None
    assert (who.words, who.step) == ("Omar Haddad", Step.PRONOUN)
    assert str(claim.dates.start) == "2004-09-09"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The State Department met Omar Haddad, whom OFAC designated in 2016.", [("Omar Haddad", "in force", "2016", ["OFAC"], [])]),  # noqa: E501
        ("Blue Cedar Bank, designated pursuant to E.O. 13382 in May 2011, moved money.", [("Blue Cedar Bank", "in force", "2011-05", [], ["eo 13382"])]),  # noqa: E501
        ("He worked with U.S.-designated Omar Haddad.", [("Omar Haddad", "in force", "None", ["U.S."], [])]),
        ("On March 3, 2014, OFAC removed Omar Haddad from the SDN List.", [("Omar Haddad", "lifted", "2014-03-03", ["OFAC"], [])]),  # noqa: E501
        ("OFAC designated Omar Haddad on May 2, 2012, under Executive Order 13573 of May 18, 2011.", [("Omar Haddad", "in force", "2012-05-02", ["OFAC"], ["eo 13573"])]),  # noqa: E501
    ],
)  # fmt: skip
def test_past_acts(words: str, expected: list[tuple[str, str, str, list[str], list[str]]]) -> None:
    assert told(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "OFAC has issued a general license that permits trade with the country.",
        "OFAC did not designate Omar Haddad.",
        "Today, OFAC designated five individuals and three companies.",
        "Persons that deal with them may be exposed to designation.",
        "Treasury designates financiers of the group.",
    ],
)
def test_what_is_no_designation(words: str) -> None:
    assert read(words) == ()


def test_a_call_or_a_threat_is_proposed_and_never_in_force() -> None:
    for words in ("The European Union should designate Blue Cedar Front.", "Treasury will sanction Blue Cedar Front."):
        assert [p.state for p in read(words)] == [LegalState.PROPOSED]


def test_a_law_said_once_holds_for_all_of_today() -> None:
    said = "Today's designations are made pursuant to E.O. 13224.\n\nToday, OFAC designated Omar Haddad for funding the cell."
    (claim,) = read(said)
    law = claim.first("authority")
    assert law is not None
    assert (law.value, law.step) == ("eo 13224", Step.CONTEXT)


def test_items_of_a_run_in_list_are_parties() -> None:
    said = (
        "OFAC is designating two individuals pursuant to E.O. 13573 for being senior officials. "
        "\u00b7 **Major General Omar Haddad** is a commander. \u00b7 **Zayd al-Karim** is a director."
    )
    assert [(row[0], row[4]) for row in told(said)] == [("Omar Haddad", ["eo 13573"]), ("Zayd al-Karim", ["eo 13573"])]


@pytest.mark.parametrize(
    ("words", "parties"),
    [
        ("Also designated today by OFAC was Omar Haddad, a member of the cell.", ["Omar Haddad"]),
        ("Today, OFAC designated Omar Haddad for funding the cell, and Zayd Karim for arming it.", ["Omar Haddad", "Zayd Karim"]),
        ("Today, OFAC designated, pursuant to E.O. 13224 for arming the cell, Blue Cedar LLC along with Red Pine LLC.", ["Blue Cedar LLC", "Red Pine LLC"]),  # noqa: E501  # one row, one case
        ("The following firms were designated by OFAC today:\n\nBlue Cedar: it trades in oil.\n\nIn May 2019 it grew.\n\nRed Pine: it ships it.", ["Blue Cedar", "Red Pine"]),  # noqa: E501  # one row, one case
        ("Today, OFAC designated two persons.\n\nThe two individuals are:\n\n1. Omar Haddad (brother of Ali)\n\n2. Zayd Karim (his son)", ["Omar Haddad", "Zayd Karim"]),  # noqa: E501  # one row, one case
        ("OFAC is identifying the following vessels as blocked property today:\n\nPalau-flagged GREY HERON (IMO 9000001)\n\nPalau-flagged TEAL (IMO 9000002)", ["GREY HERON", "TEAL"]),  # noqa: E501  # one row, one case
        ("Today, OFAC designated six sons of the late ruler, Omar Haddad.", []),
        ("Today, OFAC designated Badr and Hamas financiers.", []),
        ("Today, OFAC designated the Minister of Health Omar Haddad.", ["Omar Haddad"]),
        ("Today, OFAC designated Mirage for Engineering and Trading.", ["Mirage for Engineering and Trading"]),
        ("Zayd Karim, also designated today, led the cell.", ["Zayd Karim"]),
        ("He met U.S.-designated Badr officials, including Omar Haddad and Zayd Karim.", ["Omar Haddad", "Zayd Karim"]),
        ("Treasury is taking action today to designate Blue Cedar Front.", ["Blue Cedar Front"]),
    ],
)  # fmt: skip
def test_who_is_designated(words: str, parties: list[str]) -> None:
    assert [row[0] for row in told(words)] == parties


def test_a_heading_run_into_its_sentence_is_no_part_of_the_name() -> None:
    said = "**Blue Cedar Bank**   Blue Cedar Bank is in Beirut. It is being designated pursuant to E.O. 13224."
    assert [row[0] for row in told(said)] == ["Blue Cedar Bank"]


def test_sentences_without_a_blank_between_them_are_parted() -> None:
    said = "Omar Haddad was designated in 2009 under E.O. 13224.Zayd Karim was designated in 2011 under E.O. 13382."
    assert [(row[0], row[2], row[4]) for row in told(said)] == [
        ("Omar Haddad", "2009", ["eo 13224"]),
        ("Zayd Karim", "2011", ["eo 13382"]),
    ]


def test_acts_of_one_sentence_keep_their_own_dates_and_laws() -> None:
    said = "Badr Front was designated under E.O. 13382 on May 4, 2007, and pursuant to E.O. 13224 on June 6, 2012."
    assert [(row[2], row[4]) for row in told(said)] == [("2007-05-04", ["eo 13382"]), ("2012-06-06", ["eo 13224"])]
    said = "Badr Front was listed in the Annex to E.O. 12947 in 1995, and designated in 2012 under E.O. 13224."
    assert [(row[2], row[4]) for row in told(said)] == [("1995", ["eo 12947"]), ("2012", ["eo 13224"])]


def test_these_two_companies_are_those_just_named() -> None:
    said = (
        "Omar Haddad ran Blue Cedar LLC and Red Pine LLC. "
        "These two companies were also designated today under E.O. 13224 for arming the cell."
    )
    assert [row[0] for row in told(said)] == ["Blue Cedar LLC", "Red Pine LLC"]


def test_a_standing_is_a_past_act_without_a_date() -> None:
    said = "Today, OFAC designated Omar Haddad, who met SDGT Zayd Karim. Red Pine is a Specially Designated Global Terrorist."
    assert [(row[0], row[2]) for row in told(said)] == [
        ("Omar Haddad", DAY),
        ("Zayd Karim", "None"),
        ("Red Pine", "None"),
    ]


def test_a_bare_past_act_under_another_law_is_not_of_today() -> None:
    said = (
        "Today, OFAC is designating Omar Haddad. These designations are being made pursuant to E.O. 13382. "
        "Red Pine Air was designated pursuant to E.O. 13224 for flying arms."
    )
    assert [(row[0], row[2], row[4]) for row in told(said)] == [
        ("Omar Haddad", DAY, ["eo 13382"]),
        ("Red Pine Air", "None", ["eo 13224"]),
    ]


def test_laws_told_one_by_one_are_not_given_to_all() -> None:
    said = (
        "Today's actions were taken pursuant to E.O. 13553, which targets abuses; and E.O. 13382, which targets arms. "
        "Today, OFAC designated Omar Haddad."
    )
    assert [row[4] for row in told(said)] == [[]]


@pytest.mark.data
def test_every_proposal_on_the_releases_passes_the_gate(shared_data: Path, request: pytest.FixtureRequest) -> None:
    """Releases of the closed half are left out."""
    split = json.loads((request.config.rootpath / "benchmarks/annotations/treasury/split.json").read_text("utf-8"))
    table = pl.read_parquet(
        shared_data / "documents" / "us_treasury_releases.parquet", columns=["path", "date", "text"]
    )
    rows = table.filter(~pl.col("path").is_in(split["test"])).gather_every(4)
    seen = 0
    for _, date, source in rows.iter_rows():
        document, text = read_bytes(source.encode(), name="r.md", given=Given(published=PartialDate.parse(str(date))))
        if text is None:
            continue
        for rule in (designated.propose, posts.propose):
            for proposal in rule(Annotated(text, (), ()), document):
                seen += 1
                assert check(proposal, text) is None
    assert seen > 500
