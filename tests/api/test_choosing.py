"""Settings are chosen on months before the first that is judged, and nothing later can reach the choice."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tocsin.api.choosing import came_in, choosing_history, choosing_windows, scored
from tocsin.backtest.challenge import FIRST_TEST_MONTH, TEST_WINDOWS, Window
from tocsin.errors import OutOfRange, TableProblem

SCRIPTS = sorted((Path(__file__).parents[2] / "benchmarks").glob("tune_*.py"))
READERS = {
    "history_of_series",
    "read_series",
    "read_table",
    "raw_table",
    "read_parquet",
    "scan_parquet",
    "read_csv",
    "scan_csv",
}
FIRST, LAST = 121, 504


def series(folder: Path, *, planted: int, last: int = LAST) -> Path:
    """Monthly deaths of four countries; from the first judged month on all are what is planted."""
    rng = np.random.default_rng(0)
    months = np.arange(FIRST, last + 1)
    tables = []
    for country in (1, 2, 3, 4):
        deaths = np.where(months >= FIRST_TEST_MONTH.id, planted, rng.poisson(country, months.size))
        tables.append(pl.DataFrame({"month_id": months, "country_id": country, "ged_sb": deaths}))
    file = folder / f"series_{planted}_{last}.parquet"
    pl.concat(tables).write_parquet(file)
    return file


def test_no_judged_month_is_in_what_settings_are_chosen_on(tmp_path: Path) -> None:
    history = choosing_history(series(tmp_path, planted=0))
    assert history.origin == FIRST_TEST_MONTH - 1
    assert history.deaths.shape[1] == FIRST_TEST_MONTH.id - FIRST


def test_what_is_planted_in_judged_months_changes_nothing(tmp_path: Path) -> None:
    one, other = (choosing_history(series(tmp_path, planted=p)) for p in (0, 99_999))
    assert one.data_hash == other.data_hash
    window = choosing_windows(2017)[0]
    draws = np.zeros((4, 12, 10), dtype=np.int64)
    assert scored(one, window, draws).as_dict() == scored(other, window, draws).as_dict()


def test_no_window_that_is_judged_is_chosen_on(tmp_path: Path) -> None:
    windows = choosing_windows(2003)
    assert [w.year for w in windows] == list(range(2003, 2018))
    assert not {w.year for w in windows} & set(TEST_WINDOWS)
    history = choosing_history(series(tmp_path, planted=0))
    for judged in TEST_WINDOWS:
        with pytest.raises(OutOfRange, match=f"window {judged} is not over"):
            came_in(history, Window(judged))


def test_a_file_of_judged_months_alone_is_refused(tmp_path: Path) -> None:
    late = pl.DataFrame({"month_id": [460], "country_id": [1], "ged_sb": [3]})
    late.write_parquet(tmp_path / "late.parquet")
    with pytest.raises(TableProblem, match="no row is of 2017-12 or earlier"):
        choosing_history(tmp_path / "late.parquet")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_that_chooses_reads_its_data_here_and_nowhere_else(script: Path) -> None:
    tree = ast.parse(script.read_text(encoding="utf-8"))
    named = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    named |= {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    named |= {alias.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for alias in n.names}
    assert "choosing_history" in named
    assert not named & READERS
