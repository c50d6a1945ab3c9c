"""Opening: what is no record is refused with words, an older one is brought up, a newer one is left alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from tests.record.store.record_made_up import document_with, enter, held

from tocsin.errors import FileProblem
from tocsin.record.store import open_record, opening
from tocsin.record.store.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Callable

    from tocsin.record.store import Record

STEP = '''
"""A made-up step."""
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "9001", "{head}", None, None
def upgrade() -> None:
    op.add_column("documents", sa.Column("shelf", sa.Text()))
    {more}
'''


def steps_with(folder: Path, more: str = "") -> Path:
    """The steps of this Tocsin and one more."""
    (folder / "versions").mkdir(parents=True)
    for path in (opening.STEPS / "versions").glob("*.py"):
        (folder / "versions" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "versions" / "v9001_shelf.py").write_text(STEP.format(head=opening.HEAD, more=more), encoding="utf-8")
    return folder


def test_the_steps_lead_to_the_tables_as_they_are(record: Record) -> None:
    with record.connection() as connection:
        ours = {*METADATA.tables}
        options = {"include_object": lambda _o, name, kind, _r, _c: kind != "table" or name in ours}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)
    assert found == []
    assert ScriptDirectory(str(opening.STEPS)).get_heads() == [opening.HEAD]


def test_an_older_record_is_brought_up_and_loses_nothing(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, text = document_with("Ada Marsh is governor.")
    with open_record(address) as record:
        enter(record, document, text, held(text, "Ada Marsh", "governor"))
        before = record.claims()
    folder = steps_with(tmp_path / "steps")
    monkeypatch.setattr(opening, "HEAD", "9001")
    monkeypatch.setattr(opening.upgrade, "__kwdefaults__", {"folder": folder, "to": "head"})
    with open_record(address, create=False) as record:
        assert record.claims() == before
        with record.connection() as connection:
            assert "shelf" in {column["name"] for column in sa.inspect(connection).get_columns("documents")}


def test_a_step_that_fails_leaves_the_record_as_it_was(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, text = document_with("Ada Marsh is governor.")
    with open_record(address) as record:
        enter(record, document, text, held(text, "Ada Marsh", "governor"))
    folder = steps_with(tmp_path / "steps", more="raise RuntimeError('the step fails')")
    with monkeypatch.context() as patch:
        patch.setattr(opening, "HEAD", "9001")
        patch.setattr(opening.upgrade, "__kwdefaults__", {"folder": folder, "to": "head"})
        with pytest.raises(RuntimeError, match="the step fails"):
            open_record(address)
    with open_record(address, create=False) as record:
        assert record.count() == 1
        with record.connection() as connection:
            assert "shelf" not in {column["name"] for column in sa.inspect(connection).get_columns("documents")}


def test_a_newer_record_is_refused_and_left_alone(address: str) -> None:
    with open_record(address) as record, record._writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(FileProblem, match="a newer Tocsin wrote this record: its version is 9999") as error:
        open_record(address)
    assert "not touched" in str(error.value.hint)


def test_another_database_is_no_record(address: str) -> None:
    engine, _ = opening.engine_for(address)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE songs (name TEXT)")
    engine.dispose()
    with pytest.raises(FileProblem, match="not a record: it has the tables songs"):
        open_record(address)


def test_an_empty_database_is_a_record_only_where_one_may_be_made(new_address: Callable[[], str]) -> None:
    with pytest.raises(FileProblem, match="no record here"):
        open_record(new_address(), create=False)


def test_files_that_are_no_records_are_refused_with_words(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("This is a note, and no database at all. " * 50, encoding="utf-8")
    with pytest.raises(FileProblem, match="not a record, or it is damaged"):
        open_record(note)
    assert note.read_text(encoding="utf-8").startswith("This is a note")
    with pytest.raises(FileProblem, match="a folder"):
        open_record(tmp_path)
    with pytest.raises(FileProblem, match="folder for the record is not there"):
        open_record(tmp_path / "none" / "record.db")
    with pytest.raises(FileProblem, match="SQLite or PostgreSQL"):
        open_record("mysql://host/name")
    with pytest.raises(FileProblem, match="no address"):
        open_record("://")


def test_a_server_that_is_not_there_is_said_without_its_password() -> None:
    with pytest.raises(FileProblem, match="cannot be opened") as error:
        open_record("postgresql://reader:secret@127.0.0.1:1/none")
    assert "secret" not in str(error.value)


def test_a_record_cut_short_is_refused_with_words(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    open_record(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileProblem, match="damaged"), open_record(path) as record:
        record.add(*document_with("A line."))


def test_a_record_that_another_keeps_locked_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "record.db"
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.1)
    with open_record(path) as record:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            with pytest.raises(FileProblem, match="kept the record to itself"):
                record.add(*document_with("A line."))
            assert record.documents() == []
        finally:
            other.close()
        record.add(*document_with("A line."))
        assert len(record.documents()) == 1


def test_a_record_that_can_only_be_read_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_record(path) as record:
        with record._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(FileProblem, match="can be read but not written"):
            record.add(*document_with("A line."))
        assert record.documents() == []


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_record_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    place = tmp_path / "a folder? #1"
    place.mkdir()
    path = place / "record.db"
    with open_record(path) as record:
        enter(record, *document_with("Ben Reed was governor."))
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA journal_mode={mode}")
    raw.close()
    monkeypatch.setattr(opening, "is_only_read", Path.is_file)
    with open_record(path) as record:
        assert [one.name for one in record.documents()] == ["note.txt"]
        assert [one.words for one in record.search_texts("reed")] == ["Ben Reed was governor."]
        with pytest.raises(FileProblem, match="can be read but not written"):
            record.add(*document_with("Another."))
    assert [one.name for one in place.iterdir()] == ["record.db"]


def test_the_log_of_writes_beside_a_record_is_read_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "record.db"
    with open_record(path) as record:
        enter(record, *document_with("Ben Reed was governor."))
        assert path.with_name("record.db-wal").stat().st_size
        monkeypatch.setattr(opening, "is_only_read", Path.is_file)
        with open_record(path) as read:
            assert len(read.documents()) == 1


def test_an_older_record_that_cannot_be_written_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "record.db"
    open_record(path).close()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE alembic_version SET version_num = '0001'")
    raw.commit()
    raw.close()
    monkeypatch.setattr(opening, "is_only_read", Path.is_file)
    with pytest.raises(FileProblem, match="cannot be brought up to"):
        open_record(path)
