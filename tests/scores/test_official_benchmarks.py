"""The official draws of the VIEWS challenge, scored again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest

from tocsin.scores import Metric, Scores, bounds, crps, interval_score, score_draws

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.data

CONFLICTOLOGY = {2018: 14.46, 2019: 9.27, 2020: 12.12, 2021: 26.32}


def window(folder: Path, model: str, year: int, *, draws: int) -> tuple[Any, Any]:
    """Draws (191, 12, D) and actual (191, 12) of a calendar year."""
    benchmarks, units = folder / "benchmarks", ["country_id", "month_id"]
    of_year = pl.col("window") == year
    forecast = pl.scan_parquet(benchmarks / f"views_{model}_2018_2021.parquet").filter(of_year)
    came = pl.scan_parquet(benchmarks / "views_cm_actuals_v1_2018_2021.parquet").filter(of_year)
    return (
        forecast.sort(*units, "draw").collect()["outcome"].to_numpy().reshape(191, 12, draws),
        came.sort(units).collect()["outcome"].to_numpy().reshape(191, 12),
    )


@pytest.fixture(scope="module")
def conflictology(shared_data: Path) -> dict[int, Scores]:
    return {y: score_draws(*window(shared_data, "conflictology_12", y, draws=12), seed=1) for y in CONFLICTOLOGY}


@pytest.mark.parametrize("year", CONFLICTOLOGY)
def test_conflictology(conflictology: dict[int, Scores], year: int) -> None:
    assert conflictology[year].crps == pytest.approx(CONFLICTOLOGY[year], abs=0.05)


def test_conflictology_over_four_windows(conflictology: dict[int, Scores]) -> None:
    """Mean CRPS 15.54, MIS 218 and AP .808 are known for these draws."""
    windows = list(conflictology.values())
    assert np.mean([s.mis for s in windows]) == pytest.approx(218, abs=0.5)
    for metric, known, near in ((Metric.CRPS, 15.54, 0.005), (Metric.AP25, 0.808, 0.0005)):
        b = bounds(windows, metric, seed=1, resamples=300)
        assert b is not None
        assert b.value == pytest.approx(known, abs=near)
        assert b.lower < b.value < b.upper


@pytest.mark.parametrize(
    ("model", "year", "known", "ign"),
    [
        ("last_poisson", 2018, 20.04, 1.19),
        ("last_poisson", 2019, 9.64, 1.04),
        ("last_poisson", 2020, 13.70, 1.09),
        ("last_poisson", 2021, 37.13, 1.23),
        ("bootstrap", 2018, 23.49, 1.11),
        ("bootstrap", 2019, 22.07, 1.09),
        ("bootstrap", 2020, 21.27, 1.08),
        ("bootstrap", 2021, 36.05, 1.12),
    ],
)
def test_a_thousand_draws(shared_data: Path, model: str, year: int, known: float, ign: float) -> None:
    s = score_draws(*window(shared_data, f"{model}_1000", year, draws=1000), seed=1)
    assert s.crps == pytest.approx(known, abs=0.05)
    assert s.ign == pytest.approx(ign, abs=0.01)


def test_the_published_interval_score_is_of_the_95_percent_interval(shared_data: Path) -> None:
    draws, actual = window(shared_data, "last_poisson_1000", 2019, draws=1000)
    assert crps(draws, actual).mean() == pytest.approx(9.64, abs=0.05)
    assert interval_score(draws, actual, level=0.95).mean() == pytest.approx(339.0, abs=0.05)
