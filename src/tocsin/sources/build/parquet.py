"""Parquet that comes out the same, byte for byte, from the same table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

GEO = {"version": "1.1.0", "primary_column": "geometry"}
"""GeoParquet's version; coordinates are longitude and latitude in WGS 84 (OGC:CRS84), the format's default."""


def write_part(table: pl.DataFrame, path: Path, *, metadata: Mapping[str, str], geometry: str | None = None) -> None:
    """Write a table with its card in the file's metadata, and no date of writing.

    Args:
        table: rows in a fixed order, columns in the types to ship.
        path: the file.
        metadata: licence, citation, source, publisher, vintage.
        geometry: the column of WKB polygons, which makes the file GeoParquet.
    """
    said = dict(sorted(metadata.items()))
    if geometry is not None:
        column = {"encoding": "WKB", "geometry_types": ["Polygon", "MultiPolygon"]}
        said["geo"] = json.dumps(GEO | {"primary_column": geometry, "columns": {geometry: column}}, sort_keys=True)
    arrow = _plain_text(pa.table(table))
    with pq.ParquetWriter(
        path, arrow.schema, compression="zstd", compression_level=19, store_schema=False, write_statistics=False
    ) as writer:
        writer.write_table(arrow, row_group_size=max(arrow.num_rows, 1))
        writer.add_key_value_metadata(said)


def _plain_text(arrow: pa.Table) -> pa.Table:
    """The same table with ordinary strings and bytes in place of views, which older readers do not know."""
    plain = {pa.string_view(): pa.string(), pa.large_string(): pa.string()} | {
        pa.binary_view(): pa.binary(),
        pa.large_binary(): pa.binary(),
    }
    fields = [pa.field(f.name, plain.get(f.type, f.type), nullable=f.nullable) for f in arrow.schema]
    return arrow.cast(pa.schema(fields))
