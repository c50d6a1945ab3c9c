"""One table of the starter set: what it is made from, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the starter set.

    Attributes:
        name: the table's name; it ships as `name.parquet` and has a card of this name.
        inputs: the publishers' files it is made from, relative to their folder.
        make: gives the table from that folder, columns in the types that ship.
        geometry: the column of WKB outlines, for a GeoParquet table.
    """

    name: str
    inputs: tuple[str, ...]
    make: Callable[[Path], pl.DataFrame]
    geometry: str | None = None
