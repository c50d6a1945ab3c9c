"""Two people and one claim: the slower one writes nothing, whoever they are and whatever they want, in both engines."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.record.store.record_made_up import document_with, enter, held, words

from tocsin.api import claim_edits
from tocsin.api.claim_edits import Writer
from tocsin.errors import InputError, Outdated, OutOfRange
from tocsin.record.claim import ClaimStatus
from tocsin.record.store import open_record
from tocsin.vocabulary import Credibility, Reliability

if TYPE_CHECKING:
    from collections.abc import Callable

    from tocsin.record.store import Record

RACER = """
import json, sys
from tocsin.api.claim_edits import Writer, decide
from tocsin.errors import Outdated
from tocsin.record.claim import ClaimStatus
from tocsin.record.store import open_record
address, claim, by = sys.argv[1:]
with open_record(address) as record:
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        print(json.dumps(decide(record, claim, ClaimStatus.ACCEPTED, Writer(by, 0))))
    except Outdated as error:
        print(json.dumps(error.what))
"""


@pytest.fixture
def claim_id(record: Record) -> str:
    document, text = document_with("Ada Alpha, mayor of Basra, spoke.", "Ada Alpha, mayor of Basra, sang.")
    enter(record, document, text, held(text, "Ada Alpha", "mayor"))
    return record.claims()[0].claim_id


def newest(record: Record, claim_id: str) -> int:
    return claim_edits.newest_line(record, claim_id)


def test_who_saw_the_newest_line_writes(record: Record, claim_id: str) -> None:
    claim_edits.decide(record, claim_id, ClaimStatus.ACCEPTED, Writer("A", 0))
    seen = newest(record, claim_id)
    assert seen > 0
    claim_edits.grade(record, claim_id, "2", Writer("B", seen), why="two say so")
    stands = record.claim(claim_id)
    assert stands is not None
    assert (stands.status, stands.credibility) == (ClaimStatus.ACCEPTED, Credibility.C2)


@pytest.mark.parametrize(
    "write",
    [
        lambda record, claim, old: claim_edits.decide(record, claim, ClaimStatus.REJECTED, old, why="no"),
        lambda record, claim, old: claim_edits.grade(record, claim, "6", old, why="who knows"),
        lambda record, claim, old: claim_edits.undo(record, claim, newest(record, claim), old, why="no"),
        lambda record, claim, old: claim_edits.correct(record, claim, "Ada Alpha, mayor of Basra", old, why="shorter"),
    ],
    ids=["decide", "grade", "undo", "correct"],
)
def test_who_did_not_writes_nothing(
    record: Record, claim_id: str, write: Callable[[Record, str, Writer], object]
) -> None:
    claim_edits.decide(record, claim_id, ClaimStatus.ACCEPTED, Writer("A", 0))
    before = record.claims(), record.history()
    with pytest.raises(Outdated, match="A changed this meanwhile"):
        write(record, claim_id, Writer("B", 0))
    assert (record.claims(), record.history()) == before


def test_a_source_is_guarded_as_well(record: Record) -> None:
    record.grade_source("bic", Reliability.C, by="A", why="a think tank", seen=0)
    with pytest.raises(Outdated):
        record.grade_source("bic", Reliability.A, by="B", why="I like it", seen=0)
    assert record.source_grades() == {"bic": Reliability.C}


def test_without_what_was_seen_nothing_is_asked(record: Record, claim_id: str) -> None:
    record.decide(claim_id, ClaimStatus.ACCEPTED, by="A", why="yes")
    record.decide(claim_id, ClaimStatus.REJECTED, by="B", why="no")
    assert len(record.lines(f"claim:{claim_id}")) == 2


def test_lines_of_another_claim_do_not_stand_in_the_way(record: Record, claim_id: str) -> None:
    document, text = document_with("Bo Beta, envoy, spoke.", name="other.txt")
    enter(record, document, text, held(text, "Bo Beta", "envoy"))
    other = record.claims()[1].claim_id
    record.decide(other, ClaimStatus.ACCEPTED, by="A", why="yes")
    claim_edits.decide(record, claim_id, ClaimStatus.ACCEPTED, Writer("B", 0))
    assert [line.subject for line in record.lines(f"claim:{claim_id}")] == [f"claim:{claim_id}"]


def test_a_correction_keeps_the_old_claim_and_can_be_taken_back(record: Record, claim_id: str) -> None:
    made = claim_edits.correct(record, claim_id, "Ada Alpha, mayor of Basra, spoke", Writer("A", 0), why="no stop")
    assert made != claim_id
    line = newest(record, claim_id)
    claim_edits.undo(record, claim_id, line, Writer("A", line), why="")
    stands = record.claim(claim_id)
    assert stands is not None
    assert stands.status is ClaimStatus.PROPOSED
    assert words(record.text(stands.text_id), "Ada Alpha, mayor of Basra, spoke.") == stands.quote


def test_what_cannot_be_is_refused_in_words(record: Record, claim_id: str) -> None:
    with pytest.raises(InputError, match="no reason is given for 'rejected'"):
        claim_edits.decide(record, claim_id, ClaimStatus.REJECTED, Writer("A", 0))
    with pytest.raises(OutOfRange, match="'9' is no credibility"):
        claim_edits.grade(record, claim_id, "9", Writer("A", 0), why="so")
    with pytest.raises(OutOfRange, match="has no line 1"):
        claim_edits.undo(record, claim_id, 10**6, Writer("A", 0), why="so")
    with pytest.raises(InputError, match="no reason"):
        claim_edits.correct(record, claim_id, "Ada Alpha", Writer("A", 0), why=" ")
    assert newest(record, claim_id) == 0


def test_of_two_processes_one_writes_and_the_other_is_told(address: str) -> None:
    with open_record(address) as record:
        document, text = document_with("Ada Alpha, mayor of Basra, spoke.")
        enter(record, document, text, held(text, "Ada Alpha", "mayor"))
        claim_id = record.claims()[0].claim_id
    commands = ([sys.executable, "-c", RACER, address, claim_id, by] for by in ("A", "B"))
    pipe = subprocess.PIPE
    racers = [subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe) for command in commands]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [json.loads(racer.communicate(timeout=60)[0]) for racer in racers]
    lines = [one for one in said if isinstance(one, int)]
    assert len(lines) == 1
    with open_record(address) as record:
        (line,) = record.lines(f"claim:{claim_id}")
        assert line.entry == lines[0]
        assert [one for one in said if isinstance(one, str)] == [f"{line.by} changed this meanwhile"]
