"""Forecast and score as others call them: layout, keys, same seed same draws, and files at fault."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow.parquet as pq
import pytest

from tocsin.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

FORECAST = (
    "forecast --level country --series series.csv --target ged_sb --origin 2017-10 --months 3-14 --draws 20 --seed 1 "
    "--model conflictology"
)
HEAD = "month_id,country_id,draw,outcome\n"
ACTUALS = "month_id,country_id,ged_sb\n"


def asked(line: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    capfd.readouterr()
    code = run([*shlex.split(line), "--json"])
    return code, json.loads(capfd.readouterr().out)


@pytest.fixture
def made(folder: Path) -> Path:
    assert run(shlex.split(f"{FORECAST} --out f.parquet")) == 0
    return folder / "f.parquet"


def test_the_forecast_has_the_challenge_layout(made: Path) -> None:
    table = pl.read_parquet(made)
    assert table.columns == ["month_id", "country_id", "draw", "outcome"]
    assert table.height == 6 * 12 * 20
    assert (table["month_id"].to_numpy().min(), table["month_id"].to_numpy().max()) == (457, 468)
    assert not table.select("month_id", "country_id", "draw").is_duplicated().any()


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_the_same_seed_gives_the_same_bytes(ending: str, folder: Path) -> None:
    files = [folder / f"{name}.{ending}" for name in ("a", "b", "c")]
    for file, seed in zip(files, (1, 1, 2), strict=True):
        line = FORECAST.replace("--seed 1", f"--seed {seed}")
        assert run([*shlex.split(line), "--out", file.name]) == 0
    assert files[0].read_bytes() == files[1].read_bytes() != files[2].read_bytes()


def test_scores_have_the_documented_keys(made: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, said = asked(f"score {made.name} --actuals series.csv", capfd)
    assert code == 0
    assert {"crps", "log_crps", "ign", "mis", "ap25", "auc25", "coverage90", "n"} <= set(said)
    assert (said["n"], said["missing"]) == (72, 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.rename({"ged_sb": "outcome"}).write_csv("came.csv"),
        lambda t: t.write_csv("came.csv", separator=";"),
        lambda t: t.write_parquet("came.csv"),
        lambda t: t.cast(pl.Float64).write_csv("came.csv"),
        lambda t: t.cast(pl.Int16).write_parquet("came.csv"),
    ],
    ids=["outcome", "semicolons", "Parquet under another ending", "ids with a point", "small numbers"],
)
def test_actuals_of_every_form_give_the_same_scores(
    change: Any, made: Path, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _, wanted = asked(f"score {made.name} --actuals series.csv", capfd)
    change(pl.read_csv(folder / "series.csv"))
    assert asked(f"score {made.name} --actuals came.csv", capfd) == (0, wanted)


def test_a_csv_forecast_scores_as_its_parquet(made: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, wanted = asked(f"score {made.name} --actuals series.csv", capfd)
    pl.read_parquet(made).write_csv("f.csv")
    code, said = asked("score f.csv --actuals series.csv --column ged_sb", capfd)
    assert code == 0
    assert (said["crps"], said["n"]) == (wanted["crps"], 72)


def test_partial_scores_what_is_known(made: Path, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    series = pl.read_csv(folder / "series.csv")
    series.filter((pl.col("country_id") != 6) | (pl.col("month_id") < 460)).write_csv(folder / "some.csv")
    code, said = asked(f"score {made.name} --actuals some.csv", capfd)
    assert (code, said["error"]) == (2, "9 of 72 areas and months have no actual")
    assert "--partial" in said["hint"]
    code, said = asked(f"score {made.name} --actuals some.csv --partial", capfd)
    assert (code, said["n"], said["missing"]) == (0, 63, 9)


ACTUALS_AT_FAULT = {
    "twice": ("457,1,2\n457,1,3\n", "more than once", [1, 2], "country_id"),
    "negative": ("457,1,2\n458,1,-3\n", "negative", [2], "ged_sb"),
    "infinite": ("457,1,inf\n", "infinite", [1], "ged_sb"),
    "NaN": ("457,1,NaN\n", "no whole number", [1], "ged_sb"),
    "words": ("457,1,many\n", "no whole number", [1], "ged_sb"),
    "half": ("457,1,0.5\n", "no whole number", [1], "ged_sb"),
    "no month": ("457,1,0\n,2,0\n", "month", [2], "month_id"),
    "month in words": ("June,1,0\n", "month", [1], "month_id"),
    "area in words": ("457,Iraq,0\n", "area", [1], "country_id"),
    "all of other areas": ("457,99,0\n", "72 of 72", [], "ged_sb"),
}


@pytest.mark.parametrize("name", ACTUALS_AT_FAULT)
def test_actuals_at_fault_are_refused(name: str, made: Path, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text, what, rows, field = ACTUALS_AT_FAULT[name]
    (folder / "came.csv").write_text(ACTUALS + text, encoding="utf-8")
    code, said = asked(f"score {made.name} --actuals came.csv", capfd)
    assert (code, said["file"], said["rows"], said["field"]) == (2, "came.csv", rows, field)
    assert what in said["error"]
    assert said["hint"]


def test_partial_actuals_of_other_areas_are_refused(
    made: Path, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "came.csv").write_text(f"{ACTUALS}457,99,0\n", encoding="utf-8")
    code, said = asked(f"score {made.name} --actuals came.csv --partial", capfd)
    assert (code, said["field"]) == (2, "month_id")
    assert "2018-01 to 2018-12" in said["hint"]


FORECASTS_AT_FAULT = {
    "no rows": ("", "no rows", [], None),
    "unequal draws": ("457,1,0,1\n457,1,1,1\n457,2,0,1\n", "unequal", [], "draw"),
    "a draw twice": ("457,1,0,1\n457,1,0,2\n", "unequal", [], "draw"),
    "negative": ("457,1,0,1\n457,1,1,-1\n", "not counts", [2], "outcome"),
    "half a death": ("457,1,0,0.5\n", "not counts", [1], "outcome"),
    "infinite": ("457,1,0,inf\n", "not counts", [1], "outcome"),
    "NaN": ("457,1,0,NaN\n", "not counts", [1], "outcome"),
    "more than can be": ("457,1,0,3000000000\n", "not counts", [1], "outcome"),
    "words": ("457,1,0,many\n", "not counts", [1], "outcome"),
    "no month": ("457,1,0,1\n,1,0,1\n", "month", [2], "month_id"),
    "month in words": ("June,1,0,1\n", "month", [1], "month_id"),
    "no draw": ("457,1,,1\n", "draws", [1], "draw"),
    "no area": ("457,,0,1\n", "area", [1], "country_id"),
    "area in words": ("457,Iraq,0,1\n", "area", [1], "country_id"),
    "cut short": ("457,1,0,1\n457,1", "cut short", [], None),
    "too many fields": ("457,1,0,1\n457,1,1,1,9,9\n", "cannot be read", [], None),
}


@pytest.mark.parametrize("name", FORECASTS_AT_FAULT)
def test_forecasts_at_fault_are_refused(name: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text, what, rows, field = FORECASTS_AT_FAULT[name]
    (folder / "f.csv").write_text(HEAD + text, encoding="utf-8")
    code, said = asked("score f.csv --actuals series.csv --column ged_sb", capfd)
    assert (code, said["file"], said["rows"], said["field"]) == (2, "f.csv", rows, field)
    assert what in said["error"]
    assert said["hint"]


@pytest.mark.parametrize(
    ("key", "value"), [("ids", "postcodes"), ("origin", "soon"), ("origin", "2018-06"), ("seed", "x")]
)
def test_a_forecast_whose_metadata_are_at_fault_is_refused(
    key: str, value: str, made: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table = pq.read_table(made)
    pq.write_table(table.replace_schema_metadata({**table.schema.metadata, key.encode(): value.encode()}), made)
    code, said = asked(f"score {made.name} --actuals series.csv", capfd)
    assert (code, said["file"]) == (2, made.name)
    assert value in said["error"] or "origin" in said["error"]


def test_a_parquet_forecast_cut_short_is_refused(made: Path, capfd: pytest.CaptureFixture[str]) -> None:
    made.write_bytes(made.read_bytes()[:-40])
    code, said = asked(f"score {made.name} --actuals series.csv", capfd)
    assert (code, said["file"]) == (2, made.name)
    assert "cannot be read" in said["error"]
    assert "Traceback" not in said["error"]
