"""A tiny world to run commands on, and a place of its own for every run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

if TYPE_CHECKING:
    from pathlib import Path


def made_up_series() -> pl.DataFrame:
    """Six countries, June 2012 to September 2020 (month ids 390 to 489)."""
    rng = np.random.default_rng(1)
    rows = [(month, area, int(rng.poisson(3 * area))) for area in range(1, 7) for month in range(390, 490)]
    return pl.DataFrame(rows, schema=["month_id", "country_id", "ged_sb"], orient="row")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of the run, with `series.csv` in it; the log of forecasts is kept beside it."""
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "kept"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    made_up_series().write_csv(work / "series.csv")
    return work
