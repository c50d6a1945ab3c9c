"""Commands: forecast."""

from pathlib import Path
from time import perf_counter
from typing import Annotated, TypedDict

from cyclopts import Parameter

from tocsin.api.forecast import DRAWS, SEED, check_layout, forecast, history_for, write_forecast
from tocsin.api.known import open_case
from tocsin.api.reconciled import reconciled
from tocsin.cli.app import err, print_json, progress
from tocsin.errors import OutOfRange
from tocsin.forecast.forecast import Forecast
from tocsin.forecast.interchange import Layout, check_ids
from tocsin.settings import Settings
from tocsin.sources.tables import check_target
from tocsin.vocabulary import AreaIds, Level, Month, parse_horizons


def forecast_command(
    *,
    out: Path,
    level: Level | None = None,
    series: Path | None = None,
    target: str | None = None,
    ids: AreaIds | None = None,
    case: str | None = None,
    origin: str | None = None,
    months: str = "1-14",
    draws: int = DRAWS,
    seed: int = SEED,
    model: str = "quantile_forest",
    layout: Annotated[Layout, Parameter(name="--format")] = Layout.VIEWS,
    reconcile: bool = False,
    json: bool = False,
) -> None:
    """Forecast deaths by area and month as draws, and write them in a layout that VIEWS' own tools read.

    Without --series, countries are forecast from the figures that ship (deaths of all three types) and provinces
    (--level admin1) from a case.

    Example: tocsin forecast --series deaths.csv --target ged_sb --origin 2017-10 --months 3-14 --out f.parquet

    Args:
        out: where to write: .parquet or .csv.
        level: country, admin1 or cell; admin1 if a case is named, else country.
        series: CSV or Parquet with month_id, an area column and deaths.
        target: the column of deaths in the series.
        ids: whose ids name the areas of the series: views, gw, iso3, gid.
        case: a case folder, or the name of one that ships; for provinces.
        origin: the last month seen, as 2017-10; the last of the data if not given.
        months: months ahead of the origin, as 3-14 or 1,3,6.
        draws: draws for each area and month.
        seed: the same seed gives the same draws, bit for bit.
        model: a registered model.
        layout: views for the challenge layout (month_id, area, draw, outcome), views-frames for a frame (time, unit,
            sample, value; Parquet, country_id or PRIO-GRID only).
        reconcile: make a case's provinces add up to their country's forecast in every month and draw.
        json: print JSON.
    """
    check_target(out)
    check_layout(out, layout=layout)
    level = level or (Level.ADMIN1 if case and series is None else Level.COUNTRY)
    _check_case(case, level=level, series=series, reconcile=reconcile)
    horizons, seen = parse_horizons(months), Month.parse(origin) if origin else None
    begin = perf_counter()
    with progress(f"forecasting by {model}"):
        settled = _Settled(horizons=horizons, model=model, draws=draws, seed=seed, log=Settings.load().log_file)
        known = open_case(case or "iraq") if level is Level.ADMIN1 and series is None else None
        if reconcile and known is not None:
            check_ids(AreaIds.ADMIN1, layout=layout)
            made = reconciled(known, origin=seen, **settled).provinces
        else:
            history = history_for(level=level, origin=seen, series=series, target=target, ids=ids, case=known)
            check_ids(history.ids, layout=layout)
            made = forecast(history, **settled)
        write_forecast(made, out, layout=layout)
    _say(made, out, seconds=round(perf_counter() - begin, 2), json=json)


class _Settled(TypedDict):
    """What every forecast of the command is asked for."""

    horizons: tuple[int, ...]
    model: str
    draws: int
    seed: int
    log: Path | None


def _check_case(case: str | None, *, level: Level, series: Path | None, reconcile: bool) -> None:
    """Refuse options that do not go together.

    Raises:
        OutOfRange: a case is asked for countries or with a series, or anything else than its provinces is reconciled.
    """
    provinces = level is Level.ADMIN1 and series is None
    if case and not provinces:
        raise OutOfRange("a case is forecast by its provinces", hint="say --level admin1, without --series")
    if reconcile and not provinces:
        raise OutOfRange("only a case's provinces are reconciled", hint="say --level admin1 --case, without --series")


def _say(made: Forecast, out: Path, *, seconds: float, json: bool) -> None:
    draws = made.draws.shape[2]
    if json:
        print_json({
            "file": str(out), "model": made.model, "level": made.level.value, "target": made.target,
            "vintage": made.vintage, "origin": str(made.origin), "months": [str(m) for m in made.months],
            "areas": len(made.areas), "draws": draws, "seed": made.seed, "data_hash": made.data_hash,
            "seconds": seconds,
        })  # fmt: skip
        return
    err.print(
        f"{out}: {len(made.areas)} areas, {made.months[0]} to {made.months[-1]}, {draws} draws, data through "
        f"{made.origin} ({made.vintage}), {seconds} s",
        markup=False, soft_wrap=True,
    )  # fmt: skip
