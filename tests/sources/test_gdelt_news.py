"""Days to the news table: areas named, sums right, noise stated, and a table read back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from tests.sources.fetch.gdelt_exports import DAY, export, row

from tocsin.errors import FileProblem, TableProblem
from tocsin.sources.country_names import iso3_of_natural_earth
from tocsin.sources.gdelt import BEGINS
from tocsin.sources.gdelt_codes import areas_of, iso3_of_fips, province_of_fips
from tocsin.sources.gdelt_count import count_day
from tocsin.sources.gdelt_days import keep_day
from tocsin.sources.gdelt_news import COLUMNS, news_of_days, noise_of, read_news
from tocsin.sources.province_names import province
from tocsin.sources.starter import starter_table
from tocsin.sources.tables import write_table

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.sources.gdelt_days import DayNote


def kept(folder: Path, day: date, *rows: bytes) -> DayNote:
    path = folder / "x.export.CSV.zip"
    path.write_bytes(export(*rows))
    return keep_day(count_day(day, [path]), listed=1, missing=(), folder=folder / "days")


@pytest.fixture
def news(tmp_path: Path) -> pl.DataFrame:
    """Two days of October and one of November 2019."""
    november = {"date": "20191101"}
    notes = [
        kept(tmp_path, DAY, row(), row(url="again"), row(root="19", is_root="0"), row(root="04"), row(date="20181024")),
        kept(tmp_path, date(2019, 10, 25), row(date="20191025", adm1="IZ", place="IZ"), row(country="OS", adm1="OS00")),
        kept(tmp_path, date(2019, 11, 1), row(**november), row(country="SY", adm1="SY09", **november)),
    ]
    return news_of_days(tmp_path / "days", notes)


def one(news: pl.DataFrame, area: str, kind: str, month_id: int = 478) -> dict[str, object]:
    (found,) = news.filter(
        (pl.col("area") == area) & (pl.col("kind") == kind) & (pl.col("month_id") == month_id)
    ).iter_rows(named=True)  # fmt: skip
    return found


def test_countries_and_provinces_by_hand(news: pl.DataFrame) -> None:
    iraq = one(news, "IRQ", "protest")
    assert (iraq["events"], iraq["distinct_events"], iraq["placed_events"], iraq["older_events"]) == (3, 2, 2, 1)
    assert (iraq["all_events"], iraq["exports"], iraq["exports_expected"]) == (5, 2, 31 * 96)
    assert one(news, "IRQ/Ninewa", "protest")["events"] == 2
    assert one(news, "IRQ/province unknown", "protest")["events"] == 1
    assert one(news, "IRQ/Ninewa", "fight")["root_events"] == 0
    assert one(news, "SYR/Aleppo", "protest", 479)["all_events"] == 1


def test_every_kind_together_is_all_events_and_has_no_distinct(news: pl.DataFrame) -> None:
    every = one(news, "IRQ", "all")
    assert (every["events"], every["distinct_events"]) == (5, None)


def test_provinces_add_up_to_their_country(news: pl.DataFrame) -> None:
    provinces = news.filter(pl.col("level") == "admin1").with_columns(area=pl.col("area").str.split("/").list.first())
    keys, sums = ["area", "month_id", "kind"], ["events", "mentions", "older_events", "placed_events"]
    added = provinces.group_by(keys).agg(pl.col(sums).sum()).sort(keys)
    assert added.rows() == news.filter(pl.col("level") == "country").select(*keys, *sums).sort(keys).rows()


def test_only_the_countries_asked_for(tmp_path: Path) -> None:
    note = kept(tmp_path, DAY, row(), row(country="SY", adm1="SY09"))
    news = news_of_days(tmp_path / "days", [note], countries=("SYR",))
    assert set(news["area"]) == {"SYR", "SYR/Aleppo"}


def test_the_noise_of_a_month_by_hand(news: pl.DataFrame) -> None:
    october, november = noise_of(news)
    assert (str(october.month), october.exports, october.events) == ("2019-10", 2, 5)
    assert october.retold == pytest.approx(1 / 5)  # the protest told again
    assert october.in_opening == pytest.approx(4 / 5)
    assert october.without_country == pytest.approx(1 / 5)  # the high seas
    assert october.without_province == pytest.approx(1 / 4)
    assert october.older == pytest.approx(1 / 6)
    assert (november.events, november.retold) == (2, 0)


def test_no_days_give_an_empty_table(tmp_path: Path) -> None:
    empty = news_of_days(tmp_path, [])
    assert empty.is_empty()
    assert empty.schema == pl.Schema(COLUMNS)
    assert noise_of(empty) == ()


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_a_table_is_read_as_it_was_written(news: pl.DataFrame, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"news.{ending}"
    write_table(news, path)
    assert read_news(path).table.equals(news)


def test_faults_of_a_table_are_named(news: pl.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    with pytest.raises(FileProblem):
        read_news(path)
    write_table(news.drop("all_events"), path)
    with pytest.raises(TableProblem, match="all_events"):
        read_news(path)
    write_table(pl.concat([news, news.head(1)]), path)
    with pytest.raises(TableProblem, match="2 rows give an area, month and kind that others give too") as raised:
        read_news(path)
    assert raised.value.where.rows == (1, news.height + 1)


@pytest.mark.parametrize(
    ("country", "adm1", "area"),
    [
        ("IZ", "IZ15", "IRQ/Ninewa"), ("IZ", "IZ13", "IRQ/Kirkuk"), ("IZ", "IZ99", "IRQ/IZ99"),
        ("IZ", "IZ", "IRQ/province unknown"),
        ("IZ", "IZ00", "IRQ/province unknown"), ("IZ", None, "IRQ/province unknown"), ("IZ", "SY09", "IRQ/province unknown"),
        ("US", "USTX", "USA/USTX"), ("YI", "YI", "SRB/province unknown"), ("GZ", "GZ", "PSE/province unknown"),
        ("OS", "OS00", "country unknown/province unknown"), (None, None, "country unknown/province unknown"),
        ("\ufffd\ufffd", "x", "country unknown/province unknown"),
    ],
)  # fmt: skip
def test_codes_and_the_areas_they_stand_for(country: str | None, adm1: str | None, area: str) -> None:
    cells = pl.DataFrame({"country": [country], "adm1": [adm1]}, schema={"country": pl.String, "adm1": pl.String})
    assert areas_of(cells)["area"].to_list() == [area]


def test_every_country_of_the_house_has_a_code() -> None:
    countries = starter_table("countries")
    today = set(countries.filter(pl.col("last_month_id").is_null())["iso3"].drop_nulls())
    assert today - set(iso3_of_fips().values()) == set()


def test_no_code_of_a_province_is_of_no_country() -> None:
    assert {code[:2] for code in province_of_fips()} <= set(iso3_of_fips())
    assert date(2015, 2, 18) == BEGINS


@pytest.mark.data
def test_codes_agree_with_natural_earth(shared_data: Path) -> None:
    units = pl.read_parquet(
        shared_data / "geography" / "admin1_world.parquet", columns=["fips", "adm0_a3", "name"]
    ).drop_nulls()  # fmt: skip
    units = units.filter(pl.col("fips").str.contains("^[A-Z]{2}"))
    most = units.group_by(pl.col("fips").str.slice(0, 2).alias("code"), "adm0_a3").len().sort("len", descending=True)
    held = {
        code: iso3_of_natural_earth(a3)
        for code, a3 in most.unique("code", keep="first", maintain_order=True).select("code", "adm0_a3").iter_rows()
    }
    overseas = {"CK", "FG", "MB", "RE", "GP", "MF", "SV", "WI"}
    """Parts that Natural Earth puts under their state, and ISO 3166-1 does not."""
    differ = {c for c, iso3 in held.items() if iso3_of_fips().get(c) != iso3} - overseas
    assert differ == {"PF", "SR"}, "the Paracel Islands, and a code of Natural Earth's own for Kosovo"
    named: dict[str, set[str | None]] = {}
    for code, a3, name in units.iter_rows():
        country = iso3_of_fips().get(code[:2])
        if len(code) == 4 and not code.endswith("00") and country == iso3_of_natural_earth(a3):
            named.setdefault(code, set()).add(province(country, name))
    assert {code: next(iter(names)) for code, names in named.items() if len(names) == 1} == dict(province_of_fips())
