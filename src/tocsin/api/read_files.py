"""Files into documents, texts, names and proposals, in this process or in several side by side."""

from __future__ import annotations

import atexit
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from joblib import Parallel, delayed

from tocsin.api.read_left import label_of
from tocsin.case import read_case
from tocsin.errors import TocsinError
from tocsin.record.extract.annotate import annotate
from tocsin.record.extract.dataset.dataset import Dataset
from tocsin.record.extract.extractor import extractor_called
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.extract.linking import linked
from tocsin.record.extract.model import load_model
from tocsin.record.reading import ReaderApart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tocsin.api.read_left import FileToRead
    from tocsin.case import Case
    from tocsin.record.claim import Proposal
    from tocsin.record.document import Document, Text
    from tocsin.record.extract.extractor import Extractor, Reads
    from tocsin.record.extract.knowledge import Knowledge
    from tocsin.record.extract.mention import Mention

OF_TABLES = "dataset"
SMALL_BYTES = 300_000
"""Less than this is read sooner by one process than a second takes to start."""
TABLE_TYPES = frozenset({"text/csv", "text/tab-separated-values", "application/vnd.apache.parquet",
                         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Means:
    """What files are read with: the language model's name, and what one file may take."""

    model: str | None
    read_seconds: float
    read_memory_mb: int

    def reader(self) -> ReaderApart:
        """A process that reads files and outlives none of their faults."""
        return ReaderApart(seconds=self.read_seconds, memory_mb=self.read_memory_mb)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a worker made of one file."""

    document: Document
    text: Text | None
    proposals: dict[str, tuple[Proposal, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


def read_files(case: Case, todo: dict[str, FileToRead], *, jobs: int, means: Means) -> Iterator[tuple[str, FileRead]]:
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


def _work_apart(key: str, task: FileToRead, folder: Path, means: Means) -> tuple[str, FileRead]:
    return key, _work(task, _reader(means), _knowledge_in(folder), means.model, folder)


@cache
def _reader(means: Means) -> ReaderApart:
    """The reader of this process, which ends with it."""
    reader = means.reader()
    atexit.register(reader.close)
    return reader


@cache
def _knowledge_in(folder: Path) -> Knowledge:
    return knowledge_of(read_case(folder))


def _work(task: FileToRead, reader: ReaderApart, knowledge: Knowledge, model: str | None, folder: Path) -> FileRead:
    """Read one file, find its names, and run the extractors that read its language."""
    document, text = reader.read(task.path, name=task.name, given=task.given)
    if text is None:
        return FileRead(document, None)
    annotated = annotate(text, knowledge, model=load_model(model))
    proposals: dict[str, tuple[Proposal, ...]] = {}
    notes = []
    for name in task.extractors:
        extractor = _extractor(name, folder)
        if not _suits(extractor.reads, document, text):
            proposals[label_of(name)] = ()
            continue
        try:
            found = extractor.propose(annotated, document)
            proposals[label_of(name)] = tuple(linked(proposal, annotated, knowledge) for proposal in found)
        except TocsinError as error:
            notes.append(f"{name} did not read {document.name}: {error.what}")
    return FileRead(document, text, proposals, tuple(notes), annotated.mentions)


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
