"""Rows of GED as text into typed events, with the fault of each row that is none and the repairs of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import polars as pl

from tocsin.sources.country_names import iso3_of_gw
from tocsin.vocabulary import Violence

FIRST_DAY = date(1946, 1, 1)  # UCDP's oldest data of any kind
CODES = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)  # of the precision of places; those of dates end at 5
VIOLENCE = {float(kind.ucdp_code): kind.value for kind in Violence}
MOST = 1e9  # deaths: from here on a number, infinity too, is a slip of the pen; NaN is not below it either
NUMBERS = ("best", "low", "high", "deaths_civilians")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with rows: in words for one row and for many, the release's column, and what mends it."""

    one: str
    many: str
    field: str
    hint: str
    refused: bool = True

    def counted(self, number: int) -> str:
        """The words for so many rows."""
        return self.one if number == 1 else self.many


LEAVE_OUT = "mend these rows, or leave them out"

FAULTS = (
    Fault("event has no id", "events have no id", "id", "give each event its id"),
    Fault("row is an exact copy of an earlier one", "rows are exact copies of earlier ones", "id", "leave the copies out"),
    Fault("event id stands more than once", "event ids stand more than once", "id", "each event needs an id of its own"),
    Fault(
        "event has an unknown type of violence", "events have an unknown type of violence", "type_of_violence",
        "1 is state-based, 2 non-state, 3 one-sided",
    ),
    Fault(
        "event has no date, or an impossible one", "events have no date, or an impossible one", "date_start",
        "write dates as 2014-06-10, from 1946 to today",
    ),
    Fault(
        "event has no end date, or an impossible one", "events have no end date, or an impossible one", "date_end",
        "write dates as 2014-06-10, from 1946 to today",
    ),
    Fault("event ends before it starts", "events end before they start", "date_end", "mend the dates"),
    Fault("event has no best estimate of deaths", "events have no best estimate of deaths", "best", LEAVE_OUT),
    *(
        Fault(f"event has negative deaths ({name})", f"events have negative deaths ({name})", name, LEAVE_OUT)
        for name in NUMBERS
    ),
    *(
        Fault(
            f"event has a number of deaths that is not whole ({name})",
            f"events have a number of deaths that is not whole ({name})", name, LEAVE_OUT,
        )
        for name in NUMBERS
    ),
    Fault(
        "event lies in a country whose code is not known", "events lie in a country whose code is not known",
        "country_id", "country_id is a Gleditsch-Ward number, as 645 for Iraq",
    ),
)  # fmt: skip
"""Why a row is left out; of several reasons the first counts."""

REPAIRS = {
    "high_raised": Fault(
        "event had a high estimate below the best: raised to the best",
        "events had a high estimate below the best: raised to the best", "high", "", refused=False,
    ),
    "low_lowered": Fault(
        "event had a low estimate above the best: lowered to the best",
        "events had a low estimate above the best: lowered to the best", "low", "", refused=False,
    ),
    "unplaced": Fault(
        "event has coordinates that are no place on Earth", "events have coordinates that are no place on Earth",
        "latitude", "write degrees: latitude -90 to 90, longitude -180 to 180; leave both empty where unknown",
    ),
    "cell_made": Fault(
        "event had no PRIO-GRID cell: taken from its coordinates",
        "events had no PRIO-GRID cell: taken from their coordinates", "priogrid_gid", "", refused=False,
    ),
    "precision_unknown": Fault(
        "event has a precision code UCDP does not use: left empty",
        "events have a precision code UCDP does not use: left empty", "where_prec", "", refused=False,
    ),
    "unclear": Fault(
        "event is not yet clear to UCDP (code_status): counted all the same",
        "events are not yet clear to UCDP (code_status): counted all the same", "code_status", "", refused=False,
    ),
}  # fmt: skip
"""Small faults: the row is kept, what is wrong in it is mended or left empty, and the reading says how many."""


def typed_rows(text: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of text with their values typed; null where a value is missing or is none of its type.

    Deaths are still as written (float), so that a fault can be told from an absence.

    Args:
        text: `row`, and the columns of OTHER_NAMES, all of which there must be.
    """
    return text.select(
        "row", "adm_1", "code_status",
        *(pl.col(side).fill_null("") for side in ("side_a", "side_b")),
        pl.col("id").str.replace(r"\.0$", "").alias("event_id"),
        _number("type_of_violence").replace_strict(VIOLENCE, default=None, return_dtype=pl.String).alias("violence"),
        _day("date_start"), _day("date_end"),
        pl.coalesce(_number("country_id").replace_strict(iso3_of_gw(), default=None, return_dtype=pl.String),
                    pl.col("iso3").str.extract("^([A-Z]{3})$")).alias("country"),
        *(_number(name) for name in ("latitude", "longitude", "priogrid_gid", "where_prec", "date_prec", *NUMBERS)),
    )  # fmt: skip


def judged(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows as events, with `fault` (index in FAULTS, null for an event of use) and a flag for each of REPAIRS."""
    repeated = pl.col("event_id").is_duplicated() & pl.col("event_id").is_not_null()
    suspects = rows.filter(repeated)
    copies = suspects.filter(~pl.struct(pl.exclude("row")).is_first_distinct())["row"]
    later = suspects.filter(~pl.col("event_id").is_first_distinct())["row"]
    place = pl.all_horizontal(
        pl.col("latitude").is_between(-90, 90), pl.col("longitude").is_between(-180, 180)
    ).fill_null(value=False)
    tests = _tests(copies, later)
    fault = pl.coalesce(pl.when(test).then(pl.lit(i, dtype=pl.Int8)) for i, test in enumerate(tests))
    return rows.with_columns(fault=fault, place=place).with_columns(_repairs()).select(
        "row", "fault", "adm_1", *REPAIRS, "event_id", "date_start", "date_end", "country", "violence",
        "side_a", "side_b",
        pl.when(pl.col("date_prec").is_in(CODES[:5])).then("date_prec").cast(pl.Int8).alias("date_precision"),
        pl.when(pl.col("where_prec").is_in(CODES)).then("where_prec").cast(pl.Int8).alias("where_precision"),
        pl.when(_is_cell()).then("priogrid_gid").when("place").then(_cell()).cast(pl.Int32).alias("gid"),
        pl.when("place").then("latitude").alias("lat"),
        pl.when("place").then("longitude").alias("lon"),
        _count(pl.min_horizontal(pl.col("low").fill_null(pl.col("best")), "best")).alias("deaths_low"),
        _count(pl.col("best")).alias("deaths_best"),
        _count(pl.max_horizontal(pl.col("high").fill_null(pl.col("best")), "best")).alias("deaths_high"),
        _count(pl.col("deaths_civilians")).alias("deaths_civilians"),
    )  # fmt: skip


def _tests(copies: pl.Series, later: pl.Series) -> tuple[pl.Expr, ...]:
    """Whether a row has each of FAULTS, in their order."""
    negative = [pl.col(name) < 0 for name in NUMBERS]
    uneven = [(pl.col(name) != pl.col(name).round()) | ~(pl.col(name) < MOST) for name in NUMBERS]
    return (
        pl.col("event_id").is_null(), pl.col("row").is_in(copies.implode()), pl.col("row").is_in(later.implode()),
        pl.col("violence").is_null(), pl.col("date_start").is_null(), pl.col("date_end").is_null(),
        pl.col("date_end") < pl.col("date_start"), pl.col("best").is_null(), *negative, *uneven,
        pl.col("country").is_null(),
    )  # fmt: skip


def _repairs() -> list[pl.Expr]:
    codes = [~pl.col("where_prec").is_in(CODES), ~pl.col("date_prec").is_in(CODES[:5])]
    named = pl.col("latitude").is_not_null() | pl.col("longitude").is_not_null()
    tests = {
        "high_raised": pl.col("high") < pl.col("best"),
        "low_lowered": pl.col("low") > pl.col("best"),
        "unplaced": named & ~pl.col("place"),
        "cell_made": pl.col("place") & ~_is_cell(),
        "precision_unknown": pl.any_horizontal(codes),
        "unclear": pl.col("code_status").str.to_lowercase() != "clear",
    }
    return [tests[name].fill_null(value=False).alias(name) for name in REPAIRS]


def _number(name: str) -> pl.Expr:
    """A number; null where nothing is written, NaN where what is written is no number."""
    text = pl.col(name)
    number = text.cast(pl.Float64, strict=False).fill_null(float("nan"))
    return pl.when(text.is_not_null() & ~text.is_in(["NA", "NULL"])).then(number).alias(name)


def _day(name: str) -> pl.Expr:
    """The day of `2014-06-10`, a time after it ignored; null for anything else and for days that cannot be."""
    text = pl.when(pl.col(name).str.contains(r"^\d{4}-\d{2}-\d{2}([ T].*)?$")).then(pl.col(name))
    day = text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    last = datetime.now(UTC).date() + timedelta(days=1)  # it may be tomorrow where the event was
    return pl.when(day.is_between(FIRST_DAY, last)).then(day).alias(name)


def _count(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.Int64, strict=False)


def _is_cell() -> pl.Expr:
    return pl.col("priogrid_gid").is_between(1, 259_200).fill_null(value=False)


def _cell() -> pl.Expr:
    """The PRIO-GRID cell of a place: half-degree rows from the south, columns from the west, counted from 1."""
    row = ((pl.col("latitude") + 90) * 2).floor().clip(0, 359)
    column = ((pl.col("longitude") + 180) * 2).floor().clip(0, 719)
    return row * 720 + column + 1
