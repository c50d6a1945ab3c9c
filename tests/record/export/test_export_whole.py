"""The whole record as one file: out and back gives the same bytes, and nothing is kept of a file that is not whole."""

from __future__ import annotations

import hashlib
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from tocsin.errors import FileProblem, InputError
from tocsin.record.claim import ClaimStatus
from tocsin.record.export import read_whole, whole, write_whole
from tocsin.record.store import TABLES, Record, open_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def exported(record: Record, tmp_path: Path) -> Path:
    write_whole(record, tmp_path / "a.tocsin")
    return tmp_path / "a.tocsin"


def anew(path: Path, change: Callable[[str, bytes], bytes | None], out: Path, *, honest: bool = False) -> Path:
    """The archive with its members changed; with `honest`, the manifest is made to agree."""
    with zipfile.ZipFile(path) as old:
        members = {name: changed for name in old.namelist() if (changed := change(name, old.read(name))) is not None}
    if honest:
        manifest = json.loads(members[whole.MANIFEST])
        for name, packed in manifest["tables"].items():
            content = members[f"{name}.jsonl"]
            rows = content.count(b"\n")
            packed |= {"rows": rows, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        members[whole.MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(out, "w", compression=zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return out


def is_empty(record: Record) -> bool:
    return not record.documents() and not record.history() and record.count() == 0


def test_out_and_back_and_out_gives_the_same_bytes(exported: Path, record: Record, tmp_path: Path) -> None:
    with open_record(tmp_path / "b.db") as other:
        rows = read_whole(other, exported)
        write_whole(other, tmp_path / "b.tocsin")
        assert (tmp_path / "b.tocsin").read_bytes() == exported.read_bytes()
        assert rows == sum(sum(1 for _ in record.every(table)) for table in TABLES)
        assert other.claims() == record.claims()
        assert other.history() == record.history()
        assert other.refusals() == record.refusals()
        assert other.entities() == record.entities()
        assert [c.claim_id for c in other.search("ada example")] == [c.claim_id for c in record.search("ada example")]
        assert not list(other.violations())


def test_what_came_back_goes_on(exported: Path, tmp_path: Path) -> None:
    with open_record(tmp_path / "b.db") as other:
        read_whole(other, exported)
        before = other.history()
        claim = other.claims(status=ClaimStatus.PROPOSED)[0]
        entry = other.decide(claim.claim_id, ClaimStatus.ACCEPTED, by="B", why="read")
        assert entry == before[-1].entry + 1
        other.undo(entry, by="B", why="again")
        judged = next(e for e in before if e.action == "judge")
        other.undo(judged.entry, by="B", why="two people")
        assert not other.judgements()


def test_a_file_cut_short_is_refused(exported: Path, tmp_path: Path) -> None:
    short = tmp_path / "short.tocsin"
    with open_record(tmp_path / "b.db") as other:
        for size in (0, 10, exported.stat().st_size // 2, exported.stat().st_size - 1):
            short.write_bytes(exported.read_bytes()[:size])
            with pytest.raises(FileProblem, match="cut short or altered"):
                read_whole(other, short)
            assert is_empty(other)


def test_an_altered_byte_is_refused_or_changes_nothing_of_the_record(exported: Path, tmp_path: Path) -> None:
    """Some bytes of an archive say nothing (dates of members): what comes out again must then be just what went in."""
    bad, content = tmp_path / "bad.tocsin", exported.read_bytes()
    refused = 0
    for number, at in enumerate(range(60, len(content), len(content) // 24)):
        bad.write_bytes(content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :])
        with open_record(tmp_path / f"{number}.db") as other:
            try:
                read_whole(other, bad)
            except FileProblem:
                refused += 1
                assert is_empty(other)
                continue
            write_whole(other, tmp_path / "again.tocsin")
            assert (tmp_path / "again.tocsin").read_bytes() == content, f"byte {at}"
    assert refused > 12


def test_an_altered_row_is_refused_by_its_hash(exported: Path, tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b'"proposed"', b'"accepted"') if name == "claims.jsonl" else content

    with open_record(tmp_path / "b.db") as other:
        with pytest.raises(FileProblem, match="altered"):
            read_whole(other, anew(exported, change, tmp_path / "c.tocsin"))
        assert is_empty(other)


def test_a_table_left_out_is_refused(exported: Path, tmp_path: Path) -> None:
    bad = anew(exported, lambda name, content: None if name == "history.jsonl" else content, tmp_path / "c.tocsin")
    with open_record(tmp_path / "b.db") as other, pytest.raises(FileProblem, match="tables of a record"):
        read_whole(other, bad)


@pytest.mark.parametrize(
    "line", [b"[]\n", b'{"a": {"b": 1}}\n', b"not json\n", b'{"name": NaN, "value": ""}\n', b'{"x": 1}\n']
)
def test_rows_of_another_shape_are_refused(line: bytes, exported: Path, tmp_path: Path) -> None:
    bad = anew(
        exported, lambda name, content: line if name == "meta.jsonl" else content, tmp_path / "c.tocsin", honest=True
    )
    with open_record(tmp_path / "b.db") as other:
        with pytest.raises(FileProblem):
            read_whole(other, bad)
        assert is_empty(other)


def test_a_bomb_is_not_expanded(exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "FREELY", 100_000)
    bomb = anew(
        exported,
        lambda name, content: b"0" * 50_000_000 if name == "texts.jsonl" else content,
        tmp_path / "c.tocsin",
        honest=True,
    )
    with open_record(tmp_path / "b.db") as other, pytest.raises(FileProblem, match="would expand to 50,"):
        read_whole(other, bomb)


def test_a_line_without_end_is_not_held(exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "LONGEST_LINE", 1000)
    bad = anew(
        exported,
        lambda name, content: b"0" * 5000 if name == "meta.jsonl" else content,
        tmp_path / "c.tocsin",
        honest=True,
    )
    with open_record(tmp_path / "b.db") as other, pytest.raises(FileProblem, match="has no end"):
        read_whole(other, bad)


def test_a_record_that_compresses_like_a_bomb_still_comes_back(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "FREELY", 0)
    monkeypatch.setattr(whole, "TIMES", 1.2)
    write_whole(record, tmp_path / "a.tocsin")
    with open_record(tmp_path / "b.db") as other:
        read_whole(other, tmp_path / "a.tocsin")
        assert other.count() == record.count()


def test_another_version_is_refused_with_words(exported: Path, tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b'"record_version": "', b'"record_version": "9') if name == whole.MANIFEST else content

    with open_record(tmp_path / "b.db") as other, pytest.raises(FileProblem, match="version 1/9"):
        read_whole(other, anew(exported, change, tmp_path / "c.tocsin"))


def test_a_record_that_holds_something_is_left_alone(exported: Path, record: Record) -> None:
    before = record.history()
    with pytest.raises(InputError, match="empty"):
        read_whole(record, exported)
    assert record.history() == before


@pytest.mark.parametrize("name", ["none.tocsin", "."])
def test_no_file_and_a_folder(name: str, tmp_path: Path) -> None:
    with open_record(tmp_path / "b.db") as other, pytest.raises(FileProblem, match=r"not there|folder"):
        read_whole(other, tmp_path / name)
