"""The file of the judgement log: every line is read with its number, and added whole."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.case import check_case, write_case
from tocsin.case.finding import Finding
from tocsin.case.judgements import LOG_FILE, append_after, append_line, read_log
from tocsin.errors import FileProblem, InputError

if TYPE_CHECKING:
    from pathlib import Path

json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False),
              st.text(st.characters(exclude_categories=["Cs"]))),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "judgements.jsonl"


@settings(max_examples=60, deadline=None)
@given(entries=st.lists(st.dictionaries(st.text("abc\n\u2028é", max_size=4), json_values, max_size=3), max_size=4))
def test_what_is_added_is_read_back_in_order(tmp_path_factory: pytest.TempPathFactory, entries: list[Any]) -> None:
    log = tmp_path_factory.mktemp("log") / "judgements.jsonl"
    for entry in entries:
        append_line(log, entry)
    assert read_log(log) == tuple(enumerate(entries, start=1))


def test_lines_that_stand_there_keep_every_byte(log: Path) -> None:
    log.write_bytes(b'{"a":1.50}\n')
    append_line(log, {"b": "ü"})
    assert log.read_bytes() == b'{"a":1.50}\n{"b": "\xc3\xbc"}\n'


def test_a_line_cut_short_does_not_swallow_the_next(log: Path) -> None:
    log.write_bytes(b'{"a": 1}\n{"b": ')
    append_line(log, {"c": 3})
    first, second, third = read_log(log)
    assert (first, third) == ((1, {"a": 1}), (3, {"c": 3}))
    assert isinstance(second[1], Finding)


BROKEN = {
    "no JSON": (b"hello", "no line of JSON"),
    "no entry": (b"[1, 2]", "'[1, 2]' is no entry"),
    "blank": (b"", "no line of JSON"),
    "key twice": (b'{"p": 0.1, "p": 0.9}', "the key 'p' stands twice"),
    "NaN": (b'{"p": NaN}', "NaN is no number"),
    "too large": (b'{"p": 1e999}', "1e999 is no number"),
    "Latin-1": (b'{"who": "caf\xe9"}', "byte 0xe9"),
    "too deep": (b"[" * 100_000, "no line of JSON"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_line_is_named_by_its_number_and_the_others_are_read(what: str, log: Path) -> None:
    raw, problem = BROKEN[what]
    log.write_bytes(b'{"a": 1}\n' + raw + b'\n{"c": 3}\n')
    (_, first), (number, found), (_, third) = read_log(log)
    assert (first, third, number) == ({"a": 1}, {"c": 3}, 2)
    assert isinstance(found, Finding)
    assert (found.file, found.row) == ("judgements.jsonl", 2)
    assert problem in found.problem
    assert "bring the line back from a copy" in found.mend


def test_writers_at_once_each_see_what_the_one_before_wrote(log: Path) -> None:
    def add(_: int) -> None:
        append_after(log, lambda lines: {"number": len(lines) + 1, "fill": "x" * 5000})

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(add, range(60)))
    assert [number for number, _ in read_log(log)] == list(range(1, 61))
    assert all(isinstance(entry, dict) and entry["number"] == number for number, entry in read_log(log))


@pytest.mark.parametrize("value", [float("nan"), object(), {1, 2}, "\ud800"], ids=["nan", "object", "set", "surrogate"])
def test_an_entry_that_json_cannot_hold_leaves_the_log_as_it_was(value: object, log: Path) -> None:
    append_line(log, {"a": 1})
    with pytest.raises(InputError, match="cannot be written as JSON"):
        append_line(log, {"b": value})
    assert read_log(log) == ((1, {"a": 1}),)


def test_what_goes_wrong_in_making_an_entry_leaves_the_log_as_it_was(log: Path) -> None:
    append_line(log, {"a": 1})
    with pytest.raises(ZeroDivisionError):
        append_after(log, lambda lines: {"b": 1 // (len(lines) - 1)})
    append_line(log, {"c": 3})
    assert read_log(log) == ((1, {"a": 1}), (2, {"c": 3}))


def test_a_full_disk_leaves_no_half_line(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append_line(log, {"a": 1})
    write = os.write
    written: list[int] = []

    def some_then_no_more(descriptor: int, data: Any) -> int:
        if written:
            raise OSError(28, "No space left on device")
        written.append(write(descriptor, bytes(data)[:3]))
        return written[0]

    monkeypatch.setattr("os.write", some_then_no_more)
    with pytest.raises(FileProblem, match="No space left"):
        append_line(log, {"b": 2})
    monkeypatch.undo()
    assert log.read_bytes() == b'{"a": 1}\n'


def test_a_log_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="the log cannot be opened"):
        append_line(tmp_path / "nowhere" / "judgements.jsonl", {})
    with pytest.raises(FileProblem, match="the log cannot be read"):
        read_log(tmp_path)


def test_the_check_of_a_case_names_broken_lines_of_its_log(tmp_path: Path) -> None:
    folder = write_case("small", tmp_path / "small")
    append_line(folder / LOG_FILE, {"a": 1})
    assert [f for f in check_case(folder) if f.severity == "fault"] == []
    (folder / LOG_FILE).write_bytes(b'{"a": 1}\n{"a": \n')
    (found,) = [f for f in check_case(folder) if f.severity == "fault"]
    assert found.place == "judgements.jsonl, line 2"
