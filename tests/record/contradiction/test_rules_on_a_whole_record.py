"""On a whole record the rules find, from the few claims that can contradict any, what they find on all of them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.record.claims_by_hand import TYPES
from tests.record.told_in_texts import Told, tell

from tocsin.record.claim import ClaimStatus, EntityType, Modality
from tocsin.record.contradiction import contradictions
from tocsin.record.contradiction.candidates import candidates, wanted
from tocsin.record.contradiction.in_record import contradictions_in
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.identity.alike import Alike
from tocsin.record.identity.places_known import places_of
from tocsin.record.store import Verdict, open_record

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.record.contradiction import Contradiction
    from tocsin.record.store import Record

NAMES = {"known:badr": "Badr Organization"}
PEOPLE = ("Ali Hasan", "Omar Saleh", "Nuri Aziz")
BODIES = ("Badr", "Saraya", "Peace Companies", "Tribal Guard")
PLACES = ("Ramadi", "Mosul", "Basra")


def sentence(chance: Random) -> Told:
    """A sentence of some kind, of few names, so that much meets."""
    body, other, place, person = (
        chance.choice(BODIES),
        chance.choice(BODIES),
        chance.choice(PLACES),
        chance.choice(PEOPLE),
    )
    manner = chance.choice((Modality.ASSERTED, Modality.ASSERTED, Modality.DENIED, Modality.REPORTED, Modality.PLANNED))
    years = sorted(str(chance.randint(2014, 2018)) for _ in range(2))
    dates = chance.choice(({}, {"start": years[0], "end": years[1]}, {"first_seen": years[0]}))
    known = {"known:badr": "known:badr"}.get(f"known:{body.lower()}")
    post = chance.choice(("commander", "a spokesman", "former commander"))
    some = chance.choice(("Most of ", ""))
    forms = {
        "person-holds-post": (f"{person} is {post} of {body}", {"person": person, "post": post, "organisation": body}),
        "operates-in": (f"{body} fights in {place}", {"organisation": body, "area": place}),
        "aligned-with": (f"{some}{body} follows Iran", {"actor": body, "towards": "Iran"}),
        "organisation-part-of": (f"{body} belongs to the {other} now", {"part": body, "whole": other}),
        "located-at": (f"The headquarters of {body} is in {place}", {"what": body, "place": place}),
        "position-on-question": (f"{body} wants that {other} leave", {"actor": body, "position": f"{other} leave"}),
    }
    kind = chance.choice(sorted(forms))
    words, roles = forms[kind]
    if len(set(roles.values())) < len(roles):
        return sentence(chance)
    types = {"what": EntityType.ORGANISATION, "organisation": EntityType.ORGANISATION}
    values = {
        role: known
        for role, filled in roles.items()
        if known and filled == body and TYPES[role] is not EntityType.WORDS
    }
    return Told(kind, f"{words}.", roles, dates, manner, values, types)


def said(found: list[Contradiction]) -> set[tuple[object, ...]]:
    """What was found, in a form to compare: which side is which does not matter, nor which of two names judged one is shown."""
    return {
        (one.rule, one.kind, one.overlap, one.contested, frozenset(
            (frozenset(c.claim_id for g in groups for c in g.claims), sum(len(g.origins) for g in groups))
            for groups in (one.left, one.right)))
        for one in found
    }  # fmt: skip


def made(folder: Path, seed: int, *, documents: int = 12, sentences: int = 9) -> Record:
    chance = Random(seed)  # noqa: S311  # made-up texts, the same for each seed
    record = open_record(folder / f"{seed}.db")
    for number in range(documents):
        told = {one.sentence: one for one in (sentence(chance) for _ in range(sentences))}
        tell(record, f"{number}.txt", *told.values())
    claims = record.claims()
    for claim in chance.sample(claims, 5):
        record.decide(claim.claim_id, ClaimStatus.REJECTED, by="Ines", why="to see")
    people = [e.entity_id for e in record.entities(type=EntityType.PERSON)]
    one, other, third, fourth = chance.sample(people, 4)
    record.judge(one, other, Verdict.SAME, by="Ines", why="to see")
    if {third, fourth} != {one, other}:
        record.judge(third, fourth, Verdict.NOT_SAME, by="Ines", why="to see")
    return record


@pytest.mark.parametrize("seed", range(6))
def test_the_few_tell_what_all_tell(tmp_path: Path, seed: int) -> None:
    places = places_of(knowledge_of(None))
    with made(tmp_path, seed) as record:
        documents = {d.document_id: d for d in record.documents()}
        whole = contradictions(record.claims(), documents, judgements=record.judgements(), places=places, names=NAMES)
        few = contradictions_in(record, documents, places=places, names=NAMES)
        assert said(few) == said(whole)
        assert len({one.rule for one in whole}) > 1
        for kind in {one.kind for one in whole}:
            assert said(contradictions_in(record, documents, places=places, names=NAMES, kind=kind)) == {
                one for one in said(whole) if one[1] == kind
            }


def test_claims_that_share_nothing_are_not_looked_at(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as record:
        seat = {"post": "commander", "organisation": "Badr"}
        terms = [("Ali Hasan", "2010", "2012"), ("Omar Saleh", "2012", "2014"), ("Nuri Aziz", "2013", "2016")]
        told = [
            Told(
                "person-holds-post",
                f"{who} was commander of Badr from {a} to {b}.",
                {"person": who, **seat},
                {"start": a, "end": b},
            )
            for who, a, b in terms
        ]
        tell(record, "one.txt", *told)
        kind = "person-holds-post"
        asked = wanted(kind, {})
        assert asked is not None
        roles = ("person", "post", "organisation")
        found = candidates(record.outlines(kind, roles=roles, modalities=["asserted"]), kind, Alike(()), asked)
        assert [c.entity_of("person") is not None and c.quote.words.split(" was")[0] for c in record.claims_at(found)] == [
            "Omar Saleh", "Nuri Aziz",
        ]  # fmt: skip
        assert wanted("event", {}) is None
