"""Forecasts of many cells to a file and from it, block by block, so that memory does not grow with the draws."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.errors import TableProblem, Where
from tocsin.forecast.layout import AREA_COLUMNS, metadata, of_table, to_table
from tocsin.sources.tables import check_ending, whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import polars as pl

    from tocsin.forecast.forecast import Forecast


def write_stream(blocks: Iterable[Forecast], path: Path) -> int:
    """Write a streamed forecast in the challenge layout, whole or not at all: the rows `write_forecast` would write.

    Args:
        blocks: blocks of consecutive areas, as `stream_forecast` gives them; each becomes a row group of a Parquet file.
        path: .parquet (with metadata) or .csv.

    Returns:
        The number of areas written.

    Raises:
        FileProblem: the ending is neither.
        TableProblem: there is no block.
    """
    ending = check_ending(path)
    areas = 0
    with whole_file(path) as temporary, (_csv if ending == ".csv" else _parquet)(temporary) as write:
        for block in blocks:
            write(block)
            areas += len(block.areas)
        if not areas:
            raise TableProblem("the forecast holds no area", where=Where(path), hint="forecast an area at least")
    return areas


@contextmanager
def _parquet(path: Path) -> Iterator[Callable[[Forecast], None]]:
    writers: list[pq.ParquetWriter] = []

    def write(block: Forecast) -> None:
        table = pa.table(to_table(block)).replace_schema_metadata(metadata(block))
        if not writers:
            writers.append(pq.ParquetWriter(path, table.schema, compression="zstd"))
        writers[0].write_table(table, row_group_size=table.num_rows)

    try:
        yield write
    finally:
        for writer in writers:
            writer.close()


@contextmanager
def _csv(path: Path) -> Iterator[Callable[[Forecast], None]]:
    with path.open("wb") as file:

        def write(block: Forecast) -> None:
            to_table(block).write_csv(file, include_header=file.tell() == 0)

        yield write


def read_stream(path: Path) -> Iterator[Forecast]:
    """Read a Parquet file that `write_stream` wrote, a block at a time.

    Raises:
        TableProblem: a row group holds no whole areas.
    """
    import polars as pl  # noqa: PLC0415 - only here is a table made

    with pq.ParquetFile(path) as file:
        said = {k.decode(): v.decode() for k, v in (file.schema_arrow.metadata or {}).items()}
        seen: set[str] = set()
        for group in range(file.num_row_groups):
            table = pl.from_arrow(file.read_row_group(group))
            assert isinstance(table, pl.DataFrame), "a row group is a table"
            block = of_table(table, said, file=path)
            _check_apart(seen, block, table, path=path)
            yield block


def _check_apart(seen: set[str], block: Forecast, table: pl.DataFrame, *, path: Path) -> None:
    if not seen.isdisjoint(block.areas) or table.height != block.draws.size:
        raise TableProblem(
            "the file's row groups do not hold whole areas",
            where=Where(path, field=AREA_COLUMNS[block.ids]),
            hint="read it in one piece, with read_forecast",
        )
    seen.update(block.areas)
