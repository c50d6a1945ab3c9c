"""`--format` and `--ids` by the words the help and the docs say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = [f"{m},{c},{(m * c) % 40}" for c in (40, 41) for m in range(505, 541)]
    path = tmp_path / "deaths.csv"
    path.write_text("\n".join(["month_id,country_id,ged_sb", *rows]), encoding="utf-8")
    return path


def forecast(out: str, *further: str) -> int:
    return run([
        "forecast", "--series", "deaths.csv", "--target", "ged_sb", "--origin", "2024-06", "--months", "1-6",
        "--draws", "20", "--model", "conflictology", "--out", out, *further,
    ])  # fmt: skip


@pytest.mark.usefixtures("series")
def test_both_formats_are_written_and_score_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for layout, out in (("views", "v.parquet"), ("views-frames", "f.parquet")):
        assert forecast(out, "--format", layout) == 0
        capsys.readouterr()
        assert run(["score", out, "--actuals", "deaths.csv", "--json"]) == 0
        found.append(json.loads(capsys.readouterr().out))
    assert found[0] == found[1]
    assert pl.read_parquet("f.parquet").columns == ["time", "unit", "sample", "value"]


@pytest.mark.usefixtures("series")
def test_what_the_file_leaves_open_is_asked_for_and_what_it_says_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert forecast("f.parquet", "--format", "views-frames") == 0
    pl.read_parquet("f.parquet").write_csv("bare.csv")
    for argv, words in (
        (["score", "bare.csv", "--actuals", "deaths.csv"], "--ids views (countries) or --ids gid"),
        (["score", "f.parquet", "--actuals", "deaths.csv", "--ids", "gid"], "views ids, not gid"),
        (["score", "f.parquet", "--actuals", "deaths.csv", "--format", "views"], "month_id"),
    ):
        capsys.readouterr()
        assert run(argv) == 2
        assert words in capsys.readouterr().err
    assert run(["score", "bare.csv", "--actuals", "deaths.csv", "--column", "ged_sb", "--ids", "views"]) == 0


@pytest.mark.usefixtures("series")
def test_what_a_frame_cannot_hold_is_refused_before_the_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert forecast("f.csv", "--format", "views-frames") == 2
    assert "name a .parquet file" in capsys.readouterr().err
    assert run(["forecast", "--model", "zero", "--format", "views-frames", "--out", "w.parquet"]) == 2
    assert "no iso3 ids" in capsys.readouterr().err
