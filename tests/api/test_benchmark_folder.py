"""The benchmark on a small made-up folder: who is scored, on what, and which file is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from tocsin.api import benchmark
from tocsin.api.benchmark import (
    ACTUALS,
    COMPARED,
    METRICS,
    OFFICIAL,
    OURS,
    PUBLISHED,
    SERIES,
    ViewsBenchmark,
    benchmark_views,
)
from tocsin.api.series import history_of_series
from tocsin.backtest.challenge import TEST_WINDOWS, Window
from tocsin.errors import FileProblem
from tocsin.forecast.contract import model_named
from tocsin.forecast.make import make_forecast
from tocsin.scores import score_draws
from tocsin.vocabulary import AreaIds

if TYPE_CHECKING:
    from pathlib import Path

AREAS = tuple(range(160, 172))
"""VIEWS ids of twelve countries."""


def months_of(window: Window) -> list[int]:
    return [m.id for m in window.months]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("challenge")
    rng = np.random.default_rng(7)
    last = months_of(Window(TEST_WINDOWS[-1]))[-1]
    series = pl.DataFrame(
        [
            {"month_id": m, "country_id": a, "ged_sb": int(rng.poisson((a % 4) * 9))}
            for m in range(Window(TEST_WINDOWS[0]).origin.id - 119, last + 1)
            for a in AREAS
        ]
    )
    series.write_parquet(made / SERIES)
    tested = [m for y in TEST_WINDOWS for m in months_of(Window(y))]
    actuals = series.filter(pl.col("month_id").is_in(tested)).rename({"ged_sb": "outcome"})
    actuals.write_parquet(made / ACTUALS)
    for shift, file in enumerate(OFFICIAL.values()):
        every = actuals.join(pl.DataFrame({"draw": range(4)}), how="cross")
        every.with_columns(outcome=pl.col("outcome") + shift * pl.col("draw")).write_parquet(made / file)
    pl.DataFrame(
        [
            {"model": "last_poisson", "window": 2018, "level": "cm", "crps": 1.5, "ign": 0.5, "mis": 9.0},
            {"model": "last_poisson", "window": None, "level": "cm", "crps": 2.5, "ign": 0.6, "mis": 8.0},
            {"model": "last_poisson", "window": 2019, "level": "pgm", "crps": 9.5, "ign": 0.5, "mis": 9.0},
            {"model": "someone_else", "window": 2018, "level": "cm", "crps": 7.5, "ign": 0.5, "mis": 9.0},
        ]
    ).write_parquet(made / PUBLISHED)
    return made


@pytest.fixture(scope="module")
def done(folder: Path) -> ViewsBenchmark:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            benchmark, "OURS", OURS | {"quantile_forest": "negative_binomial", "ensemble": "negative_binomial"}
        )
        return benchmark_views(folder)


def row(done: ViewsBenchmark, model: str, window: int | str) -> dict[str, object]:
    return next(r for r in done.rows() if (r["model"], r["window"]) == (model, window))


def test_every_model_is_scored_on_every_window_and_on_their_mean(done: ViewsBenchmark) -> None:
    found = {(r["model"], r["window"]) for r in done.rows()}
    assert found == {(m, w) for m in (*OFFICIAL, *OURS) for w in (*TEST_WINDOWS, "mean")}
    assert len(done.rows()) == len(found)


def test_draws_that_hit_every_count_score_nothing(done: ViewsBenchmark) -> None:
    # The first official draws are the actuals themselves; the second are 0 to 3 too high.
    assert [row(done, "last_poisson", w)["crps"] for w in (*TEST_WINDOWS, "mean")] == [0] * 5
    # Errors of 0, 1, 2, 3: their mean is 1.5, and half the mean distance between draws is .625.
    assert row(done, "bootstrap", 2018)["crps"] == pytest.approx(1.5 - 0.625)


def test_the_mean_row_is_the_mean_of_the_windows(done: ViewsBenchmark) -> None:
    for model in ("conflictology_1000", "negative_binomial"):
        windows = [row(done, model, w)["crps"] for w in TEST_WINDOWS]
        assert row(done, model, "mean")["crps"] == pytest.approx(np.mean(windows))  # type: ignore[arg-type]


def test_who_made_the_draws_and_how_many_is_said(done: ViewsBenchmark) -> None:
    assert (row(done, "bootstrap", 2019)["by"], row(done, "bootstrap", 2019)["draws"]) == ("official draws", 4)
    ours = row(done, "conflictology_1000", 2019)
    assert (ours["by"], ours["draws"]) == ("tocsin", 1000)


def test_published_figures_stand_beside_their_own_model_window_and_level(done: ViewsBenchmark) -> None:
    assert row(done, "last_poisson", 2018)["published"] == {"crps": 1.5, "ign": 0.5, "mis": 9.0}
    assert row(done, "last_poisson", "mean")["published"] == {"crps": 2.5, "ign": 0.6, "mis": 8.0}
    assert row(done, "last_poisson", 2019)["published"] == {}
    assert row(done, "quantile_forest", 2018)["published"] == {}


def test_each_difference_is_that_of_two_models_of_the_same_run(done: ViewsBenchmark) -> None:
    assert [(d.ours, d.theirs, d.metric) for d in done.differences] == [(*two, m) for two in COMPARED for m in METRICS]
    for one in done.differences:
        ours, theirs = (row(done, model, "mean")[one.metric] for model in (one.ours, one.theirs))
        assert one.bounds is not None
        assert one.bounds.value == pytest.approx(ours - theirs)  # type: ignore[operator]


def test_coverage_of_months_with_deaths_counts_those_alone(done: ViewsBenchmark) -> None:
    found = next(s for s in done.scored if (s.model, s.window) == ("bootstrap", 2018)).scores.units
    # the second official draws are 0 to 3 deaths too high, so that their 90 % interval never holds what came
    assert row(done, "bootstrap", 2018)["coverage90_deaths"] == found.coverage90[found.actual > 0].mean()
    assert row(done, "last_poisson", 2018)["coverage90_deaths"] == 1.0


def test_our_draws_are_scored_against_the_countries_they_are_of(folder: Path, done: ViewsBenchmark) -> None:
    """The scores are those of draws made and matched here by hand."""
    made = make_forecast(
        history_of_series(folder / SERIES, target="ged_sb", ids=AreaIds.VIEWS).until(
            Window(2020).origin
        ),
        model=model_named("conflictology"), horizons=tuple(range(3, 15)), draws=1000, seed=1,
    )  # fmt: skip
    actuals = pl.read_parquet(folder / ACTUALS)
    came = np.array([
        [actuals.filter(country_id=int(a), month_id=m)["outcome"].item() for m in months_of(Window(2020))]
        for a in made.areas
    ])  # fmt: skip
    assert row(done, "conflictology_1000", 2020)["crps"] == pytest.approx(score_draws(made.draws, came, seed=1).crps)


@pytest.mark.parametrize("file", [ACTUALS, SERIES, PUBLISHED, *OFFICIAL.values()])
def test_a_missing_file_is_named(folder: Path, tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark, "OURS", {})
    for other in folder.iterdir():
        if other.name != file:
            (tmp_path / other.name).symlink_to(other)
    with pytest.raises(FileProblem) as caught:
        benchmark_views(tmp_path)
    assert caught.value.where.file == tmp_path / file
