"""Two writers at once, a process killed in mid-import, a full disk: nothing accepted is lost, and the next run goes on."""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.record.store.record_made_up import RULES, document_with, enter, held

from tocsin.errors import FileProblem
from tocsin.record.claim import ClaimStatus
from tocsin.record.store import TABLES, open_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tocsin.record.claim import Proposal
    from tocsin.record.document import Document, Text
    from tocsin.record.store import Record

DOCUMENTS = 30
WRITER = """
import sys
from tests.record.store.test_store_robust import read_all
from tocsin.record.store import open_record
with open_record(sys.argv[1]) as record:
    print("open", flush=True)
    read_all(record, int(sys.argv[2]), int(sys.argv[3]))
"""


def notes(number: int) -> tuple[Document, Text, list[Proposal]]:
    """The document of a number, with ten claims."""
    names = [f"Ada Marsh{number} {letter}" for letter in "abcdefghij"]
    document, text = document_with(*(f"{name} is governor of Anbar." for name in names), name=f"{number}.txt")
    return document, text, [held(text, name, "governor", "Anbar") for name in names]


def read_all(record: Record, first: int, last: int) -> None:
    """Read these documents as the command does: what is done is not done again."""
    for number in range(first, last):
        document, text, proposals = notes(number)
        record.add(document, text)
        if not record.is_done(text.text_id, RULES):
            record.enter(text, proposals, extractor=RULES, by="test")


def writer(address: str, first: int, last: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, address, str(first), str(last)], stdout=subprocess.PIPE, text=True
    )


def contents(record: Record) -> list[object]:
    """What the record holds, but for when it came and in what order."""
    timeless = {"seq", "claim", "at", "added", "entered", "entry", "value"}
    found = [
        sorted(str({key: value for key, value in row.items() if key not in timeless}) for row in record.every(table))
        for table in TABLES
    ]
    return [*found, sorted(claim.claim_id for claim in record.search("anbar", limit=10_000))]


def test_two_processes_can_write_at_once(address: str) -> None:
    open_record(address).close()
    one, other = writer(address, 0, 20), writer(address, 10, DOCUMENTS)
    assert one.communicate()[0] == other.communicate()[0] == "open\n"
    assert (one.returncode, other.returncode) == (0, 0)
    with open_record(address) as record:
        assert record.count() == 10 * DOCUMENTS
        assert len(record.search("anbar", limit=1000)) == 10 * DOCUMENTS
        assert list(record.violations()) == []


def test_two_processes_can_make_the_record_at_once(address: str) -> None:
    one, other = writer(address, 0, 2), writer(address, 0, 2)
    one.communicate()
    other.communicate()
    assert (one.returncode, other.returncode) == (0, 0)
    with open_record(address) as record:
        assert record.count() == 20


def test_a_killed_import_loses_nothing_accepted_and_goes_on(new_address: Callable[[], str]) -> None:
    undisturbed, address = new_address(), new_address()
    with open_record(undisturbed) as record:
        read_all(record, 0, DOCUMENTS)
    document, text = document_with("Ben Reed is envoy.", name="before.txt")
    accepted = held(text, "Ben Reed", "envoy")
    for path in (undisturbed, address):
        with open_record(path) as record:
            enter(record, document, text, accepted)
            record.decide(accepted.claim_id, ClaimStatus.ACCEPTED, by="Ines", why="seen")
    dice = random.Random(4)  # noqa: S311  # any moment will do
    killed = 0
    for _ in range(5):
        process = writer(address, 0, DOCUMENTS)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(dice.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        with open_record(address, create=False) as record:
            claim = record.claim(accepted.claim_id)
            assert claim is not None
            assert claim.status is ClaimStatus.ACCEPTED
            assert record.count() % 10 == 1
            assert list(record.violations()) == []
    assert killed
    with open_record(address) as record, open_record(undisturbed) as other:
        read_all(record, 0, DOCUMENTS)
        assert contents(record) == contents(other)


def test_a_full_disk_is_said_and_costs_nothing_accepted(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_record(path) as record:
        document, text = document_with("Ben Reed is envoy.", name="before.txt")
        accepted = held(text, "Ben Reed", "envoy")
        enter(record, document, text, accepted)
        record.decide(accepted.claim_id, ClaimStatus.ACCEPTED, by="Ines", why="seen")
        with record._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(FileProblem, match="no room left") as error:
            read_all(record, 0, DOCUMENTS)
        assert error.value.where.file == str(path)
        assert "what was accepted is safe" in str(error.value.hint)
    with open_record(path) as record:
        claim = record.claim(accepted.claim_id)
        assert claim is not None
        assert claim.status is ClaimStatus.ACCEPTED
        read_all(record, 0, DOCUMENTS)
        assert record.count() == 10 * DOCUMENTS + 1
        assert list(record.violations()) == []


def test_a_file_that_may_not_grow_is_a_full_disk_too(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    open_record(path).close()
    limited = f"""
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, {resource.RLIM_INFINITY}))
from tests.record.store.test_store_robust import read_all
from tocsin.errors import FileProblem
from tocsin.record.store import open_record
try:
    with open_record(sys.argv[1]) as record:
        read_all(record, 0, 500)
except FileProblem as error:
    print(error.what)
"""
    done = subprocess.run([sys.executable, "-c", limited, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in {"there is no room left to write the record", "writing to the record failed"}
    with open_record(path) as record:
        assert record.count() % 10 == 0
        assert list(record.violations()) == []
        read_all(record, 0, DOCUMENTS)
        assert record.count() >= 10 * DOCUMENTS
