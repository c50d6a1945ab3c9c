"""Files of published location problems: read as their publishers mean them, or refused by file and row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.api.benchmark_siting import benchmark_siting
from tocsin.cli.app import run
from tocsin.errors import FileProblem, InputError, OutOfRange, TableProblem
from tocsin.sources.or_library import covering_files, p_median_files, read_covering, read_optima, read_p_median

if TYPE_CHECKING:
    from pathlib import Path

SMALL = " 4 4 2\n 1 2 3\n 2 3 1\n 3 4 2\n 2 1 5\n"


def test_the_last_cost_of_a_way_stands_whichever_way_it_is_listed(tmp_path: Path) -> None:
    (tmp_path / "pmed7.txt").write_text(SMALL)
    read = read_p_median(tmp_path / "pmed7.txt", optima={"pmed7": 5.0})
    assert read.sites == 2
    assert read.published == 5.0
    assert read.distance[0].tolist() == [0, 5, 6, 8]


def test_a_way_of_no_length_is_a_way(tmp_path: Path) -> None:
    (tmp_path / "pmed1.txt").write_text("2 1 1\n1 2 0\n")
    assert np.array_equal(read_p_median(tmp_path / "pmed1.txt").distance, np.zeros((2, 2)))


@pytest.mark.parametrize(
    ("text", "words", "rows"),
    [
        ("", "the file is empty", ()),
        ("4 4 2\n1 2 3\n", "1 ways stand in the file and not 4", (2,)),
        ("4 1 2\n1 2 3\n2 3 1\n", "2 ways stand in the file and not 1", (3,)),
        ("4 4 2\n1 2 3\n2 3\n", "holds 2 numbers and not 3", (3,)),
        ("4 4 2\n1 2 three\n", "'three' is not a whole number", (2,)),
        ("4 1 2\n1 9 3\n", "a way from 1 to 9", (2,)),
        ("4 1 2\n1 2 -3\n", "a way of length -3", (2,)),
        ("4 1 9\n1 2 3\n", "4 places, 1 ways and 9 sites", (1,)),
        ("3 1 1\n1 2 3\n", "no way leads from place 1 to place 3", ()),
    ],
)
def test_a_p_median_file_at_fault_is_refused(tmp_path: Path, text: str, words: str, rows: tuple[int, ...]) -> None:
    path = tmp_path / "pmed1.txt"
    path.write_text(text)
    with pytest.raises(InputError, match=words) as refused:
        read_p_median(path)
    assert refused.value.where.file == path
    assert refused.value.where.rows == rows
    assert refused.value.hint


@pytest.mark.parametrize(
    ("places", "needs", "words", "file"),
    [
        ("2\n0 0\n", "1\n2\n", "1 places stand in the file and not 2", "SJC2.txt"),
        ("2\n0 0\n1 1\n", "1\n", "1 needs stand in the file and not 2", "demand-SJC2.dat"),
        ("2\n0 0\n1 one\n", "1\n2\n", "'one' is not a number", "SJC2.txt"),
        ("2\n0 0\n1 nan\n", "1\n2\n", "'nan' is not a number", "SJC2.txt"),
        ("2\n0 0\n1 1\n", "1\n-2\n", "a need is negative", "demand-SJC2.dat"),
        ("2\n0 0\n1 1\n", None, "a file of the benchmark is missing", "demand-SJC2.dat"),
    ],
)
def test_a_covering_file_at_fault_is_refused(
    tmp_path: Path, places: str, needs: str | None, words: str, file: str
) -> None:
    (tmp_path / "SJC2.txt").write_text(places)
    if needs is not None:
        (tmp_path / "demand-SJC2.dat").write_text(needs)
    with pytest.raises(InputError, match=words) as refused:
        read_covering(tmp_path / "SJC2.txt")
    assert refused.value.where.file == tmp_path / file


def test_problems_are_found_by_name_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("pmed10.txt", "pmed2.txt", "pmedopt.txt", "SJC402.txt", "SJC324.txt", "notes.txt"):
        (tmp_path / name).write_text("1")
    assert [p.name for p in p_median_files(tmp_path)] == ["pmed2.txt", "pmed10.txt"]
    assert [p.name for p in covering_files(tmp_path)] == ["SJC324.txt", "SJC402.txt"]


def test_published_optima_are_read_and_a_row_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pmedopt.txt"
    assert read_optima(path) == {}
    path.write_text("Data file   Optimal solution value\npmed1       5819\n")
    assert read_optima(path) == {"pmed1": 5819.0}
    path.write_text("Data file   Optimal\npmed1 many\n")
    with pytest.raises(TableProblem, match="'many' is not a whole number"):
        read_optima(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileProblem, match="no text of numbers"):
        read_optima(path)


def test_a_folder_without_problems_and_a_time_limit_of_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="the folder holds no problem"):
        benchmark_siting(tmp_path)
    with pytest.raises(FileProblem, match="the folder of the benchmark is missing"):
        benchmark_siting(tmp_path / "none")
    with pytest.raises(OutOfRange, match="a time limit of 0 seconds"):
        benchmark_siting(tmp_path, seconds=0)


def test_the_command_prints_every_row_with_and_without_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pmed7.txt").write_text(SMALL)
    (tmp_path / "SJC2.txt").write_text("2\n0 0\n900 0\n")
    (tmp_path / "demand-SJC2.dat").write_text("3\n4\n")
    assert run(["benchmark", "siting", "--data", str(tmp_path), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(r["instance"], r["p"], r["optimum"], r["exact"]) for r in rows] == [
        ("pmed7", 2, 3.0, None), ("SJC2", 1, 4.0, None), ("SJC2", 2, 7.0, None),
    ]  # fmt: skip
    assert run(["benchmark", "siting", "--data", str(tmp_path)]) == 0
    assert "unknown" in capsys.readouterr().out


@pytest.mark.data
def test_published_optima_are_met_exactly(shared_data: Path) -> None:
    rows = benchmark_siting(shared_data / "oracles", seconds=30)
    found = {(r.instance, r.p): r.solved.objective for r in rows}
    assert found.items() >= {
        ("pmed1", 5): 5819, ("pmed2", 10): 4093, ("pmed6", 5): 7824, ("SJC324", 1): 5461, ("SJC324", 2): 8790,
        ("SJC324", 3): 11604, ("SJC324", 4): 12106, ("SJC324", 5): 12152,
    }.items()  # fmt: skip
    assert all(r.exact for r in rows if r.published is not None)
