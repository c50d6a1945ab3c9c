"""Positions of a question from a sheet beside it: the same as from the list, and wrong cells named by their row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.case import Finding, check_case, read_case, write_case

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = 'name = "small"\ntitle = "Small"\nlevel = "country"\n[areas]\ncountries = ["IRQ"]\n'
ACTORS = "actor_id,name,basis\nhost,Host,judgement\nlead,Lead nation,judgement\n"
QUESTION = """\
id: share
question: What share should remain?
scale: {low: 0, high: 100, unit: percent}
rule: majority
positions: share.csv
"""
COLUMNS = (
    "actor", "position_low", "position_mid", "position_high", "salience_low", "salience_mid", "salience_high",
    "influence_low", "influence_mid", "influence_high", "source_id", "basis", "judged", "votes", "votes_why", "note",
)  # fmt: skip
HOST: list[object] = [
    "host",
    50,
    80,
    100,
    0.5,
    0.7,
    0.9,
    0.3,
    0.5,
    0.8,
    None,
    "judgement",
    "salience; influence",
    "false",
    "no member",
    "placeholder",
]
LEAD: list[object] = ["lead", 0, 10, 30, 0.6, 0.8, 0.9, 0.8, 0.9, 1, None, "judgement", None, None, None, None]
LISTED = """\
  - {actor: host, position: [50, 80, 100], salience: [0.5, 0.7, 0.9], influence: [0.3, 0.5, 0.8], basis: judgement,
     judged: [salience, influence], votes: false, votes_why: no member, note: placeholder}
  - {actor: lead, position: [0, 10, 30], salience: [0.6, 0.8, 0.9], influence: [0.8, 0.9, 1], basis: judgement}
"""


def sheet(*rows: list[object]) -> str:
    table: list[list[object]] = [[*COLUMNS], *rows]
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in table]
    return "\n".join(lines) + "\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = write_case("small", tmp_path / "small")
    texts = {
        "case.toml": SETTINGS,
        "actors.csv": ACTORS,
        "questions/share.yaml": QUESTION,
        "questions/share.csv": sheet(HOST, LEAD),
    }
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def on_pages(folder: Path) -> list[Finding]:
    return [f for f in check_case(folder) if f.file.startswith("questions/")]


def test_a_sheet_says_what_a_list_says(small: Path) -> None:
    assert on_pages(small) == []
    (from_sheet,) = read_case(small).questions
    assert [p.votes for p in from_sheet.positions] == [False, None], "an empty cell is unknown"
    (small / "questions" / "share.yaml").write_text(QUESTION.replace("positions: share.csv\n", "positions:\n" + LISTED))
    assert read_case(small).questions == (from_sheet,)
    (found,) = on_pages(small)
    assert (found.severity, found.file, found.mend) == (
        "note",
        "questions/share.csv",
        "write positions: share.csv in one",
    )


def test_a_workbook_says_what_its_csv_says(small: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="writes the workbook that is read")
    from_csv = read_case(small).questions
    (small / "questions" / "share.csv").unlink()
    book = openpyxl.Workbook()
    for row in (list(COLUMNS), HOST, LEAD):
        book.active.append(row)
    book.save(small / "questions" / "share.xlsx")
    (small / "questions" / "share.yaml").write_text(QUESTION.replace("share.csv", "share.xlsx"))
    assert read_case(small).questions == from_csv


def change(row: list[object], **cells: object) -> list[object]:
    return [cells.get(column, old) for column, old in zip(COLUMNS, row, strict=True)]


BROKEN: dict[str, tuple[dict[str, object], str, str, str]] = {
    "no number": ({"position_mid": "ten"}, "position_mid", "'ten' is not a number", "plain number"),
    "empty": ({"salience_low": None}, "salience_low", "must be filled", "how much the party cares"),
    "upside down": ({"position_low": 90}, "position_low", "not in order", "lowest, middle and highest"),
    "off the scale": ({"position_high": 130}, "position_low", "lies outside the scale", "0 to 100 percent"),
    "weight above one": ({"influence_high": 7}, "influence_low", "within 0 and 1", "shares from 0 to 1"),
    "unknown actor": ({"actor": "led"}, "actor", "no actor is called 'led'", "did you mean 'lead'?"),
    "party twice": ({"actor": "host"}, "actor", "'host' stands twice", "actor of its own"),
    "unknown source": ({"source_id": "nws"}, "source_id", "no source is called 'nws'", "sources.csv"),
    "stated by nobody": ({"basis": "stated"}, "basis", "names no source", "write judgement"),
    "no basis of ours": ({"basis": "states"}, "basis", "not one of those possible", "did you mean 'stated'?"),
    "judged of nothing": ({"judged": "salence"}, "judged", "'salence' cannot be", "did you mean 'salience'?"),
    "no value": ({"position_low": "n/a"}, "position_low", "'n/a' is no value", "leave the cell empty"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_cell_is_named_by_row_and_column_of_the_sheet(what: str, small: Path) -> None:
    cells, column, problem, mend = BROKEN[what]
    (small / "questions" / "share.csv").write_text(sheet(HOST, change(LEAD, **cells)), encoding="utf-8")
    found = [f for f in on_pages(small) if f.severity == "fault"]
    assert {(f.file, f.row) for f in found} == {("questions/share.csv", 3)}, found
    said = [f for f in found if f.column == column and problem in f.problem]
    assert said, found
    assert mend in said[0].mend
    assert said[0].place == f"questions/share.csv, row 3, column {column}"


def test_one_party_in_a_sheet_is_named_where_the_sheet_is_named(small: Path) -> None:
    (small / "questions" / "share.csv").write_text(sheet(HOST), encoding="utf-8")
    (found,) = [f for f in on_pages(small) if f.severity == "fault"]
    assert (found.file, found.row, found.column) == ("questions/share.yaml", 5, "positions")


def test_a_column_that_is_missing_is_named_once(small: Path) -> None:
    text = sheet(HOST, LEAD).replace("position_mid", "position_middle", 1)
    (small / "questions" / "share.csv").write_text(text, encoding="utf-8")
    found = {f.column: f for f in on_pages(small)}
    assert set(found) == {"position_middle", "position_mid"}
    assert found["position_mid"].mend == "rename 'position_middle' to 'position_mid'"


@pytest.mark.parametrize("named", ["shares.csv", "../actors.csv", "share"])
def test_a_sheet_that_is_not_beside_the_question_is_a_fault(named: str, small: Path) -> None:
    (small / "questions" / "share.yaml").write_text(QUESTION.replace("share.csv", named))
    (found,) = [f for f in on_pages(small) if f.severity == "fault"]
    assert (found.file, found.row, found.column) == ("questions/share.yaml", 5, "positions")
    assert "is not beside the question" in found.problem
    assert "There are: share.csv" in found.mend


def test_a_broken_sheet_does_not_hide_what_else_is_wrong(small: Path) -> None:
    (small / "questions" / "share.csv").write_text("", encoding="utf-8")
    (small / "questions" / "share.yaml").write_text(QUESTION.replace("majority", "majorty"))
    found = [(f.file, f.row, f.column) for f in on_pages(small)]
    assert found == [("questions/share.csv", None, None), ("questions/share.yaml", 4, "rule")]


def test_an_underscore_makes_no_number(small: Path) -> None:
    (small / "questions" / "share.csv").write_text(sheet([*HOST[:3], "10_0", *HOST[4:]], LEAD), encoding="utf-8")
    (found,) = [f for f in on_pages(small) if f.severity == "fault"]
    assert (found.file, found.row, found.column) == ("questions/share.csv", 2, "position_high")
    assert found.problem == "'10_0' is not a number"
