"""Panels from events, from points, and from series."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import OutOfRange, TableProblem, UnknownName, Where, missing_columns
from tocsin.panel.areas import UNKNOWN_CELL, in_order, register
from tocsin.panel.panel import KEY, MEASURES, Panel
from tocsin.sources.spread import spread
from tocsin.vocabulary import UNKNOWN_PROVINCE, AreaIds, Level, Violence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.panel.country_ids import CountryIds
    from tocsin.panel.dating import MultiMonth
    from tocsin.vocabulary import Month

PARTS = (
    "country", "admin1", "gid", "month_id", "known_id", "violence", "where_precision",
    "events", "deaths_low", "deaths_best", "deaths_high",
)  # fmt: skip
"""Columns of events spread over their months, or of the points they were summed to."""

IMPRECISE_ABOVE = 3
"""UCDP where_prec 4 and above place an event no better than in a province."""


def panel_of_events(
    events: pl.DataFrame,
    *,
    ids: AreaIds,
    rule: MultiMonth,
    vintage: str,
    level: Level | None = None,
    countries: CountryIds | None = None,
    areas: Iterable[str] = (),
    since: Month | None = None,
    through: Month | None = None,
) -> Panel:
    """A panel of an event table.

    Args:
        events: the contract of `tocsin.sources.events`.
        ids: whose ids name the areas: ISO3, GW or VIEWS for countries, ADMIN1 for provinces, GID for cells.
        rule: where deaths of events of several months are counted.
        vintage: which issue of the figures these are.
        level: the level of the areas, where it is to be checked against `ids`.
        countries: dates of statehood and conversion of ids; needed for GW and VIEWS ids.
        areas: areas the source covers even where nothing happened; otherwise those that events name, each from the
            end of its first event on.
        since: first month the source covers; that of the first event where not given.
        through: last month the source covers; that of the last event's end where not given.

    Raises:
        OutOfRange: level and ids do not belong together.
        TableProblem: a column is missing, or an event names no country.
        UnknownName: a country has no id in the scheme in the month of an event, or a type of violence does not exist.
    """
    return _panel(
        spread(events), ids=ids, rule=rule, vintage=vintage, level=level, countries=countries, areas=areas,
        since=since, through=through,
    )  # fmt: skip


def panel_of_points(
    points: pl.DataFrame,
    *,
    rule: MultiMonth,
    vintage: str,
    level: Level = Level.ADMIN1,
    ids: AreaIds | None = None,
    countries: CountryIds | None = None,
    areas: Iterable[str] = (),
    since: Month | None = None,
    through: Month | None = None,
) -> Panel:
    """A panel of events already summed to points, months, types and precision, as the starter data hold them.

    Args:
        points: columns as `PARTS`; deaths already spread evenly over months.
        rule: as for `panel_of_events`, as are the others.
        vintage: which issue of the figures these are.
        level: the level of the areas; countries go by ISO3 where `ids` does not say otherwise.
        ids: whose ids name the areas.
        countries: dates of statehood and conversion of ids.
        areas: areas the source covers even where nothing happened.
        since: first month the source covers.
        through: last month the source covers.

    Raises:
        OutOfRange: level and ids do not belong together.
        TableProblem: a column is missing, or a point names no country.
        UnknownName: a country has no id in the scheme, or a type of violence does not exist.
    """
    usual = {Level.COUNTRY: AreaIds.ISO3, Level.ADMIN1: AreaIds.ADMIN1, Level.CELL: AreaIds.GID}
    return _panel(
        points, ids=ids or usual[level], rule=rule, vintage=vintage, level=level, countries=countries, areas=areas,
        since=since, through=through,
    )  # fmt: skip


def panel_of_series(
    table: pl.DataFrame, *, ids: AreaIds, target: str, vintage: str, rule: MultiMonth | None = None
) -> Panel:
    """A panel of a series that gives one number for every area and month in which the area existed.

    Each number is taken as known in its own month: a series does not say when it was revised.

    Args:
        table: `area`, `month_id`, `value` (deaths); no month missing between an area's first and last.
        ids: whose ids name the areas.
        target: the series' own name, as `ged_sb`.
        vintage: which issue of the figures these are.
        rule: where deaths of events of several months are counted, if the publisher says.

    Raises:
        TableProblem: a column or value is missing, a value is negative, an area-month stands twice or is left out.
    """
    _check_series(table)
    series = table.select(
        pl.col("area").cast(pl.String),
        pl.col("month_id").cast(pl.Int32),
        pl.col("month_id").cast(pl.Int32).alias("known_id"),
        pl.col("value").cast(pl.Int64).alias(target),
    ).sort(KEY)
    last = series["month_id"].max()
    span = series.group_by("area").agg(first_id=pl.col("month_id").min(), last_id=pl.col("month_id").max()).sort("area")
    ended = pl.when(pl.col("last_id") < last).then("last_id")
    areas = span.select("area", pl.col("area").alias("name"), "first_id", ended, pl.col("first_id").alias("known_id"))
    return Panel(series, areas, ids, rule, vintage)


def _panel(
    parts: pl.DataFrame,
    *,
    ids: AreaIds,
    rule: MultiMonth,
    vintage: str,
    level: Level | None,
    countries: CountryIds | None,
    areas: Iterable[str],
    since: Month | None,
    through: Month | None,
) -> Panel:
    if level is not None and ids.level is not level:
        fit = ", ".join(i.value for i in AreaIds if i.level is level)
        raise OutOfRange(f"{ids.value} ids do not name areas of level {level.value}", hint=f"take one of: {fit}")
    _check_parts(parts)
    table = _summed(_with_areas(rule.dated(parts.select(PARTS)), ids, countries))
    return Panel(
        table, register(table, ids=ids, declared=areas, countries=countries), ids, rule, vintage, since, through
    )


def _summed(rows: pl.DataFrame) -> pl.DataFrame:
    best = pl.col("deaths_best").cast(pl.Int64)
    events = pl.col("events").cast(pl.Int64)
    sums = {f"deaths_{kind.value}": best.filter(pl.col("violence") == kind.value).sum() for kind in Violence}
    sums |= {
        "deaths_all": best.sum(),
        "deaths_low": pl.col("deaths_low").cast(pl.Int64).sum(),
        "deaths_high": pl.col("deaths_high").cast(pl.Int64).sum(),
        "events": events.sum(),
        "imprecise": events.filter(pl.col("where_precision") > IMPRECISE_ABOVE).sum(),
        "unplaced": best.filter(pl.col("admin1").is_null()).sum(),
    }
    return rows.group_by(KEY).agg(**sums).select(*KEY, *MEASURES).sort(KEY)


def _with_areas(rows: pl.DataFrame, ids: AreaIds, countries: CountryIds | None) -> pl.DataFrame:
    rows = rows.with_columns(pl.col("month_id", "known_id").cast(pl.Int32), pl.col("violence").cast(pl.String))
    if ids is AreaIds.ADMIN1:
        province = pl.col("admin1").cast(pl.String).fill_null(UNKNOWN_PROVINCE)
        return rows.with_columns(area=pl.concat_str("country", province, separator="/"))
    if ids is AreaIds.GID:
        return rows.with_columns(area=pl.col("gid").cast(pl.String).fill_null(UNKNOWN_CELL))
    if ids is AreaIds.ISO3:
        return rows.with_columns(area=pl.col("country").cast(pl.String))
    return _converted(rows, ids, countries)


def _converted(rows: pl.DataFrame, ids: AreaIds, countries: CountryIds | None) -> pl.DataFrame:
    if countries is None:
        raise UnknownName(
            f"events go by ISO3, and without a table of countries they have no {ids.value} ids",
            hint="give countries=CountryIds.of_table(...), or ask for iso3 ids",
        )
    pairs = countries.pairs(source=AreaIds.ISO3, to=ids, months=rows["month_id"].unique().to_list())
    key = pl.DataFrame(
        list(pairs), schema={"country": pl.String, "month_id": pl.Int32, "area": pl.String}, orient="row"
    )
    named = rows.with_columns(pl.col("country").cast(pl.String)).join(key, on=["country", "month_id"], how="left")
    lost = named.filter(pl.col("area").is_null())
    if not lost.is_empty():
        raise UnknownName(
            f"{lost['country'].n_unique()} countries of the events have no {ids.value} id in the month of an event: "
            + ", ".join(in_order(lost["country"].to_list())[:8]),
            where=Where("countries", field="iso3"),
            hint="add the country and its months to the table of countries, or leave these events out",
        )
    return named


def _check_parts(parts: pl.DataFrame) -> None:
    if not set(PARTS) <= set(parts.columns):
        raise missing_columns(PARTS, parts.columns, where=Where("events"))
    nowhere = parts["country"].is_null().arg_true()
    if len(nowhere):
        raise TableProblem(
            f"{len(nowhere)} events name no country",
            where=Where("events", tuple(int(i) + 1 for i in nowhere), "country"),
            hint="give each its ISO3 code, or leave them out",
        )
    kinds = {kind.value for kind in Violence}
    for kind in parts["violence"].cast(pl.String).unique().to_list():
        if kind not in kinds:
            raise UnknownName.of("type of violence", str(kind), kinds, where=Where("events", field="violence"))


def _check_series(table: pl.DataFrame) -> None:
    needed = ("area", "month_id", "value")
    if not set(needed) <= set(table.columns):
        raise missing_columns(needed, table.columns, where=Where("series"))
    faults = {
        "value": (pl.col("value").is_null() | (pl.col("value") < 0), "values that are missing or negative"),
        "month_id": (pl.struct("area", "month_id").is_duplicated(), "area-months that stand more than once"),
    }
    for field, (test, words) in faults.items():
        rows = table.with_row_index("row", offset=1).filter(test)["row"].to_list()
        if rows:
            raise TableProblem(
                f"{len(rows)} {words}",
                where=Where("series", tuple(rows), field),
                hint="mend these rows, or leave them out",
            )
    spans = table.group_by("area").agg(months=pl.col("month_id").max() - pl.col("month_id").min() + 1, rows=pl.len())
    gaps = spans.filter(pl.col("months") != pl.col("rows"))["area"].cast(pl.String).to_list()
    if gaps:
        raise TableProblem(
            f"{len(gaps)} areas have months left out: {', '.join(in_order(gaps)[:5])}",
            where=Where("series", field="month_id"),
            hint="write 0 where nothing happened; a month left out is not the same as a month of peace",
        )
