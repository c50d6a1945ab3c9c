"""The case folder: finding it, reading it whole, and saying everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.case.case import Case
from tocsin.case.checks import across_files
from tocsin.case.draft import NOTHING_MORE, Draft, Known
from tocsin.case.elicited_files import read_elicited
from tocsin.case.finding import Finding, Severity, did_you_mean, fault, in_reading_order, nearest, note, quoted
from tocsin.case.judgements import LOG_FILE, read_log
from tocsin.case.pages import CHOICES, QUESTIONS, files_in, read_pages
from tocsin.case.read_table import Sheet, read_table
from tocsin.case.read_toml import CASE_FILE, line_of, read_settings
from tocsin.case.tables import TABLES
from tocsin.case.validate import typed_rows
from tocsin.errors import CaseProblem, FileProblem, UnknownName, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.case.settings import CaseSettings

BUNDLED = Path(__file__).resolve().parents[1] / "cases"
DOCUMENT_KINDS = frozenset(
    (".pdf", ".html", ".htm", ".xhtml", ".docx", ".md", ".txt", ".csv", ".tsv", ".xlsx", ".parquet")
)


def bundled_cases() -> tuple[str, ...]:
    """Names of the cases that ship with Tocsin.

    Example:
        >>> bundled_cases()
        ('iraq',)
    """
    return tuple(sorted(path.parent.name for path in BUNDLED.glob(f"*/{CASE_FILE}")))


def resolve_case(text: str | Path) -> Path:
    """The folder of a case named by its path or, when no such case folder is there, by a bundled name.

    Raises:
        UnknownName: there is neither such a folder nor such a bundled case.
        FileProblem: it is a file.
    """
    path, name = Path(text), str(text)
    if name in bundled_cases() and not (path / CASE_FILE).is_file():
        return BUNDLED / name
    if path.name == CASE_FILE and path.is_file():
        return path.parent
    if path.is_file():
        raise FileProblem("a case is a folder, and this is a file", where=Where(path), hint="name the folder")
    if not path.is_dir():
        raise UnknownName.of("case", name, bundled_cases())
    return path


def check_case(path: str | Path, *, known: Known = NOTHING_MORE) -> tuple[Finding, ...]:
    """Everything that is wrong with a case, file by file and row by row, and what should be known of it.

    Args:
        path: a folder or the name of a bundled case.
        known: what is known beyond the case (outlines, countries, sections); checks that need what is not are left out.

    Raises:
        UnknownName: there is no such case.

    Example:
        >>> [finding for finding in check_case("iraq") if finding.severity == "fault"]
        []
    """
    return _gather(resolve_case(path), known=known)[1]


def read_case(path: str | Path, *, known: Known = NOTHING_MORE) -> Case:
    """Read a case.

    Args:
        path: a folder or the name of a bundled case.
        known: as for `check_case`.

    Raises:
        CaseProblem: the case has faults; the message lists every one.
        UnknownName: there is no such case.

    Example:
        >>> case = read_case("iraq")
        >>> case.settings.areas.countries, case.missions[0].name
        (('IRQ',), 'NATO training and advisory presence in Iraq')
    """
    folder = resolve_case(path)
    draft, findings = _gather(folder, known=known)
    faults = [finding for finding in findings if finding.severity is Severity.FAULT]
    if faults or draft.settings is None:
        raise problem_of(folder, faults, hint="tocsin check shows the same as a table")
    documents = tuple(p for p in _documents(folder) if p.suffix.lower() in DOCUMENT_KINDS)
    return case_of_draft(draft, draft.settings, folder=folder, documents=documents)


def case_of_draft(draft: Draft, settings: CaseSettings, *, folder: Path, documents: tuple[Path, ...] = ()) -> Case:
    """The case that a draft without faults is."""
    tables: dict[str, Any] = {name: tuple(row for _, row in draft.numbered(name)) for name in TABLES}
    return Case(
        folder=folder,
        settings=settings,
        questions=tuple(question for _, question in draft.questions),
        choices=tuple(choice for _, choice in draft.choices),
        elicited=tuple(given for _, given in draft.elicited),
        documents=documents,
        **tables,
    )


def problem_of(case: Path | str, faults: list[Finding], *, hint: str) -> CaseProblem:
    """The error that lists every fault of a case, given by folder, or by name where it has none.

    The place is the folder; for a case without one it is that of its only fault, or else the case by name.
    """
    name = case.resolve().name if isinstance(case, Path) else case
    many = f"{len(faults)} faults" if len(faults) != 1 else "1 fault"
    lines = [f"the case {name} has {many}"]
    lines += [f"  {f.place}: {f.problem}\n    mend: {f.mend}" for f in faults]
    where = Where(case)
    if isinstance(case, str) and len(faults) == 1:
        (only,) = faults
        where = Where(only.file, rows=() if only.row is None else (only.row,), field=only.column)
    return CaseProblem("\n".join(lines), where=where, hint=hint)


def _gather(folder: Path, *, known: Known) -> tuple[Draft, tuple[Finding, ...]]:
    """Read every file of a case folder as far as it goes."""
    settings, findings = read_settings(folder)
    if settings is None and not (folder / CASE_FILE).is_file():
        return Draft(None, "", {}, {}), findings
    found: list[Finding] = [
        *findings,
        *_files_of_no_table(folder, settings),
        *own_files(folder, settings, text=_case_text(folder)),
        *(line for _, line in read_log(folder / LOG_FILE) if isinstance(line, Finding)),
    ]
    sheets, rows = {}, {}
    for name in TABLES:
        sheet, faults = _sheet(folder, name)
        found += faults
        if sheet is not None:
            sheets[name] = sheet
            rows[name], faults = typed_rows(sheet, TABLES[name])
            found += faults
    questions, faults_q = read_pages(folder, QUESTIONS)
    choices, faults_c = read_pages(folder, CHOICES)
    about = {value.id: value for _, value in (*choices, *questions)}
    unread = {p.stem for kind in (QUESTIONS, CHOICES) for p in files_in(folder / kind.folder) if p.stem not in about}
    elicited, faults_e = read_elicited(folder, about, unread=unread)
    draft = Draft(settings, _case_text(folder), sheets, rows, questions, choices, elicited)
    across = (*files_of_sources(draft, folder), *across_files(draft, known=known))
    return draft, in_reading_order([*found, *faults_q, *faults_c, *faults_e, *across])


def _case_text(folder: Path) -> str:
    return (folder / CASE_FILE).read_bytes().decode("utf-8-sig", errors="replace")


def _sheet(folder: Path, name: str) -> tuple[Sheet | None, tuple[Finding, ...]]:
    """The one file of a table."""
    there = [path for path in (folder / f"{name}.csv", folder / f"{name}.xlsx") if path.is_file()]
    if len(there) == 2:
        return None, (fault(f"{name}.xlsx", f"the table stands in {name}.csv too", "keep one of the two files"),)
    if not there:
        header = ",".join(TABLES[name].columns)
        return None, (note(f"{name}.csv", "the table is not there: all of it is unknown", f"its header is {header}"),)
    return read_table(there[0], TABLES[name])


def _files_of_no_table(folder: Path, settings: CaseSettings | None) -> Iterator[Finding]:
    named = {*settings.data.events, settings.data.outlines} if settings else set()
    if settings is not None and settings.mission is not None:
        named.add(settings.mission.travel)
    for path in (p for p in files_in(folder) if p.name not in named):
        if path.suffix.lower() in {".csv", ".xlsx", ".xls", ".ods"} and path.name not in _table_files():
            near = nearest(path.stem, TABLES)
            say = fault if near else note
            mend = f"did you mean {near}.csv?" if near else f"the tables are: {', '.join(TABLES)}"
            yield say(path.name, "no table of a case is called this: the file is not read", mend)
    for path in _documents(folder):
        if path.suffix.lower() not in DOCUMENT_KINDS:
            kinds = ", ".join(sorted(k.removeprefix(".") for k in DOCUMENT_KINDS))
            name = path.relative_to(folder).as_posix()
            yield note(name, "documents of this kind are not read", f"kinds read: {kinds}")


def _documents(folder: Path) -> list[Path]:
    """Every file in documents/ and its folders, hidden ones left out, by name."""
    root = folder / "documents"
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    return [path for path in paths if not any(part.startswith(".") for part in path.relative_to(root).parts)]


def files_of_sources(draft: Draft, folder: Path) -> Iterator[Finding]:
    """Files that the table of sources names and documents/ does not have, or that two sources claim."""
    there = {path.relative_to(folder / "documents").as_posix() for path in _documents(folder)}
    owner: dict[str, str] = {}
    for row, source in draft.numbered("sources"):
        for name in source.files:
            if name not in there:
                problem, mend = f"the file {quoted(name)} is not in documents/", did_you_mean(name, there)
                yield fault(draft.file("sources"), problem, mend, row=row, column="files")
            elif owner.setdefault(name, source.source_id) != source.source_id:
                problem = f"the file {quoted(name)} belongs to {quoted(owner[name])} already"
                yield fault(draft.file("sources"), problem, "a file has one source", row=row, column="files")


def _table_files() -> set[str]:
    return {f"{name}{ending}" for name in TABLES for ending in (".csv", ".xlsx")}


def own_files(folder: Path, settings: CaseSettings | None, *, text: str, file: str = CASE_FILE) -> Iterator[Finding]:
    """Files that the settings name and the folder does not have."""
    if settings is None:
        return
    starter = ", or write 'starter' or 'ucdp'"
    named = [("data", "events", name, starter) for name in settings.data.events if name not in {"starter", "ucdp"}]
    if settings.data.outlines is not None:
        named.append(("data", "outlines", settings.data.outlines, ""))
    if settings.mission is not None and settings.mission.travel is not None:
        named.append(("mission", "travel", settings.mission.travel, ", or leave travel out: straight lines"))
    for section, key, name, otherwise in named:
        if not (folder / name).is_file():
            row = line_of(text, (section, key))
            mend = f"put the file into the case folder{otherwise}"
            yield fault(file, f"the file {quoted(name)} is not there", mend, row=row, column=f"{section}.{key}")
