"""The benchmark of early warning on made-up countries: its spans, its rows, its JSON as the page says, what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.api.benchmark_warning import benchmark_warning, regions, shipped_history
from tocsin.cli.app import run
from tocsin.errors import OutOfRange, UnknownName
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from tocsin.assess.warning_rows import WarningBenchmark

DOCS = Path(__file__).resolve().parents[2] / "docs"
QUICK = ("conflictology", "months_since_death")


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eleven countries, 2005 to 2018: some at war now and then, some that break once, some never."""
    rng = np.random.default_rng(3)
    first, months = Month.of(2005, 1), 14 * 12
    rows = ["month_id,country_id,ged_sb"]
    for i, country in enumerate((40, 41, 42, 43, 47, 48, 50, 52, 53, 57, 60)):
        often = (0.5, 0.1, 0.02, 0.0)[i % 4]
        war = np.repeat(rng.random(months // 12) < often, 12)
        war[100 + 6 * i : 112 + 6 * i] |= i % 4 == 3
        deaths = rng.poisson(60 * war * rng.random(months))
        rows += [f"{(first + m).id},{country},{d}" for m, d in enumerate(deaths)]
    path = tmp_path_factory.mktemp("series") / "deaths.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def done(series: Path) -> WarningBenchmark:
    return benchmark_warning(
        data=series, named=QUICK, budgets=(2, 4), windows=(3, 12), judge_through=Month.of(2018, 6), draws=12
    )  # fmt: skip


def test_the_span_that_chose_closes_before_2018_and_the_one_that_judges_opens_in_it(done: WarningBenchmark) -> None:
    choosing, judging = done.spans
    assert (str(choosing.origins[0]), str(choosing.origins[-1])) == ("2006-01", "2016-10")
    assert choosing.origins[-1] + 12 < Month.of(2018, 1)
    assert str(judging.origins[0]) == "2017-12"
    assert judging.origins[-1] + 12 <= Month.of(2018, 12)
    assert {b - a for a, b in zip(choosing.origins, choosing.origins[1:], strict=False)} == {3}


def test_later_origins_are_scored_only_where_they_are_asked_for(series: Path) -> None:
    kept = benchmark_warning(data=series, named=("months_since_death",), budgets=(2,), windows=(3,))
    assert not kept.spans[1].origins
    assert {r.span for r in kept.rows} == {"choosing"}


def test_a_judging_span_without_origins_is_refused(series: Path) -> None:
    with pytest.raises(OutOfRange, match="judged through 2017-06"):
        benchmark_warning(data=series, named=("months_since_death",), judge_through=Month.of(2017, 6))


def test_every_model_question_and_budget_has_a_row(done: WarningBenchmark) -> None:
    asked = {(r.question.key, r.peace) for r in done.rows}
    assert {q for q, peace in asked if not peace} == {
        f"{what}_within_{w}" for what in ("escalation", "p25", "p100") for w in (3, 12)
    }  # fmt: skip
    assert {(q, p) for q, p in asked if p} == {(f"total25_within_{w}", p) for w in (3, 12) for p in (12, 24, 60)}
    whole = [r for r in done.rows if r.region == "all"]
    assert len(whole) == 2 * 2 * 2 * len(asked)


def test_regions_add_up_to_all_and_areas_to_the_alerts(done: WarningBenchmark) -> None:
    for r in (r for r in done.rows if r.region == "all"):
        same = (r.span, r.model, r.question, r.peace, r.budget)
        parts = [x for x in done.rows if (x.span, x.model, x.question, x.peace, x.budget) == same and x.region != "all"]
        assert sum(x.found.alerts for x in parts) == r.found.alerts
        assert sum(x.found.cases for x in parts) == r.found.cases
        assert sum(a["alerts"] for a in r.areas) == r.found.alerts  # type: ignore[misc]
        assert sum(a["hits"] for a in r.areas) == r.found.hits  # type: ignore[misc]


def test_longer_peace_leaves_fewer_to_alert(done: WarningBenchmark) -> None:
    rates = {r.peace: r.found for r in done.rows if r.region == "all" and r.question.months == 12 and r.budget == 4
             and r.model == "months_since_death" and r.span == "choosing" and r.question.key.startswith("total")}  # fmt: skip
    assert rates[12].alerts >= rates[24].alerts >= rates[60].alerts
    assert rates[12].cases >= rates[24].cases >= rates[60].cases >= 1


def test_a_ranking_has_no_value_of_its_own_probabilities_and_no_value_passes_one(done: WarningBenchmark) -> None:
    by_name = {name: [v for v in done.values if v.model == name] for name in QUICK}
    assert all(v.stated is None for v in by_name["months_since_death"])
    assert any(v.stated for v in by_name["conflictology"])
    assert any(v.chosen and v.chosen.value > 0 for v in by_name["conflictology"])
    assert all(b.value <= 1 and b.upper <= 1 for v in done.values for b in (v.stated, v.chosen) if b)


def test_regions_bear_the_names_of_the_table() -> None:
    where = regions(shipped_history("sb"))
    assert list(where) == ["Africa", "Americas", "Asia", "Europe", "Middle East"]
    assert sum(of.sum() for of in where.values()) == len(next(iter(where.values())))


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        ({"series": "sbb"}, UnknownName, "sb"), ({"named": ("forest",)}, UnknownName, "forest"),
        ({"budgets": (0,)}, OutOfRange, "budget of 0"), ({"windows": (0,)}, OutOfRange, "horizon 0"),
        ({"draws": 0}, OutOfRange, "0 draws"), ({"named": ()}, OutOfRange, "no model"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(given: dict[str, object], kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        benchmark_warning(**given)  # type: ignore[arg-type]


def documented() -> set[str]:
    part = (DOCS / "json.md").read_text(encoding="utf-8").split("\n## benchmark warning\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {key for cell in rows for key in re.findall(r"`([^`]+)`", cell)}


def leaves(value: object, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return set().union(*(leaves(v, f"{path}.{k}" if path else k) for k, v in value.items()))
    if isinstance(value, list):
        return set().union(*(leaves(v, f"{path}[]") for v in value))
    return {path}


def test_the_command_prints_json_as_the_page_says(series: Path, capsys: pytest.CaptureFixture[str]) -> None:
    models = [x for name in QUICK for x in ("--model", name)]
    asked = ["--data", str(series), *models, "--budget", "3", "--within", "6", "--draws", "12"]
    assert run(["benchmark", "warning", *asked, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    undefined = {f"{a}[].{b}" for a, b in (("rows", "precision"), ("rows", "recall"), ("rows", "median_lead"),
                 ("rows", "false_alarms"), ("values", "stated"), ("values", "chosen"), ("differences", "precision"),
                 ("differences", "recall"))}  # fmt: skip
    assert leaves(said) - undefined == documented()
    assert {row["budget"] for row in said["rows"]} == {3}


def test_a_model_stands_beside_the_ranking(done: WarningBenchmark) -> None:
    whole = {(r.span, r.model, r.question, r.peace, r.budget): r.found for r in done.rows if r.region == "all"}
    assert {d.model for d in done.differences} == {"conflictology"}
    told = [d for d in done.differences if d.found.recall]
    for d in told:
        one, other = (whole[d.span, name, d.question, d.peace, d.budget].recall for name in QUICK)
        assert one is not None
        assert other is not None
        assert d.found.recall is not None
        assert d.found.recall.value == pytest.approx(one.value - other.value)
    assert told


def test_the_command_prints_spans_tables_and_value(series: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--data", str(series), "--model", "conflictology", "--budget", "3", "--within", "6", "--draws", "12"]
    assert run(["benchmark", "warning", *asked]) == 0
    said = capsys.readouterr().out
    assert "choosing: 44 origins, 2006-01 to 2016-10" in said
    assert "judging: not scored" in said
    assert "after 12 months without a death" in said
    assert "value at most" in said


def test_a_series_without_origins_says_where_they_lie(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "late.csv"
    rows = [f"{m},{c},1" for c in (40, 41) for m in range(481, 541)]
    path.write_text("\n".join(["month_id,country_id,ged_sb", *rows]), encoding="utf-8")
    assert run(["benchmark", "warning", "--data", str(path), "--model", "months_since_death"]) == 2
    assert "no origin to score" in capsys.readouterr().err
