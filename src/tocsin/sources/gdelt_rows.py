"""Rows of an export to counts: only the columns that are counted are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from tocsin.sources.gdelt import KINDS, NEWS_DAYS

WIDTH = 61
COLUMNS = {
    1: ("date", pl.Int32),
    5: ("actor1", pl.String),
    15: ("actor2", pl.String),
    25: ("is_root", pl.Int8),
    28: ("root", pl.Int8),
    31: ("mentions", pl.Int32),
    53: ("country", pl.String),
    54: ("adm1", pl.String),
    58: ("place", pl.String),
    59: ("added", pl.Int64),
}
"""Columns read, by their place in the row (GDELT 2.0 Event Database codebook)."""

CELL = ("country", "adm1", "root")
SUMS = ("events", "root_events", "mentions", "older_events")
KEY = ("date", "actor1", "actor2", "root", "place")
"""Two rows of a day that agree in these are one event told twice."""

_NAMES = [f"column_{i + 1}" for i in range(WIDTH)]
_TYPES = {name: COLUMNS.get(i, ("", pl.String))[1] for i, name in enumerate(_NAMES)}
_READ = {_NAMES[i]: name for i, (name, _) in COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """What some rows come to.

    Attributes:
        cells: by country and adm1 (codes as given; null where none) and root (CAMEO root code): `events` of the
            seven days up to publication, of these `root_events` (told in the opening of an article), their `mentions`, and
            `older_events` dated otherwise.
        keys: for the kinds counted, a number for each event told, by country, adm1 and root; none twice.
        rows: rows in.
        malformed: rows left out: too few fields, or no date, mentions or time of publication where these belong.
    """

    cells: pl.DataFrame
    keys: pl.DataFrame
    rows: int
    malformed: int


def counted(text: bytes, *, day: date) -> Part:
    """Count whole rows of an export published on a day.

    Args:
        text: rows with a line feed after each.
        day: the day of publication, UTC.
    """
    rows = _read(text)
    sound = rows.filter(
        pl.col("added").is_between(10**13, 10**14 - 1)
        & pl.col("date").is_between(10**7, 10**8 - 1)
        & (pl.col("mentions") >= 0)
        & pl.col("is_root").is_not_null()
    )
    news = pl.col("date").is_between(_number(day - timedelta(days=NEWS_DAYS)), _number(day))
    marked = sound.with_columns(news=news)
    cells = (
        marked.group_by(*CELL, "news")
        .agg(n=pl.len(), roots=(pl.col("is_root") == 1).sum(), told=pl.col("mentions").cast(pl.Int64).sum())
        .group_by(CELL)
        .agg(
            events=pl.col("n").filter(pl.col("news")).sum(),
            root_events=pl.col("roots").filter(pl.col("news")).sum(),
            mentions=pl.col("told").filter(pl.col("news")).sum(),
            older_events=pl.col("n").filter(~pl.col("news")).sum(),
        )
        .with_columns(pl.col(SUMS).cast(pl.Int64))
    )
    kinds = marked.filter(pl.col("news") & pl.col("root").is_in(list(KINDS)))
    keys = kinds.select(*CELL, key=pl.struct(KEY).hash(seed=1)).unique()
    return Part(cells, keys, rows.height, rows.height - sound.height)


def merged(parts: list[Part]) -> Part:
    """Several parts as one: sums added, and each event told kept once."""
    cells = pl.concat([p.cells for p in parts]).group_by(CELL).agg(pl.col(SUMS).sum())
    keys = pl.concat([p.keys for p in parts]).unique()
    return Part(cells, keys, sum(p.rows for p in parts), sum(p.malformed for p in parts))


def _read(text: bytes) -> pl.DataFrame:
    """The columns counted; what cannot be read is null. Bytes that are not UTF-8 stand in names, which are not kept."""
    if not text:
        return pl.DataFrame(schema=dict(COLUMNS.values()))
    return pl.read_csv(
        text, separator="\t", has_header=False, quote_char=None, schema=_TYPES, columns=list(_READ),
        ignore_errors=True, truncate_ragged_lines=True, encoding="utf8-lossy",
    ).rename(_READ)  # fmt: skip


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
