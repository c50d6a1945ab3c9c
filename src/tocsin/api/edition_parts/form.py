"""How a part becomes a file: documents as JSON, tables as Parquet."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

Files = dict[str, bytes]


def document(value: object) -> bytes:
    """A JSON document; NaN and infinity are never written."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=str, separators=(",", ":")).encode()


def table(frame: pl.DataFrame, *, metadata: Mapping[str, str] | None = None) -> bytes:
    """A Parquet file with what it says of itself, the same bytes for the same frame."""
    arrow = pa.table(frame).replace_schema_metadata(dict(metadata or {}))
    sink = BytesIO()
    pq.write_table(arrow, sink, compression="zstd")
    return sink.getvalue()
