"""Tables of editions, kept open between requests and never finer than they may be."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tocsin.editions import Edition
    from tocsin.web.service.asking import Asked


TABLES_KEPT = 24


class Tables:
    """Tables of editions by folder, name and hash; the oldest is put away first."""

    def __init__(self) -> None:
        self._held: dict[tuple[Path, str, str], pl.DataFrame] = {}
        self._lock = Lock()

    def get(self, edition: Edition, name: str) -> pl.DataFrame:
        """A table of an edition."""
        key = (edition.folder, name, edition.manifest.files[f"{name}.parquet"].sha256)
        with self._lock:
            held = self._held.get(key)
        if held is None:
            held = edition.table(name)
            with self._lock:
                while len(self._held) >= TABLES_KEPT:
                    self._held.pop(next(iter(self._held)))
                self._held[key] = held
        return held


def table_of(asked: Asked, name: str) -> pl.DataFrame:
    """A table of the edition asked for.

    Raises:
        Refused: 404, the edition does not hold it.
    """
    asked.needs(name)
    found: pl.DataFrame = asked.request.app.state.tables.get(asked.edition, name)
    return found


def named(asked: Asked, table: pl.DataFrame) -> pl.DataFrame:
    """A table with the name of each area beside its id."""
    names = pl.DataFrame(
        [(a["area_id"], a["name"]) for a in asked.document("areas")], orient="row",
        schema={"area_id": pl.String, "area": pl.String},
    )  # fmt: skip
    return table.join(names, on="area_id", how="left", maintain_order="left")


def only_areas(asked: Asked, table: pl.DataFrame, areas: Sequence[str] | None) -> pl.DataFrame:
    """Rows of the areas asked for; all where none is.

    Raises:
        UnknownName: the edition has no such area.
    """
    if not areas:
        return table
    known = {area["area_id"] for area in asked.document("areas")}
    for area in areas:
        if area not in known:
            raise UnknownName.of("area", area, known)
    return table.filter(pl.col("area_id").is_in(list(areas)))


def columns(table: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Just these columns in this order; what the table lacks is null."""
    held = set(table.columns)
    return table.select(pl.col(n) if n in held else pl.lit(None).alias(n) for n in names)


def by_month(table: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Months without days: an answer is never finer than a month."""
    return table.with_columns(pl.col(c).cast(pl.String).str.slice(0, 7) for c in columns if c in table.columns)


def tenths(table: pl.DataFrame) -> pl.DataFrame:
    """Coordinates at tenths of a degree, whatever the table holds."""
    return table.with_columns(pl.col(c).cast(pl.Float64).round(1) for c in ("lat", "lon") if c in table.columns)
