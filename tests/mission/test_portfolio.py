from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl
import pytest
import shapely

from tocsin.api.portfolio import missions_case, need_by_country
from tocsin.case import read_case
from tocsin.case.rows import Date, SiteOrigin
from tocsin.cli.app import run
from tocsin.errors import TableProblem, UnknownName
from tocsin.mission.hosts import countries_named, host_of
from tocsin.mission.portfolio import mandate_dates, side_by_side
from tocsin.sources.un_missions import read_un_missions

if TYPE_CHECKING:
    from pathlib import Path

HEADER = (
    "id,mission_acronym,mission_name,lead_department,mission_isactive,start_date,end_date,mission_location,"
    "mission_longitude,mission_latitude,last_update\n"
)
SHAPES = {"MLI": shapely.box(-10, 10, 0, 20), "SAU": shapely.box(38, 18, 50, 28), "LBN": shapely.box(35, 33, 36, 34)}
NAMES = {"MLI": ["Mali"], "SAU": ["Saudi Arabia"], "LBN": ["Lebanon"]}


def listed(tmp_path: Path, *rows: str) -> Path:
    file = tmp_path / "un.csv"
    file.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return file


def test_unknown_cells_stay_unknown() -> None:
    lines = {line.mission_id: line for line in missions_case(read_case("iraq"), forecasts=False).lines}
    nmi = lines["nmi"]
    assert nmi.personnel is None
    assert nmi.mandate_end is None
    assert nmi.ahead is None
    assert nmi.needed_by is None
    assert nmi.depends_on == ("oir", "us-forces")
    assert lines["us-forces"].needed_by == ("nmi",)
    assert lines["kfor"].personnel == 4500
    assert lines["kfor"].sites is None
    assert lines["oir"].sites is None


def test_a_mandate_stands_with_its_dates() -> None:
    lines = {line.mission_id: line for line in missions_case(read_case("iraq"), forecasts=False).lines}
    assert lines["unifil"].mandate_end == "2026-12-31"
    assert [d[:7] for d in lines["nmi"].mandate_dates] == ["2026-09"]
    assert lines["ntm-i"].mandate_dates == ()


@pytest.mark.parametrize(
    ("kind", "what", "named"),
    [
        ("mandate", "UNIFIL's mandate ends", True),
        ("mandate", "last day of the Interim Force", True),
        ("mandate", "the mandate of UNIFILX ends", False),
        ("summit", "UNIFIL is on the agenda", False),
    ],
)
def test_dates_of_the_calendar_name_a_mission_by_id_or_name(kind: str, what: str, *, named: bool) -> None:
    row = Date.model_validate({"date": "2026-12-31", "what": what, "kind": kind, "basis": "judgement"})
    assert mandate_dates("unifil", "Interim Force", [row]) == ((f"2026-12-31: {what}",) if named else ())


def test_sites_of_users_are_not_named() -> None:
    case = read_case("iraq")
    sites = [s.model_copy(update={"origin": SiteOrigin.USER}) for s in case.sites]
    lines = side_by_side(case.missions, sites=sites, calendar=[], need={}, ahead={})
    assert {name for line in lines for name in line.sites or ()} == {"a site entered by a user"}


def test_need_is_that_of_the_last_twelve_months_covered() -> None:
    need = need_by_country()["IRQ"]
    assert (need.deaths, str(need.through)) == (405, "2024-12")
    assert "AND" not in need_by_country(), "a country the figures do not hold is unknown, not quiet"


def test_a_field_removed_is_unknown_in_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "mine", "--from", "iraq", "--path", str(tmp_path / "mine")]) == 0
    file = tmp_path / "mine" / "missions.csv"
    table = pl.read_csv(file, infer_schema=False)
    kfor = pl.col("mission_id") == "kfor"
    table.with_columns(
        pl.when(kfor).then(None).otherwise(pl.col(c)).alias(c) for c in ("personnel", "host", "purpose", "lead")
    ).with_columns(judged=pl.when(kfor).then(None).otherwise("judged")).write_csv(file)
    line = next(
        x for x in missions_case(read_case(str(tmp_path / "mine")), forecasts=False).lines if x.mission_id == "kfor"
    )
    assert (line.personnel, line.host, line.purpose, line.organisation) == (None, None, None, None)
    assert (line.need.deaths, line.need.through, line.ahead) == (None, None, None)
    capsys.readouterr()
    assert run(["missions", "--case", str(tmp_path / "mine"), "--no-forecast", "--json"]) == 0
    row = next(r for r in json.loads(capsys.readouterr().out)["rows"] if r["mission_id"] == "kfor")
    assert {row[k] for k in ("personnel", "host", "purpose", "organisation")} == {None}
    assert row["need"] == {"deaths": None, "through": None}


def test_hosts_are_forecast_by_the_model_asked_for() -> None:
    done = missions_case(read_case("iraq"), countries=["LBN", "XKX"], model="conflictology", draws=50)
    assert {line.mission_id for line in done.lines} == {"unifil", "kfor", "unmik"}
    assert done.model == "conflictology"
    ahead = {line.host: line.ahead for line in done.lines}
    assert ahead["LBN"] is not None
    assert ahead["XKX"] is not None
    assert ahead["LBN"].p25 > ahead["XKX"].p25


def test_one_organisation(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["missions", "--case", "iraq", "--organisation", "nato", "--no-forecast", "--json"]) == 0
    assert [r["mission_id"] for r in json.loads(capsys.readouterr().out)["rows"]] == ["ntm-i", "nmi", "kfor"]
    assert run(["missions", "--case", "iraq", "--organisation", "nato", "--no-forecast"]) == 0
    said = capsys.readouterr().out
    assert "twelve months to 2024-12" in said
    assert "unknown" in said


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--organisation", "nat"], "did you mean 'nato'"),
        (["--country", "IRK"], "no country (ISO3) is called 'IRK'"),
        (["--un", "none.csv"], "none.csv"),
    ],
)
def test_bad_lines_are_refused(argv: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["missions", "--case", "iraq", "--no-forecast", *argv]) == 2
    assert words in capsys.readouterr().err


def test_the_list_adds_active_missions_the_case_has_not(tmp_path: Path) -> None:
    file = listed(
        tmp_path,
        "1,UNIFIL,United Nations Interim Force in Lebanon,DPO,Yes,1978-03-19,,Naqoura,35.1342,33.12,2024-02-19",
        "2,UNFICYP,United Nations Peacekeeping Force in Cyprus,DPO,Yes,1964-03-27,,Nicosia,33.3667,35.1667,2024-02-19",
        "3,UNOMIL,United Nations Observer Mission in Liberia,DPO,NO,1993-09-01,1997-09-01,Monrovia,-10.8,6.3,2024-02-18",
        "4,UNKN,United Nations Quiet Mission,DPO,,,,,,,",
    )
    case = read_case("iraq")
    active = [x for x in missions_case(case, un=file, forecasts=False).lines if x.source == "UN list"]
    assert [(x.mission_id, x.host) for x in active] == [("unficyp", "CYP")]
    assert active[0].personnel is None
    done = missions_case(case, un=file, forecasts=False, every=True)
    everything = {x.mission_id: x for x in done.lines if x.source == "UN list"}
    assert set(everything) == {"unficyp", "unomil", "unkn"}
    assert "not said whether it is active" in (everything["unkn"].note or "")
    assert (everything["unkn"].host, everything["unkn"].need.deaths) == (None, None)
    assert done.listed == "2024-02-19"


@pytest.mark.parametrize(
    ("row", "words", "field"),
    [
        ("1,A,A b,DPO,perhaps,,,,,,", "'perhaps' cannot be read", "mission_isactive"),
        ("1,A,A b,DPO,Yes,,,,east,1,", "'east' cannot be read", "mission_longitude"),
        ("1,A,A b,DPO,Yes,,,,1,123,", "'123' cannot be read", "mission_latitude"),
    ],
)
def test_faults_of_the_list_are_named(row: str, words: str, field: str, tmp_path: Path) -> None:
    with pytest.raises(TableProblem, match=words) as caught:
        read_un_missions(listed(tmp_path, row))
    assert (caught.value.where.rows, caught.value.where.field) == ((1,), field)


def test_a_list_without_its_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "un.csv"
    file.write_text("mission_acronym,mission_name\nA,b\n", encoding="utf-8")
    with pytest.raises(TableProblem, match="mission_isactive"):
        read_un_missions(file)


def test_rows_without_a_name_are_reported(tmp_path: Path) -> None:
    reading = read_un_missions(listed(tmp_path, "1,,,DPO,Yes,,,,,,", "2,A,A b,DPO,Yes,,,,,,"))
    assert (reading.rows_in, reading.table.height, reading.dropped[0].rows) == (2, 1, (1,))


@pytest.mark.parametrize(
    ("name", "lon", "lat", "country", "note"),
    [
        ("Mission in Mali", -8.0, 12.6, "MLI", "from coordinates and name"),
        ("Mission in Mali", 12.6, -8.0, "MLI", "the wrong way round"),
        ("Mission in Lebanon", 35.9, 34.2, "LBN", "from coordinates and name"),
        ("Mission in Mali", 40.0, 20.0, None, "its name says MLI"),
        ("Observer Mission", 40.0, 20.0, "SAU", "headquarters alone"),
        ("Observer Mission", 100.0, 20.0, None, "lie in no country"),
        ("Mission in Mali", None, 12.6, None, "no coordinates"),
    ],
)
def test_hosts_from_coordinates_and_name(
    name: str, lon: float | None, lat: float | None, country: str | None, note: str
) -> None:
    found = host_of(name, lon=lon, lat=lat, shapes=SHAPES, names=NAMES)
    assert found.country == country
    assert note in found.note


def test_a_longer_name_is_not_taken_for_a_shorter() -> None:
    names = {"NER": ["Niger"], "NGA": ["Nigeria"], "COG": ["Congo"], "COD": ["Democratic Republic of the Congo"]}
    assert countries_named("Mission in the Democratic Republic of the Congo", names) == {"COD"}
    assert countries_named("Mission in Nigeria and Niger", names) == {"NGA", "NER"}
    assert countries_named("Mission in Nigeria", names) == {"NGA"}


@pytest.mark.data
def test_the_whole_list_is_read(shared_data: Path) -> None:
    file = shared_data / "missions" / "un_missions_2024_02.csv"
    done = missions_case(read_case("iraq"), un=file, forecasts=False)
    hosts = {line.mission_id: line.host for line in done.lines}
    assert hosts["minusma"] == "MLI", "its coordinates stand the wrong way round"
    assert hosts["unmiss"] == "SSD"
    assert hosts["monusco"] == "COD"
    assert hosts["untso"] is None
    assert hosts["minurso"] is None


def test_an_organisation_without_missions_is_refused() -> None:
    with pytest.raises(UnknownName, match="pmc"):
        missions_case(read_case("iraq"), organisation="pmc", forecasts=False)
