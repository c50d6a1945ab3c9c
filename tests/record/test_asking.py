"""Who held what on a day, which groups were where, what was claimed before a day: each answer with its quotes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.record.claims_by_hand import day
from tests.record.told_in_texts import holder, tell, told_record

from tocsin.errors import UnknownName
from tocsin.record.asking import claimed_before, operating_in, statements, timeline, who_held
from tocsin.record.claim import ClaimStatus
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.identity.places_known import places_of
from tocsin.record.spans import Period
from tocsin.record.store import open_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tocsin.record.asking import Answer
    from tocsin.record.store import Record

IN_2016 = Period.of(day("2016"))
PLACES = places_of(knowledge_of(None))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "record.db") as opened:
        told_record(opened)
        yield opened


def holders(answers: list[Answer]) -> list[tuple[str, str]]:
    return [(a.sentence.split(":")[0], a.holding.value if a.holding else "") for a in answers]


def test_who_held_a_post_on_a_day_surely_then_perhaps_then_without_a_date(record: Record) -> None:
    found = who_held(record, on=date(2019, 6, 1), post="Premier", organisation="Iraq")
    assert holders(found) == [
        ("Adil Abd al-Mahdi", "surely"), ("Nuri al-Maliki", "perhaps"), ("Omar Saleh", "unknown")
    ]  # fmt: skip
    assert found[0].by_name
    assert {claim.document for claim in found[0].group.claims} == {"history.txt", "paper.txt"}
    assert len(found[0].group.origins) == 2


def test_a_person_who_is_known_not_to_hold_it_then_is_left_out(record: Record) -> None:
    assert ("Haider al-Abadi", "surely") in holders(who_held(record, on=date(2016, 1, 1)))
    assert "Haider al-Abadi" not in {who for who, _ in holders(who_held(record, on=date(2019, 6, 1)))}
    assert holders(who_held(record, during=IN_2016, person="Haider al-Abadi")) == [("Haider al-Abadi", "surely")]


def test_what_is_rejected_answers_nothing(record: Record) -> None:
    (claim,) = [c for c in record.claims() if "Omar Saleh" in c.quote.words]
    record.decide(claim.claim_id, ClaimStatus.REJECTED, by="an analyst", why="no such holder")
    assert "Omar Saleh" not in {who for who, _ in holders(who_held(record, on=date(2019, 6, 1)))}


@pytest.mark.parametrize("area", ["Anbar", "Al-Anbar", "al Anbar", "Anbar Governorate", "IRQ/Anbar", "الأنبار"])
def test_a_province_by_any_of_its_names_holds_its_towns(record: Record, area: str) -> None:
    found = operating_in(record, area, PLACES, during=IN_2016)
    assert {(a.sentence, a.holding.value if a.holding else "") for a in found} == {
        ("Badr operates in Ramadi", "surely"), ("Tribal Guard operates in Al-Anbar", "surely"),
        ("Badr operates in Fallujah (denied)", "surely"),
    }  # fmt: skip


def test_a_town_does_not_hold_its_province_and_a_state_holds_all(record: Record) -> None:
    assert [a.sentence for a in operating_in(record, "Ramadi", PLACES)] == ["Badr operates in Ramadi"]
    assert len(operating_in(record, "Iraq", PLACES, during=IN_2016)) == 4
    assert operating_in(record, "Anbar", PLACES, during=Period.of(day("2016"))) != []


def test_an_unknown_place_or_name_or_post_gets_the_nearest(record: Record) -> None:
    with pytest.raises(UnknownName, match=r"(?s)no place is called 'Ramaddi'.*Ramadi"):
        operating_in(record, "Ramaddi", PLACES)
    with pytest.raises(UnknownName, match=r"(?s)is called 'Hayder Abadi'.*Haider al-Abadi"):
        statements(record, "Hayder Abadi")
    with pytest.raises(UnknownName, match=r"(?s)no post in the record is called 'prime minster'.*prime minister"):
        who_held(record, post="prime minster")


def test_what_was_claimed_before_a_day_and_what_has_no_date_apart(record: Record) -> None:
    found = claimed_before(record, date(2020, 1, 1))
    assert {claim.document for claim in found.claims} == {"paper.txt"}
    assert {claim.document for claim in found.undated} == {"groups.txt"}
    assert not claimed_before(record, date(2019, 6, 15), entity="Omar Saleh").claims
    assert claimed_before(record, date(2019, 6, 15), entity="Omar Saleh").undated
    assert not claimed_before(record, date(2019, 6, 1), entity="Omar Saleh").undated


def test_a_timeline_runs_by_cited_dates_and_ends_with_what_cites_none(record: Record) -> None:
    tell(record, "more.txt", holder("Haider al-Abadi"))
    assert [m.when and str(m.when) for m in timeline(record, "Haider al-Abadi")] == ["2014-09-08 to 2018-10-25", None]


def test_a_judgement_of_sameness_joins_what_two_documents_say(record: Record) -> None:
    tell(record, "spelt.txt", holder("Haydar al-Ibadi", first_seen="2016"))
    one, other = (record.entities(name=name)[0].entity_id for name in ("Haider al-Abadi", "Haydar al-Ibadi"))
    assert len(statements(record, "Haider al-Abadi")) == 1
    record.judge(one, other, "same", by="an analyst", why="one man")
    (joined,) = statements(record, "Haider al-Abadi")
    assert {claim.document for claim in joined.group.claims} == {"history.txt", "spelt.txt"}
