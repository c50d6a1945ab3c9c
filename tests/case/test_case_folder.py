"""Reading whole cases: the one that ships, a new one, and tables as spreadsheets write them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.case import CaseSettings, bundled_cases, check_case, read_case, resolve_case, rows, write_case
from tocsin.case.cells import Basis
from tocsin.case.choice_checks import choice_faults
from tocsin.case.elicited import Elicited, Expected, Ordering, Placed
from tocsin.case.elicited_files import read_expert
from tocsin.case.options import Choice, Criterion, Effect, Option, Step, Uncertainty, Viewpoint
from tocsin.case.question_checks import question_faults, question_notes
from tocsin.case.questions import Alone, Band, Position, Question, Reversion, Scale
from tocsin.case.read_yaml import read_yaml
from tocsin.case.settings import Areas, Assessed, Brief, Data, Replay
from tocsin.case.tables import TABLES
from tocsin.case.tripwires import Tripwire
from tocsin.case.validate import validated
from tocsin.case.watched import WarningRule, Watch
from tocsin.errors import CaseProblem, FileProblem, TableProblem, UnknownName
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import BaseModel

    Edit = Callable[[str, str, str], int]

OF_CHOICES = (Choice, Option, Step, Criterion, Uncertainty, Effect, Viewpoint, Tripwire)
OF_EXPERTS = (Elicited, Placed, Expected, Ordering)
DOCS = Path(__file__).resolve().parents[2] / "docs" / "case.md"
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
    "</Relationships>",
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2">'
    '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
}  # fmt: skip


def workbook(path: Path, table: list[list[str | float | None]], *, first_row: int = 1) -> None:
    """A small workbook: text, numbers, and days given as `=day number` of Excel."""

    def cell(value: str | float | None, place: str) -> str:
        if value is None:
            return ""
        if isinstance(value, str) and value.startswith("="):
            return f'<c r="{place}" s="1"><v>{value[1:]}</v></c>'
        if isinstance(value, str):
            return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
        return f'<c r="{place}"><v>{value}</v></c>'

    lines = [
        f'<row r="{n}">' + "".join(cell(v, f"{chr(65 + i)}{n}") for i, v in enumerate(line)) + "</row>"
        for n, line in enumerate(table, start=first_row)
    ]
    with ZipFile(path, "w") as file:
        for name, text in (PARTS | {"xl/worksheets/sheet1.xml": SHEET.format("".join(lines))}).items():
            file.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)


def test_the_case_that_ships_has_no_fault_and_holds_every_fact() -> None:
    assert bundled_cases() == ("iraq",)
    assert [f for f in check_case("iraq") if f.severity == "fault"] == []
    iraq = read_case("iraq")
    counts = {name: len(getattr(iraq, name)) for name in TABLES}
    assert min(counts.values()) > 0, "no table of the case that ships is empty"
    assert {name: counts[name] for name in ("sites", "site_status", "mandates", "alignments", "posts")} == {
        "sites": 8, "site_status": 4, "mandates": 12, "alignments": 5, "posts": 20,
    }  # fmt: skip
    assert ([q.id for q in iraq.questions], [c.id for c in iraq.choices]) == (
        ["kfor-future", "nmi-end", "nmi-residual"],
        ["nmi-drawdown-2026", "pmf-policy", "us-posture-2020"],
    )


def test_the_case_that_ships_says_what_it_forecasts() -> None:
    said = read_case("iraq").settings
    assert (said.areas.countries, said.level, said.target, said.demo) == (("IRQ",), "admin1", "deaths_all", True)
    assert (said.thresholds, said.windows) == ((25, 100, 300, 1000), (1, 3, 6, 12))
    assert said.horizons == tuple(range(1, 15))
    assert said.replay is not None
    assert (said.replay.origins[0], len(said.replay.origins), said.replay.lead) == (
        Month.of(2013, 6), 12, Month.of(2014, 5),
    )  # fmt: skip
    assert len(said.areas.provinces) == 18


def test_unknown_stays_unknown_and_judgement_shows_column_by_column() -> None:
    iraq = read_case("iraq")
    nmi = next(m for m in iraq.missions if m.mission_id == "nmi")
    assert (nmi.personnel, nmi.end) == (None, None)
    site = next(s for s in iraq.sites if s.site_id == "nmi-taji")
    assert (site.basis_of("lat"), site.basis_of("name")) == (Basis.JUDGEMENT, Basis.STATED)
    assert all(s.basis_of("lat") is Basis.JUDGEMENT and s.basis_of("lon") is Basis.JUDGEMENT for s in iraq.sites)


def test_each_row_rests_on_a_source_or_is_judgement() -> None:
    iraq = read_case("iraq")
    sourced = [row for name in TABLES for row in getattr(iraq, name) if isinstance(row, rows.Sourced)]
    assert len(sourced) > 200
    assert all(row.source_id is not None or row.basis is Basis.JUDGEMENT for row in sourced)


@pytest.mark.parametrize("start_from", [None, "iraq"])
def test_a_new_case_checks_clean(tmp_path: Path, start_from: str | None) -> None:
    folder = write_case("anew", tmp_path / "some" / "where", start_from=start_from)
    assert [f for f in check_case(folder) if f.severity == "fault"] == []
    case = read_case(folder)
    assert (case.settings.name, case.folder) == ("anew", folder)
    assert len(case.sites) == (8 if start_from else 0)


def test_the_country_of_a_new_case_is_asked_for_until_it_is_changed(tmp_path: Path) -> None:
    folder = write_case("anew", tmp_path / "anew")
    text = (folder / "case.toml").read_text(encoding="utf-8")
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if words.startswith("countries"))
    (found,) = [f for f in check_case(folder) if f.file == "case.toml"]
    assert (found.severity, found.row, found.column) == ("note", line, "areas.countries")
    assert "Iraq would be forecast" in found.problem
    assert "remove the comment CHANGE THIS" in found.mend
    for meant in (text.replace('["IRQ"]', '["MLI"]'), text.replace("# CHANGE THIS: three", "# three")):
        (folder / "case.toml").write_text(meant, encoding="utf-8")
        assert [f for f in check_case(folder) if f.file == "case.toml"] == []


def test_what_a_new_case_says_of_missions_holds_when_it_is_no_comment(tmp_path: Path) -> None:
    folder = write_case("anew", tmp_path / "anew")
    text = (folder / "case.toml").read_text(encoding="utf-8")
    head, tail = text.split("# [mission]")
    said = "\n".join(line.removeprefix("# ") for line in ("# [mission]" + tail).splitlines())
    (folder / "case.toml").write_text(head + said, encoding="utf-8")
    faults = [(f.column, f.problem) for f in check_case(folder) if f.severity == "fault"]
    assert faults == [
        ("mission.missions", "no mission is called 'my-mission'"),
        ("mission.travel", "the file 'travel.geojson' is not there"),
    ]


def test_a_new_case_has_every_table_and_comments(tmp_path: Path) -> None:
    folder = write_case("anew", tmp_path / "anew")
    for table in TABLES.values():
        assert (folder / f"{table.name}.csv").read_text(encoding="utf-8") == ",".join(table.columns) + "\n"
    text = (folder / "case.toml").read_text(encoding="utf-8")
    for name in CaseSettings.model_fields:
        assert re.search(rf"^#? ?(\[{name}\]|{name} =)", text, flags=re.MULTILINE), (
            f"{name} is not in the new case.toml"
        )
    assert text.count("#") > 10


@pytest.mark.parametrize(("kind", "model", "inner"), [
    ("questions", Question, question_faults), ("options", Choice, choice_faults),
])  # fmt: skip
def test_the_examples_in_a_new_case_hold(
    tmp_path: Path, kind: str, model: type[BaseModel], inner: Callable[[Any], Iterator[object]]
) -> None:
    folder = write_case("anew", tmp_path / "anew")
    text = (folder / kind / "README.md").read_text(encoding="utf-8")
    example = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))
    (tmp_path / "example.yaml").write_text(example, encoding="utf-8")
    page, faults = read_yaml(tmp_path / "example.yaml", name="example.yaml")
    value, errors = validated(model, page.values)
    assert (faults, errors) == ((), ())
    assert list(inner(value)) == []


def test_the_example_of_what_an_expert_gave_holds(tmp_path: Path) -> None:
    folder = write_case("anew", tmp_path / "anew")
    for kind, file in (("questions", "share-left.yaml"), ("elicited", "desk-b.yaml")):
        text = (folder / kind / "README.md").read_text(encoding="utf-8")
        example = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))
        (tmp_path / file).write_text(example, encoding="utf-8")
    question = Question.model_validate(read_yaml(tmp_path / "share-left.yaml", name="share-left.yaml")[0].values)
    assert list(question_notes(question)) == []
    _, given, faults = read_expert(tmp_path / "desk-b.yaml", question, name="desk-b.yaml")
    assert faults == []
    assert given is not None
    assert [p.actor for p in given.positions] == ["host", "lead"]


def test_what_exists_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(FileProblem, match="exists already") as problem:
        write_case("mine", tmp_path / "mine")
    assert "another --path" in (problem.value.hint or "")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_a_copy_of_a_case_that_is_read_only_can_be_edited(folder: Path, tmp_path: Path) -> None:
    (folder / "questions").chmod(0o500)
    copy = write_case("copy", tmp_path / "copy", start_from=folder)
    assert (copy / "questions").stat().st_mode & 0o700 == 0o700
    (folder / "questions").chmod(0o700)


def test_an_interruption_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []
    write_text = Path.write_text

    def stops_at_the_third(self: Path, *args: Any, **kwargs: Any) -> int:
        written.append(self)
        if len(written) == 3:
            raise KeyboardInterrupt
        return write_text(self, *args, **kwargs)

    monkeypatch.setattr(Path, "write_text", stops_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        write_case("anew", tmp_path / "anew")
    assert len(written) == 3
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FileProblem, match="cannot be written"):
        write_case("anew", tmp_path / "file" / "anew")


@pytest.mark.parametrize("name", ["Iraq", "my case", "", "-x", "../x", "a" * 61])
def test_a_name_that_cannot_be_one_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(TableProblem, match="cannot be the name of a case"):
        write_case(name, tmp_path / "anew")
    assert list(tmp_path.iterdir()) == []


def test_a_case_is_found_by_folder_file_or_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_case("mine", tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "iraq").mkdir()
    assert resolve_case("mine") == Path("mine")
    assert resolve_case(folder / "case.toml") == folder
    assert (resolve_case("iraq") / "case.toml").is_file(), "a folder that is no case does not hide the bundled one"
    with pytest.raises(UnknownName) as problem:
        resolve_case("irak")
    assert "did you mean 'iraq'?" in (problem.value.hint or "")
    with pytest.raises(FileProblem, match="a case is a folder"):
        resolve_case(folder / "README.md")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tables_are_read_as_spreadsheets_write_them(folder: Path, delimiter: str, mark: str, end: str) -> None:
    header = delimiter.join(("date", "what", "kind", "source_id", "basis", "judged", "note"))
    row = delimiter.join(("2027", '"a summit, ""so"" called; later"', "summit", "bic", "stated", "", ""))
    blank = delimiter * 6
    (folder / "calendar.csv").write_bytes((mark + end.join((header, row, blank, "")) + end).encode())
    (due,) = read_case(folder).calendar
    assert (str(due.date), due.what, due.note) == ("2027", 'a summit, "so" called; later', None)


def test_words_after_the_basis_are_read_as_the_note(folder: Path, edit: Edit) -> None:
    edit("calendar.csv", "politico-digest,reported,,", "politico-digest,reported: by one diplomat,,early")
    due = read_case(folder).calendar[1]
    assert (due.basis, due.note) == (Basis.REPORTED, "by one diplomat; early")


def test_a_workbook_is_read_as_its_csv_would_be(folder: Path) -> None:
    (folder / "calendar.csv").unlink()
    head: list[str | float | None] = ["date", "what", "kind", "source_id", "basis", "judged", "note"]
    workbook(folder / "calendar.xlsx", [
        head, [2027, "a year", None, "bic", "stated", None, None], ["2027-05", "a month", None, "bic", "stated"],
        ["=46387", "a day", None, "bic", "stated"],
    ])  # fmt: skip
    due = read_case(folder).calendar
    assert [(str(d.date), d.what) for d in due] == [("2027", "a year"), ("2027-05", "a month"), ("2026-12-31", "a day")]


@pytest.mark.parametrize("first_row", [1, 3])
def test_a_workbook_names_rows_as_excel_does(folder: Path, first_row: int) -> None:
    (folder / "calendar.csv").unlink()
    head: list[str | float | None] = ["date", "what", "source_id", "basis"]
    workbook(
        folder / "calendar.xlsx",
        [head, ["2027", "fine", "bic", "stated"], ["soon", "not", "bic", "stated"]],
        first_row=first_row,
    )
    (found,) = [f for f in check_case(folder) if f.severity == "fault"]
    assert (found.file, found.row, found.column) == ("calendar.xlsx", first_row + 2, "date")


def test_a_broken_workbook_is_a_fault(folder: Path) -> None:
    (folder / "calendar.csv").unlink()
    (folder / "calendar.xlsx").write_bytes(b"PK\x03\x04 cut short")
    (found,) = [f for f in check_case(folder) if f.severity == "fault"]
    assert found.file == "calendar.xlsx"
    assert "save it again as .xlsx" in found.mend


def test_a_table_that_is_not_there_is_unknown(folder: Path) -> None:
    (folder / "calendar.csv").unlink()
    assert read_case(folder).calendar == ()
    assert [f.severity for f in check_case(folder) if f.file == "calendar.csv"] == ["note"]


def test_the_docs_hold_every_column_with_its_meaning() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for table in TABLES.values():
        assert f"\n### {table.name}\n" in text
        for name, info in table.row.model_fields.items():
            assert f"| `{name}` | {info.description} |" in text, f"{table.name}.{name} is not in the docs"
    for model in (
        CaseSettings,
        Areas,
        Data,
        Brief,
        Replay,
        Assessed,
        Watch,
        WarningRule,
        Question,
        Scale,
        Reversion,
        Position,
        Band,
        Alone,
        *OF_CHOICES,
        *OF_EXPERTS,
    ):
        for name, info in model.model_fields.items():
            assert f"| `{name}` | {info.description} |" in text, f"{model.__name__}.{name} is not in the docs"


any_bytes = st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=any_bytes, header=st.booleans())
def test_no_bytes_make_the_check_of_a_table_fail(tmp_path: Path, raw: bytes, header: bool) -> None:  # noqa: FBT001
    tmp_path.joinpath("case.toml").write_text("", encoding="utf-8")
    tmp_path.joinpath("calendar.csv").write_bytes((b"date,what,basis\n" if header else b"") + raw)
    findings = [f for f in check_case(tmp_path) if f.file == "calendar.csv"]
    assert all(f.problem and f.mend for f in findings)
    assert findings or header


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=any_bytes, tail=st.sampled_from(["", "question: q\n", "scale: {low: 0, high: 1, unit: u}\npositions: ["]))
def test_no_bytes_make_the_check_of_a_page_or_the_settings_fail(tmp_path: Path, raw: bytes, tail: str) -> None:
    (tmp_path / "questions").mkdir(exist_ok=True)
    (tmp_path / "questions" / "q.yaml").write_bytes(tail.encode() + raw)
    (tmp_path / "case.toml").write_bytes(raw)
    findings = check_case(tmp_path)
    assert {"case.toml", "questions/q.yaml"} <= {f.file for f in findings if f.severity == "fault"}
    with pytest.raises(CaseProblem):
        read_case(tmp_path)
