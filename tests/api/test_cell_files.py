from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.api.cell_files import read_stream, write_stream
from tocsin.api.forecast import write_forecast
from tocsin.api.score import read_forecast
from tocsin.errors import FileProblem, TableProblem
from tocsin.forecast.cells.grid_stream import in_one_piece
from tocsin.forecast.forecast import Forecast
from tocsin.sources.tables import read_table
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from pathlib import Path


def whole() -> Forecast:
    areas = tuple(str(100 + i) for i in range(7))
    return Forecast(
        model="made up", ids=AreaIds.GID, target="deaths_sb", vintage="made up", origin=Month.of(2010, 1), horizons=(3, 5),
        areas=areas, names=areas, draws=np.random.default_rng(0).poisson(3, (7, 2, 20)).astype(np.int32), seed=4,
        data_hash="none",
    )  # fmt: skip


def blocks(made: Forecast, *, step: int) -> list[Forecast]:
    cuts = [slice(i, i + step) for i in range(0, len(made.areas), step)]
    return [replace(made, areas=made.areas[c], names=made.names[c], draws=made.draws[c]) for c in cuts]


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_a_stream_writes_what_the_whole_writes(ending: str, tmp_path: Path) -> None:
    made = whole()
    assert write_stream(blocks(made, step=3), tmp_path / f"stream.{ending}") == 7
    write_forecast(made, tmp_path / f"whole.{ending}")
    (one, said), (two, told) = (read_table(tmp_path / f"{name}.{ending}") for name in ("stream", "whole"))
    assert one.equals(two)
    assert said == told


def test_a_stream_is_read_back_block_by_block(tmp_path: Path) -> None:
    made = whole()
    write_stream(blocks(made, step=2), tmp_path / "f.parquet")
    again = list(read_stream(tmp_path / "f.parquet"))
    assert [len(block.areas) for block in again] == [2, 2, 2, 1]
    joined = in_one_piece(again)
    assert np.array_equal(joined.draws, made.draws)
    assert replace(joined, draws=made.draws, licence=made.licence) == made
    assert np.array_equal(read_forecast(tmp_path / "f.parquet").draws, made.draws)


def test_a_block_of_many_draws_stays_one_block(tmp_path: Path) -> None:
    made = whole()
    many = replace(made, areas=("1",), names=("1",), draws=np.zeros((1, 2, 550_000), dtype=np.int32))
    write_stream([many], tmp_path / "f.parquet")
    assert [block.draws.shape for block in read_stream(tmp_path / "f.parquet")] == [(1, 2, 550_000)]


def test_a_stream_that_fails_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(TableProblem, match="no area"):
        write_stream([], tmp_path / "f.parquet")
    with pytest.raises(FileProblem, match="ending"):
        write_stream(blocks(whole(), step=2), tmp_path / "f.txt")
    assert not list(tmp_path.iterdir())
