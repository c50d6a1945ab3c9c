"""A table of an export being written, as CSV or Parquet, a batch at a time."""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING, Self

import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.record.export import tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ROWS_AT_ONCE = 5000
_TYPES = {"text": pa.string(), "whole": pa.int64(), "real": pa.float64(), "yes": pa.bool_()}


class Sheet:
    """One table being written, a batch at a time."""

    def __init__(self, name: str, path: Path, form: str, metadata: Mapping[str, str]) -> None:
        self.count = 0
        self._columns = tables.columns()[name]
        self._rows: list[tables.Row] = []
        self._file: IO[str] | None = None
        self._parquet: pq.ParquetWriter | None = None
        if form == "csv":
            self._file = path.open("w", encoding="utf-8", newline="")
            self._csv = csv.writer(self._file)
            self._csv.writerow(self._columns)
        else:
            self._schema = pa.schema([(column, _TYPES[kind]) for column, kind in self._columns.items()], dict(metadata))
            self._parquet = pq.ParquetWriter(path, self._schema, compression="zstd")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        for open_file in (self._file, self._parquet):
            if open_file is not None:
                open_file.close()

    def put(self, row: tables.Row) -> None:
        """Write a row, soon."""
        self._rows.append(row)
        self.count += 1
        if len(self._rows) >= ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self._file is not None:
            self._csv.writerows([tables.harmless(row[name]) for name in self._columns] for row in self._rows)
        elif self._parquet is not None and self._rows:
            self._parquet.write_table(pa.Table.from_pylist(self._rows, self._schema))
        self._rows = []
