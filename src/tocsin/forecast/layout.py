"""The tables forecasts are exchanged as: the VIEWS challenge layout, and one like it for provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

import tocsin
from tocsin.errors import TableProblem, Where, missing_columns
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
    _check_outcomes(table, file=file)
    ordered = table.select("month_id", column, "draw", "outcome").sort(column, "month_id", "draw")
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
    origin = Month.parse(said["origin"]) if "origin" in said else months[0] - 1
    names = tuple(str(a) for a in areas.to_list())
    return Forecast(
        model=said.get("model", "as given"), ids=ids, target=said.get("target", "outcome"),
        vintage=said.get("vintage", "not stated"), origin=origin, horizons=tuple(m - origin for m in months),
        areas=names, names=names,
        draws=ordered["outcome"].cast(pl.Int32).to_numpy().reshape(len(areas), len(months), draws),
        seed=int(said.get("seed", 0)), data_hash=said.get("data_hash", "not stated"),
        licence=said.get("licence", "not stated"),
    )  # fmt: skip


def _ids_of(table: pl.DataFrame, said: Mapping[str, str], *, file: Path | str | None) -> AreaIds:
    known = {column: ids for ids, column in AREA_COLUMNS.items()}
    found = [AreaIds(said["ids"])] if "ids" in said else [known[c] for c in table.columns if c in known]
    needed = ["month_id", AREA_COLUMNS[found[0]] if found else "country_id", "draw", "outcome"]
    if not set(needed) <= set(table.columns):
        raise missing_columns(needed, table.columns, where=Where(file))
    return found[0]


def _check_outcomes(table: pl.DataFrame, *, file: Path | str | None) -> None:
    outcome = table["outcome"].cast(pl.Float64, strict=False)
    wrong = (outcome.is_null() | ~outcome.is_finite() | (outcome < 0) | (outcome != outcome.round())).fill_null(
        value=True
    )
    if not table.height or wrong.any():
        rows = tuple(r + 1 for r in wrong.arg_true().to_list())
        raise TableProblem(
            f"{len(rows)} outcomes are not counts" if rows else "the forecast holds no rows",
            where=Where(file, rows, "outcome"),
            hint="draws are whole numbers of deaths, 0 or more",
        )
