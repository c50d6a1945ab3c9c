"""Restores: the same rows in both engines, nothing written over unasked, and all of it or nothing, also when killed."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.api.kept_world import PASSWORD, World, edition_of, files, hashes, new_case, quick, world
from tests.api.postgres_base import new_database
from tests.docs.test_json_shapes import documented

from tocsin.api import restore_moves, restore_stores
from tocsin.api.backup import back_up
from tocsin.api.home import editions_of, team_address
from tocsin.api.record import open_record_of
from tocsin.api.restore import restore
from tocsin.api.restore_moves import JOURNAL, recover
from tocsin.case import read_case
from tocsin.cli.app import run
from tocsin.errors import FileProblem, InputError, UnknownName
from tocsin.record.claim import EntityType
from tocsin.settings import Settings
from tocsin.team import open_team

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENGINES = ("sqlite", "postgresql")


@contextmanager
def place(engine: str, folder: Path) -> Iterator[Settings]:
    """Settings of a machine of its own, on one of the engines."""
    if engine == "sqlite":
        yield Settings(data_dir=folder / "data")
        return
    with new_database() as address:
        yield Settings(data_dir=folder / "data", database=address)


@pytest.fixture
def kept(tmp_path: Path) -> tuple[World, Path]:
    """The small world on SQLite, and a backup of it."""
    made = world(tmp_path / "a", Settings(data_dir=tmp_path / "a" / "data"))
    return made, back_up([made.case], tmp_path / "b.zip", settings=made.settings).path


@pytest.mark.parametrize("source", ENGINES)
@pytest.mark.parametrize("target", ENGINES)
def test_every_table_and_file_is_as_it_was(tmp_path: Path, source: str, target: str) -> None:
    with place(source, tmp_path / "a") as there, place(target, tmp_path / "b") as here:
        before = world(tmp_path / "a", there)
        path = back_up([before.case], tmp_path / "b.zip", settings=there).path
        done = restore(path, into=tmp_path / "b" / "cases", settings=here)
        after = World(read_case(done.cases["one"]), here)
        assert hashes(after) == hashes(before)
        assert len(hashes(after)) > 20
        old, new = files(before.case.folder), files(after.case.folder)
        assert {n: c for n, c in old.items() if not n.startswith(".git")} == new
        assert here.log_file.read_bytes() == there.log_file.read_bytes()


@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_restored_goes_on(kept: tuple[World, Path], tmp_path: Path, engine: str) -> None:
    """Words are found, people sign in, ids are counted on, and the audit log holds."""
    with place(engine, tmp_path / "b") as here:
        case = read_case(restore(kept[1], into=tmp_path / "b", settings=here).cases["one"])
        with (
            open_record_of(case, settings=here) as record,
            open_record_of(kept[0].case, settings=kept[0].settings) as old,
        ):
            for words in ("minister", "acme fighters", "quiet"):
                assert [c.claim_id for c in record.search(words)] == [c.claim_id for c in old.search(words)] != []
                assert record.search_texts(words) == old.search_texts(words)
            person = record.entities(type=EntityType.PERSON)[0].entity_id
            assert record.remove_person(person, by="anna", why="asked for").claims
            assert not list(record.violations())
        with open_team(team_address(here), passwords=quick()) as team:
            assert team.users.sign_in("anna", PASSWORD) is not None
            assert team.sessions.data("a session id") == ""
            team.audit("anna", "after the restore")
            assert (team.log.verify().lines, team.log.verify().faults) == (5, ())


def test_nothing_is_written_over_unasked(kept: tuple[World, Path]) -> None:
    made, path = kept
    before = hashes(made), files(made.case.folder)
    with pytest.raises(InputError, match="there is something already: team, cases/one/record") as told:
        restore(path, into=made.case.folder.parent, settings=made.settings)
    assert "--replace" in str(told.value)
    assert (hashes(made), files(made.case.folder)) == before


def spoil(made: World) -> None:
    """Everything changes after the backup."""
    folder = made.case.folder
    (folder / "documents" / "a.txt").write_text("changed", encoding="utf-8")
    (folder / "documents" / "new.txt").write_text("new", encoding="utf-8")
    (folder / "documents" / "sub" / "a report (2).md").unlink()
    edition_of(made.case, made.settings, datetime(2027, 1, 1, tzinfo=UTC))
    with open_record_of(made.case, settings=made.settings) as record:
        record.remove_person(record.entities(type=EntityType.PERSON)[0].entity_id, by="anna", why="asked for")
    with open_team(team_address(made.settings), passwords=quick()) as team:
        team.users.set_disabled("omer", disabled=True)


@pytest.mark.parametrize("engine", ENGINES)
def test_replacing_puts_back_the_day_of_the_backup(tmp_path: Path, engine: str) -> None:
    with place(engine, tmp_path) as here:
        made = world(tmp_path, here)
        before, there = hashes(made), files(tmp_path)
        path = back_up([made.case], tmp_path.parent / f"{tmp_path.name}.zip", settings=here).path
        spoil(made)
        assert hashes(made) != before
        restore(path, into=made.case.folder.parent, settings=here, replace=True)
        assert hashes(made) == before
        assert files(tmp_path) == there, "new files are gone, .git is untouched, nothing of the restore is left"


def test_editions_older_than_the_backup_stay_and_newer_ones_go(kept: tuple[World, Path]) -> None:
    made, path = kept
    edition_of(made.case, made.settings, datetime(2025, 1, 1, tzinfo=UTC))
    edition_of(made.case, made.settings, datetime(2027, 1, 1, tzinfo=UTC))
    restore(path, into=made.case.folder.parent, settings=made.settings, replace=True)
    assert [name[:4] for name in editions_of(made.case, settings=made.settings).ids()] == ["2026", "2025"]


def test_one_case_alone_leaves_the_team_alone(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    made, other = world(tmp_path, settings), new_case(tmp_path / "cases" / "two")
    path = back_up([made.case, other], tmp_path / "b.zip", settings=settings).path
    done = restore(path, into=tmp_path / "elsewhere", settings=settings, only=("two",))
    assert (set(done.cases), done.files) == ({"two"}, 3)
    with pytest.raises(UnknownName, match="'three'"):
        restore(path, into=tmp_path / "elsewhere", settings=settings, only=("three",))


def test_a_database_in_use_is_not_replaced(kept: tuple[World, Path]) -> None:
    made, path = kept
    before = hashes(made)
    with (
        open_team(team_address(made.settings)) as team,
        team.engine.connect(),
        pytest.raises(FileProblem, match="in use"),
    ):
        restore(path, into=made.case.folder.parent, settings=made.settings, replace=True)
    assert hashes(made) == before


def test_a_damaged_database_is_replaced(kept: tuple[World, Path]) -> None:
    made, path = kept
    before = hashes(made)
    (made.case.folder / ".tocsin" / "record.db").write_bytes(b"rubbish" * 1000)
    restore(path, into=made.case.folder.parent, settings=made.settings, replace=True)
    assert hashes(made) == before


def test_the_audit_log_of_a_restored_team_is_only_ever_added_to(tmp_path: Path, kept: tuple[World, Path]) -> None:
    with place("postgresql", tmp_path / "b") as here:
        restore(kept[1], into=tmp_path / "b", settings=here)
        with open_team(team_address(here)) as team, team.engine.begin() as connection:
            with pytest.raises(sa.exc.DBAPIError, match="only ever added to"):
                connection.exec_driver_sql("DELETE FROM audit")
            connection.rollback()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("when", ["in the record", "in the files", "at the last move"])
def test_a_restore_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, when: str
) -> None:
    with place(engine, tmp_path) as here:
        made = world(tmp_path, here)
        path = back_up([made.case], tmp_path.parent / f"{tmp_path.name}.zip", settings=here).path
        spoil(made)
        before, there = hashes(made), files(tmp_path)
        fail = failing(monkeypatch)[when]
        fail()
        with pytest.raises(OSError, match="disk"):
            restore(path, into=made.case.folder.parent, settings=here, replace=True)
        assert hashes(made) == before
        assert files(tmp_path) == there


def failing(patch: pytest.MonkeyPatch) -> dict[str, Callable[[], None]]:
    def stop(*_: object) -> None:
        raise OSError(28, "disk full")

    def at_the_last(self: restore_moves.Moves) -> None:
        for move in self._moves[:-1]:
            move.do()
        stop()

    def last() -> None:
        def do(self: restore_moves.Moves) -> None:
            self._write({"begun": True})
            at_the_last(self)

        patch.setattr(restore_moves.Moves, "do", do)

    return {
        "in the record": lambda: patch.setattr(restore_stores, "_hold", stop),
        "in the files": lambda: patch.setattr("tocsin.api.archive.Archive.copy", stop),
        "at the last move": last,
    }


KILLED = """
import os, signal, sys
from pathlib import Path
from tocsin.api import restore_moves
from tocsin.api.restore import restore
from tocsin.settings import Settings

path, into, data, after, database = sys.argv[1:]
done, plain = [], restore_moves.Move.do

def do(self):
    if len(done) == int(after):
        os.kill(os.getpid(), signal.SIGKILL)
    plain(self)
    done.append(self)

restore_moves.Move.do = do
restore(Path(path), into=Path(into), settings=Settings(data_dir=Path(data), database=database or None), replace=True)
"""


@pytest.mark.parametrize(("engine", "moves"), [("sqlite", 0), ("sqlite", 1), ("sqlite", 6), ("postgresql", 2)])
def test_a_restore_that_is_killed_leaves_what_was_there(tmp_path: Path, engine: str, moves: int) -> None:
    with place(engine, tmp_path / "a") as here:
        made = world(tmp_path / "a", here)
        path = back_up([made.case], tmp_path / "b.zip", settings=here).path
        spoil(made)
        before, there = hashes(made), files(made.case.folder)
        asked = [str(p) for p in (path, made.case.folder.parent, here.data_dir, moves, here.database or "")]
        ended = subprocess.run([sys.executable, "-c", KILLED, *asked], check=False, capture_output=True)
        assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
        assert (here.data_dir / JOURNAL).exists()
        assert recover(here.data_dir), "as the next restore does first of all"
        assert hashes(made) == before
        assert files(made.case.folder) == there
        assert not [p for p in made.case.folder.parent.rglob(".*") if p.suffix in {".new", ".old"}]


def test_two_restores_at_once_do_not_mix(kept: tuple[World, Path]) -> None:
    made, path = kept
    alive = json.dumps({"process": os.getppid()})
    (made.settings.data_dir / JOURNAL).write_text(alive + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="under way"):
        restore(path, into=made.case.folder.parent, settings=made.settings, replace=True)


def test_an_altered_backup_changes_nothing(kept: tuple[World, Path], tmp_path: Path) -> None:
    made, path = kept
    before = hashes(made)
    altered = changed(path, tmp_path / "c.zip", "team/users.jsonl", lambda c: c.replace(b"reader", b"admin\x20"))
    with pytest.raises(FileProblem, match=r"team/users\.jsonl"):
        restore(altered, into=made.case.folder.parent, settings=made.settings, replace=True)
    assert hashes(made) == before


@pytest.mark.parametrize("name", ["../up.csv", "folder/../../up.csv", "editions/x/../../y.json", "elsewhere/a.csv"])
def test_a_name_that_leads_elsewhere_is_refused(kept: tuple[World, Path], tmp_path: Path, name: str) -> None:
    def renamed(content: bytes) -> bytes:
        said = json.loads(content)
        said["members"][f"cases/one/{name}"] = said["members"].pop("cases/one/folder/case.toml")
        return json.dumps(said).encode()

    other = tmp_path / "c.zip"
    with zipfile.ZipFile(kept[1]) as old, zipfile.ZipFile(other, "w") as new:
        for member in old.namelist():
            content = renamed(old.read(member)) if member == "manifest.json" else old.read(member)
            new.writestr(f"cases/one/{name}" if member.endswith("case.toml") else member, content)
    with pytest.raises(FileProblem, match="leads elsewhere"):
        restore(other, into=tmp_path / "into", settings=Settings(data_dir=tmp_path / "d"))
    assert not (tmp_path / "into").exists()


def changed(path: Path, to: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for member in old.namelist():
            new.writestr(member, change(old.read(member)) if member == name else old.read(member))
    return to


def test_another_version_of_the_tables_is_refused(kept: tuple[World, Path], tmp_path: Path) -> None:
    other = changed(
        kept[1], tmp_path / "c.zip", "manifest.json", lambda c: c.replace(b'record": "0', b'record": "9')
    )  # fmt: skip
    with pytest.raises(FileProblem, match="is of version 9"):
        restore(other, into=tmp_path / "into", settings=Settings(data_dir=tmp_path / "d"))


def test_a_restored_database_is_for_its_owner_s_eyes(kept: tuple[World, Path], tmp_path: Path) -> None:
    here = Settings(data_dir=tmp_path / "here")
    restore(kept[1], into=tmp_path / "into", settings=here)
    team = Path(team_address(here))
    assert team.stat().st_mode & 0o077 == 0
    with sqlite3.connect(team) as connection:
        assert connection.execute("SELECT count(*) FROM users").fetchone() == (2,)


def test_the_commands(
    kept: tuple[World, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made, _ = kept
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(made.settings.data_dir))
    path = str(tmp_path / "c.zip")
    assert run(["backup", path, "--cases", str(made.case.folder.parent)]) == 0
    assert "one; " in capsys.readouterr().out
    assert run(["backup", path, "--verify", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["cases"] == ["one"]
    assert set(said) == {key.removesuffix("[]") for key in documented("backup")}
    assert run(["restore", path, "--cases", str(made.case.folder.parent)]) == 2
    assert "--replace" in capsys.readouterr().err
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "elsewhere"))
    (tmp_path / "cases").mkdir()
    assert run(["restore", path, "--cases", str(tmp_path / "cases"), "--json"]) == 0
    back = json.loads(capsys.readouterr().out)
    assert back["tables"] == said["tables"]
    assert set(back) == documented("restore")
    assert run(["restore", path, "--cases", str(tmp_path / "nowhere")]) == 2
