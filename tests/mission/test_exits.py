from __future__ import annotations

import math
from typing import TYPE_CHECKING

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from scipy.stats import binom

from tocsin.api.exits import mission_exits
from tocsin.cli.app import run
from tocsin.errors import OutOfRange, TableProblem
from tocsin.mission.exits import BAND, beside, outcomes, share_of
from tocsin.sources.build.exits import mission_exits as built_exits
from tocsin.sources.effect_evidence import evidence_cards
from tocsin.sources.exit_measure import before_and_after
from tocsin.sources.geopko import read_geopko
from tocsin.sources.mission_exits import COLUMNS, ENDED, exits_table
from tocsin.sources.starter import starter_table

if TYPE_CHECKING:
    from pathlib import Path


def years(deaths: list[int], *, first: int = 2010, gwcode: int = 1) -> pl.DataFrame:
    n = len(deaths)
    return pl.DataFrame({
        "gwcode": [gwcode] * n, "year": range(first, first + n), "deaths_sb_best": deaths,
        "deaths_ns_best": [1] * n, "deaths_os_best": [2] * n,
    })  # fmt: skip


@pytest.mark.data
def test_the_class_made_again_has_the_same_figures(shared_data: Path) -> None:
    published = pl.read_csv(shared_data / "missions" / "reference_class_mission_exits.csv")
    again = built_exits(shared_data)
    assert published.columns == list(COLUMNS)
    assert_frame_equal(again.select(COLUMNS), published, check_dtypes=False, rel_tol=1e-12, abs_tol=1e-12)
    assert again.drop_nulls("log_ratio3").height == 2 * 33


@pytest.mark.data
def test_what_ships_is_what_is_made(shared_data: Path) -> None:
    assert_frame_equal(starter_table("mission_exits"), built_exits(shared_data), check_dtypes=False)


@pytest.mark.data
def test_years_are_set_by_hand_only_where_the_record_departs(shared_data: Path) -> None:
    bases = read_geopko(shared_data / "missions" / "geopko_v2_3.csv").table
    for ended in ENDED:
        if ended.geopko is None:
            assert ended.why
            continue
        years_shown = bases.filter(mission=ended.geopko[0], country=ended.geopko[1])["year"]
        assert ended.exit_year != years_shown.max(), f"{ended.mission}: the record says the same"
        assert ended.start_year != years_shown.min(), f"{ended.mission}: the record says the same"
        assert ended.why or (ended.exit_year is None and ended.start_year is None)


def test_years_before_and_after_by_hand() -> None:
    table = before_and_after(years([0, 10, 20, 30, 40, 50, 60]))
    row = table.filter(year=2012, measure="all organized").row(0, named=True)
    assert (row["pre2"], row["post1"], row["post_mean3"], row["post_max3"], row["n_post"]) == (18, 33, 43, 53, 3)
    assert row["log_ratio3"] == pytest.approx(math.log(53 / 28))
    assert table.filter(year=2012, measure="state-based")["pre2"].item() == 15


def test_years_that_are_not_there_are_unknown_not_quiet() -> None:
    table = before_and_after(years([10, 20, 30]).filter(pl.col("year") != 2011)).filter(measure="state-based")
    assert table["pre2"].to_list() == [None, None]
    assert table["n_post"].to_list() == [1, 0]
    assert table["log_ratio3"].to_list() == [None, None]
    first = before_and_after(years([10, 20, 30, 40])).filter(measure="state-based", year=2011)
    assert (first["post_mean3"].item(), first["n_post"].item()) == (35, 2)


def test_countries_are_not_mixed() -> None:
    both = pl.concat([years([1, 2]), years([5, 7, 9], gwcode=2)])
    assert_frame_equal(before_and_after(both).filter(gwcode=1), before_and_after(years([1, 2])))


def test_figures_of_the_class_beside_all_country_years() -> None:
    everywhere, inside = mission_exits().comparisons[2:]
    assert (everywhere.measure, everywhere.band, inside.band) == ("all organized", None, BAND)
    assert everywhere.exits.n == 33
    assert everywhere.exits.median == pytest.approx(1.0)
    assert (round(everywhere.exits.low or 0, 2), round(everywhere.exits.high or 0, 1)) == (0.06, 4.4)
    assert (everywhere.exits.worse.count, everywhere.exits.better.count) == (8, 10)
    assert (inside.exits.worse.count, inside.exits.better.count, inside.exits.n) == (4, 5, 12)
    assert inside.everywhere.n == 905
    assert (round(100 * (inside.everywhere.worse.share or 0)), round(100 * (inside.everywhere.better.share or 0))) == (
        29,
        44,
    )
    assert "cannot be told" in inside.words


def test_few_are_no_rate() -> None:
    few = share_of(4, 12)
    assert few.lower < 0.29 < few.upper
    assert few.upper - few.lower > 0.3
    assert share_of(0, 5).lower == 0
    assert share_of(5, 5).upper == 1
    nothing = share_of(0, 0)
    assert (nothing.share, nothing.lower, nothing.upper) == (None, 0, 1)


@pytest.mark.parametrize("p", [0.1, 0.3, 0.5])
def test_intervals_hold_about_as_often_as_they_say(p: float) -> None:
    n = 200
    held = sum(binom.pmf(k, n, p) for k in range(n + 1) if share_of(k, n).lower <= p <= share_of(k, n).upper)
    assert 0.87 <= held <= 0.93


@pytest.mark.parametrize(("count", "n"), [(-1, 3), (4, 3)])
def test_a_count_beyond_its_group_is_refused(count: int, n: int) -> None:
    with pytest.raises(OutOfRange, match="no share"):
        share_of(count, n)


def test_a_group_without_rows_has_no_median_and_says_so() -> None:
    empty = pl.DataFrame(
        schema={"measure": pl.String, "pre2": pl.Float64, "log_ratio3": pl.Float64, "n_post": pl.Int64}
    )
    found = beside(empty, before_and_after(years([30, 30, 99, 99, 99])), measure="state-based", band=BAND)
    assert (found.exits.n, found.exits.median, found.exits.worse.share) == (0, None, None)
    assert found.words == "no exit with figures falls here"


def test_the_band_holds_its_lower_end_and_not_its_upper() -> None:
    rows = pl.DataFrame({"measure": ["m"] * 3, "pre2": [25.0, 1000.0, 24.9], "log_ratio3": [1.0, 1.0, 1.0]})
    assert outcomes(rows, measure="m", band=BAND).n == 1


def test_a_class_from_half_of_geopko_is_refused() -> None:
    half = pl.DataFrame({"mission": ["MINUGUA"], "country": ["Guatemala"], "year": [2000]})
    with pytest.raises(TableProblem, match="MINURCA in Central African Republic"):
        exits_table(half, years([1, 2]))


def test_geopko_faults_are_named(tmp_path: Path) -> None:
    file = tmp_path / "geopko.csv"
    file.write_text("mission,year\nUNMIL,2003\n", encoding="utf-8")
    with pytest.raises(TableProblem, match="country not found"):
        read_geopko(file)
    file.write_text("mission,year,country\nUNMIL,2003,Liberia\nUNMIL,soon,Liberia\n", encoding="utf-8")
    with pytest.raises(TableProblem, match="'soon' is not a year") as caught:
        read_geopko(file)
    assert (caught.value.where.rows, caught.value.where.field) == ((2,), "year")
    file.write_text("mission,year,country\nUNMIL,2003,Liberia\nUNMIL,2004,\n", encoding="utf-8")
    reading = read_geopko(file)
    assert (reading.table.height, reading.dropped[0].rows) == (1, (2,))


def test_cards_say_how_far_they_apply_and_how_they_were_checked() -> None:
    cards = evidence_cards()
    assert len({card.id for card in cards}) == len(cards) == 13
    assert {card.applicability for card in cards} == {"high", "medium", "low"}
    assert all(card.reason and card.verified and card.estimate for card in cards)
    assert all(card.doi is None or card.doi.startswith("10.") for card in cards)


def test_the_mission_without_figures_stays_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exits", "--country", "MKD"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if "UNPREDEP" in line and "state-based" in line)
    assert line.count("unknown") == 4


def test_exits_of_one_country_and_the_tail(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exits", "--case", "iraq", "--country", "IRQ"]) == 0
    said = capsys.readouterr().out
    assert "Iraq *" in said
    assert "7,284.7" in said
    assert "4 of 12" in said
    assert "MINUSMA" not in said


def test_a_country_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exits", "--country", "IRK"]) == 2
    assert "no country (ISO3) is called 'IRK'" in capsys.readouterr().err
