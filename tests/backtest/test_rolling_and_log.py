from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.assess.answers import answers, what_came
from tocsin.assess.replay import replay
from tocsin.backtest.log import Entry, append, draws_hash, verify
from tocsin.backtest.rolling import rolling_forecasts
from tocsin.errors import FileProblem
from tocsin.forecast.contract import model_named
from tocsin.forecast.make import make_forecast
from tocsin.warn.question import Question

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History


def test_rolling_forecasts_see_nothing_later_than_their_origin(history: History) -> None:
    origins = [history.origin - k for k in (30, 18, 6)]
    planted = history.deaths.copy()
    planted[:, -6:] = 7_777
    doctored = replace(history, deaths=planted)
    made = [
        [f.draws for _, f in rolling_forecasts(
            world.until, origins=origins, model=model_named("quantile_forest"), horizons=(1, 2), draws=30, seed=1,
            refit_every=24,
        )]
        for world in (history, doctored)
    ]  # fmt: skip
    assert all(np.array_equal(a, b) for a, b in zip(*made, strict=True))


def test_a_model_learns_anew_only_when_it_is_time(history: History) -> None:
    origins = [history.origin - k for k in (26, 25, 24, 13)]
    for every, expected in ((12, 2), (1, 4), (100, 1)):
        fits: list[object] = []
        model = Counting(fits)
        list(rolling_forecasts(
            history.until, origins=origins, model=model, horizons=(1,), draws=2, seed=1, refit_every=every
        ))  # fmt: skip
        assert len(fits) == expected


class Counting:
    """A model that counts how often it learns."""

    def __init__(self, fits: list[object]) -> None:
        self.contract = model_named("zero").contract
        self.fits = fits

    def fit(self, history: History, *, horizons: tuple[int, ...], seed: int) -> Counting:
        self.fits.append((history.origin, horizons, seed))
        self.horizons = horizons
        return self

    def draw(self, history: History, *, draws: int, seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
        del seed
        return np.zeros((history.here.size, len(self.horizons), draws), dtype=np.int32)


def test_answers_lay_what_came_beside_the_forecast(history: History) -> None:
    question = Question(months=2, threshold=30)
    origins = [history.origin - k for k in range(6, -1, -1)]
    made = rolling_forecasts(
        history.until, origins=origins, model=model_named("conflictology"), horizons=(1, 2), draws=12, seed=1
    )
    done = answers(made, questions=[question], truth=history)[question.key]
    assert done.known.tolist() == [[True] * 8] * 5 + [[False] * 8] * 2
    t = origins[0] - history.first
    by_hand = history.deaths[:, t + 1 : t + 3].max(axis=1) >= 30
    assert done.came[0].tolist() == by_hand.tolist()
    assert what_came(history, origin=history.origin - 1, question=question) is None


def test_a_replay_says_what_came(history: History) -> None:
    origin = history.origin - 4
    done = replay(
        history.until(origin), history, model=model_named("quantile_forest"), beside=model_named("negative_binomial"),
        within=6, thresholds=(25, 100), draws=60, seed=1,
    )  # fmt: skip
    assert done.origin == origin
    assert {w.area for w in done.warnings} == {w.area for w in done.beside} == set(history.areas)
    came = done.came["7"]
    assert came.months == tuple(history.deaths[6, -4:].tolist())
    assert not came.complete
    assert came.peak == max(came.months)


@pytest.fixture
def forecast(history: History) -> Forecast:
    return make_forecast(history, model=model_named("conflictology"), horizons=(1,), draws=12, seed=1)


def test_the_log_keeps_every_forecast_and_finds_a_tampered_line(tmp_path: Path, forecast: Forecast) -> None:
    log = tmp_path / "deep" / "log.jsonl"
    for _ in range(3):
        append(Entry.of(forecast), log=log)
    assert verify(log) == 3
    first = json.loads(log.read_text().splitlines()[0])
    assert first["draws_hash"] == draws_hash(forecast)
    assert first["data_hash"] == forecast.data_hash
    lines = log.read_text().splitlines()
    log.write_text("\n".join([lines[0], lines[1].replace("conflictology", "zero"), lines[2]]) + "\n")
    with pytest.raises(FileProblem, match="row 2"):
        verify(log)
    log.write_text("\n".join([lines[0], lines[2]]) + "\n")
    with pytest.raises(FileProblem, match="row 2"):
        verify(log)


def test_a_log_that_is_no_log_is_not_added_to(tmp_path: Path, forecast: Forecast) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("notes of mine\n")
    with pytest.raises(FileProblem, match="not one that Tocsin wrote"):
        append(Entry.of(forecast), log=log)
    assert log.read_text() == "notes of mine\n"


def test_other_draws_have_another_hash(forecast: Forecast) -> None:
    other = replace(forecast, draws=forecast.draws + 1)
    assert draws_hash(other) != draws_hash(forecast)
