from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.errors import TableProblem
from tocsin.sources.events import EVENT_COLUMNS
from tocsin.sources.ged_layouts import RELEASE_COLUMNS, version_in, vintage
from tocsin.sources.ucdp_ged import read_ged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_release_gives_the_contract_value_by_value(ged_file: Callable[..., Path]) -> None:
    reading = read_ged(ged_file({}))
    assert dict(reading.table.schema) == EVENT_COLUMNS
    assert reading.table.row(0, named=True) == {
        "event_id": "1", "date_start": date(2014, 6, 10), "date_end": date(2014, 6, 11), "date_precision": 1,
        "country": "IRQ", "admin1": "Ninewa", "gid": 181887, "lat": 36.335, "lon": 43.11889, "where_precision": 1,
        "violence": "sb", "side_a": "Government of Iraq", "side_b": "IS", "deaths_low": 3, "deaths_best": 4,
        "deaths_high": 6, "deaths_civilians": 2, "source": "UCDP GED 23.1",
    }  # fmt: skip
    assert (reading.rows_in, reading.dropped, reading.notes) == (1, (), ())


def test_the_three_types_of_violence(ged_file: Callable[..., Path]) -> None:
    reading = read_ged(ged_file(*({"type_of_violence": code} for code in "123")))
    assert reading.table["violence"].to_list() == ["sb", "ns", "os"]


def test_a_candidate_file_without_header_and_with_text_ids(tmp_path: Path, ged_text: Callable[..., str]) -> None:
    path = tmp_path / "GEDEvent_v25_0_3.csv"
    path.write_text(ged_text({"id": "IRQ-2025-1-X"}, {"code_status": "Check deaths"}, header=False), encoding="utf-8")
    reading = read_ged(path)
    assert reading.table["event_id"].to_list() == ["IRQ-2025-1-X", "2"]
    assert reading.table["source"].unique().to_list() == ["UCDP GED 25.0.3"]
    assert reading.notes == (
        "no header line: the columns were taken to be the 49 of a release, in their order",
        "1 event is not yet clear to UCDP (code_status): counted all the same",
    )


def test_an_old_layout_with_other_names_and_few_columns(tmp_path: Path) -> None:
    path = tmp_path / "ged191.csv"
    path.write_text(
        "\ufeffID,Type_of_violence,date_start,date_end,gwno,adm1,best_est,lat,lon\n"
        "7.0,3,2014-06-10,2014-06-10T12:00:00,652.0,Al Hasakah governorate,5.0,36.5,40.75\n",
        encoding="utf-8",
    )
    reading = read_ged(path)
    row = reading.table.row(0, named=True)
    assert (row["event_id"], row["violence"], row["country"], row["admin1"]) == ("7", "os", "SYR", "Hasakah")
    assert (row["deaths_low"], row["deaths_best"], row["deaths_high"], row["deaths_civilians"]) == (5, 5, 5, None)
    assert row["gid"] == 253 * 720 + 441 + 1  # rows of half a degree from -90, columns from -180
    assert reading.table["source"][0] == "UCDP GED 19.1"
    assert "the file has no low, high, deaths_civilians" in reading.notes[0]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators(tmp_path: Path, ged_text: Callable[..., str], separator: str) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(ged_text({}, {}, separator=separator), encoding="utf-8")
    assert read_ged(path).table.height == 2


def test_windows_line_ends_and_a_mark_at_the_start(tmp_path: Path, ged_text: Callable[..., str]) -> None:
    path = tmp_path / "ged.csv"
    path.write_text("\ufeff" + ged_text({}, {}), encoding="utf-8", newline="\r\n")
    other = tmp_path / "plain.csv"
    other.write_text(ged_text({}, {}), encoding="utf-8")
    assert read_ged(path).table.equals(read_ged(other).table)


def test_a_zip_with_its_csv(tmp_path: Path, ged_text: Callable[..., str]) -> None:
    path = tmp_path / "ged231-csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__MACOSX/._GEDEvent_v23_1.csv", b"\0")
        archive.writestr("GEDEvent_v23_1.csv", ged_text({}, {"best": "0", "low": "0"}))
    assert read_ged(path).table["deaths_best"].to_list() == [4, 0]


def test_csv_and_parquet_of_any_types_read_alike(tmp_path: Path, ged_file: Callable[..., Path]) -> None:
    path = ged_file({}, {"adm_1": "", "latitude": "", "longitude": ""})
    typed = pl.read_csv(path).with_columns(
        pl.col("id", "best").cast(pl.Float64), pl.col("date_start").str.slice(0, 10).str.to_date(),
        pl.col("date_end").str.slice(0, 10).str.to_datetime(), pl.col("side_a").cast(pl.Categorical),
    )  # fmt: skip
    parquet = tmp_path / "GEDEvent_v23_1.parquet"
    typed.write_parquet(parquet)
    assert read_ged(parquet).table.equals(read_ged(path).table)


def test_the_name_of_the_file_does_not_decide_its_kind(tmp_path: Path, ged_text: Callable[..., str]) -> None:
    path = tmp_path / "events.zip"
    path.write_text(ged_text({}), encoding="utf-8")
    assert read_ged(path).table.height == 1


def test_no_province_is_null_and_no_place_keeps_the_event(ged_file: Callable[..., Path]) -> None:
    table = read_ged(ged_file({"adm_1": " ", "latitude": "", "longitude": "", "priogrid_gid": ""})).table
    assert table.select("admin1", "lat", "lon", "gid").row(0) == (None, None, None, None)


def test_iso3_stands_in_where_there_is_no_number(tmp_path: Path, ged_text: Callable[..., str]) -> None:
    path = tmp_path / "ged.csv"
    columns = tuple("iso3" if name == "country_id" else name for name in RELEASE_COLUMNS)
    path.write_text(ged_text({"iso3": "LBN"}, columns=columns), encoding="utf-8")
    assert read_ged(path, version="24.1").table.select("country", "source").row(0) == ("LBN", "UCDP GED 24.1")


def test_columns_that_are_missing_are_named_with_those_that_are_there(
    tmp_path: Path, ged_text: Callable[..., str]
) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(ged_text({}, columns=("id", "date_start", "date_end", "best", "adm_1")), encoding="utf-8")
    with pytest.raises(TableProblem, match="columns type_of_violence, country_id not found") as caught:
        read_ged(path)
    assert caught.value.where.field == "type_of_violence"
    assert caught.value.hint == "the file has: id, date_start, date_end, best, adm_1"


def test_a_file_without_header_and_with_other_columns_is_refused(tmp_path: Path, ged_text: Callable[..., str]) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(ged_text({}, header=False, columns=RELEASE_COLUMNS[:-1]), encoding="utf-8")
    with pytest.raises(TableProblem, match="not found"):
        read_ged(path)


def test_events_keep_the_order_of_the_file(ged_file: Callable[..., Path]) -> None:
    changes = [{"id": str(900 - n), "adm_1": f"Province {n % 7} state"} for n in range(200)]
    assert read_ged(ged_file(*changes)).table["event_id"].to_list() == [change["id"] for change in changes]


@pytest.mark.parametrize(
    ("name", "version"),
    [("GEDEvent_v24_01_24_12.csv", "24.01.24.12"), ("ged_sample_1000_v23_1.parquet", "23.1"), ("ged50.csv", "5.0"),
     ("events.csv", None), ("ged_iraq_1989_2018.parquet", None)],
)  # fmt: skip
def test_versions_in_names(name: str, version: str | None) -> None:
    assert version_in(name) == version


def test_what_versions_cover() -> None:
    release, month, months = vintage("23.1"), vintage("23.0.2"), vintage("24.01.24.12")
    assert release is not None
    assert month is not None
    assert months is not None
    assert (release.first, release.last) == (109, 516)  # 1989-01 to 2022-12
    assert (month.first, month.last) == (518, 518)  # 2023-02
    assert (months.first, months.last, months.published) == (529, 540, 541)  # 2024
    assert vintage("25.0.13") is None
