"""What is left to read of a case: its files by their bytes, and the extractors still to run on each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from tocsin.api.read_tables import for_the_record, own_sites
from tocsin.case.tables import TABLES as CASE_TABLES
from tocsin.record.document import Verdict
from tocsin.record.extract.extractor import extractor_called
from tocsin.record.reading import Given, files_in, hash_of, parser_for
from tocsin.record.store import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.case.rows import Source
    from tocsin.record.store import Record

TABLES = "tables/"
"""The case's own tables are documents too; their names begin with this."""
MAPPING = ".map.toml"
ABOUT = "README.md"
"""Tells what the folder is for, and is no document."""
BARE_LINES = 100
HEAD_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class FileToRead:
    """One file to read, and the extractors still to run on it."""

    name: str
    path: Path
    given: Given
    extractors: tuple[str, ...]


def files_of(case: Case, *, scratch: Path) -> dict[str, list[FileToRead]]:
    """The documents and tables of a case by the hash of their bytes: two files of the same are one document.

    Args:
        case: the case.
        scratch: a folder for copies of tables that the record may not hold as they are; it is needed while they are read.
    """
    found: dict[str, list[FileToRead]] = {}
    for task in _files_in(case, scratch):
        found.setdefault(hash_of(task.path), []).append(task)
    return found


def _files_in(case: Case, scratch: Path) -> Iterator[FileToRead]:
    """Every document and table of a case."""
    sources = {file: source for source in case.sources for file in source.files}
    for name, path in files_in(case.folder / "documents"):
        if name == ABOUT or name.endswith(MAPPING):
            continue
        yield FileToRead(name, path, _given(sources.get(name)), ())
    own = own_sites(case)
    for path in (case.folder / f"{name}{ending}" for name in sorted(CASE_TABLES) for ending in (".csv", ".xlsx")):
        if not path.is_file() or _is_bare(path):
            continue
        held = for_the_record(path, scratch, own=own)
        yield FileToRead(f"{TABLES}{held.name}", held, Given(title=f"the case's table {path.stem}"), ())


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


def left_of(record: Record, key: str, task: FileToRead, extractors: Sequence[str], *, again: bool) -> FileToRead | None:
    """What is still to be done of a file; None where the record holds it all."""
    held = {text.parser: text for text in record.texts_of(key)}
    text = held.get(_parser(task))
    if text is None:
        left = () if _is_held_without_text(record, key) and not again else tuple(extractors)
        return replace(task, extractors=left) if left else None
    left = tuple(e for e in extractors if again or not record.is_done(text.text_id, label_of(e)))
    is_named = record.is_done(text.text_id, NAMES)
    return replace(task, extractors=left) if left or not is_named else None


def _parser(task: FileToRead) -> str:
    with task.path.open("rb") as file:
        return parser_for(task.name, file.read(HEAD_BYTES))


def _is_held_without_text(record: Record, key: str) -> bool:
    document = record.document(key)
    return document is not None and document.verdict is not Verdict.READ


def label_of(extractor: str) -> str:
    """The name and version by which a record keeps what an extractor did."""
    reads = extractor_called(extractor).reads
    return f"{reads.name} {reads.version}"
