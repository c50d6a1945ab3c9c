"""Beside VIEWS' own packages: their reader takes our frames, ours takes theirs, and their scores of our draws are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tocsin.api.forecast import write_forecast
from tocsin.api.score import read_forecast
from tocsin.forecast.forecast import Forecast
from tocsin.forecast.interchange import Layout
from tocsin.scores import crps, ignorance, interval_score
from tocsin.scores.ignorance import EDGES
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

REASON = "VIEWS' packages are not installed (pip install -r requirements/peers-alone.txt --no-deps)"


def made(draws: int = 200) -> Forecast:
    rng = np.random.default_rng(4)
    level = np.array([0.0, 0.3, 4.0, 60.0, 900.0])[:, None, None]
    return Forecast(
        model="made up", ids=AreaIds.VIEWS, target="ged_sb", vintage="made up", origin=Month.of(2017, 10),
        horizons=(3, 4, 5), areas=("1", "2", "3", "4", "5"), names=("1", "2", "3", "4", "5"),
        draws=rng.negative_binomial(1, 1 / (1 + level), (5, 3, draws)).astype(np.int32), seed=1, data_hash="ab",
    )  # fmt: skip


def came() -> NDArray[np.int64]:
    """What came in each area and month: every bin from none to beyond the last edge is met."""
    return np.array([[0, 0, 1], [0, 3, 7], [2, 20, 40], [51, 101, 260], [501, 1001, 9000]])


@pytest.fixture
def theirs() -> Any:
    return pytest.importorskip("views_evaluation.evaluation.native_metric_calculators", reason=REASON)


def test_their_crps_ignorance_and_interval_score_of_our_draws_are_ours(theirs: Any) -> None:
    forecast, actual = made(), came()
    flat, seen = forecast.draws.reshape(-1, 200).astype(float), actual.ravel().astype(float)
    assert theirs.calculate_crps_native(seen, flat) == pytest.approx(crps(forecast.draws, actual).mean(), rel=1e-12)
    score = theirs.calculate_ignorance_score_native(seen, flat, bins=list(EDGES), low_bin=0, high_bin=10_000)
    assert score == pytest.approx(ignorance(forecast.draws, actual).mean(), rel=1e-12)
    assert theirs.calculate_mean_interval_score_native(seen, flat, alpha=0.1) == pytest.approx(
        interval_score(forecast.draws, actual, level=0.9).mean(), rel=1e-12
    )


def test_their_own_settings_are_others_than_the_challenges(theirs: Any) -> None:
    standard = pytest.importorskip("views_evaluation.profiles.base", reason=REASON).BASE_PROFILE
    assert standard["MIS"]["alpha"] == pytest.approx(0.05), "the challenge's interval holds 90 %"
    flat, seen = made().draws.reshape(-1, 200).astype(float), came().ravel().astype(float)
    with pytest.raises(ValueError, match="outside the configured bin range"):
        theirs.calculate_ignorance_score_native(seen, flat, **standard["Ignorance"])
    assert theirs.calculate_mean_interval_score_native(seen, flat, alpha=0.05) == pytest.approx(
        interval_score(made().draws, came(), level=0.95).mean(), rel=1e-12
    )


def test_their_reader_takes_our_frame_whole(tmp_path: Path) -> None:
    arrow = pytest.importorskip("views_frames.io.arrow", reason=REASON)
    forecast = made()
    write_forecast(forecast, tmp_path / "f.parquet", layout=Layout.VIEWS_FRAMES)
    state = arrow.load(tmp_path / "f.parquet")
    assert state["level"] == "cm"
    assert state["metadata"]["seed"] == 1
    assert state["time"].tolist() == [m.id for m in forecast.months for _ in forecast.areas]
    assert np.array_equal(state["values"].reshape(3, 5, 200).transpose(1, 0, 2), forecast.draws)


def test_we_take_their_frame_whole(tmp_path: Path) -> None:
    arrow = pytest.importorskip("views_frames.io.arrow", reason=REASON)
    forecast = made()
    months, areas = [m.id for m in forecast.months], [int(a) for a in forecast.areas]
    arrow.save(
        tmp_path / "theirs.parquet", values=forecast.draws.reshape(15, 200).astype(np.float32),
        time=np.tile(months, 5), unit=np.repeat(areas, 3), level="cm", metadata={"model": "theirs"},
    )  # fmt: skip
    back = read_forecast(tmp_path / "theirs.parquet")
    assert (back.model, back.areas, back.months) == ("theirs", forecast.areas, forecast.months)
    assert np.array_equal(back.draws, forecast.draws)
