"""Backups: everything is in them, of one moment, for their owner's eyes; and what is altered is named."""

from __future__ import annotations

import json
import stat
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.api.kept_world import PASSWORD, World, hashes, new_case, world
from tests.api.postgres_base import new_database

from tocsin.api import backup, backup_tables
from tocsin.api.backup import back_up, verify
from tocsin.api.home import team_address
from tocsin.api.record import open_record_of
from tocsin.errors import FileProblem, InputError
from tocsin.record.claim import EntityType
from tocsin.record.store import opening
from tocsin.record.store.tables import METADATA
from tocsin.settings import Settings
from tocsin.team import open_team

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import sqlalchemy as sa


@pytest.fixture(params=["sqlite", "postgresql"])
def of_one(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """The small world on one of the two engines."""
    if request.param == "sqlite":
        yield world(tmp_path, Settings(data_dir=tmp_path / "data"))
        return
    with new_database() as address:
        yield world(tmp_path, Settings(data_dir=tmp_path / "data", database=address))


@pytest.fixture
def kept(tmp_path: Path) -> tuple[World, Path]:
    """The small world on SQLite, and a backup of it."""
    made = world(tmp_path, Settings(data_dir=tmp_path / "data"))
    return made, back_up([made.case], tmp_path / "b.zip", settings=made.settings).path


def test_every_table_is_in_it_with_its_hash(of_one: World, tmp_path: Path) -> None:
    held = back_up([of_one.case], tmp_path / "b.zip", settings=of_one.settings)
    with zipfile.ZipFile(held.path) as archive:
        said = json.loads(archive.read("manifest.json"))["members"]
    tables = {n.removesuffix(".jsonl"): (m["rows"], m["sha256"]) for n, m in said.items() if "rows" in m}
    assert tables == hashes(of_one)
    assert {f"cases/one/record/{name}" for name in METADATA.tables} <= set(tables)
    assert [tables[f"team/{name}"][0] for name in ("users", "tokens", "audit", "alerts", "deliveries")] == [
        2,
        1,
        4,
        1,
        1,
    ]
    assert held.rows > 100


def test_files_are_in_it_without_what_is_hidden_or_made_again(of_one: World, tmp_path: Path) -> None:
    (of_one.case.folder / "out").mkdir()
    (of_one.case.folder / "out" / "brief.html").write_text("made", encoding="utf-8")
    (of_one.case.folder / "leads-out.csv").symlink_to("/etc/passwd")
    held = back_up([of_one.case], tmp_path / "b.zip", settings=of_one.settings)
    with zipfile.ZipFile(held.path) as archive:
        names = {n for n in archive.namelist() if not n.endswith(".jsonl")}
        assert archive.read("cases/one/folder/documents/a.txt") == b"A text of its own.\n"
    edition = next(n for n in names if n.endswith("pages/now.json")).split("/")[3]
    assert names == {
        "manifest.json", "cases/one/folder/case.toml", "cases/one/folder/documents/a.txt",
        "cases/one/folder/documents/sub/a report (2).md", f"cases/one/editions/{edition}/manifest.json",
        f"cases/one/editions/{edition}/areas.json", f"cases/one/editions/{edition}/pages/now.json",
    }  # fmt: skip


def test_only_its_owner_may_read_it_and_it_holds_no_session_and_no_password(kept: tuple[World, Path]) -> None:
    assert stat.S_IMODE(kept[1].stat().st_mode) == 0o600
    with zipfile.ZipFile(kept[1]) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "a session id" not in text
    assert "team/sessions" not in text
    assert PASSWORD not in text
    assert "$argon2" in text, "without the hashes nobody could sign in after a restore"


def test_what_is_written_meanwhile_is_in_the_next_one(
    of_one: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first table is read, somebody signs a decision and another line of the audit log."""
    before, plain = hashes(of_one), backup_tables.lines
    wrote: list[str] = []

    def slow(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
        if not wrote:
            wrote.append(table.name)
            with open_team(team_address(of_one.settings)) as team:
                team.audit("anna", "meanwhile")
            if of_one.settings.database is None:  # removing waits for readers to leave, and this one never does
                monkeypatch.setattr(opening, "WAIT_SECONDS", 1)
            with open_record_of(of_one.case, settings=of_one.settings) as record:
                person = record.entities(type=EntityType.PERSON)[0].entity_id
                assert record.remove_person(person, by="anna", why="asked for").claims
        return plain(connection, table)

    monkeypatch.setattr(backup, "lines", slow)
    back_up([of_one.case], tmp_path / "b.zip", settings=of_one.settings)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        said = json.loads(archive.read("manifest.json"))["members"]
    assert wrote
    assert hashes(of_one) != before
    assert {n.removesuffix(".jsonl"): (m["rows"], m["sha256"]) for n, m in said.items() if "rows" in m} == before


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The backup with members changed, or left out where None comes back."""
    other = path.with_name("other.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return other


def test_an_altered_table_is_named(kept: tuple[World, Path]) -> None:
    name = "cases/one/record/claims.jsonl"
    other = rewritten(kept[1], lambda n, c: c.replace(b"proposed", b"accepted") if n == name else c)
    with pytest.raises(FileProblem, match=name):
        verify(other)


def test_an_altered_file_of_the_same_length_is_named(kept: tuple[World, Path]) -> None:
    name = "cases/one/folder/documents/a.txt"
    other = rewritten(kept[1], lambda n, c: c.replace(b"own", b"OWN") if n == name else c)
    with pytest.raises(FileProblem, match=f"{name} is not what"):
        verify(other)


def test_a_member_left_out_is_named(kept: tuple[World, Path]) -> None:
    name = "team/tokens.jsonl"
    with pytest.raises(FileProblem, match=name):
        verify(rewritten(kept[1], lambda n, c: None if n == name else c))


@pytest.mark.parametrize("part", [0.0, 0.3, 0.99])
def test_a_backup_cut_short_is_refused(kept: tuple[World, Path], part: float) -> None:
    whole = kept[1].read_bytes()
    kept[1].write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(FileProblem, match="cut short or altered"):
        verify(kept[1])


def test_a_damaged_byte_is_found_and_its_member_named(kept: tuple[World, Path]) -> None:
    with zipfile.ZipFile(kept[1]) as archive:
        info = archive.getinfo("cases/one/record/texts.jsonl")
    content = bytearray(kept[1].read_bytes())
    content[info.header_offset + 80] ^= 0xFF
    kept[1].write_bytes(bytes(content))
    with pytest.raises(FileProblem) as told:
        verify(kept[1])
    assert "texts" in str(told.value)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(FileProblem):
        verify(tmp_path / "x.zip")


def test_a_newer_form_is_refused(kept: tuple[World, Path]) -> None:
    other = rewritten(kept[1], lambda _, c: c.replace(b'"format_version": 1', b'"format_version": 2'))
    with pytest.raises(FileProblem, match="version 2"):
        verify(other)


def test_nothing_is_written_over_unasked(kept: tuple[World, Path], tmp_path: Path) -> None:
    made, path = kept
    with pytest.raises(FileProblem, match="there already"):
        back_up([made.case], path, settings=made.settings)
    assert back_up([made.case], path, settings=made.settings, replace=True).rows > 0
    letter = tmp_path / "letter.txt"
    letter.write_text("dear all", encoding="utf-8")
    with pytest.raises(FileProblem, match="of another kind"):
        back_up([made.case], letter, settings=made.settings, replace=True)
    assert letter.read_text(encoding="utf-8") == "dear all"


def test_a_backup_that_fails_leaves_nothing(
    kept: tuple[World, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Iterator[bytes]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "lines", full)
    there = set(tmp_path.iterdir())
    with pytest.raises(OSError, match="No space"):
        back_up([kept[0].case], tmp_path / "c.zip", settings=kept[0].settings)
    assert set(tmp_path.iterdir()) == there


def test_two_cases_of_one_name_are_refused(kept: tuple[World, Path], tmp_path: Path) -> None:
    other = new_case(tmp_path / "other" / "one")
    with pytest.raises(InputError, match="one name"):
        back_up([kept[0].case, other], tmp_path / "c.zip", settings=kept[0].settings)


def test_a_case_without_record_team_or_edition_is_only_its_files(tmp_path: Path) -> None:
    case, settings = new_case(tmp_path / "bare"), Settings(data_dir=tmp_path / "data")
    held = back_up([case], tmp_path / "b.zip", settings=settings)
    assert (dict(held.tables), held.files) == ({}, 3)
    assert not (tmp_path / "data").exists(), "a backup makes no databases"
