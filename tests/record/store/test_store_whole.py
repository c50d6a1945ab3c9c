"""A whole record goes out as rows and comes back the same, history and removals included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.record.store.test_store_removing import DOCUMENT, HELD, TEXT, filled

from tocsin.errors import InputError, TableProblem, UnknownName
from tocsin.record.claim import ClaimStatus
from tocsin.record.store import TABLES, Entered

if TYPE_CHECKING:
    from tocsin.record.store import Record


def rows(record: Record, batch: int = 5000) -> list[tuple[str, dict[str, object]]]:
    with record.connection() as connection:
        return [(name, row) for name in TABLES for row in record.every(name, batch=batch, connection=connection)]


def test_a_whole_record_comes_back_the_same_and_works_on(record: Record, other_record: Record) -> None:
    who = filled(record)
    record.remove_person(record.entities(name="ben reed")[0].entity_id, by="Omar", why="on request")
    kept = rows(record)
    assert kept == rows(record, batch=1)
    assert other_record.load(kept) == len(kept)
    assert rows(other_record) == kept
    assert other_record.claims() == record.claims()
    assert [c.claim_id for c in other_record.search("fifth")] == [c.claim_id for c in record.search("fifth")]
    assert other_record.entities(name="quillmarsh") == record.entities(name="quillmarsh")
    entry = other_record.decide(HELD.claim_id, ClaimStatus.ISSUE, by="Ines", why="seen")
    assert entry == max(line.entry for line in record.history()) + 1
    assert other_record.enter(TEXT, [HELD], extractor="rules 3", by="test") == Entered(0, 1, 0)
    assert other_record.remove_person(who, by="Omar", why="on request").removal == 2
    other_record.add(DOCUMENT, TEXT)
    assert "Ben Reed" not in other_record.text(TEXT.text_id).text


def test_only_an_empty_record_takes_one_back(record: Record) -> None:
    filled(record)
    with pytest.raises(InputError, match="only into an empty one"):
        record.load(rows(record))


def test_a_record_in_disorder_or_cut_short_is_refused_whole(record: Record, other_record: Record) -> None:
    filled(record)
    kept = rows(record)
    for broken, match in (
        (kept[::-1], "not in order"),
        (kept[1:], "key is missing"),
        ([(name, row) for name, row in kept if name != "documents"], "does not fit"),
        ([*kept[:3], (kept[3][0], {**kept[3][1], "odd": 1})], "columns of its table: odd"),
        ([("meta", {"name": "key", "value": "00"}), ("gossip", {})], "no table of a record"),
    ):
        with pytest.raises((TableProblem, UnknownName), match=match):
            other_record.load(broken)
        assert other_record.documents() == []
    assert other_record.load(kept) == len(kept)


def test_tables_that_are_none_are_named(record: Record) -> None:
    with pytest.raises(UnknownName, match="claims"):
        list(record.every("claim"))
