"""Editions are written whole or not at all, read by their manifest alone, and the oldest go."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from pydantic import ValidationError
from tests.editions.made_up_editions import MADE, manifest

from tocsin.api.edition_parts.form import table
from tocsin.editions import Editions, write_edition, writing
from tocsin.errors import FileProblem, UnknownName

if TYPE_CHECKING:
    from tocsin.editions import Edition

FILES = {
    "areas.json": b'[{"area_id":"IRQ"}]', "pages/now.json": b'{"blocks":[]}', "brief.html": b"<p>",
    "series.parquet": table(pl.DataFrame({"deaths": [1, 2]})),
}  # fmt: skip


def write(folder: Path, *, days: int = 0, files: dict[str, bytes] | None = None, keep: int = 30) -> Edition:
    """One edition, made some days after the first."""
    made = MADE + timedelta(days=days)
    return write_edition(folder, manifest=manifest(made=made), files=FILES if files is None else files, keep=keep)


def left(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    made = write(tmp_path)
    assert made.id == "20260201T063000Z-" + made.id[-8:]
    assert made.json("areas") == [{"area_id": "IRQ"}]
    assert made.page("now") == {"blocks": []}
    assert made.table("series")["deaths"].to_list() == [1, 2]
    assert made.file("brief.html").read_bytes() == made.content("brief.html") == b"<p>"
    assert [made.has(name) for name in ("areas", "areas.json", "series", "brief.html", "nothing")] == [True] * 4 + [
        False
    ]
    assert made.faults() == ()
    assert {name: held.bytes for name, held in made.manifest.files.items()} == {n: len(c) for n, c in FILES.items()}
    assert left(tmp_path) == [made.id]


def test_the_newest_comes_first_and_an_edition_is_got_by_its_id(tmp_path: Path) -> None:
    ids = [write(tmp_path, days=days).id for days in (0, 2, 1)]
    editions = Editions(tmp_path)
    assert editions.ids() == (ids[1], ids[2], ids[0])
    assert editions.latest() == editions.get(ids[1])
    with pytest.raises(UnknownName, match="no edition is called"):
        editions.get("20200101T000000Z-00000000")


def test_no_edition_yet(tmp_path: Path) -> None:
    assert Editions(tmp_path / "none").ids() == ()
    assert Editions(tmp_path / "none").latest() is None


def test_the_same_edition_is_not_written_over(tmp_path: Path) -> None:
    first = write(tmp_path)
    again = write(tmp_path, files={"areas.json": b"[]"})
    assert again == first
    assert again.json("areas") == [{"area_id": "IRQ"}]


def test_two_processes_that_write_the_same_edition_at_once_leave_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writing._take_place

    def raced(making: Path, place: Path) -> None:
        monkeypatch.setattr(writing, "_take_place", real)
        write(tmp_path)
        real(making, place)

    monkeypatch.setattr(writing, "_take_place", raced)
    made = write(tmp_path)
    assert left(tmp_path) == [made.id]


def test_the_oldest_go(tmp_path: Path) -> None:
    ids = [write(tmp_path, days=days, keep=3).id for days in range(5)]
    assert left(tmp_path) == ids[2:]


@pytest.mark.parametrize("at", [1, 2, 3, 4, 5])
def test_a_full_disk_leaves_what_was_there_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    before = write(tmp_path)
    calls = 0

    def full(_: int) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path, days=1)
    assert left(tmp_path) == [before.id]
    assert Editions(tmp_path).latest() == before


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = writing._write

    def fails(path: Path, content: bytes) -> None:
        if path.name == "series.parquet":
            raise KeyboardInterrupt
        real(path, content)

    monkeypatch.setattr(writing, "_write", fails)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path)
    assert left(tmp_path) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.editions.made_up_editions import manifest
from tocsin.editions import write_edition, writing
real = writing._write
def dies(path, content):
    real(path, content[:1])
    os.kill(os.getpid(), signal.SIGKILL)
writing._write = dies
write_edition(Path(sys.argv[1]), manifest=manifest(inputs="killed"), files={"areas.json": b"[]"})
"""


def test_a_process_killed_while_it_writes_leaves_no_edition_and_its_rest_is_cleared(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=root, check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    (half,) = tmp_path.iterdir()
    assert half.name.startswith(".making-")
    assert Editions(tmp_path).ids() == ()
    made = write(tmp_path)
    assert left(tmp_path) == [half.name, made.id], "another writer may still be at it"
    long_ago = half.stat().st_mtime - 7 * 3600
    os.utime(half, (long_ago, long_ago))
    assert left(tmp_path) == [half.name, made.id]
    newer = write(tmp_path, days=1)
    assert left(tmp_path) == [made.id, newer.id]


def test_an_altered_file_is_named_and_not_given_out(tmp_path: Path) -> None:
    made = write(tmp_path)
    (made.folder / "areas.json").write_bytes(b"[]")
    (made.folder / "series.parquet").unlink()
    found = Editions(tmp_path).get(made.id)
    assert found.faults() == ("areas.json", "series.parquet")
    with pytest.raises(FileProblem, match="its hash differs") as refused:
        found.content("areas.json")
    assert refused.value.where.file == made.folder / "areas.json"
    with pytest.raises(FileProblem, match="is gone"):
        found.table("series")


@pytest.mark.parametrize(
    "name",
    ["../areas.json", "/etc/passwd", "pages/../../x.json", "a/b/c.json", "x.pkl", "x.py", ".hidden.json", "X.json", ""],
)
def test_a_name_that_leads_outside_or_holds_code_is_neither_written_nor_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValidationError, match="is no name of a file of an edition"):
        write(tmp_path / "editions", files={name: b"[]"})
    assert not (tmp_path / "editions").exists()
    made = write(tmp_path / "editions")
    (tmp_path / "editions" / "areas.json").write_bytes(b"secret")
    for ask in (made.file, made.content, made.json, made.table):
        with pytest.raises(FileProblem, match="the edition holds no"):
            ask(name)


def test_a_file_that_is_a_link_to_elsewhere_is_not_given_out(tmp_path: Path) -> None:
    made = write(tmp_path / "editions")
    (tmp_path / "elsewhere.json").write_bytes(FILES["areas.json"])
    (made.folder / "areas.json").unlink()
    (made.folder / "areas.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(FileProblem, match="is gone"):
        made.file("areas.json")


@pytest.mark.parametrize("spoilt", [None, "", "{}", "format", "files"])
def test_a_folder_without_a_whole_manifest_is_not_listed(tmp_path: Path, spoilt: str | None) -> None:
    made = write(tmp_path)
    path = made.folder / "manifest.json"
    said: dict[str, Any] = json.loads(path.read_text())
    path.unlink()
    if spoilt == "format":
        path.write_text(json.dumps({**said, "format": 2}))
    elif spoilt == "files":
        path.write_text(json.dumps({**said, "files": {"../../x.json": {"sha256": "0" * 64, "bytes": 1}}}))
    elif spoilt is not None:
        path.write_text(spoilt)
    assert Editions(tmp_path).ids() == ()


def test_ids_that_are_no_ids_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "editions")
    for name in ("..", "../editions", "", "20260201T063000Z", "a/b"):
        with pytest.raises(UnknownName):
            Editions(tmp_path / "editions").get(name)
