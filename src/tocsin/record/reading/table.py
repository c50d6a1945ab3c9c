"""Tables as texts: one paragraph a row, one line a cell, so that the citation of a claim is a cell."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tocsin.record.document import SegmentKind, Verdict
from tocsin.record.reading.archives import DAMAGED, refusal
from tocsin.record.reading.characters import kept
from tocsin.record.reading.encodings import decoded
from tocsin.record.reading.found import Block, Found, refused
from tocsin.record.reading.rows import as_column, as_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import polars as pl

    from tocsin.record.reading.bounds import Bounds

DELIMITERS = ",;\t|"
LONGEST_CELL = 10_000_000
BATCH = 10_000  # rows of a Parquet file at a time


def read_csv(data: bytes, bounds: Bounds) -> Found:
    """Read CSV or tab-separated text; a row is counted as a spreadsheet does, the header being row 1."""
    text = decoded(data).text
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(kept(text), newline=""), delimiter=_delimiter(text))
    try:
        return _found(_with_header(reader), bounds)
    except csv.Error as error:
        return refused(Verdict.BROKEN, f"this is not well-formed CSV from line {reader.line_num} on: {error}")


def read_xlsx(data: bytes, bounds: Bounds) -> Found:
    """Read the first sheet of a workbook; a row is counted as the sheet does."""
    import fastexcel  # noqa: PLC0415  # only workbooks need it

    no = refusal(data, bounds)
    if no is not None:
        return no
    try:
        book = fastexcel.read_excel(data)
        sheet = book.load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except fastexcel.FastExcelError:
        return refused(Verdict.BROKEN, DAMAGED)
    found = _found(_with_header([_typed(cell) for cell in row] for row in sheet.iter_rows()), bounds)
    others = book.sheet_names[1:]
    if found.verdict is not Verdict.READ or not others:
        return found
    why = f"only its first sheet was read; save each of the others ({', '.join(others[:5])}) as a file of its own"
    return Found(blocks=found.blocks, meta=found.meta, why=why)


def read_parquet(data: bytes, bounds: Bounds) -> Found:
    """Read a Parquet file; rows are counted from 1, as it has no header."""
    import pyarrow as pa  # noqa: PLC0415  # only Parquet files need it
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        file = pq.ParquetFile(io.BytesIO(data))
        rows, columns = file.metadata.num_rows, file.metadata.num_columns
        if rows * max(1, columns) > bounds.characters:
            return refused(Verdict.TOO_LARGE, f"{rows:,} rows of {columns} columns: {_split(bounds)}")
        return _found(_numbered(file), bounds)
    except (pa.ArrowException, OSError, ValueError):
        return refused(Verdict.BROKEN, DAMAGED)


def _found(rows: Iterable[tuple[int, str]], bounds: Bounds) -> Found:
    blocks: list[Block] = []
    characters = 0
    for number, words in rows:
        characters += len(words) + 2
        if characters > bounds.characters:
            return refused(Verdict.TOO_LARGE, f"row {number:,} goes beyond what is kept: {_split(bounds)}")
        blocks.append(Block(words, SegmentKind.ROW, paragraph=number))
    return Found(blocks=tuple(blocks), why="" if blocks else "the table has no rows")


def _split(bounds: Bounds) -> str:
    return f"{bounds.characters:,} characters are kept at most; leave out columns or split the table"


def _with_header(rows: Iterable[Sequence[str]]) -> Iterator[tuple[int, str]]:
    """Rows below the first that is not empty, which names the columns."""
    header: list[str] | None = None
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if header is None:
            header = [as_column(cell, at) for at, cell in enumerate(cells, start=1)]
            continue
        names = [*header, *(f"column {at}" for at in range(len(header) + 1, len(cells) + 1))]
        yield number, as_words((name, cell) for name, cell in zip(names, cells, strict=False) if cell)


def _numbered(file: object) -> Iterator[tuple[int, str]]:
    import polars as pl  # noqa: PLC0415

    number = 0
    for batch in file.iter_batches(batch_size=BATCH):  # type: ignore[attr-defined]
        table = pl.from_arrow(batch)
        assert isinstance(table, pl.DataFrame)
        names = [as_column(name, at) for at, name in enumerate(table.columns, start=1)]
        for row in _as_text(table).iter_rows():
            number += 1
            cells = [(name, kept(cell.strip())) for name, cell in zip(names, row, strict=True) if cell and cell.strip()]
            if cells:
                yield number, as_words(cells)


def _as_text(table: pl.DataFrame) -> pl.DataFrame:
    import polars as pl  # noqa: PLC0415

    nested = [name for name, kind in table.schema.items() if kind.is_nested() or kind in {pl.Binary, pl.Object}]
    plain = table.with_columns(
        pl.Series(name, [None if cell is None else str(cell) for cell in table[name].to_list()], dtype=pl.String)
        for name in nested
    )  # fmt: skip
    return plain.cast(pl.String)


def _typed(cell: str | None) -> str:
    """A cell as somebody typed it: a workbook keeps a day as day and midnight."""
    return kept(cell or "").removesuffix(" 00:00:00")


def _delimiter(text: str) -> str:
    """The mark that parts the first line into most cells."""
    first = next((line for line in text[:100_000].splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)
