"""Predicates of groups: joined to others, behind a comma, of 'the group', by a speaker; and what is not said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.record.extract.rules.other_kinds import PAPER, only, read, roles

from tocsin.record.claim import EntityType, Modality, Step
from tocsin.record.contradiction import contradictions
from tocsin.record.document import Segment, SegmentKind, Text
from tocsin.record.extract.annotate import annotate
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.extract.linking import linked
from tocsin.record.store import open_record

if TYPE_CHECKING:
    from pathlib import Path

REPORTED = "The Popular Mobilization Forces are Iranian-backed, a Pentagon report said."
DENIED = "Most groups of the PMF are not backed by Iran."


def test_a_whole_force_is_reported_to_be_backed() -> None:
    claim = only(REPORTED, "aligned-with")
    assert roles(claim) == {"actor": "Popular Mobilization Forces", "towards": "Iranian", "how": "Iranian-backed"}
    assert (claim.modality, [s.words for s in claim.attributed_to]) == (Modality.REPORTED, ["a Pentagon report"])


@pytest.mark.parametrize("words", [f"{REPORTED} {DENIED}", f"{DENIED} {REPORTED}"])
def test_it_stands_beside_a_denial_of_most_of_it_as_contested(words: str, tmp_path: Path) -> None:
    found = read(words, "aligned-with")
    assert {p.modality for p in found} == {Modality.REPORTED, Modality.DENIED}
    text = Text("0" * 64, "plain 1", words, (Segment(0, len(words), SegmentKind.BODY, paragraph=1),), "en")
    with open_record(tmp_path / "record.db") as record:
        record.add(PAPER, text)
        known = knowledge_of(None)
        named = [linked(p, annotate(text, known, model=None), known) for p in found]
        record.enter(text, named, extractor="rules 1", by="a test")
        (one,) = contradictions(record.claims(), {PAPER.document_id: PAPER})
    assert (one.rule, one.contested) == ("whole and parts", True)
    assert (one.left[0].modality, one.right[0].modality) == (Modality.REPORTED, Modality.DENIED)


@pytest.mark.parametrize(
    "words",
    [
        "Kata'ib Hezbollah is an Iranian-backed militia.",
        "Kata'ib Hezbollah, an Iranian-backed militia, left the town.",
        "Kata'ib Hezbollah is Iranian-backed.",
    ],
)
def test_a_body_is_said_to_be_something_backed(words: str) -> None:
    claim = only(words, "aligned-with")
    assert roles(claim) == {"actor": "Kata'ib Hezbollah", "towards": "Iranian", "how": "Iranian-backed"}
    assert claim.modality is Modality.ASSERTED


def test_not_iranian_backed_is_denied() -> None:
    assert only("Kata'ib Hezbollah is not Iranian-backed.", "aligned-with").modality is Modality.DENIED


def test_whoever_an_unnamed_militia_fights_is_not_backed() -> None:
    assert read("Kata'ib Hezbollah attacked an Iran-backed militia in Basra.", "aligned-with") == ()


def test_the_group_is_the_one_named_before() -> None:
    words = "Kata'ib Hezbollah fights in Anbar. A US official said the group is backed by Iran."
    claim = only(words, "aligned-with")
    actor = claim.first("actor")
    assert actor is not None
    assert (actor.words, actor.step, actor.value) == ("Kata'ib Hezbollah", Step.PRONOUN, "kataib-hizballah")
    assert actor.pronoun is not None
    assert (actor.pronoun.words, claim.modality) == ("the group", Modality.REPORTED)
    assert [s.words for s in claim.attributed_to] == ["A US official"]


@pytest.mark.parametrize(
    "words",
    [
        "Asaib Ahl al-Haq and Kata'ib Hezbollah met. The group is backed by Iran.",
        "Kata'ib Hezbollah met. After Asaib Ahl al-Haq left, the group is backed by Iran.",
        "The Ministry of Defence met. The group is backed by Iran.",
        "Kata'ib Hezbollah met. It rained. It was hot. The group is backed by Iran.",
        "Kata'ib Hezbollah met. Another group is backed by Iran.",
        "Kata'ib Hezbollah met. The armed group is backed by Iran.",
        "The group is backed by Iran. Kata'ib Hezbollah met.",
    ],
)
def test_the_group_is_nobody_where_it_can_be_another(words: str) -> None:
    assert read(words, "aligned-with") == ()


def test_joined_predicates_share_their_subject() -> None:
    words = "Kata'ib Hezbollah is a brigade of the PMF and operates in Anbar, Babil and Salah al-Din."
    assert roles(only(words, "organisation-part-of")) == {"part": "Kata'ib Hezbollah", "whole": "PMF"}
    found = [(roles(p)["organisation"], roles(p)["area"]) for p in read(words, "operates-in")]
    assert found == [("Kata'ib Hezbollah", area) for area in ("Anbar", "Babil", "Salah al-Din")]


@pytest.mark.parametrize(
    "words",
    [
        "Kata'ib Hezbollah operates in Anbar and answers to the IRGC.",
        "Kata'ib Hezbollah answers to the IRGC and operates in Anbar.",
        "Kata'ib Hezbollah, an Iran-aligned militia, is led by the IRGC and operates in Basra.",
    ],
)
def test_who_answers_to_whom_beside_another_predicate(words: str) -> None:
    assert roles(only(words, "commands")) == {"commanded": "Kata'ib Hezbollah", "commander": "IRGC"}
    assert roles(only(words, "operates-in"))["organisation"] == "Kata'ib Hezbollah"


def test_what_is_denied_of_the_first_predicate_is_not_denied_of_the_second() -> None:
    words = "Kata'ib Hezbollah is not part of the Iraqi army and operates in Anbar."
    assert only(words, "operates-in").modality is Modality.ASSERTED
    words = "Kata'ib Hezbollah does not answer to the IRGC or operate in Anbar."
    assert only(words, "operates-in").modality is Modality.DENIED


def test_one_can_answer_to_an_office_and_to_nobody_else_without_a_name() -> None:
    claim = only("The Counter Terrorism Service, which reports to the prime minister, fought in Mosul.", "commands")
    assert roles(claim) == {"commanded": "Counter Terrorism Service", "commander": "prime minister"}
    commander = claim.first("commander")
    assert commander is not None
    assert commander.type is EntityType.OFFICE
    assert read("The Counter Terrorism Service reports to the neighbours.", "commands") == ()
