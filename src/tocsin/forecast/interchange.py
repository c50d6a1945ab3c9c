"""The two layouts forecasts are exchanged in, and which of them a file declares itself to be in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from tocsin.errors import OutOfRange, TableProblem, UnknownName, Where, missing_columns
from tocsin.forecast.layout import AREA_COLUMNS, metadata, of_table
from tocsin.vocabulary import AreaIds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tocsin.forecast.forecast import Forecast

HEADER = "views_frames"
"""The key of a Parquet file's metadata under which a frame says what it is."""

FRAME_COLUMNS = ("time", "unit", "sample", "value")
FRAME_LEVELS = {AreaIds.VIEWS: "cm", AreaIds.GID: "pgm"}
"""How a frame names whose ids its units are: VIEWS countries by month, PRIO-GRID cells by month."""

VIEWS_COLUMNS = ("month_id", "draw", "outcome")
EXACT = 2**24
"""Whole numbers up to this one are exact in the 32-bit floats a frame holds."""


class Layout(StrEnum):
    """A layout forecasts are exchanged in."""

    VIEWS = "views"
    VIEWS_FRAMES = "views-frames"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a user says about a file that does not say it itself; None where nothing was said.

    Attributes:
        layout: the layout the file is in.
        ids: whose ids name its areas.
    """

    layout: Layout | None = None
    ids: AreaIds | None = None


def to_frame(forecast: Forecast) -> pl.DataFrame:
    """One row for every month, area and draw: time (month id), unit, sample (from 0), value (deaths, 32-bit float).

    The rows of one month and area stand together with their samples in order, as views-frames 1.11 asks.

    Raises:
        OutOfRange: frames have no such ids, or a draw is too large for a frame to hold exactly.
    """
    _check_frame(forecast)
    areas, months, draws = forecast.draws.shape
    units = np.array([int(a) for a in forecast.areas], dtype=np.int64)
    return pl.DataFrame(
        {
            "time": np.repeat(np.array([m.id for m in forecast.months], dtype=np.int64), areas * draws),
            "unit": np.tile(np.repeat(units, draws), months),
            "sample": np.tile(np.arange(draws, dtype=np.int32), areas * months),
            "value": forecast.draws.transpose(1, 0, 2).ravel().astype(np.float32),
        }
    )


def frame_metadata(forecast: Forecast) -> dict[str, str]:
    """What a frame's file says about itself: the header of views-frames, and beside it all that Tocsin's files say."""
    header = {
        "level": FRAME_LEVELS[forecast.ids],
        "metadata": {
            "model": forecast.model, "run_type": "forecasting", "seed": forecast.seed, "run_id": forecast.data_hash,
            "data_version": forecast.vintage,
        },
        "feature_names": None, "n_features": 0, "n_samples": forecast.draws.shape[2], "ndim": 2,
    }  # fmt: skip
    return {HEADER: json.dumps(header), **metadata(forecast)}


def of_exchanged(
    table: pl.DataFrame, said: Mapping[str, str], *, declared: Declared | None = None, file: Path | str | None = None
) -> Forecast:
    """Read a forecast in either layout, by what the file declares or, where it does not, by what the user does.

    Args:
        table: the file's rows.
        said: the file's metadata; none where it is CSV.
        declared: the layout and ids, where the file leaves them open.
        file: named in errors.

    Raises:
        TableProblem: the file could be in both layouts or in neither, does not say whose ids its areas have, says
            two things that exclude each other, or holds what is no forecast.
    """
    asked = declared or Declared()
    layout = asked.layout or layout_of(table.columns, said, file=file)
    if layout is Layout.VIEWS_FRAMES:
        table, said = _of_frame(table, said, ids=asked.ids, file=file)
    else:
        said = _with_ids(table.columns, said, ids=asked.ids, file=file)
    return of_table(table, said, file=file)


def check_ids(ids: AreaIds, *, layout: Layout) -> None:
    """Refuse ids that a layout has no words for, before long work begins.

    Raises:
        OutOfRange: frames know VIEWS countries and PRIO-GRID cells alone.
    """
    if layout is Layout.VIEWS_FRAMES and ids not in FRAME_LEVELS:
        raise _no_frame_of(ids, file=None)


def actuals_of_frame(
    table: pl.DataFrame, said: Mapping[str, str], *, ids: AreaIds, file: Path | str | None = None
) -> pl.DataFrame:
    """What came, given as a frame with one sample a row, as a table: month_id, the forecast's area column, outcome.

    Raises:
        TableProblem: the frame's units are not of the forecast's ids, or it has several samples.
    """
    owner = frame_ids(said, ids=None if "level" in _header(said, file=file) else ids, file=file)
    _agreed(owner, ids, file=file)
    if table["sample"].n_unique() > 1:
        raise TableProblem(
            "what came has one value for each area and month, this frame has several samples",
            where=Where(file, field="sample"),
            hint="give the frame of targets, not of predictions",
        )
    return table.select(pl.col("time").alias("month_id"), pl.col("unit").alias(AREA_COLUMNS[owner]),
                        pl.col("value").alias("outcome"))  # fmt: skip


def is_frame(columns: Sequence[str], said: Mapping[str, str]) -> bool:
    """Whether a file is a frame: it has a frame's header or a frame's columns."""
    return HEADER in said or set(FRAME_COLUMNS) <= set(columns)


def layout_of(columns: Sequence[str], said: Mapping[str, str], *, file: Path | str | None = None) -> Layout:
    """The layout a file is in, by its header and the names of its columns.

    Raises:
        TableProblem: it could be both, or is neither.

    Example:
        >>> layout_of(["month_id", "country_id", "draw", "outcome"], {}).value
        'views'
        >>> layout_of(["time", "unit", "sample", "value"], {}).value
        'views-frames'
    """
    frame = is_frame(columns, said)
    views = set(VIEWS_COLUMNS) <= set(columns)
    if frame and views:
        raise TableProblem(
            "the file could be in two layouts",
            where=Where(file),
            hint="say which with --format views or --format views-frames",
        )
    if not frame and not views:
        raise missing_columns([*VIEWS_COLUMNS[:1], AREA_COLUMNS[AreaIds.VIEWS], *VIEWS_COLUMNS[1:]], columns,
                              where=Where(file))  # fmt: skip
    return Layout.VIEWS_FRAMES if frame else Layout.VIEWS


def frame_ids(said: Mapping[str, str], *, ids: AreaIds | None = None, file: Path | str | None = None) -> AreaIds:
    """Whose ids the units of a frame are.

    Raises:
        TableProblem: neither the file's header nor the user says it, or both do and differ.
    """
    found = {name: key for key, name in FRAME_LEVELS.items()}
    level = _header(said, file=file).get("level")
    if level is not None and level not in found:
        raise UnknownName.of("level of a frame", str(level), found, where=Where(file, field=HEADER))
    stated = None if level is None else found[str(level)]
    ids = _agreed(stated, ids, file=file)
    if ids is None:
        raise TableProblem(
            "the file does not say whose ids its units are",
            where=Where(file, field="unit"),
            hint="say it with --ids views (countries) or --ids gid (PRIO-GRID cells)",
        )
    if ids not in FRAME_LEVELS:
        raise _no_frame_of(ids, file=file)
    return ids


def _of_frame(
    table: pl.DataFrame, said: Mapping[str, str], *, ids: AreaIds | None, file: Path | str | None
) -> tuple[pl.DataFrame, dict[str, str]]:
    """A frame as a table in the challenge layout, and its header in Tocsin's words."""
    header = _header(said, file=file)
    if header.get("ndim", 2) != 2 or header.get("feature_names"):  # rows and samples
        raise TableProblem(
            "this is a frame of features, not of predictions", where=Where(file), hint="give a prediction frame"
        )
    if not set(FRAME_COLUMNS) <= set(table.columns):
        raise missing_columns(FRAME_COLUMNS, table.columns, where=Where(file))
    owner = frame_ids(said, ids=ids, file=file)
    _agreed(owner, _scheme(said, file=file), file=file)
    samples = table["sample"].n_unique()
    if "n_samples" in header and header["n_samples"] != samples:
        raise TableProblem(
            f"the header says {header['n_samples']} samples, the rows hold {samples}",
            where=Where(file, field="sample"),
            hint="the file was cut or rewritten: export it again",
        )
    names = dict(zip(FRAME_COLUMNS, ("month_id", AREA_COLUMNS[owner], "draw", "outcome"), strict=True))
    return table.select(FRAME_COLUMNS).rename(names), {**_of_header(header), **said, "ids": owner.value}


def _of_header(header: Mapping[str, Any]) -> dict[str, str]:
    """A frame's own metadata under the names that Tocsin's files use."""
    stated = header.get("metadata") or {}
    names = {"model": "model", "seed": "seed", "data_version": "vintage"}
    return {ours: str(stated[theirs]) for theirs, ours in names.items() if stated.get(theirs) is not None}


def _header(said: Mapping[str, str], *, file: Path | str | None) -> dict[str, Any]:
    try:
        header = json.loads(said.get(HEADER, "{}"))
    except json.JSONDecodeError:
        header = None
    if not isinstance(header, dict) or not isinstance(header.get("metadata") or {}, dict):
        raise TableProblem(
            "the header of the frame cannot be read", where=Where(file, field=HEADER), hint="export the frame again"
        )
    return header


def _with_ids(
    columns: Sequence[str], said: Mapping[str, str], *, ids: AreaIds | None, file: Path | str | None
) -> dict[str, str]:
    """The metadata of a file in the challenge layout, with whose ids its areas have where only the user says it."""
    ids = _agreed(_scheme(said, file=file), ids, file=file)
    if {"priogrid_id", "priogrid_gid"} <= set(columns):
        raise TableProblem(
            "the file has both priogrid_id and priogrid_gid", where=Where(file), hint="keep the one that is meant"
        )
    named = {*columns, *(("priogrid_gid",) if "priogrid_id" in columns else ())}
    found = [scheme for scheme, column in AREA_COLUMNS.items() if column in named]
    if ids is None and len(found) > 1:
        raise TableProblem(
            f"the file names its areas twice: {', '.join(AREA_COLUMNS[scheme] for scheme in found)}",
            where=Where(file),
            hint=f"say which with --ids {' or --ids '.join(scheme.value for scheme in found)}",
        )
    return dict(said) if ids is None else {**said, "ids": ids.value}


def _scheme(said: Mapping[str, str], *, file: Path | str | None) -> AreaIds | None:
    if "ids" not in said:
        return None
    if said["ids"] not in list(AreaIds):
        raise UnknownName.of("scheme of area ids", said["ids"], list(AreaIds), where=Where(file, field="ids"))
    return AreaIds(said["ids"])


def _agreed(stated: AreaIds | None, asked: AreaIds | None, *, file: Path | str | None) -> AreaIds | None:
    if stated is not None and asked is not None and stated is not asked:
        raise TableProblem(
            f"the file says its areas have {stated.value} ids, not {asked.value}",
            where=Where(file, field="ids"),
            hint="leave --ids out, or give the file that was meant",
        )
    return stated or asked


def _check_frame(forecast: Forecast) -> None:
    check_ids(forecast.ids, layout=Layout.VIEWS_FRAMES)
    if forecast.draws.size and forecast.draws.max() > EXACT:
        raise OutOfRange(
            f"a draw of {forecast.draws.max()} cannot be held exactly by a frame",
            hint=f"frames hold 32-bit floats, exact to {EXACT}: use --format views",
        )


def _no_frame_of(ids: AreaIds, *, file: Path | str | None) -> OutOfRange:
    return OutOfRange(
        f"frames have no {ids.value} ids",
        where=Where(file),
        hint="they know VIEWS countries (views) and PRIO-GRID cells (gid): use --format views, or a series by country_id",
    )
