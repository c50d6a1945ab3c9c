"""What experts gave: forms go out empty, come back filled, and what is wrong in them is named."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tocsin.case import Elicited, Finding, case_of, check_case, check_case_of, read_case, write_form
from tocsin.case.elicited import elicited_faults
from tocsin.case.elicited_sheet import form_of
from tocsin.case.folder import BUNDLED
from tocsin.errors import CaseProblem, FileProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tocsin.case.options import Choice
    from tocsin.case.questions import Question

    Fill = Callable[[str, dict[int, dict[str, str]]], Path]

TABLES = ("sources", "actors", "missions", "sites", "calendar", "evidence")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The questions and choices of the case that ships, with nobody's answers."""
    made = tmp_path / "case"
    made.mkdir()
    for name in TABLES:
        shutil.copyfile(BUNDLED / "iraq" / f"{name}.csv", made / f"{name}.csv")
    for name in ("questions", "options", "documents"):
        shutil.copytree(BUNDLED / "iraq" / name, made / name)
    provinces = '["Ninewa", "Baghdad"]'
    (made / "case.toml").write_text(
        f'name = "small"\ntitle = "Small"\nlevel = "admin1"\n[areas]\ncountries = ["IRQ"]\nprovinces = {provinces}\n'
    )
    return made


def about(folder: Path, name: str) -> Question | Choice:
    case = read_case(folder)
    pages: dict[str, Question | Choice] = {c.id: c for c in case.choices} | {q.id: q for q in case.questions}
    return pages[name]


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / "elicited" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def fill(folder: Path) -> Fill:
    """A form for an expert, with some cells filled: row of the sheet -> column -> value."""

    def filled(name: str, cells: dict[int, dict[str, str]]) -> Path:
        path = folder / "elicited" / name / "desk-a.csv"
        path.parent.mkdir(parents=True)
        write_form(about(folder, name), path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, row in cells.items():
            rows[number - 2] |= row
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return path

    return filled


def span(prefix: str, low: object, mid: object, high: object) -> dict[str, str]:
    return {f"{prefix}low": str(low), f"{prefix}mid": str(mid), f"{prefix}high": str(high)}


def faults(folder: Path) -> list[Finding]:
    return [f for f in check_case(folder) if f.severity == "fault"]


def test_a_form_holds_nobodys_values(folder: Path, tmp_path: Path) -> None:
    for name in ("nmi-end", "us-posture-2020"):
        header, rows = form_of(about(folder, name))
        free = [i for i, column in enumerate(header) if column not in {"actor", "name", "unit", "option", "criterion"}]
        assert rows
        assert all(row[i] == "" for row in rows for i in free)
        path = write_form(about(folder, name), tmp_path / f"{name}.csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert tuple(map(tuple, csv.reader(file))) == (header, *rows)


def test_an_empty_form_is_unknown_and_said_to_be_so(folder: Path, fill: Fill) -> None:
    fill("nmi-end", {})
    (given,) = read_case(folder).elicited
    assert given.is_empty
    assert (given.expert, given.about, given.when) == ("desk-a", "nmi-end", None)
    assert all(p.position is None for p in given.positions)
    (said,) = [f for f in check_case(folder) if f.file.startswith("elicited/")]
    assert (said.severity, said.problem) == ("note", "nothing is filled in: all of it is unknown")


def test_a_form_on_a_question_comes_back_as_it_was_filled(folder: Path, fill: Fill) -> None:
    fill("nmi-end", {
        2: {"who": "desk officer", "when": "2026-03", **span("position_", 0, 7, 12), **span("salience_", 0.5, 0.75, 1)},
        4: {**span("influence_", 0, 0.25, 0.5), "note": "little"},
    })  # fmt: skip
    (given,) = read_case(folder).elicited
    assert (given.who, str(given.when)) == ("desk officer", "2026-03")
    us, majority, against, _ = given.positions
    assert (us.position, us.salience, us.influence) == ((0, 7, 12), (0.5, 0.75, 1), None)
    assert (majority.position, majority.salience, majority.influence) == (None, None, None)
    assert (against.actor, against.influence, against.note) == ("allies-against-leaving", (0, 0.25, 0.5), "little")


def test_a_form_on_a_choice_comes_back_with_its_ordering(folder: Path, fill: Fill) -> None:
    fill(
        "us-posture-2020",
        {2: {"when": "2026-03-02", **span("", 1, 2, 3)}, 11: {"rank": "2"}, 12: {"rank": "1"}, 13: {"rank": "2"}},
    )
    (given,) = read_case(folder).elicited
    known = [(e.option, e.criterion, e.range) for e in given.effects if e.range is not None]
    assert known == [("continuity", "is-violence", (1, 2, 3))]
    assert [o.order for o in given.orders] == [(("staff-risk",), ("is-violence", "cooperation"))]


def test_yaml_and_a_sheet_say_the_same(folder: Path, fill: Fill) -> None:
    fill("nmi-end", {2: {"when": "2026-03-02", **span("position_", 0, 7, 12)}})
    text = "when: 2026-03-02\npositions:\n  - {actor: us, position: [0, 7, 12]}\n"
    put(folder, "nmi-end/desk-b.yaml", text)
    sheet, page = read_case(folder).elicited
    assert (sheet.expert, page.expert) == ("desk-a", "desk-b")
    assert (sheet.when, sheet.positions[0]) == (page.when, page.positions[0])


def test_a_workbook_is_read_as_its_csv_is(folder: Path, fill: Fill) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="writes the workbook that is read")
    path = fill("nmi-end", {2: {"when": "2026-03-02", **span("position_", 0, 7, 12)}})
    from_csv = read_case(folder).elicited
    book = openpyxl.Workbook()
    for row in csv.reader(path.read_text(encoding="utf-8").splitlines()):
        book.active.append([float(cell) if cell in {"0", "7", "12"} else cell or None for cell in row])
    book.save(path.with_suffix(".xlsx"))
    path.unlink()
    assert read_case(folder).elicited == from_csv


SHEETS: dict[str, tuple[str, dict[int, dict[str, str]], int | None, str, str, str]] = {
    "half a range": ("nmi-end", {3: {"position_low": "3", "position_high": "9"}}, 3, "position_mid",
                     "only position_low, position_high", "all three"),
    "upside down": ("nmi-end", {3: span("position_", 9, 5, 3)}, 3, "position_low", "not in order", "lowest, middle"),
    "off the scale": ("nmi-end", {3: span("position_", 9, 50, 61)}, 3, "position_low", "outside the scale", "0 to 60 months"),
    "weight above one": ("nmi-end", {3: span("salience_", 0, 1, 2)}, 3, "salience_low", "within 0 and 1", "shares"),
    "no number": ("nmi-end", {3: span("position_", 9, "many", 61)}, 3, "position_mid", "'many' is not a number", "plain number"),
    "unknown party": ("nmi-end", {3: {"actor": "alies-majority"}}, 3, "actor", "no party to nmi-end", "'allies-majority'?"),
    "a party twice": ("nmi-end", {3: {"actor": "us"}}, 3, "actor", "'us' stands twice", "keep one"),
    "no date": ("nmi-end", {2: {"when": ""}, 3: span("position_", 1, 2, 3)}, None, "when", "must be filled", "when it was given"),
    "a date to come": ("nmi-end", {2: {"when": "2999-01"}}, None, "when", "2999-01 is still to come", "on which it was given"),
    "another scale": (
        "nmi-end", {3: {"unit": "0 to 5 years"}}, 3, "unit", "'0 to 5 years' stands here, and nmi-end asks in '0 to 60 months'",
        "in the case's unit",
    ),
    "another unit": (
        "us-posture-2020", {3: {"unit": "percent"}}, 3, "unit", "'percent' stands here, and us-posture-2020", "given anew",
    ),
    "an underscore": ("nmi-end", {3: span("position_", "0", "1_0", "20")}, 3, "position_mid", "'1_0' is not a number", "plain"),
    "two dates": ("nmi-end", {3: {"when": "2026-04"}}, 3, "when", "'2026-04' stands here, and '2026-03'", "first row only"),
    "impossible date": ("nmi-end", {3: {"when": "2026-14"}}, 3, "when", "the calendar has no date", "write 2018"),
    "unknown option": ("us-posture-2020", {3: {"option": "continuty"}}, 3, "option", "no option is called", "'continuity'?"),
    "unknown criterion": (
        "us-posture-2020", {3: {"criterion": "staf-risk"}}, 3, "criterion", "no criterion is called",
        "'staff-risk'?",
    ),
    "an effect twice": ("us-posture-2020", {3: {"criterion": "is-violence"}}, 3, "criterion", "stands twice", "keep one"),
    "half an effect": ("us-posture-2020", {3: {"mid": "3"}}, 3, "low", "only mid of the range", "all three"),
    "an effect of nothing": (
        "us-posture-2020", {11: span("", 1, 2, 3)}, 11, "option", "a row without option",
        "write the option",
    ),
    "a rank of an option": ("us-posture-2020", {3: {"rank": "1"}}, 3, "rank", "in the row of an option", "without option"),
    "a rank of zero": ("us-posture-2020", {11: {"rank": "0"}}, 11, "rank", "not possible here", "at least 1"),
    "a rank of what is none": ("us-posture-2020", {11: {"rank": "1", "criterion": "cost"}}, 11, "rank", "'cost'", "There are"),
}  # fmt: skip


@pytest.mark.parametrize("what", SHEETS)
def test_a_broken_cell_of_a_form_is_named(what: str, folder: Path, fill: Fill) -> None:
    name, cells, row, column, problem, mend = SHEETS[what]
    fill(name, {2: {"when": "2026-03"} | cells.get(2, {})} | {n: c for n, c in cells.items() if n != 2})
    found = [f for f in faults(folder) if (f.file, f.row, f.column) == (f"elicited/{name}/desk-a.csv", row, column)]
    assert found, faults(folder)
    assert problem in found[0].problem
    assert mend in found[0].mend
    with pytest.raises(CaseProblem):
        read_case(folder)


YAMLS = {
    "effects on a question": (
        "nmi-end", "when: 2026\neffects:\n  - {option: a, criterion: b}\n", 2, "effects",
        "asks for positions",
    ),
    "positions on a choice": (
        "pmf-policy", "when: 2026\npositions:\n  - {actor: us}\n", 2, "positions",
        "asks for effects and orders",
    ),
    "an unknown key": ("nmi-end", "when: 2026\nposition: []\n", 2, "position", "no key is called 'position' here"),
    "of another expert": ("nmi-end", "when: 2026\nexpert: other\n", 2, "expert", "not what the file"),
    "no date": ("nmi-end", "positions:\n  - {actor: us, position: [0, 1, 2]}\n", 1, "when", "must be filled"),
    "an unknown viewpoint": (
        "pmf-policy", "when: 2026\norders:\n  - {order: [effort], viewpoint: mine}\n", 3, "orders[0].viewpoint", "'mine'",
    ),
    "two orderings": (
        "pmf-policy", "when: 2026\norders:\n  - {order: [effort]}\n  - {order: [staff-risk]}\n", 4, "orders[1]", "same viewpoint",
    ),
    "a date to come": ("nmi-end", "when: 2999-01-01\n", 1, "when", "is still to come"),
    "no YAML": ("nmi-end", "when: [\n", 2, None, "this is not YAML"),
}  # fmt: skip


@pytest.mark.parametrize("what", YAMLS)
def test_a_broken_file_of_an_expert_is_named(what: str, folder: Path) -> None:
    name, text, row, column, problem = YAMLS[what]
    put(folder, f"{name}/desk-a.yaml", text)
    found = faults(folder)
    said = [f for f in found if (f.file, f.row) == (f"elicited/{name}/desk-a.yaml", row) and problem in f.problem]
    assert said, found
    assert column is None or (said[0].column or "").startswith(column)
    assert said[0].mend


def test_files_and_folders_of_nothing_are_named(folder: Path) -> None:
    put(folder, "nmi-and/desk-a.yaml", "when: 2026\n")
    put(folder, "loose.yaml", "when: 2026\n")
    put(folder, "nmi-end/talk.docx", "")
    put(folder, "nmi-end/desk-a.yaml", "when: 2026\npositions:\n  - {actor: us, position: [0, 1, 2]}\n")
    put(folder, "nmi-end/desk-a.csv", "")
    found = {f.file: (f.severity, f.mend) for f in check_case(folder) if f.file.startswith("elicited/")}
    assert found["elicited/nmi-and"][0] == "fault"
    assert "did you mean 'nmi-end'?" in found["elicited/nmi-and"][1]
    assert found["elicited/loose.yaml"][0] == "note"
    assert found["elicited/nmi-end/talk.docx"] == ("note", "kinds read: .yaml, .csv, .xlsx")
    assert found["elicited/nmi-end/desk-a.yaml"] == ("fault", "keep one file for each expert")


def test_a_question_with_faults_of_its_own_is_not_called_unknown(folder: Path) -> None:
    put(folder, "nmi-end/desk-a.yaml", "when: 2026\n")
    (folder / "questions" / "nmi-end.yaml").write_text("id: nmi-end\n")
    assert {f.file for f in faults(folder)} == {"questions/nmi-end.yaml"}


def test_a_scale_upside_down_is_named_alone(folder: Path) -> None:
    put(folder, "nmi-end/desk-a.yaml", "when: 2026-03\npositions:\n  - {actor: us, position: [0, 1, 2]}\n")
    page = folder / "questions" / "nmi-end.yaml"
    text = page.read_text(encoding="utf-8")
    assert "low: 0\n  high: 60\n" in text
    page.write_text(text.replace("low: 0\n  high: 60\n", "low: 60\n  high: 0\n", 1), encoding="utf-8")
    assert {(f.file, f.column) for f in faults(folder)} == {("questions/nmi-end.yaml", "scale.high")}


def test_a_form_whose_scale_changed_in_the_case_is_named_once(folder: Path, fill: Fill) -> None:
    fill("nmi-end", {2: {"when": "2026-03"} | span("position_", 0, 7, 12)})
    assert faults(folder) == []
    page = folder / "questions" / "nmi-end.yaml"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("high: 60\n", "high: 61\n", 1), encoding="utf-8")
    said = [(f.file, f.row, f.column) for f in faults(folder)]
    assert said == [("elicited/nmi-end/desk-a.csv", 2, "unit")]


def test_what_is_given_today_is_taken_and_tomorrow_is_not(folder: Path) -> None:
    question = about(folder, "nmi-end")
    given = Elicited.model_validate({"expert": "a", "about": "nmi-end", "when": "2026-03-02"})
    assert list(elicited_faults(given, question, today=date(2026, 3, 2))) == []
    (found,) = elicited_faults(given, question, today=date(2026, 3, 1))
    assert found[0] == ("when",)


def test_a_form_is_never_written_over_and_is_csv(folder: Path, tmp_path: Path) -> None:
    question = about(folder, "nmi-end")
    path = write_form(question, tmp_path / "desk-a.csv", names={"us": "United States"})
    assert "us,United States,0 to 60 months" in path.read_text(encoding="utf-8-sig")
    with pytest.raises(FileProblem, match="exists already"):
        write_form(question, path)
    with pytest.raises(FileProblem, match=r"written as CSV[\s\S]*read too"):
        write_form(question, tmp_path / "desk-a.xlsx")
    with pytest.raises(FileProblem, match="cannot be written"):
        write_form(question, tmp_path / "nowhere" / "desk-a.csv")


def test_the_same_is_taken_and_refused_in_python() -> None:
    settings = {"title": "A", "level": "country", "areas": {"countries": ["IRQ"]}}
    weights = {"salience": [0, 0.5, 1], "influence": [0, 0.5, 1], "basis": "judgement"}
    question: dict[str, Any] = {
        "id": "leave", "question": "When?", "scale": {"low": 0, "high": 10, "unit": "years"}, "rule": "majority",
        "positions": [{"actor": name, "position": [n, n + 1, n + 2], **weights} for n, name in enumerate(("host", "lead"))],
    }  # fmt: skip
    actors = [{"actor_id": name, "name": name, "basis": "judgement"} for name in ("host", "lead")]
    gave = {"expert": "a", "about": "leave", "when": "2026", "positions": [{"actor": "host", "position": [0, 1, 2]}]}
    case = case_of(settings, {"actors": actors}, questions=[question], elicited=[gave])
    assert list(case.elicited[0].positions[0].position or ()) == [0, 1, 2]
    wrong = [gave, gave, {**gave, "about": "live"}, {**gave, "expert": "b", "positions": [{"actor": "hots"}]}]
    found = check_case_of(settings, {"actors": actors}, questions=[question], elicited=wrong)
    said = {(f.place, f.problem) for f in found if f.severity == "fault"}
    assert said == {
        ("elicited/2, key expert", "the expert 'a' stands twice on 'leave'"),
        ("elicited/3, key about", "no question or choice is called 'live'"),
        ("elicited/4, key positions[0].actor", "no party to leave is called 'hots'"),
    }
    given = Elicited.model_validate({**gave, "positions": [{"actor": "host", "position": [0, 5, 11]}]})
    assert [where for where, _, _ in elicited_faults(given, case.questions[0])] == [("positions", 0, "position")]
