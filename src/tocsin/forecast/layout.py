"""The tables forecasts are exchanged as: the VIEWS challenge layout, and one like it for provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

import tocsin
from tocsin.errors import TableProblem, UnknownName, Where, missing_columns
from tocsin.forecast.forecast import Forecast
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONTRACT_VERSION = "1"
AREA_COLUMNS = {
    AreaIds.VIEWS: "country_id",
    AreaIds.GW: "gwcode",
    AreaIds.ISO3: "iso3",
    AreaIds.ADMIN1: "admin1",
    AreaIds.GID: "priogrid_gid",
}
"""The column that names the areas of an exchanged table, for each scheme of ids."""

LARGEST = 2**31 - 1
"""The largest count a draw may hold."""

NUMBERED = (AreaIds.VIEWS, AreaIds.GW, AreaIds.GID)


def to_table(forecast: Forecast) -> pl.DataFrame:
    """One row for every area, month and draw: month_id, the area's id, draw (from 0), outcome (deaths)."""
    areas, months, draws = forecast.draws.shape
    column = AREA_COLUMNS[forecast.ids]
    ids = pl.Series(column, forecast.areas)
    ids = ids.cast(pl.Int32) if forecast.ids in NUMBERED else ids
    every = pl.DataFrame(
        {
            "month_id": np.tile(np.repeat([m.id for m in forecast.months], draws), areas).astype(np.int32),
            "area": np.repeat(np.arange(areas, dtype=np.uint32), months * draws),
            "draw": np.tile(np.arange(draws, dtype=np.int32), areas * months),
            "outcome": forecast.draws.ravel(),
        }
    )
    return every.select("month_id", ids.gather(every["area"]).alias(column), "draw", "outcome")


def metadata(forecast: Forecast) -> dict[str, str]:
    """What a file of the forecast says about itself."""
    return {
        "tocsin_contract": CONTRACT_VERSION,
        "model": forecast.model,
        "ids": forecast.ids.value,
        "target": forecast.target,
        "vintage": forecast.vintage,
        "origin": str(forecast.origin),
        "horizons": ",".join(map(str, forecast.horizons)),
        "draws": str(forecast.draws.shape[2]),
        "seed": str(forecast.seed),
        "code_version": tocsin.__version__,
        "data_hash": forecast.data_hash,
        "licence": forecast.licence,
    }


def of_table(table: pl.DataFrame, said: Mapping[str, str], *, file: Path | str | None = None) -> Forecast:
    """Read a forecast back, from Tocsin or from anyone who writes the challenge layout.

    Args:
        table: month_id, an area column, draw, outcome; `priogrid_id` is read as `priogrid_gid`.
        said: the file's metadata; a table without it is read as VIEWS ids, its origin the month before the first.
        file: named in errors.

    Raises:
        TableProblem: a column is missing, an outcome is not a count, or areas have unequal numbers of draws.
    """
    table = table.rename({"priogrid_id": "priogrid_gid"}) if "priogrid_id" in table.columns else table
    ids = _ids_of(table, said, file=file)
    column = AREA_COLUMNS[ids]
    origin, seed = _stated(said, file=file)
    _check_counts(table, ids, file=file)
    counted = ("month_id", "draw", "outcome", *((column,) if ids in NUMBERED else ()))
    ordered = table.select(
        pl.col(name).cast(pl.Float64).cast(pl.Int32) if name in counted else pl.col(name).cast(pl.String)
        for name in ("month_id", column, "draw", "outcome")
    ).sort(column, "month_id", "draw")
    areas = ordered[column].unique(maintain_order=True)
    months = [Month(m) for m in ordered["month_id"].unique().sort().to_list()]
    draws, rest = divmod(ordered.height, len(areas) * len(months))
    counts = ordered.group_by(column, "month_id").len()["len"]
    if rest or counts.n_unique() != 1 or ordered.select(column, "month_id", "draw").is_duplicated().any():
        raise TableProblem(
            "areas and months have unequal numbers of draws",
            where=Where(file, field="draw"),
            hint="every area needs the same months, and every month the same number of draws, each numbered once",
        )
    origin = origin or months[0] - 1
    if months[0] <= origin:
        raise TableProblem(
            f"the forecast's first month, {months[0]}, is not after its origin, {origin}",
            where=Where(file, field="month_id"),
            hint="the origin stands in the file's metadata: make the forecast again",
        )
    names = tuple(str(a) for a in areas.to_list())
    return Forecast(
        model=said.get("model", "as given"), ids=ids, target=said.get("target", "outcome"),
        vintage=said.get("vintage", "not stated"), origin=origin, horizons=tuple(m - origin for m in months),
        areas=names, names=names,
        draws=ordered["outcome"].to_numpy().reshape(len(areas), len(months), draws),
        seed=seed, data_hash=said.get("data_hash", "not stated"),
        licence=said.get("licence", "not stated"),
    )  # fmt: skip


def _ids_of(table: pl.DataFrame, said: Mapping[str, str], *, file: Path | str | None) -> AreaIds:
    known = {column: ids for ids, column in AREA_COLUMNS.items()}
    found = [known[c] for c in table.columns if c in known]
    if "ids" in said:
        if said["ids"] not in list(AreaIds):
            raise UnknownName.of("scheme of area ids", said["ids"], list(AreaIds), where=Where(file, field="ids"))
        found = [AreaIds(said["ids"])]
    needed = ["month_id", AREA_COLUMNS[found[0]] if found else "country_id", "draw", "outcome"]
    if not set(needed) <= set(table.columns):
        raise missing_columns(needed, table.columns, where=Where(file))
    return found[0]


def _stated(said: Mapping[str, str], *, file: Path | str | None) -> tuple[Month | None, int]:
    """The origin and seed that the file's metadata state; no origin and seed 0 where they do not."""
    try:
        return Month.parse(said["origin"]) if "origin" in said else None, int(said.get("seed", 0))
    except (TableProblem, ValueError) as error:
        raise TableProblem(
            f"the file's metadata cannot be read: {str(error).splitlines()[0]}",
            where=Where(file, field="origin, seed"),
            hint="make the forecast again",
        ) from error


def _check_counts(table: pl.DataFrame, ids: AreaIds, *, file: Path | str | None) -> None:
    if not table.height:
        raise TableProblem("the forecast holds no rows", where=Where(file), hint="make or export it again")
    column = AREA_COLUMNS[ids]
    whole = {"month_id": "months that are no whole month ids", "draw": "draws that are no whole numbers, 0 or more"}
    whole |= {"outcome": "outcomes are not counts"} | (
        {column: "area ids that are no whole number"} if ids in NUMBERED else {}
    )
    for name, words in whole.items():
        wrong = _not_whole(table[name], least=None if name == "month_id" else 0)
        _refuse(wrong, words, Where(file, field=name), "write whole numbers, 0 or more, of at most 2147483647")
    _refuse(table[column].is_null(), "rows without an area", Where(file, field=column), "each row names its area")


def _not_whole(values: pl.Series, *, least: int | None) -> pl.Series:
    numbers = values.cast(pl.Float64, strict=False)
    fair = numbers.is_finite() & (numbers == numbers.round()) & (numbers.abs() <= LARGEST)
    fair = fair if least is None else fair & (numbers >= least)
    return ~fair.fill_null(value=False)


def _refuse(wrong: pl.Series, words: str, where: Where, hint: str) -> None:
    if wrong.any():
        rows = tuple(r + 1 for r in wrong.arg_true().to_list())
        raise TableProblem(f"{len(rows)} {words}", where=Where(where.file, rows, where.field), hint=hint)
