"""The JSON of commands has the keys that the docs say, and no others."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.api.few_trees import few_trees

from tocsin.api import outlook
from tocsin.api.benchmark import ViewsBenchmark
from tocsin.backtest.challenge import Scored
from tocsin.cli.app import run
from tocsin.forecast.contract import models
from tocsin.forecast.forest import QUANTILE_FOREST, ForestSettings
from tocsin.scores import score_draws

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"
NAMES_ASKED_FOR = ("rows[].probabilities", "rows[].published")


def documented(heading: str) -> set[str]:
    """The keys in the table under a heading."""
    part = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


def keys(value: Any, path: str = "") -> set[str]:
    """The path of every leaf; an empty list counts as the list itself."""
    if path in NAMES_ASKED_FOR:
        return {f"{path}.*"}
    if isinstance(value, dict):
        return set().union(*(keys(v, f"{path}.{k}" if path else k) for k, v in value.items()))
    if isinstance(value, list):
        return set().union(*(keys(v, f"{path}[]") for v in value)) if value else {f"{path}[]"}
    return {path}


def printed(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert run([*argv, "--json"]) == code
    return json.loads(capsys.readouterr().out)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    rows = [f"{m},{c},{(m * c) % 40}" for c in (40, 41, 42) for m in range(481, 541)]
    (tmp_path / "deaths.csv").write_text("\n".join(["month_id,country_id,ged_sb", *rows]), encoding="utf-8")


def test_forecast_and_score(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(
        capsys, "forecast", "--series", "deaths.csv", "--target", "ged_sb", "--origin", "2024-06", "--months", "1-6",
        "--draws", "20", "--model", "conflictology", "--out", "f.parquet",
    )  # fmt: skip
    assert keys(said) == documented("forecast")
    scored = printed(capsys, "score", "f.parquet", "--actuals", "deaths.csv")
    assert keys(scored) == documented("score")
    assert scored["n"] == 18


def test_read(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("spacy", reason="the text extra is not installed")
    said = printed(capsys, "read", "--case", "iraq")
    assert keys(said) == documented("read")
    assert said["claims"] > 100


def test_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "score", "none.parquet", "--actuals", "deaths.csv", code=2)
    assert {key.removesuffix("[]") for key in keys(said)} == documented("errors")


def test_replay(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(
        capsys, "replay", "--case", "iraq", "--origin", "2013-12", "--draws", "50", "--model", "negative_binomial"
    )
    assert keys(said) == documented("replay")
    assert len(said["rows"]) == 18


def test_new_and_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert keys(printed(capsys, "new", "mali")) == documented("new")
    assert keys(printed(capsys, "check", "--case", "iraq")) == documented("check")


def test_warn(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlook, "RECORD_YEARS", 1)
    monkeypatch.setitem(models(), "quantile_forest", QUANTILE_FOREST.with_settings(ForestSettings(trees=3)))
    said = printed(capsys, "warn", "--draws", "20", "--most", "1")
    found = {key.split(".changes[]")[0] + ".changes[]" if ".changes[]" in key else key for key in keys(said)}
    assert documented("warn") <= found
    assert found - documented("warn") <= {"rows[].drivers[]", "rows[].nearest[]"}, "empty for areas not explained"


def test_profile(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "profile", "GHA")
    whole = re.compile(r"^(months_since|window)\[\]\..*")
    found = {whole.sub(r"\1[]", key) for key in keys(said)} - {"drivers[].series[]"}
    assert found == documented("profile") - {"key", "share", "lower", "upper", "base", "lead_years"}


def leaves(value: Any) -> set[str]:
    """The keys, without the marks of lists and of values that are absent where another row has them."""
    found = {key.removesuffix("[]") for key in keys(value)}
    return {key for key in found if not any(other.startswith((f"{key}.", f"{key}[]")) for other in found)}


@pytest.mark.parametrize(
    ("name", "argv"),
    [
        ("missions", ["--case", "iraq", "--no-forecast"]),
        ("transfer", ["--case", "iraq", "--mission", "nmi", "--to", "LBN", "--to", "SYR"]),
        ("exits", ["--case", "iraq"]),
    ],
)
def test_missions_transfer_and_exits(name: str, argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = leaves(printed(capsys, name, *argv))
    nested = {key for key in found if key.startswith("targets[].same_country[].")}
    assert {key.removesuffix("[]") for key in documented(name)} == (
        found - nested | ({"targets[].same_country"} if nested else set())
    )


def test_an_assessment_has_the_parts_that_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    with few_trees():
        said = printed(capsys, "assess", "--case", "iraq", "--draws", "30")
    assert set(said) == documented("assess")
    assert said["overlap"]["at"] == said["overlap"]["from"]
    alone = printed(capsys, "progress", "--case", "iraq", "--mission", "nmi")
    assert said["progress"] == alone["missions"][0]


def test_reach_by_three_ways(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "benchmark", "reach")
    assert keys(said) == documented("benchmark reach")
    for row in said["rows"]:
        assert abs(row["starter"] - row["known"]) <= 0.5
        assert row["events"] is None


def test_data_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert keys(printed(capsys, "data", "list")) == documented("data list")


def test_rows_of_the_benchmark() -> None:
    scores = score_draws([[[0, 30, 40]]], [[30]], seed=1)
    done = ViewsBenchmark((Scored("zero", "tocsin", 2018, scores, 1.0),), {}, (), peak_mb=1.0)
    assert keys({"rows": done.rows()}) == {k for k in documented("benchmark views") if k.startswith("rows")}


@pytest.mark.parametrize(
    "argv",
    [
        ["settle", "nmi-end", "--draws", "100"],
        ["options", "nmi-drawdown-2026", "--futures", "100"],
        ["options", "pmf-policy", "--futures", "100"],
        ["elicit", "nmi-end", "--draws", "100"],
        ["elicit", "us-posture-2020", "--futures", "100"],
        ["judgements", "list"], ["judgements", "scores"], ["judgements", "verify"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_questions_choices_and_judgements_print_no_key_that_the_page_lacks(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    said = printed(capsys, *argv, "--case", "iraq")
    named = {key.replace("[]", "") for key in documented(" ".join(argv[: 1 + (argv[0] == "judgements")]))}
    found = {key.replace("[]", "") for key in leaves(said)}
    absent = {key for key in found if any(other.startswith(f"{key}.") for other in named)}
    assert found - absent <= named
    assert named & found, "the page speaks of this command"


def test_tripwires_print_no_key_that_the_page_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(
        capsys, "tripwires", "pmf-policy", "--case", "iraq", "--on", "2014-07-20", "--futures", "100", "--draws", "50"
    )
    named = {key.replace("[]", "") for key in documented("tripwires")}
    row = re.compile(r"^choices\.(tripwires|refused)\.|^choices\.advised\.changes\.")
    found = {row.sub("", key.replace("[]", "")) for key in leaves(said)}
    short = {key.removeprefix("quotes.") for key in named}
    absent = {key for key in found if any(other.startswith(f"{key}.") for other in named)}
    assert found - absent - short - named == set()


@pytest.mark.parametrize("command", ["settle", "options", "tripwires", "elicit", "judgements", "benchmark settle",
                                     "benchmark options"])  # fmt: skip
def test_each_shape_of_these_commands_is_held_key_by_key(command: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    headings = [h for h in re.findall(r"^## (.+)$", page, re.MULTILINE) if h == command or h.startswith(f"{command} ")]
    tests = "".join(file.read_text(encoding="utf-8") for file in PAGE.parents[1].glob("tests/cli/test_*.py"))
    assert headings
    assert [h for h in headings if f'documented("{h}")' not in tests and f"\\n## {h}\\n" not in tests] == []
