"""Findings are kept as arrays and plain values, read back as they were, and nothing in such a file is run."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tocsin.editions.frozen import TREE, frozen, thawed
from tocsin.editions.keeping import Keeping
from tocsin.errors import FileProblem
from tocsin.vocabulary import Likelihood, Month
from tocsin.warn.question import Question
from tocsin.warn.record import Answers

if TYPE_CHECKING:
    from tocsin.panel.history import History


def back(value: object, folder: Path) -> Any:
    path = folder / "kept.npz"
    path.write_bytes(frozen(value))
    return thawed(path)


@pytest.mark.parametrize(
    "value",
    [
        None, True, 3, 0.1 + 0.2, float("inf"), "ü\u2028", (1, (2, [3, None])), {"a": (Month.of(2014, 5),)}, Likelihood.UNLIKELY,
        date(2014, 6, 10), datetime(2026, 1, 2, 3, 4, tzinfo=UTC), Question(months=6, threshold=25),
    ],
    ids=repr,
)  # fmt: skip
def test_plain_values_come_back_as_they_were(value: object, tmp_path: Path) -> None:
    found = back(value, tmp_path)
    assert found == value
    assert type(found) is type(value)


def test_arrays_come_back_bit_for_bit_and_equal_ones_are_held_once(history: History, tmp_path: Path) -> None:
    p = np.array([[0.1, np.nan]])
    flags = np.array([[True, False]])
    value = (history, history, Answers(Question(months=6), (Month.of(2014, 5),), ("A", "B"), p, flags, flags))
    one, two, answers = back(value, tmp_path)
    assert one.data_hash == two.data_hash == history.data_hash
    assert one.deaths.dtype == history.deaths.dtype
    assert np.array_equal(answers.p, p, equal_nan=True)
    assert answers.came.dtype == np.bool_
    with np.load(tmp_path / "kept.npz") as held:
        assert len(held.files) == 1 + 4, "deaths, present, p and the flags, beside the tree"
    assert frozen((one, two, answers)) == frozen(value)


@dataclass(frozen=True)
class Stranger:
    """A value of none of the domain's rooms."""

    path: str


@pytest.mark.parametrize(
    "value", [object(), {1: 2}, np.array([object()]), {1, 2}, Path("x"), print], ids=lambda value: type(value).__name__
)
def test_what_is_no_plain_value_is_not_kept(value: object) -> None:
    with pytest.raises(TypeError, match="cannot be kept"):
        frozen(value)


def tampered(tree: object) -> bytes:
    """A file whose tree is anything at all."""
    sink = BytesIO()
    np.savez(sink, **{TREE: np.frombuffer(json.dumps(tree).encode(), dtype=np.uint8)})  # type: ignore[arg-type]
    return sink.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "os:system", "builtins:eval", "subprocess:Popen", "tocsin.cli.app:run", "tocsin.editions.writing:write_edition",
        "tocsin.vocabulary.month:re", "tocsin.vocabulary.month:date", "tocsin.vocabulary:Month",
        "tocsin.warn.question:Question.key",
        "tocsin.forecast.make:make_forecast", "tests.editions.test_frozen_findings:Stranger", "tocsin", "",
    ],
)  # fmt: skip
def test_nothing_but_a_value_of_the_domain_is_ever_made(name: str, tmp_path: Path) -> None:
    path = tmp_path / "kept.npz"
    path.write_bytes(tampered({"!": name, "f": {}}))
    with pytest.raises(FileProblem, match="cannot be read"):
        thawed(path)


def test_an_array_of_objects_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "kept.npz"
    np.savez(path, **{TREE: np.array([Stranger("x")], dtype=object)})  # type: ignore[arg-type]
    with pytest.raises(FileProblem, match="cannot be read"):
        thawed(path)


def test_a_stranger_is_frozen_but_never_thawed(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="is no value of Tocsin's"):
        back(Stranger("x"), tmp_path)


def test_a_part_is_kept_by_what_it_was_made_from(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "kept")
    assert keeping.get("study", "a" * 64) is None
    keeping.put("study", "a" * 64, (1, 2))
    assert keeping.get("study", "a" * 64) == (1, 2)
    assert keeping.get("study", "b" * 64) is None
    assert keeping.get("outlook", "a" * 64) is None


def test_of_each_part_the_newest_two_are_kept(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path)
    keeping.put("outlook", "0" * 64, 0)
    for n, letter in enumerate("abc"):
        keeping.put("study", letter * 64, n)
        os.utime(keeping._path("study", letter * 64), (n, n))
    keeping.put("study", "d" * 64, 3)
    assert [keeping.get("study", letter * 64) for letter in "abcd"] == [None, None, 2, 3]
    assert keeping.get("outlook", "0" * 64) == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"not a file of ours", b"\x80\x04K\x01."])
def test_a_damaged_file_is_let_go_and_made_again(tmp_path: Path, content: bytes) -> None:
    keeping = Keeping(tmp_path)
    keeping.put("study", "a" * 64, 1)
    keeping._path("study", "a" * 64).write_bytes(content)
    assert keeping.get("study", "a" * 64) is None
    assert list(tmp_path.iterdir()) == []
