from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tocsin.record.reading import files_in
from tocsin.record.reading.folder import LONGEST_NAME

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return [name for name, _ in files_in(folder)]


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("words")


def test_files_come_sorted_from_all_folders(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.md", ".hidden.txt", ".git/x.txt", "~$lock.docx"):
        write(tmp_path / name)
    assert names(tmp_path) == ["a/b/c.md", "a/z.txt", "b.txt"]
    assert all(path.read_text() == "words" for _, path in files_in(tmp_path))


def test_links_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "documents", tmp_path / "secret.txt"
    write(inside / "a.txt")
    write(outside)
    (inside / "out.txt").symlink_to(outside)
    (inside / "round").symlink_to(inside)
    (inside / "up").symlink_to(tmp_path)
    (inside / "gone.txt").symlink_to(inside / "nothing")
    (inside / "same.txt").symlink_to(inside / "a.txt")
    assert names(inside) == ["a.txt", "same.txt"]


def test_a_pipe_is_no_document(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert names(tmp_path) == []


@pytest.mark.parametrize("raw", ["a\u202efdp.exe", "a\nb.txt", "a\x1b[31m.txt", "a\u200b.txt", "a\u2028.txt"])
def test_characters_that_cannot_be_seen_are_written_out(tmp_path: Path, raw: str) -> None:
    write(tmp_path / raw)
    (name,) = names(tmp_path)
    assert name.isprintable()
    assert "<U+" in name
    assert name.endswith(raw[-4:])


def test_no_two_files_share_a_name(tmp_path: Path) -> None:
    write(tmp_path / "a\u202e.txt")
    (changed,) = names(tmp_path)
    for name in (changed, "a<U+202E>.txt", "a\u202e\u202e.txt"):
        write(tmp_path / name)
    found = names(tmp_path)
    assert len(found) == len(set(found)) == 4


def test_a_name_that_is_no_utf8_is_shown_all_the_same(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("words")
    (name,) = names(tmp_path)
    name.encode()
    assert name.endswith(".txt")


def test_over_long_names_are_cut_and_kept_apart(tmp_path: Path) -> None:
    for last in "ab":
        write(tmp_path / ("x" * 200) / ("y" * 200 + last + ".txt"))
    found = names(tmp_path)
    assert len(set(found)) == 2
    assert all(len(name) <= LONGEST_NAME and name.endswith(".txt") for name in found)
