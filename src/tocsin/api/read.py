"""Documents into the record: what is new is read, what is unchanged is not, and every step is accounted for."""

from __future__ import annotations

import atexit
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from joblib import Parallel, delayed

from tocsin.api.record import open_record_of
from tocsin.case import read_case
from tocsin.case.tables import TABLES as CASE_TABLES
from tocsin.errors import TocsinError
from tocsin.record.document import Verdict
from tocsin.record.extract.annotate import annotate
from tocsin.record.extract.dataset.dataset import Dataset
from tocsin.record.extract.extractor import extractor_called
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.extract.linking import KNOWN, linked
from tocsin.record.extract.model import load_model
from tocsin.record.identity.origins import Provenance
from tocsin.record.reading import Given, ReaderApart, files_in, hash_of, parser_for
from tocsin.record.store import NAMES
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.case.rows import Source
    from tocsin.record.claim import Proposal
    from tocsin.record.document import Document, Text
    from tocsin.record.extract.extractor import Extractor, Reads
    from tocsin.record.extract.knowledge import Knowledge
    from tocsin.record.extract.mention import Mention
    from tocsin.record.extract.model import Model
    from tocsin.record.store import Record

RULES = ("rules", "dataset")
TABLES = "tables/"
"""The case's own tables are documents too; their names begin with this."""
MAPPING = ".map.toml"
ABOUT = "README.md"
"""Tells what the folder is for, and is no document."""
ENGLISH, OF_TABLES = "en", "dataset"
BARE_LINES = 100
HEAD_BYTES = 65_536
SMALL_BYTES = 300_000
"""Less than this is read sooner by one process than a second takes to start."""
TABLE_TYPES = frozenset({"text/csv", "text/tab-separated-values", "application/vnd.apache.parquet",
                         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})  # fmt: skip


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
class _Task:
    """One file to read, and the extractors still to run on it."""

    name: str
    path: Path
    given: Given
    extractors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entering:
    """What entering one file's proposals came to."""

    entered: int = 0
    known: int = 0
    refused: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Done:
    """What a worker made of one file."""

    document: Document
    text: Text | None
    proposals: dict[str, tuple[Proposal, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class _Means:
    """What files are read with: the language model's name, and what one file may take."""

    model: str | None
    read_seconds: float
    read_memory_mb: int

    def reader(self) -> ReaderApart:
        """A process that reads files and outlives none of their faults."""
        return ReaderApart(seconds=self.read_seconds, memory_mb=self.read_memory_mb)


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
    means = _Means(settings.text_model, settings.read_seconds, settings.read_memory_mb)
    with open_record_of(case, create=True, settings=settings) as record:
        found = _by_bytes(_tasks(case))
        todo = {
            key: task for key, tasks in found.items() if (task := _left(record, key, tasks[0], extractors, again=again))
        }
        outcomes = {}
        for key, done in _worked(case, todo, jobs=jobs, means=means):
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


def _report(
    record: Record, found: dict[str, list[_Task]], entered: dict[str, _Entering], model: Model | None
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


def _tasks(case: Case) -> Iterator[_Task]:
    """Every document and table of a case."""
    sources = {file: source for source in case.sources for file in source.files}
    for name, path in files_in(case.folder / "documents"):
        if name == ABOUT or name.endswith(MAPPING):
            continue
        yield _Task(name, path, _given(sources.get(name)), ())
    for path in (case.folder / f"{name}{ending}" for name in sorted(CASE_TABLES) for ending in (".csv", ".xlsx")):
        if not path.is_file() or _is_bare(path):
            continue
        yield _Task(f"{TABLES}{path.name}", path, Given(title=f"the case's table {path.stem}"), ())


def _is_bare(path: Path) -> bool:
    """Whether a table holds nothing below its header: what nobody has filled is no document."""
    if path.suffix != ".csv":
        return False
    with path.open("rb") as file:
        return sum(1 for line in islice(file, BARE_LINES) if line.strip()) < 2


def _given(source: Source | None) -> Given:
    if source is None:
        return Given()
    return Given(
        source_id=source.source_id, title=source.title, author=source.author, publisher=source.publisher,
        published=source.date, derived_from=source.derived_from,
    )  # fmt: skip


def _by_bytes(tasks: Iterable[_Task]) -> dict[str, list[_Task]]:
    """Files by the hash of their bytes: two of the same are one document."""
    found: dict[str, list[_Task]] = {}
    for task in tasks:
        found.setdefault(hash_of(task.path), []).append(task)
    return found


def _left(record: Record, key: str, task: _Task, extractors: Sequence[str], *, again: bool) -> _Task | None:
    """What is still to be done of a file; None where the record holds it all."""
    held = {text.parser: text for text in record.texts_of(key)}
    text = held.get(_parser(task))
    if text is None:
        left = () if _is_held_without_text(record, key) and not again else tuple(extractors)
        return replace(task, extractors=left) if left else None
    left = tuple(e for e in extractors if again or not record.is_done(text.text_id, _label(e)))
    is_named = record.is_done(text.text_id, NAMES)
    return replace(task, extractors=left) if left or not is_named else None


def _parser(task: _Task) -> str:
    with task.path.open("rb") as file:
        return parser_for(task.name, file.read(HEAD_BYTES))


def _is_held_without_text(record: Record, key: str) -> bool:
    document = record.document(key)
    return document is not None and document.verdict is not Verdict.READ


def _label(extractor: str) -> str:
    reads = extractor_called(extractor).reads
    return f"{reads.name} {reads.version}"


def _worked(case: Case, todo: dict[str, _Task], *, jobs: int, means: _Means) -> Iterator[tuple[str, _Done]]:
    """Each file's document, text and proposals, as they are done."""
    size = sum(task.path.stat().st_size for task in todo.values())
    processes = jobs if size > SMALL_BYTES and len(todo) > 1 else 1
    if not todo:
        return
    if processes == 1:
        with means.reader() as reader:
            knowledge = knowledge_of(case)
            for key, task in todo.items():
                yield key, _work(task, reader, knowledge, means.model, case.folder)
        return
    work = Parallel(n_jobs=processes, return_as="generator_unordered", batch_size=1, max_nbytes=None)
    yield from work(delayed(_work_apart)(key, task, case.folder, means) for key, task in todo.items())


def _work_apart(key: str, task: _Task, folder: Path, means: _Means) -> tuple[str, _Done]:
    return key, _work(task, _reader(means), _knowledge_in(folder), means.model, folder)


@cache
def _reader(means: _Means) -> ReaderApart:
    """The reader of this process, which ends with it."""
    reader = means.reader()
    atexit.register(reader.close)
    return reader


@cache
def _knowledge_in(folder: Path) -> Knowledge:
    return knowledge_of(read_case(folder))


def _work(task: _Task, reader: ReaderApart, knowledge: Knowledge, model: str | None, folder: Path) -> _Done:
    """Read one file, find its names, and run the extractors that read its language."""
    document, text = reader.read(task.path, name=task.name, given=task.given)
    if text is None:
        return _Done(document, None)
    annotated = annotate(text, knowledge, model=load_model(model))
    proposals: dict[str, tuple[Proposal, ...]] = {}
    notes = []
    for name in task.extractors:
        extractor = _extractor(name, folder)
        if not _suits(extractor.reads, document, text):
            proposals[_label(name)] = ()
            continue
        try:
            found = extractor.propose(annotated, document)
            proposals[_label(name)] = tuple(linked(proposal, annotated, knowledge) for proposal in found)
        except TocsinError as error:
            notes.append(f"{name} did not read {document.name}: {error.what}")
    return _Done(document, text, proposals, tuple(notes), annotated.mentions)


@cache
def _extractor(name: str, folder: Path) -> Extractor:
    """The extractor; the one of tables with the mappings that a user put beside them."""
    extractor = extractor_called(name)
    return extractor.beside(folder / "documents") if isinstance(extractor, Dataset) else extractor


def _suits(reads: Reads, document: Document, text: Text) -> bool:
    """Whether an extractor reads such a text: tables are for `dataset` alone, and the others read their languages.

    `dataset` reads the tables within other documents too.
    """
    if document.media_type in TABLE_TYPES and reads.name != OF_TABLES:
        return False
    return not reads.languages or text.language in {*reads.languages, None}


def _enter(record: Record, done: _Done) -> _Entering:
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


def _rows(
    document: Document, tasks: Sequence[_Task], entering: _Entering | None, language: str | None, *, missing: str | None
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


def _grade(record: Record, case: Case) -> None:
    """Grades that a person wrote into the case's table of sources, with their reason."""
    standing = record.source_grades()
    for source in case.sources:
        if source.reliability is None or standing.get(source.source_id) is source.reliability:
            continue
        assert source.graded_by is not None
        assert source.graded_why is not None
        record.grade_source(source.source_id, source.reliability, by=source.graded_by, why=source.graded_why)
