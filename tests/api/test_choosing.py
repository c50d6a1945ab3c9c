"""Settings are chosen on months before the first that is judged, and nothing later can reach the choice."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tocsin.api.choosing import came_in, choosing_history, choosing_windows, country_years, scored, yearly_table
from tocsin.backtest.challenge import FIRST_TEST_MONTH, TEST_WINDOWS, Window
from tocsin.errors import OutOfRange, TableProblem

SCRIPTS = sorted(
    file for name in ("tune_*.py", "hot_years.py") for file in (Path(__file__).parents[2] / "benchmarks").glob(name)
)
FROM_TOCSIN = {
    "tocsin.api.choosing", "tocsin.backtest.challenge", "tocsin.backtest.parcels", "tocsin.errors", "tocsin.scores",
    "tocsin.vocabulary", "tocsin.panel.history",
}  # fmt: skip
"""What a script that chooses may import, beside the models: none of it reads data but the first, which cuts it."""
FROM_ELSEWHERE = {
    "__future__", "argparse", "collections", "collections.abc", "dataclasses", "functools", "itertools", "pathlib", "platform",
    "sys", "time", "typing", "joblib", "lightgbm", "numpy", "numpy.typing", "sklearn", "tocsin",
}  # fmt: skip
OPENERS = {
    "open", "read_bytes", "read_text", "fromfile", "loadtxt", "genfromtxt", "memmap", "import_module", "__import__", "exec",
    "eval",
}  # fmt: skip
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


def strange(source: str) -> set[str]:
    """What a script names that could bring it data from elsewhere than `tocsin.api.choosing`."""
    tree = ast.parse(source)
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} | {
        n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)
    }
    found = names & OPENERS
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} - FROM_ELSEWHERE
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            ids_alone = module == "tocsin.api.series" and {alias.name for alias in node.names} == {"country_ids"}
            if not (ids_alone or module in FROM_TOCSIN | FROM_ELSEWHERE or module.startswith("tocsin.forecast.")):
                found.add(module)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "tocsin":
            found |= {f"tocsin.{node.attr}"} - {"tocsin.__version__"}
    return found


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_that_chooses_reads_its_data_here_and_nowhere_else(script: Path) -> None:
    source = script.read_text(encoding="utf-8")
    assert "choosing_history" in source
    assert strange(source) == set()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("from tocsin.sources.starter import starter_table", "tocsin.sources.starter"),
        ("from tocsin.api.benchmark import benchmark_views", "tocsin.api.benchmark"),
        ("from tocsin.api.series import history_of_series", "tocsin.api.series"),
        ("import pyarrow.parquet", "pyarrow.parquet"),
        ("import polars as pl", "polars"),
        ("import tocsin\ntocsin.benchmark_views", "tocsin.benchmark_views"),
        ("from pathlib import Path\nPath('x').read_bytes()", "read_bytes"),
        ("from importlib import import_module", "importlib"),
    ],
)
def test_ways_round_are_seen(line: str, found: str) -> None:
    assert found in strange(line)


def test_yearly_tables_end_before_the_first_judged_year() -> None:
    assert country_years()["year"].max() == FIRST_TEST_MONTH.year - 1


def test_a_yearly_file_is_cut_as_it_is_read(tmp_path: Path) -> None:
    pl.DataFrame({"year": [2016, 2017, 2018], "x": [1, 2, 3]}).write_parquet(tmp_path / "y.parquet")
    assert yearly_table(tmp_path / "y.parquet")["x"].to_list() == [1, 2]
