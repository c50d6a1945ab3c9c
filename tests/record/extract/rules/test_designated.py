"""Designations read from sentences written for these tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.case.dates import PartialDate
from tocsin.record.claim import LegalState, Step
from tocsin.record.extract.mention import Annotated
from tocsin.record.extract.rules import designated, posts
from tocsin.record.gate import check
from tocsin.record.reading import Given, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.record.claim import Proposal

DAY = "2020-06-12"


def read(words: str, date: str = DAY) -> tuple[Proposal, ...]:
    document, text = read_bytes(words.encode(), name="note.md", given=Given(published=PartialDate.parse(date)))
    assert text is not None
    found = tuple(designated.propose(Annotated(text, (), ()), document))
    assert [check(p, text) for p in found] == [None] * len(found)
    return found


def told(words: str) -> list[tuple[str, str, str, list[str], list[str]]]:
    rows = []
    for p in read(words):
        who = p.first("who")
        assert who is not None
        assert p.state is not None
        when = p.dates.start or p.dates.end
        laws = sorted({a.value or "" for a in p.arguments if a.role == "authority"})
        rows.append((who.words, p.state.value, str(when), [a.words for a in p.arguments if a.role == "by"], laws))
    return rows


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
