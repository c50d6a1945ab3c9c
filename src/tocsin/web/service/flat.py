"""Nested rows laid flat, for forms that know columns alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def flat_table(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as a table: keys of what nests are joined by dots, lists stand as JSON, a key that a row lacks is null.

    Example:
        >>> flat_table([{"a": 1, "b": {"c": [1, 2]}}, {"a": 2}]).rows()
        [(1, '[1, 2]'), (2, None)]
    """
    laid = [dict(flat(row)) for row in rows]
    names = dict.fromkeys(name for row in laid for name in row)
    columns = {name: [row.get(name) for row in laid] for name in names}
    return pl.DataFrame([_column(name, values) for name, values in columns.items()])


def flat(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Names and values of a row, one a column."""
    for key, value in row.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _column(name: str, values: Sequence[Any]) -> pl.Series:
    """A column of one type: of words where its values are of several."""
    kinds = {
        bool if isinstance(v, bool) else float if isinstance(v, int | float) else type(v)
        for v in values
        if v is not None
    }
    whole = all(isinstance(v, int) for v in values if v is not None)
    if kinds == {float} and not whole:
        return pl.Series(name, [None if v is None else float(v) for v in values], dtype=pl.Float64)
    if len(kinds) > 1:
        return pl.Series(name, [None if v is None else str(v) for v in values], dtype=pl.String)
    return pl.Series(name, values, dtype=None if kinds else pl.String)
