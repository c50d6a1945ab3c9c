"""Documents and claims go in through the gate, and come back as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.record.store.record_made_up import RULES, document_with, enter, happened, held, listed, words

from tocsin.case.dates import PartialDate
from tocsin.errors import OutOfRange, UnknownName
from tocsin.record.claim import (
    Argument,
    ClaimStatus,
    Dates,
    EntityType,
    LegalState,
    Modality,
    Number,
    Proposal,
    Span,
    Step,
)
from tocsin.record.document import DateOrigin, Document, Verdict
from tocsin.record.store import Entered, Record

DOCUMENT, TEXT = document_with(
    "Ada Marsh became commander of the Fifth Division in 2016.",
    "She had 3,000 to 4,000 fighters in Anbar, officials said.",
    "A bridge fell in Al-Anbar on 3 May 2017.",
    published=PartialDate.parse("2018-02"), source_id="notes", title="Notes",
)  # fmt: skip
HELD = held(TEXT, "Ada Marsh", "commander", "Fifth Division", dates=Dates(start=PartialDate(2016)))
FULL = Proposal(
    kind="force-size", text_id=TEXT.text_id, quote=words(TEXT, TEXT.text.split("\n")[1]), extractor=RULES,
    arguments=(
        Argument(
            "force", EntityType.ORGANISATION, words(TEXT, "Fifth Division"), Step.PRONOUN, "known:fifth", words(TEXT, "She")
        ),
    ),
    modality=Modality.REPORTED, attributed_to=(words(TEXT, "officials"),),
    dates=Dates(None, PartialDate.parse("by 2017-05"), PartialDate(2016), PartialDate.parse("2018-02-01")),
    date_spans=(words(TEXT, "2016"),),
    numbers=(Number("strength", 3000.0, 4000.0, "fighters", words(TEXT, "3,000 to 4,000 fighters")),), exact=False,
)  # fmt: skip
FELL = happened(
    TEXT, "A bridge fell", place="Al-Anbar", dates=Dates(start=PartialDate(2017, 5, 3), end=PartialDate(2017, 5, 3))
)


def test_what_is_put_in_comes_back_as_it_was(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, HELD, FULL)
    assert record.documents() == [DOCUMENT]
    assert record.document(DOCUMENT.document_id) == DOCUMENT
    assert record.texts_of(DOCUMENT.document_id) == [TEXT]
    assert record.text(TEXT.text_id) == TEXT
    first, second = record.claims()
    assert (first.proposal, second.proposal) == (HELD, FULL)
    assert (second.claim_id, second.status, second.credibility) == (FULL.claim_id, ClaimStatus.PROPOSED, None)
    assert (second.document, second.page, second.paragraph, second.language) == ("note.txt", 1, 2, "en")
    assert (second.source_key, second.published) == ("notes", PartialDate(2018, 2))
    assert second.entities == ("known:fifth",)
    assert first.entity_of("person") == first.entities[0]
    assert record.claim(FULL.claim_id) == second


def test_the_same_read_twice_changes_nothing(record: Record) -> None:
    record.add(DOCUMENT, TEXT)
    bad = replace(HELD, quote=Span(0, 5, "wrong"))
    assert record.enter(TEXT, [HELD, FULL, bad], extractor=RULES, by="test") == Entered(2, 0, 1)
    before = (record.claims(), record.entities(), record.refusals(), record.history())
    record.add(DOCUMENT, TEXT)
    assert record.enter(TEXT, [HELD, FULL, FULL, bad], extractor=RULES, by="test") == Entered(0, 3, 1)
    assert (record.claims(), record.entities(), record.refusals(), record.history()) == before


def test_a_known_name_found_later_makes_no_second_claim(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, HELD)
    later = held(
        TEXT, "Ada Marsh", "commander", "Fifth Division", dates=Dates(start=PartialDate(2016)), known="known:marsh"
    )  # fmt: skip
    assert record.enter(TEXT, [later], extractor="rules 2", by="test") == Entered(0, 1, 0)
    assert record.count() == 1


def test_what_the_gate_turns_away_is_kept_with_its_reason_and_is_no_claim(record: Record) -> None:
    record.add(DOCUMENT, TEXT)
    bad = replace(FULL, quote=Span(0, 5, "wr\udc00ng\0"))
    record.enter(TEXT, [bad, HELD], extractor=RULES, by="test")
    (refused,) = record.refusals(document=DOCUMENT.document_id)
    assert refused.proposal == bad
    assert refused.field == "quote"
    assert "other words" in refused.reason
    assert [claim.proposal for claim in record.claims()] == [HELD]
    assert record.refusals(after=refused.refusal) == []


def test_a_pass_is_done_for_one_version_of_one_extractor(record: Record) -> None:
    record.add(DOCUMENT, TEXT)
    assert not record.is_done(TEXT.text_id, RULES)
    record.enter(TEXT, [], extractor=RULES, by="test")
    assert record.is_done(TEXT.text_id, RULES)
    assert not record.is_done(TEXT.text_id, "rules 2")


def test_a_text_that_is_not_held_takes_no_claims(record: Record) -> None:
    with pytest.raises(OutOfRange, match="does not hold this text"):
        record.enter(TEXT, [HELD], extractor=RULES, by="test")
    with pytest.raises(UnknownName, match="no text"):
        record.text(TEXT.text_id)


def test_a_document_without_text_is_held_and_its_metadata_follow_the_case(record: Record) -> None:
    scanned = Document("f" * 64, "scan\udcff.pdf", "application/pdf", 10**10, Verdict.SCANNED, "no\0text")
    record.add(scanned, None)
    assert record.document("f" * 64) == replace(scanned, name="scan\ufffd.pdf", why="no\ufffdtext")
    record.add(replace(scanned, published=PartialDate(2020), published_origin=DateOrigin.CASE), None)
    found = record.document("f" * 64)
    assert found is not None
    assert (found.published, found.published_origin) == (PartialDate(2020), DateOrigin.CASE)
    assert record.texts_of("f" * 64) == []
    assert record.document("0" * 64) is None


def test_a_text_with_half_characters_is_the_parsers_fault(record: Record) -> None:
    document, text = document_with("A nul \0 here.")
    with pytest.raises(OutOfRange, match="NUL"):
        record.add(document, text)
    assert record.documents() == []


def test_claims_are_found_by_what_they_are(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, HELD, FULL, FELL)
    other, its_text = document_with("The Sand Group was listed.", name="list.txt")
    enter(record, other, its_text, listed(its_text, "Sand Group"))
    assert [c.kind for c in record.claims()] == ["person-holds-post", "force-size", "event", "designated"]
    assert [c.state for c in record.claims(kind="designated")] == [LegalState.IN_FORCE]
    assert record.count(document=other.document_id) == len(record.claims(document=other.document_id)) == 1
    assert record.count(status=ClaimStatus.ACCEPTED) == 0
    assert [c.kind for c in record.claims(entity="known:fifth")] == ["force-size"]
    marsh = record.entities(name="marsh")[0].entity_id
    assert [c.kind for c in record.claims(about=marsh)] == ["person-holds-post"]
    division = record.entities(name="division", type=EntityType.ORGANISATION, document=DOCUMENT.document_id)[
        0
    ].entity_id
    assert [c.kind for c in record.claims(entity=division)] == ["person-holds-post"]
    assert record.claims(about=division) == []
    assert [c.kind for c in record.claims(place="al anbar")] == ["event"]
    assert record.claims(place="Basra") == record.claims(place="...") == record.claims(entity="nobody") == []


def test_claims_are_found_by_the_days_their_dates_do_not_rule_out(record: Record) -> None:
    undated = happened(TEXT, "fell")
    enter(record, DOCUMENT, TEXT, HELD, FULL, FELL, undated)
    kinds = {
        day: [c.kind for c in record.claims(on=date.fromisoformat(day))]
        for day in ("2015-12-31", "2016-06-01", "2017-05-03", "2018-01-01")
    }
    assert kinds == {
        "2015-12-31": ["force-size"],
        "2016-06-01": ["person-holds-post", "force-size"],
        "2017-05-03": ["person-holds-post", "force-size", "event"],
        "2018-01-01": ["person-holds-post"],
    }


def test_claims_before_a_date_are_those_surely_published_before_it(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, HELD)
    undated, its_text = document_with("The Sand Group was listed.", name="list.txt")
    enter(record, undated, its_text, listed(its_text, "Sand Group"))
    assert record.claims(claimed_before=date(2018, 2, 28)) == []
    assert [c.kind for c in record.claims(claimed_before=date(2018, 3, 1))] == ["person-holds-post"]


def test_pages_follow_one_another_without_gap_or_repeat(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, HELD, FULL, FELL)
    seen, after = [], None
    while page := record.claims(limit=1, after=after):
        after = page[-1].claim_id
        seen.append(after)
    assert seen == [claim.claim_id for claim in record.claims()]
    assert len(set(seen)) == 3


def test_one_name_in_two_documents_stays_two_entities(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, HELD, FULL)
    other, its_text = document_with("ADA MARSH is commander.", name="other.txt")
    enter(record, other, its_text, held(its_text, "ADA MARSH", "commander"))
    found = record.entities(name="Ada MARSH")
    assert len(found) == 2
    assert {entity.documents[0] for entity in found} == {DOCUMENT.document_id, other.document_id}
    known = record.entity("known:fifth")
    assert known is not None
    assert (known.name, known.type, known.documents) == ("Fifth Division", EntityType.ORGANISATION, ())
    assert record.entities(name="fifth division", limit=1)[0] == record.entities(name="fifth", limit=1)[0]
    assert record.entities(name="...") == []
    assert record.entity("nobody") is None


def test_every_stored_claim_is_verbatim_and_one_that_is_not_is_found(record: Record) -> None:
    enter(record, DOCUMENT, TEXT, HELD, FULL, FELL)
    assert list(record.violations()) == []
    with record._writing() as connection:
        connection.exec_driver_sql("UPDATE claims SET quote_words = 'A bridge stood' WHERE kind = 'event'")
    (violation,) = record.violations()
    assert (violation.claim_id, violation.field) == (FELL.claim_id, "quote")
