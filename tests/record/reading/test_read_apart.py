"""A file that kills, stalls or starves its reader costs its own verdict, and the next one is read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.record.reading.readers_that_stop import stops

from tocsin.errors import FileProblem, InputError
from tocsin.record.document import Verdict
from tocsin.record.reading import Given, ReaderApart, apart, read_file

SECONDS = 3.0
ROOT = Path(__file__).parents[3]
"""Where the other process finds the reader of this test."""


@pytest.fixture
def fragile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read by a reader that some of them stop."""
    monkeypatch.setattr(apart, "read_file", stops)
    monkeypatch.syspath_prepend(ROOT)


def file_in(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(f"The {name} is read here.", encoding="utf-8")
    return path


@pytest.mark.usefixtures("fragile")
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("dies.txt", "it ended with code 7"), ("raises.txt", "ValueError: odd bytes"),
        pytest.param("aborts.pdf", "it was ended by SIGABRT", marks=pytest.mark.skipif(sys.platform == "win32", reason="POSIX")),
        pytest.param(
            "greedy.html", "it needs more than 512 MB of memory",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux"),
        ),
    ],
)  # fmt: skip
def test_a_file_that_stops_its_reader_is_broken_and_the_next_is_read(tmp_path: Path, name: str, why: str) -> None:
    with ReaderApart(memory_mb=512) as reader:
        before, _ = reader.read(file_in(tmp_path, "a.txt"), name="a.txt")
        document, text = reader.read(file_in(tmp_path, name), name=name, given=Given(title="T"))
        after, its_text = reader.read(file_in(tmp_path, "z.txt"), name="z.txt")
    assert (document.verdict, document.why, text) == (Verdict.BROKEN, f"the reader stopped on it: {why}", None)
    assert (document.name, document.title, document.size) == (name, "T", (tmp_path / name).stat().st_size)
    assert (before.verdict, after.verdict) == (Verdict.READ, Verdict.READ)
    assert its_text is not None
    assert its_text.text == "The z.txt is read here."


@pytest.mark.usefixtures("fragile")
def test_a_file_that_takes_for_ever_is_given_up(tmp_path: Path) -> None:
    with ReaderApart(seconds=SECONDS) as reader:
        document, _ = reader.read(file_in(tmp_path, "sleeps.docx"), name="sleeps.docx")
        after, _ = reader.read(file_in(tmp_path, "z.txt"), name="z.txt")
    assert (document.verdict, document.why) == (Verdict.BROKEN, "the reader stopped on it: it took more than 3 s")
    assert after.verdict is Verdict.READ


def test_one_process_reads_many_files_as_they_are_read_here(tmp_path: Path) -> None:
    with ReaderApart() as reader:
        first = reader.read(file_in(tmp_path, "a.txt"), name="a.txt", given=Given(source_id="s1"))
        child = reader._child
        second = reader.read(file_in(tmp_path, "b.md"), name="b.md")
        assert reader._child is child
    assert first == read_file(tmp_path / "a.txt", name="a.txt", given=Given(source_id="s1"))
    assert second == read_file(tmp_path / "b.md", name="b.md")
    assert child is not None
    assert child.poll() is not None


def test_a_process_that_died_between_files_is_replaced(tmp_path: Path) -> None:
    with ReaderApart() as reader:
        reader.read(file_in(tmp_path, "a.txt"), name="a.txt")
        assert reader._child is not None
        reader._child.kill()
        reader._child.wait()
        document, _ = reader.read(file_in(tmp_path, "b.txt"), name="b.txt")
    assert document.verdict is Verdict.READ


def test_faults_that_are_the_callers_come_as_they_are(tmp_path: Path) -> None:
    with ReaderApart() as reader:
        with pytest.raises(FileProblem, match="file not found") as error:
            reader.read(tmp_path / "none.txt", name="none.txt")
        assert error.value.hint == "check the path"
        document, _ = reader.read(file_in(tmp_path, "b.txt"), name="b.txt")
    assert document.verdict is Verdict.READ


def test_a_module_beside_the_documents_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with ReaderApart() as reader:
        assert reader.read(file_in(tmp_path, "a.txt"), name="a.txt")[0].verdict is Verdict.READ


def test_a_reader_that_cannot_start_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_CHILD", "tocsin.record.reading.nowhere")
    with ReaderApart() as reader, pytest.raises(InputError, match="cannot be started"):
        reader.read(file_in(tmp_path, "a.txt"), name="a.txt")
