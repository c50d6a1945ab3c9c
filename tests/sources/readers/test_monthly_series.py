from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.errors import InputError, TableProblem, UnknownName
from tocsin.sources.series import read_series
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, text: str) -> Path:
    path = folder / "series.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_layout_of_views(tmp_path: Path) -> None:
    read = read_series(written(tmp_path, "month_id,country_id,ged_sb\n2,10,4\n1,10,0\n1,9,7\n2,9,1.0000000001\n"))
    assert dict(read.table.schema) == {"area": pl.String, "month_id": pl.Int32, "value": pl.Int64}
    assert read.table.rows() == [("9", 1, 7), ("9", 2, 1), ("10", 1, 0), ("10", 2, 4)]
    assert (read.ids, read.target, read.rows_in) == (AreaIds.VIEWS, "ged_sb", 4)
    assert (read.first, read.last) == (Month.of(1980, 1), Month.of(1980, 2))
    assert read.notes == ("1 values were written a hair from whole and were rounded",)


@pytest.mark.parametrize("column", ["priogrid_gid", "priogrid_id"])
def test_cells(tmp_path: Path, column: str) -> None:
    read = read_series(written(tmp_path, f"month_id,{column},ged_sb\n1,181887.0,4\n"))
    assert (read.ids, read.table.row(0)) == (AreaIds.GID, ("181887", 1, 4))


@pytest.mark.parametrize("month", ["2014-06", "2014-06-01", "2014-06-30 00:00:00"])
def test_iso3_with_months_in_words(tmp_path: Path, month: str) -> None:
    read = read_series(written(tmp_path, f"iso3,month,best,population\nIRQ,{month},5,30.5\n"))
    assert (read.ids, read.target, read.table.row(0)) == (AreaIds.ISO3, "best", ("IRQ", Month.of(2014, 6).id, 5))


def test_parquet_with_true_dates_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "series.parquet"
    table = pl.DataFrame({"iso3": ["IRQ", "IRQ"], "month": ["2014-06-01", "2014-07-01"], "deaths": [5.0, 6.0]})
    table.with_columns(pl.col("month").str.to_date()).write_parquet(path)
    assert read_series(path).table.rows() == [("IRQ", 414, 5), ("IRQ", 415, 6)]


def test_gleditsch_ward_numbers_are_declared_and_never_guessed(tmp_path: Path) -> None:
    path = written(tmp_path, "month,country_id,best\n1989-01,645,3\n")
    with pytest.raises(TableProblem, match="nothing says whose ids") as caught:
        read_series(path)
    assert caught.value.where.field == "country_id"
    assert "declare ids" in str(caught.value.hint)
    assert read_series(path, ids=AreaIds.GW).ids is AreaIds.GW
    assert read_series(written(tmp_path, "month_id,gwcode,best\n1,645,3\n")).ids is AreaIds.GW
    assert read_series(written(tmp_path, "month_id,country_id,best\n1,645,3\n"), ids=AreaIds.GW).ids is AreaIds.GW


def test_ids_declared_against_the_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableProblem, match="column country_id not found"):
        read_series(written(tmp_path, "month_id,iso3,best\n1,IRQ,3\n"), ids=AreaIds.VIEWS)


def test_two_columns_of_ids_need_a_word(tmp_path: Path) -> None:
    path = written(tmp_path, "month_id,country_id,iso3,best\n1,70,IRQ,3\n")
    with pytest.raises(TableProblem, match="country_id or iso3"):
        read_series(path)
    assert read_series(path, ids=AreaIds.ISO3).table["area"].to_list() == ["IRQ"]


def test_the_target_is_named_where_several_could_be_meant(tmp_path: Path) -> None:
    path = written(tmp_path, "month_id,country_id,ged_sb,ged_os\n1,70,3,9\n")
    with pytest.raises(TableProblem, match="which column is counted: ged_os, ged_sb"):
        read_series(path)
    assert read_series(path, target="ged_os").table["value"].to_list() == [9]
    with pytest.raises(UnknownName, match="ged_ns"):
        read_series(path, target="ged_ns")


HEAD = "month_id,country_id,deaths\n1,70,0\n"

FAULTS = [
    ("2,70,-1\n", "negative", "deaths", (2,)),
    ("2,70,1.5\n", "not whole", "deaths", (2,)),
    ("2,70,NaN\n", "no finite numbers", "deaths", (2,)),
    ("2,70,inf\n", "no finite numbers", "deaths", (2,)),
    ("2,70,1e300\n", "no finite numbers", "deaths", (2,)),
    ("2,70,few\n", "no finite numbers", "deaths", (2,)),
    ("2,70,\n", "without a value", "deaths", (2,)),
    ("2,,0\n", "without an area", "country_id", (2,)),
    ("2,Iraq,0\n", "no whole number", "country_id", (2,)),
    ("2.5,70,0\n", "no whole month ids", "month_id", (2,)),
    ("June,70,0\n", "no whole month ids", "month_id", (2,)),
    ("201406,70,0\n", "no whole month ids", "month_id", (2,)),
    (",70,0\n", "no whole month ids", "month_id", (2,)),
    ("1,70.0,2\n", "more than once", "month_id", (1, 2)),
    ("4,70,0\n", "area 70 has no row for 1980-02 to 1980-03", "month_id", (2,)),
    ("3,70,0\n5,70,0\n", "no row for 1980-02; 2 gaps in all", "month_id", (2, 3)),
]


@pytest.mark.parametrize(("more", "words", "field", "rows"), FAULTS)
def test_a_fault_names_file_rows_field_and_mend(
    tmp_path: Path, more: str, words: str, field: str, rows: tuple[int, ...]
) -> None:
    path = written(tmp_path, HEAD + more)
    with pytest.raises(TableProblem, match=words) as caught:
        read_series(path)
    where = caught.value.where
    assert (where.file, where.rows, where.field) == (path, rows, field)
    assert caught.value.hint


@pytest.mark.parametrize("month", ["2014-13", "June 2014", "2014/06"])
def test_a_month_that_is_none(tmp_path: Path, month: str) -> None:
    with pytest.raises(TableProblem, match="no months") as caught:
        read_series(written(tmp_path, f"iso3,month,deaths\nIRQ,{month},1\n"))
    assert caught.value.where.field == "month"


def test_areas_may_begin_and_end_when_they_like(tmp_path: Path) -> None:
    assert read_series(written(tmp_path, HEAD + "2,70,0\n7,59,1\n8,59,1\n")).table.height == 4


@pytest.mark.parametrize(
    ("text", "words"),
    [("month_id,country_id,deaths\n", "no rows"), ("country_id,deaths\n1,2\n", "month_id not found"),
     ("month_id,deaths\n1,2\n", "country_id not found"), ("month_id,country_id\n1,2\n", "deaths not found")],
)  # fmt: skip
def test_what_a_series_needs(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_series(written(tmp_path, text))
