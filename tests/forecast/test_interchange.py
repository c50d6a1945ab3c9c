"""Forecasts go out and come back in both layouts, and a file that leaves anything open is refused with what to say."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from tocsin.api.forecast import write_forecast
from tocsin.api.score import read_forecast, score_forecast
from tocsin.errors import FileProblem, OutOfRange, TableProblem, TocsinError, UnknownName
from tocsin.forecast.forecast import Forecast
from tocsin.forecast.interchange import (
    EXACT,
    HEADER,
    Declared,
    Layout,
    actuals_of_frame,
    frame_metadata,
    of_exchanged,
    to_frame,
)
from tocsin.forecast.layout import to_table
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from pathlib import Path

CELLS = {"unit": [62356, 62357], "time": [457, 457]}


def made(*, ids: AreaIds = AreaIds.VIEWS, largest: int = 900) -> Forecast:
    """Two areas, three months, four draws; no two cells of the cube alike."""
    draws = np.arange(24, dtype=np.int32).reshape(2, 3, 4)
    draws[1, 2, 3] = largest
    return Forecast(
        model="quantile_forest", ids=ids, target="ged_sb", vintage="made up", origin=Month.of(2017, 10),
        horizons=(3, 4, 5), areas=("7", "40"), names=("7", "40"), draws=draws, seed=3, data_hash="ab",
        licence="CC-BY-4.0",
    )  # fmt: skip


def same(a: Forecast, b: Forecast) -> bool:
    return np.array_equal(a.draws, b.draws) and replace(a, draws=b.draws) == b


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("ids", [AreaIds.VIEWS, AreaIds.GID])
def test_a_forecast_comes_back_as_it_went_out(layout: Layout, ids: AreaIds, tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    forecast = made(ids=ids)
    write_forecast(forecast, path, layout=layout)
    back = read_forecast(path)
    assert same(replace(back, draws=forecast.draws), replace(forecast, draws=forecast.draws))
    assert np.array_equal(back.draws, forecast.draws)


def test_a_frame_goes_by_the_published_columns_and_types() -> None:
    frame = to_frame(made())
    assert frame.schema == {"time": pl.Int64, "unit": pl.Int64, "sample": pl.Int32, "value": pl.Float32}
    assert frame.rows()[3:6] == [(457, 7, 3, 3.0), (457, 40, 0, 12.0), (457, 40, 1, 13.0)]
    header = json.loads(frame_metadata(made())[HEADER])
    assert (header["level"], header["n_samples"], header["ndim"], header["metadata"]["seed"]) == ("cm", 4, 2, 3)


def test_a_frame_with_its_header_alone_is_read_by_its_level() -> None:
    header = {HEADER: json.dumps({"level": "pgm", "metadata": {"model": "theirs"}, "n_samples": 1, "ndim": 2})}
    table = pl.DataFrame({**CELLS, "sample": [0, 0], "value": [1.0, 2.0]})
    back = of_exchanged(table, header)
    assert (back.ids, back.model, back.areas) == (AreaIds.GID, "theirs", ("62356", "62357"))
    assert back.draws.ravel().tolist() == [1, 2]


def test_a_frame_without_header_asks_whose_ids_its_units_are() -> None:
    table = pl.DataFrame({**CELLS, "sample": [0, 0], "value": [1.0, 2.0]})
    with pytest.raises(TableProblem, match="--ids views") as refused:
        of_exchanged(table, {})
    assert "--ids gid" in str(refused.value)
    assert of_exchanged(table, {}, declared=Declared(ids=AreaIds.GID)).ids is AreaIds.GID


def test_a_file_in_both_layouts_asks_which() -> None:
    both = pl.concat([to_table(made()), to_frame(made())], how="horizontal")
    with pytest.raises(TableProblem, match="--format views-frames"):
        of_exchanged(both, {})
    as_views = of_exchanged(both, {}, declared=Declared(Layout.VIEWS))
    as_frame = of_exchanged(both, {}, declared=Declared(Layout.VIEWS_FRAMES, AreaIds.VIEWS))
    assert np.array_equal(as_views.draws, made().draws)
    assert np.array_equal(as_frame.draws, made().draws)


def test_a_file_that_names_its_areas_twice_asks_which() -> None:
    twice = to_table(made()).with_columns(priogrid_id=pl.lit(5))
    with pytest.raises(TableProblem, match="--ids views or --ids gid"):
        of_exchanged(twice, {})
    assert of_exchanged(twice, {}, declared=Declared(ids=AreaIds.VIEWS)).areas == ("40", "7")[::-1]


@pytest.mark.parametrize(
    ("table", "said", "declared", "kind", "words"),
    [
        (pl.DataFrame({"a": [1]}), {}, None, TableProblem, "month_id, country_id, draw, outcome not found"),
        (to_table(made()), {"ids": "views"}, Declared(ids=AreaIds.GW), TableProblem, "views ids, not gw"),
        (to_table(made()), {"ids": "mars"}, None, UnknownName, "mars"),
        (to_frame(made()), {HEADER: "{"}, None, TableProblem, "header of the frame cannot be read"),
        (to_frame(made()), {HEADER: '{"level": "xx"}'}, None, UnknownName, "xx"),
        (to_frame(made()), {HEADER: '{"level": "cm", "n_samples": 9}'}, None, TableProblem, "says 9 samples"),
        (to_frame(made()), {HEADER: '{"level": "cm", "ndim": 3}'}, None, TableProblem, "frame of features"),
        (to_frame(made()), {HEADER: '{"level": "cm"}', "ids": "gid"}, None, TableProblem, "views ids, not gid"),
        (to_frame(made()), {}, Declared(ids=AreaIds.ISO3), OutOfRange, "no iso3 ids"),
        (to_frame(made()).with_columns(value=0.5), {HEADER: '{"level": "cm"}'}, None, TableProblem, "not counts"),
        (to_frame(made())[:-1], {HEADER: '{"level": "cm"}'}, None, TableProblem, "unequal numbers of draws"),
        (to_frame(made()).drop("unit"), {HEADER: '{"level": "cm"}'}, None, TableProblem, "unit not found"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    table: pl.DataFrame, said: dict[str, str], declared: Declared | None, kind: type[TocsinError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        of_exchanged(table, said, declared=declared, file="theirs.parquet")


def test_a_frame_holds_no_ids_and_no_numbers_that_it_would_spoil(tmp_path: Path) -> None:
    with pytest.raises(OutOfRange, match="no iso3 ids"):
        to_frame(replace(made(), ids=AreaIds.ISO3))
    assert to_frame(made(largest=EXACT))["value"].max() == EXACT
    with pytest.raises(OutOfRange, match=str(EXACT + 1)):
        to_frame(made(largest=EXACT + 1))
    with pytest.raises(FileProblem, match="Parquet"):
        write_forecast(made(), tmp_path / "f.csv", layout=Layout.VIEWS_FRAMES)


def test_the_same_forecast_scores_the_same_in_either_layout(tmp_path: Path) -> None:
    came = to_table(made()).filter(pl.col("draw") == 1).drop("draw")
    came.write_parquet(tmp_path / "came.parquet")
    frame = came.select(time="month_id", unit="country_id", sample=pl.lit(0), value=pl.col("outcome").cast(pl.Float32))
    frame.write_parquet(tmp_path / "came_frame.parquet")
    scores = []
    for layout in Layout:
        write_forecast(made(), tmp_path / f"{layout}.parquet", layout=layout)
        scores += [
            score_forecast(tmp_path / f"{layout}.parquet", tmp_path / name).scores.as_dict()
            for name in ("came.parquet", "came_frame.parquet")
        ]
    assert scores[0]["crps"] != 0
    assert all(one == scores[0] for one in scores)


def test_what_came_has_one_value_and_the_forecasts_ids() -> None:
    with pytest.raises(TableProblem, match="several samples"):
        actuals_of_frame(to_frame(made()), frame_metadata(made()), ids=AreaIds.VIEWS)
    with pytest.raises(TableProblem, match="views ids, not gid"):
        actuals_of_frame(to_frame(made()), frame_metadata(made()), ids=AreaIds.GID)
