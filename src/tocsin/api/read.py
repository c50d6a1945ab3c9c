"""Documents into the record: what is new is read, what is unchanged is not, and every step is accounted for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tocsin.api.read_files import TABLE_TYPES, Means, read_files
from tocsin.api.read_left import files_of, left_of
from tocsin.api.record import open_record_of
from tocsin.record.document import Verdict
from tocsin.record.extract.extractor import extractor_called
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.extract.linking import KNOWN
from tocsin.record.extract.model import load_model
from tocsin.record.identity.origins import Provenance
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tocsin.api.read_files import FileRead
    from tocsin.api.read_left import FileToRead
    from tocsin.case import Case
    from tocsin.record.document import Document
    from tocsin.record.extract.model import Model
    from tocsin.record.store import Record

RULES = ("rules", "dataset")
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one document.

    Attributes:
        name: inside the case's folder of documents, or `tables/NAME` for a table of the case.
        verdict, why: of reading it.
        language: ISO 639-1 code; None is unknown.
        was: `new`, `unchanged`, or `same as NAME` for a second file of the same bytes.
        entered: claims that entered the record now, as proposed.
        known: claims it already held.
        refused: proposals the gate turned away; they are kept for review, and are no claims.
        not_extracted: why no claims were read from it; empty where they were.
    """

    name: str
    verdict: Verdict
    why: str
    language: str | None
    was: str
    entered: int = 0
    known: int = 0
    refused: int = 0
    not_extracted: str = ""


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What one run of reading did.

    Attributes:
        outcomes: one a file, in order of names.
        gone: names of documents that the record holds and the folder does not; a changed file is there under its name.
        model: the language model that English was read with; None where only names of the gazetteer were found.
        claims: claims in the record now.
        notes: what else a reader should know, as an endpoint that did not answer.
    """

    outcomes: tuple[Outcome, ...]
    gone: tuple[str, ...]
    model: str | None
    claims: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entering:
    """What entering one file's proposals came to."""

    entered: int = 0
    known: int = 0
    refused: int = 0
    notes: tuple[str, ...] = ()


def read_documents(
    case: Case, *, extractors: Sequence[str] = RULES, jobs: int = 2, again: bool = False, settings: Settings | None = None,
    tell: Callable[[str], None] | None = None,
) -> ReadReport:  # fmt: skip
    """Read a case's documents and tables into its record. A second run reads only what is new or changed.

    Args:
        case: a case read from its folder.
        extractors: registered extractors to run: `rules`, `dataset`, `llm` ...
        jobs: processes that read side by side.
        again: run the extractors on unchanged documents too; what the record already holds stays as it is.
        settings: where the record is kept, and the language model.
        tell: called with the name of each document as it is done.

    Raises:
        UnknownName: an extractor is not installed.
        FileProblem: the record cannot be opened or written.
    """
    for name in extractors:
        _ = extractor_called(name)
    settings = settings or Settings.load()
    means = Means(settings.text_model, settings.read_seconds, settings.read_memory_mb)
    with TemporaryDirectory() as scratch, open_record_of(case, create=True, settings=settings) as record:
        found = files_of(case, scratch=Path(scratch))
        todo = {
            key: task
            for key, tasks in found.items()
            if (task := left_of(record, key, tasks[0], extractors, again=again))
        }
        outcomes = {}
        for key, done in read_files(case, todo, jobs=jobs, means=means):
            outcomes[key] = _enter(record, done)
            if tell is not None:
                tell(done.document.name)
        _grade(record, case)
        knowledge = knowledge_of(case)
        record.name_known({key: entry.name for key, entry in knowledge.by_id.items()})
        for actor, country in knowledge.countries.items():
            why = f"the actor {actor} of the case is the state with the code {country}"
            record.identify(f"{KNOWN}{country}", f"{KNOWN}{actor}", by="tocsin read", why=why)
        return _report(record, found, outcomes, load_model(means.model))


def _enter(record: Record, done: FileRead) -> _Entering:
    """Put one file's document, text and proposals into the record, through the gate."""
    record.add(done.document, done.text)
    entered = known = refused = 0
    for label, proposals in done.proposals.items():
        assert done.text is not None
        came = record.enter(done.text, proposals, extractor=label, by="tocsin read")
        entered, known, refused = entered + came.entered, known + came.known, refused + came.refused
    if done.text is not None:
        record.keep_mentions(done.text, done.mentions)
    return _Entering(entered, known, refused, done.notes)


def _grade(record: Record, case: Case) -> None:
    """Grades that a person wrote into the case's table of sources, with their reason."""
    standing = record.source_grades()
    for source in case.sources:
        if source.reliability is None or standing.get(source.source_id) is source.reliability:
            continue
        assert source.graded_by is not None
        assert source.graded_why is not None
        record.grade_source(source.source_id, source.reliability, by=source.graded_by, why=source.graded_why)


def _report(
    record: Record, found: dict[str, list[FileToRead]], entered: dict[str, _Entering], model: Model | None
) -> ReadReport:
    """The account of a run: every file of the folder, and every document that is no longer there."""
    held = {document.document_id: document for document in record.documents()}
    languages = {key: next((text.language for text in record.texts_of(key)), None) for key in found}
    here = {task.name for tasks in found.values() for task in tasks}
    behind = Provenance(held)
    rows = [
        row
        for key, tasks in found.items()
        for row in _rows(held[key], tasks, entered.get(key), languages[key], missing=behind.missing(held[key]))
    ]
    return ReadReport(
        outcomes=tuple(sorted(rows, key=lambda row: row.name)),
        gone=tuple(sorted({one.name for key, one in held.items() if key not in found} - here)),
        model=model.name if model else None,
        claims=record.count(),
        notes=tuple(dict.fromkeys(note for entering in entered.values() for note in entering.notes)),
    )


def _rows(
    document: Document,
    tasks: Sequence[FileToRead],
    entering: _Entering | None,
    language: str | None,
    *,
    missing: str | None,
) -> Iterator[Outcome]:
    """One line a file: the first of the same bytes carries the account."""
    first = tasks[0].name
    for task in tasks:
        was = f"same as {first}" if task.name != first else ("unchanged" if entering is None else "new")
        mine = entering if entering is not None and task.name == first else _Entering()
        yield Outcome(
            name=task.name, verdict=document.verdict, why=_why(document, missing), language=language, was=was,
            entered=mine.entered, known=mine.known, refused=mine.refused,
            not_extracted=_not_extracted(document, language),
        )  # fmt: skip


def _why(document: Document, missing: str | None) -> str:
    """The verdict's reason, and the file that the document says it repeats and that is not there."""
    said = f"it says that it derives from {missing}, and no document is called so" if missing else ""
    return "; ".join(part for part in (document.why, said) if part)


def _not_extracted(document: Document, language: str | None) -> str:
    if document.verdict is not Verdict.READ:
        return document.verdict.value
    if language not in {ENGLISH, None} and document.media_type not in TABLE_TYPES:
        return f"not extracted: language {language}; stored, searchable, names matched"
    return ""
