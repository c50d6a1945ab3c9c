"""Exports written to files: one moment of the record, streamed, and nothing half-written."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.errors import TableProblem, UnknownName
from tocsin.record.export import tables, whole
from tocsin.record.export.annotation import CONTEXT, annotation_of
from tocsin.record.export.ftm import claim_line, document_line, entity_lines
from tocsin.record.export.moment import Moment, in_batches, said_of, stored_rows
from tocsin.record.export.replacing import tables_manifest
from tocsin.record.export.selection import Selection
from tocsin.record.export.sheets import ROWS_AT_ONCE, Sheet
from tocsin.record.store import documents as documents_table
from tocsin.record.store.opening import HEAD
from tocsin.record.store.tables import TEXTS
from tocsin.sources.tables import whole_file, write_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tocsin.record.document import Text
    from tocsin.record.store import Record

_BREAKS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
"""What some readers take for the end of a line."""
FORMATS = ("ftm", "annotation", "csv", "parquet", "whole")


@dataclass(frozen=True, slots=True)
class Written:
    """What an export came to.

    Attributes:
        format: one of `FORMATS`.
        path: the file, or the folder of tables.
        counts: lines or rows by what they are.
        withheld: claims left out because they name a site that a user entered.
    """

    format: str
    path: Path
    counts: dict[str, int]
    withheld: int = 0


def write_export(
    record: Record, path: Path, *, form: str, selection: Selection | None = None, urls: Mapping[str, str] | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Written:  # fmt: skip
    """Write a record in one of the formats.

    Args:
        record: what is written.
        path: the file; for `csv` and `parquet` a folder, with a file for each table.
        form: one of `FORMATS`.
        selection: which claims; for all but `whole`, which always holds everything.
        urls: where a source can be read, by its id in the case's table of sources.
        metadata: licence and citation, kept inside Parquet files.

    Raises:
        UnknownName: there is no such format.
    """
    if form not in FORMATS:
        raise UnknownName.of("format", form, FORMATS)
    if form == "whole":
        return write_whole(record, path)
    selection = selection or Selection()
    with record.connection() as connection:
        moment = Moment(connection, selection, selection.hidden(connection))
        if form == "ftm":
            counts = _write_ftm(moment, path, urls or {})
        elif form == "annotation":
            counts = _write_annotations(moment, path)
        else:
            counts = _write_tables(moment, path, form, metadata or {})
    return Written(form, path, counts, len(moment.left_out))


def write_whole(record: Record, path: Path) -> Written:
    """Write the whole record into one file, sites that a user entered and the record's key included."""
    with record.connection() as connection, whole_file(path) as temporary:
        done = whole.pack(lambda table: record.every(table, connection=connection), temporary, version=HEAD)
    return Written("whole", path, {name: table.rows for name, table in done.items()})


def read_whole(record: Record, path: Path) -> int:
    """Put a whole record back into an empty one; gives the number of rows. Nothing is kept of a file that is not whole.

    Raises:
        FileProblem: it is no whole record, was cut short or altered, or expands without bound.
        InputError: the record is not empty.
    """
    try:
        return record.load(whole.unpack(path, version=HEAD))
    except TableProblem as error:
        raise whole.misfit(path, error) from error


def _write_ftm(moment: Moment, path: Path, urls: Mapping[str, str]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    found = documents_table.documents(moment.connection)
    publishers = {document.document_id: document.publisher for document in found}
    languages = dict(moment.connection.execute(sa.select(TEXTS.c.document_id, TEXTS.c.language)).all())
    shown = moment.shown()
    with whole_file(path) as temporary, temporary.open("w", encoding="utf-8") as file:

        def put(line: Mapping[str, Any]) -> None:
            file.write(json.dumps(line, ensure_ascii=False).translate(_BREAKS) + "\n")
            counts[str(line["schema"])] += 1

        for document in found:
            url = urls.get(document.source_id or "")
            put(document_line(document, language=languages.get(document.document_id), url=url))
        for claim in moment.claims():
            url = urls.get(claim.source_id or "")
            put(claim_line(claim, publisher=publishers[claim.document_id], url=url, shown=shown))
        for some in in_batches(moment.entities(), ROWS_AT_ONCE):
            said = said_of(moment, some)
            for entity in some:
                for line in entity_lines(entity, said=said.get(entity.entity_id, ()), shown=shown):
                    put(line)
    return dict(counts)


def _write_annotations(moment: Moment, path: Path) -> dict[str, int]:
    found = {document.document_id: document for document in documents_table.documents(moment.connection)}
    text: Text | None = None
    count = 0
    with whole_file(path) as temporary, temporary.open("w", encoding="utf-8") as file:
        head = json.dumps({"@context": CONTEXT, "type": "AnnotationPage"}, ensure_ascii=False)
        file.write(head[:-1] + ', "items": [')
        for claim in moment.claims():
            if text is None or text.text_id != claim.text_id:
                text = documents_table.text(moment.connection, claim.text_id)
            line = json.dumps(annotation_of(claim, text, found[claim.document_id]), ensure_ascii=False)
            file.write(("," if count else "") + "\n" + line)
            count += 1
        file.write("\n]}\n")
    return {"annotations": count}


def _write_tables(moment: Moment, folder: Path, form: str, metadata: Mapping[str, str]) -> dict[str, int]:
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        sheets = {}
        for name in tables.columns():
            temporary = stack.enter_context(whole_file(folder / f"{name}.{form}"))
            sheets[name] = stack.enter_context(Sheet(name, temporary, form, metadata))
        for document in documents_table.documents(moment.connection):
            sheets["documents"].put(tables.document_row(document))
        for claim in moment.claims():
            sheets["claims"].put(tables.claim_row(claim))
            for row in tables.argument_rows(claim):
                sheets["arguments"].put(row)
        for entity in moment.entities():
            sheets["entities"].put(tables.entity_row(entity))
        for name in ("judgements", "grades", "history"):
            for row in stored_rows(moment, name):
                sheets[name].put(row)
    counts = {name: sheet.count for name, sheet in sheets.items()}
    write_text(tables_manifest(form, counts), folder / whole.MANIFEST)
    return counts
