"""DEU III and printed examples: read as published, or refused by file and row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.errors import FileProblem, InputError, TableProblem
from tocsin.sources.deu import PARTIES, read_deu
from tocsin.sources.settlement_oracles import read_emissions, read_three_options

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ["prnr", "isnr", "counvte", *(f"p{p}" for p in PARTIES), *(f"s{p}" for p in PARTIES), "rp", "out"]


def write(path: Path, *rows: dict[str, str]) -> Path:
    sizes = {f"p{p}": "1.5" for p in PARTIES}
    lines = ["\t".join(COLUMNS), *("\t".join(row.get(c, "") for c in COLUMNS) for row in (sizes, *rows))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def row(**cells: str) -> dict[str, str]:
    return {"prnr": "d1", "isnr": "d1i1", "counvte": "QMV", "pcom": "100", "scom": "50", "out": "70", **cells}


def test_positions_without_salience_are_none_and_rows_left_out_are_counted(tmp_path: Path) -> None:
    path = write(
        tmp_path / "d.tsv", row(pde="20"), row(counvte="Unan", isnr="d1i2", rp="0"), row(out=""), row(pcom="", scom="9"),
        row(counvte="QMV(10)"),
    )  # fmt: skip
    issues = read_deu(path)
    assert issues.issue == ("d1i1", "d1i2", "d1i1")
    assert issues.unanimous.tolist() == [False, True, False]
    assert np.isnan(issues.position[0, PARTIES.index("de")])
    assert issues.salience[0].sum() == 50
    assert np.isnan(issues.reversion[0])
    assert issues.reversion[1] == 0
    assert (issues.rows_in, [(d.reason, d.rows) for d in issues.dropped]) == (
        5, [("no outcome", (4,)), ("no party with position and salience", (5,))],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "words", "rows", "field"),
    [
        ({"out": "170"}, "'170' is no number from 0 to 100", (3,), "out"),
        ({"pde": "many"}, "'many' is no number", (3,), "pde"),
        ({"sde": "-1"}, "'-1' is no number", (3,), "sde"),
    ],
)
def test_a_value_at_fault_is_named(
    tmp_path: Path, cells: dict[str, str], words: str, rows: tuple[int], field: str
) -> None:
    with pytest.raises(TableProblem, match=words) as refused:
        read_deu(write(tmp_path / "d.tsv", row(**cells)))
    assert (refused.value.where.rows, refused.value.where.field) == (rows, field)
    assert refused.value.hint


def test_files_that_are_not_it(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="is missing"):
        read_deu(tmp_path / "none.tsv")
    (tmp_path / "other.tsv").write_text("a\tb\n1\t2\n", encoding="utf-8")
    with pytest.raises(TableProblem, match="not found"):
        read_deu(tmp_path / "other.tsv")
    with pytest.raises(FileProblem, match="no issue has an outcome"):
        read_deu(write(tmp_path / "cut.tsv"))
    (tmp_path / "head.tsv").write_text("\t".join(COLUMNS) + "\n", encoding="utf-8")
    with pytest.raises(FileProblem, match="holds no issue"):
        read_deu(tmp_path / "head.tsv")
    path = write(tmp_path / "sizes.tsv", row())
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([lines[0], lines[2], lines[2]]), encoding="utf-8")
    with pytest.raises(TableProblem, match="second line") as refused:
        read_deu(path)
    assert refused.value.where.rows == (2,)


@pytest.mark.data
def test_the_issues_as_published(shared_data: Path) -> None:
    issues = read_deu(shared_data / "oracles" / "deu3_issues.tsv")
    assert (issues.rows_in, issues.outcome.size, len(set(issues.proposal))) == (282, 276, 105)
    assert (int(issues.unanimous.sum()), int(np.isfinite(issues.reversion).sum())) == (53, 203)
    assert dict(zip(PARTIES, issues.size.tolist(), strict=True)) | {
        "com": 4.1,
        "ep": 4.1,
        "de": 4.1,
        "uk": 2.64,
    } == dict(zip(PARTIES, issues.size.tolist(), strict=True))
    assert 0.31 < np.isin(issues.outcome, (0, 100)).mean() < 0.32


@pytest.mark.data
def test_printed_examples(shared_data: Path) -> None:
    said = read_emissions(shared_data / "oracles")
    assert (said.actual, said.printed_first, said.printed_last) == (8.833, 8.35, 9.05)
    assert (len(said.parties), said.position[0], said.rounds_median[0]) == (10, 4.0, 8.4)
    assert read_three_options(shared_data / "oracles").printed["uniform"] == (0.6351, 0.2148, 0.1501)


def test_printed_examples_at_fault(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="missing"):
        read_three_options(tmp_path)
    path = tmp_path / "ktab_pce_3option.json"
    for text, words in (("{", "no JSON"), ("[]", "no figures"), ("{}", "is missing"),
                        (json.dumps({"coalitions": [["x"]], "expected": {}}), "no number")):  # fmt: skip
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=words):
            read_three_options(tmp_path)
    table = tmp_path / "ec1984_emission_standards.csv"
    table.write_text("Actor,Capability,Position,Salience\nX,0.1,many,0.5\n", encoding="utf-8")
    with pytest.raises(TableProblem, match="no number") as refused:
        read_emissions(tmp_path)
    assert refused.value.where.rows == (2,)
    table.write_text("Actor,Capability\nX,0.1\n", encoding="utf-8")
    with pytest.raises(TableProblem, match="not found"):
        read_emissions(tmp_path)
