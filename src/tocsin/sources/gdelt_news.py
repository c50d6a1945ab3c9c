"""Days counted to news: one row for every area, month and kind, with what is known of the noise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from tocsin.errors import TableProblem, Where, missing_columns
from tocsin.sources.gdelt import CARD, EVERY, EXPORTS_A_DAY, KINDS, UNKNOWN_COUNTRY
from tocsin.sources.gdelt_codes import areas_of
from tocsin.sources.gdelt_days import kept_day
from tocsin.sources.reading import Reading
from tocsin.sources.tables import read_table
from tocsin.vocabulary import UNKNOWN_PROVINCE, Level, Month, last_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from tocsin.sources.gdelt_days import DayNote

COLUMNS = {
    "level": pl.String, "area": pl.String, "month_id": pl.Int32, "kind": pl.String, "events": pl.Int64,
    "root_events": pl.Int64, "distinct_events": pl.Int64, "mentions": pl.Int64, "older_events": pl.Int64,
    "placed_events": pl.Int64, "all_events": pl.Int64, "exports": pl.Int32, "exports_expected": pl.Int32,
}  # fmt: skip
"""The news table.

`level`, `area` (ISO3; ISO3/province), `month_id` of publication and `kind` are the key; a kind without a row had no
event. `all_events` is the area's events of every kind, `placed_events` those given a province, `exports` the number
counted of `exports_expected` in the month.
"""

SUMMED = ("events", "root_events", "distinct_events", "mentions", "older_events", "placed_events")


class MonthNoise(NamedTuple):
    """How noisy a month's news of the kinds counted are; shares are None where there are no events.

    Attributes:
        month: the month of publication.
        exports: counted, of `expected`.
        events: of the kinds counted.
        retold: share of them that tell one told already that day.
        in_opening: share told in the opening of an article, where coding is best.
        without_province: share with a country and no province.
        without_country: share with neither.
        older: share of all these rows dated more than the days before, and so left out.
    """

    month: Month
    exports: int
    expected: int
    events: int
    retold: float | None
    in_opening: float | None
    without_province: float | None
    without_country: float | None
    older: float | None


def news_of_days(folder: Path, notes: Iterable[DayNote], *, countries: Collection[str] = ()) -> pl.DataFrame:
    """The news table of days counted, made one month at a time.

    Args:
        folder: of the days counted.
        notes: the days to be in it.
        countries: ISO3 of those to keep; all where none is named.
    """
    tables = [_month(folder, month, days, countries) for month, days in _by_month(notes).items()]
    whole = pl.concat(tables) if tables else pl.DataFrame(schema=COLUMNS)
    return whole.sort("month_id", "level", "area", "kind", descending=[False, True, False, False])


def noise_of(table: pl.DataFrame) -> tuple[MonthNoise, ...]:
    """How noisy each month of a news table is, over all its countries."""
    nations = table.filter(pl.col("level") == Level.COUNTRY.value)
    kinds = nations.filter(pl.col("kind") != EVERY)
    months = nations.select("month_id", "exports", "exports_expected").unique().sort("month_id")
    return tuple(
        _noise(kinds.filter(pl.col("month_id") == month_id), Month(month_id), exports, expected)
        for month_id, exports, expected in months.iter_rows()
    )


def read_news(path: Path) -> Reading:
    """A news table as `tocsin fetch gdelt` writes it.

    Raises:
        FileProblem: the file is missing or no table.
        TableProblem: a column is missing, or an area, month and kind stand twice.
    """
    table, _ = read_table(path)
    if not set(COLUMNS) <= set(table.columns):
        raise missing_columns(tuple(COLUMNS), table.columns, where=Where(path))
    news = table.select(pl.col(name).cast(kind) for name, kind in COLUMNS.items())
    twice = news.select(pl.struct("level", "area", "month_id", "kind").is_duplicated()).to_series().arg_true()
    if len(twice):
        raise TableProblem(
            f"{len(twice)} rows give an area, month and kind that others give too",
            where=Where(path, rows=tuple(int(i) + 1 for i in twice)),
            hint="write the table again with tocsin fetch gdelt; do not join tables of spans that overlap",
        )
    return Reading(news, CARD, news.height)


def _by_month(notes: Iterable[DayNote]) -> dict[Month, list[DayNote]]:
    found: dict[Month, list[DayNote]] = {}
    for note in notes:
        found.setdefault(Month.parse(note.day), []).append(note)
    return dict(sorted(found.items()))


def _month(folder: Path, month: Month, days: list[DayNote], countries: Collection[str]) -> pl.DataFrame:
    cells = pl.concat([_kept(folder, note) for note in days])
    named = areas_of(cells).with_columns(
        kind=pl.col("root").replace_strict(KINDS, default=None, return_dtype=pl.String)
    )
    if countries:
        named = named.filter(pl.col("iso3").is_in(list(countries)))
    placed = pl.when(~pl.col("area").str.ends_with(f"/{UNKNOWN_PROVINCE}")).then("events").otherwise(0)
    named = named.with_columns(placed_events=placed)
    rows = [_summed(named, area, level) for area, level in (("iso3", Level.COUNTRY), ("area", Level.ADMIN1))]
    return pl.concat(rows).select(
        pl.col(name).cast(kind)
        for name, kind in COLUMNS.items()
        if name not in {"month_id", "exports", "exports_expected"}
    ).with_columns(
        month_id=pl.lit(month.id, pl.Int32),
        exports=pl.lit(sum(note.counted for note in days), pl.Int32),
        exports_expected=pl.lit(EXPORTS_A_DAY * last_day(month).day, pl.Int32),
    ).select(*COLUMNS)  # fmt: skip


def _summed(named: pl.DataFrame, area: str, level: Level) -> pl.DataFrame:
    """By area and kind, and for every kind together."""
    sums = [pl.col(name).sum() for name in SUMMED]
    everything = named.group_by(pl.col(area).alias("place")).agg(sums).with_columns(
        kind=pl.lit(EVERY), distinct_events=pl.lit(None, pl.Int64)
    )  # fmt: skip
    kinds = named.drop_nulls("kind").group_by(pl.col(area).alias("place"), "kind").agg(sums)
    both = pl.concat([everything, kinds], how="diagonal")
    whole = everything.select("place", all_events="events")
    return both.join(whole, on="place").rename({"place": "area"}).with_columns(level=pl.lit(level.value))


def _kept(folder: Path, note: DayNote) -> pl.DataFrame:
    found = kept_day(folder, date.fromisoformat(note.day))
    assert found is not None, "a day that is noted is kept"
    return found[0]


def _noise(kinds: pl.DataFrame, month: Month, exports: int, expected: int) -> MonthNoise:
    at_home = kinds.filter(pl.col("area") != UNKNOWN_COUNTRY)
    events, placed = int(kinds["events"].sum()), int(at_home["events"].sum())
    older = int(kinds["older_events"].sum())
    return MonthNoise(
        month, exports, expected, events,
        retold=_share(events - int(kinds["distinct_events"].sum()), events),
        in_opening=_share(int(kinds["root_events"].sum()), events),
        without_province=_share(placed - int(at_home["placed_events"].sum()), placed),
        without_country=_share(events - placed, events),
        older=_share(older, events + older),
    )  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
