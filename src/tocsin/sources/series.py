"""Monthly series of deaths by area: VIEWS' layout, and series by ISO3 or Gleditsch-Ward number."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import TableProblem, Where
from tocsin.sources.series_layouts import KNOWN_NAMES, Layout, layout_of
from tocsin.sources.tables_in import raw_table
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDING = 1e-6  # how far from whole a count may be written
MOST = 1e12  # from here on a number, infinity too, is no count; NaN is not below it either
MONTH_RANGE = (1 - 12 * 80, 12 * 120)  # month ids of 1900 to 2099
_FORMS = {
    AreaIds.ISO3: (r"^[A-Z]{3}$", "area ids that are no ISO3 code", "write three capital letters, as IRQ"),
    AreaIds.ADMIN1: (r"^[A-Z]{3}/.+$", "area ids that are no province", "write country and name, as IRQ/Ninewa"),
}
_NUMBER = (r"^\d+$", "area ids that are no whole number", "{ids} ids are whole numbers from 1")


@dataclass(frozen=True, slots=True)
class SeriesReading:
    """A series as read. No row is ever left out: a series with a fault is refused.

    Attributes:
        table: `area` (String), `month_id` (Int32), `value` (Int64), in the order of areas and months.
        ids: whose ids name the areas, as declared.
        target: the column that was counted.
        source: the file's name.
        notes: what was set right.
    """

    table: pl.DataFrame
    ids: AreaIds
    target: str
    source: str
    notes: tuple[str, ...] = field(default=())

    @property
    def rows_in(self) -> int:
        """How many rows the file has, all of them in the table."""
        return self.table.height

    @property
    def first(self) -> Month:
        """The first month of any area."""
        return Month(int(self.table["month_id"].to_numpy().min()))

    @property
    def last(self) -> Month:
        """The last month of any area."""
        return Month(int(self.table["month_id"].to_numpy().max()))


def read_series(path: Path | str, *, target: str | None = None, ids: AreaIds | None = None) -> SeriesReading:
    """Read a monthly series by area from CSV, a zip with one CSV, or Parquet.

    Columns are those of VIEWS (`month_id`; `country_id`, `priogrid_gid` or `priogrid_id`; the target), or an area
    (`iso3`, `gwcode`, `country_id`, ...), a `month` (as 2014-06 or 2014-06-01) and the target.

    Args:
        path: the file.
        target: the column of counts; may be left out where only one column can be meant.
        ids: whose ids name the areas. `country_id` beside `month_id` is VIEWS' unless said otherwise; `country_id`
            beside a month must be declared.

    Raises:
        FileProblem: the file is missing, empty, damaged, not UTF-8, or of another kind.
        TableProblem: a column is missing, or a row is at fault: no area or month, a value that is missing, not
            whole, not finite or negative, an area-month that stands twice, a gap between an area's first and last
            month.
        UnknownName: the target is no column of the file.
    """
    file = Path(path)
    with raw_table(file, known=KNOWN_NAMES) as raw:
        layout = layout_of(raw.columns, target=target, ids=ids, file=file)
        columns = {"area": layout.area, "month": layout.month, "value": layout.target}
        text = raw.collect(raw.text(columns))
    if text.is_empty():
        raise TableProblem("the file has a header but no rows", where=Where(file), hint="fetch or export it again")
    rows = text.with_columns(
        _area(layout), _month(layout), pl.col("value").cast(pl.Float64, strict=False).alias("number")
    )
    for test, what, place, hint in _faults(layout):
        _refuse(rows, test, what, Where(file, field=place), hint)
    table = rows.select(
        "row", "area", pl.col("month_id").cast(pl.Int32), pl.col("number").round().cast(pl.Int64).alias("value")
    )
    _refuse_gaps(table, Where(file, field=layout.month))
    order = pl.col("area").cast(pl.Int64, strict=False)
    uneven = rows.filter(pl.col("number") != pl.col("number").round()).height
    notes = (f"{uneven} values were written a hair from whole and were rounded",) if uneven else ()
    return SeriesReading(
        table.sort(order, "area", "month_id").drop("row"), layout.ids, layout.target, file.name, notes,
    )  # fmt: skip


def _area(layout: Layout) -> pl.Expr:
    if layout.ids in _FORMS:
        return pl.col("area")
    return pl.col("area").str.replace(r"\.0+$", "").str.replace(r"^0+(\d)", "${1}")


def _month(layout: Layout) -> pl.Expr:
    """The month id as a float, null where there is none; a month in words is counted from January 1980 as 1."""
    if layout.month.strip().lower() == "month_id":
        return pl.col("month").cast(pl.Float64, strict=False).alias("month_id")
    text = pl.when(pl.col("month").str.contains(r"^\d{4}-\d{2}(-\d{2}([ T].*)?)?$")).then(pl.col("month"))
    day = (text.str.slice(0, 7) + "-01").str.to_date("%Y-%m-%d", strict=False)
    return ((day.dt.year() - 1980) * 12 + day.dt.month()).cast(pl.Float64).alias("month_id")


def _faults(layout: Layout) -> Iterator[tuple[pl.Expr, str, str, str]]:
    """Tests of rows with their words, field and mend; the first that finds a row is said."""
    form, words, mend = _FORMS.get(layout.ids, _NUMBER)
    yield pl.col("area").is_null(), "rows without an area", layout.area, "each row names its area"
    yield ~pl.col("area").str.contains(form), words, layout.area, mend.format(ids=layout.ids.value)
    whole = (pl.col("month_id") == pl.col("month_id").floor()) & pl.col("month_id").is_between(*MONTH_RANGE)
    by_id = layout.month.strip().lower() == "month_id"
    kind, written = ("whole month ids", "1 is January 1980") if by_id else ("months", "write months as 2014-06")
    yield ~whole.fill_null(value=False), f"rows whose months are no {kind}", layout.month, written
    yield pl.col("value").is_null(), "rows without a value", layout.target, "write 0 where nobody died"
    number, place = pl.col("number"), layout.target
    yield (
        number.is_null() | ~(number.abs() < MOST),
        "values that are no finite numbers",
        place,
        "write counts of deaths",
    )
    yield number < 0, "negative values", place, "write counts of deaths, 0 or more"
    yield (number - number.round()).abs() > ROUNDING, "values that are not whole", place, "write counts of deaths"
    twice = pl.struct("area", "month_id").is_duplicated()
    yield twice, "rows whose area and month stand more than once", layout.month, "leave one row for each area and month"


def _refuse(rows: pl.DataFrame, test: pl.Expr, what: str, where: Where, hint: str) -> None:
    found = rows.filter(test)["row"].to_list()
    if found:
        raise TableProblem(f"{len(found)} {what}", where=Where(where.file, tuple(found), where.field), hint=hint)


def _refuse_gaps(table: pl.DataFrame, where: Where) -> None:
    step = pl.col("month_id").diff().over("area")
    gaps = table.sort("area", "month_id").with_columns(step=step).filter(pl.col("step") > 1)
    if gaps.is_empty():
        return
    area, after, step = gaps.select("area", "month_id", "step").row(0)
    first, last = Month(after - step + 1), Month(after - 1)
    months = f"{first}" if first == last else f"{first} to {last}"
    raise TableProblem(
        f"area {area} has no row for {months}" + (f"; {gaps.height} gaps in all" if gaps.height > 1 else ""),
        where=Where(where.file, tuple(gaps["row"].to_list()), where.field),
        hint="give each area a row for every month from its first to its last; write 0 where nobody died",
    )
