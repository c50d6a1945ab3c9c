"""Nothing seen after an origin reaches what is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.forecast.onsets.onset_world import onset_world

from tocsin.forecast.onsets.model import OnsetSettings, fit_onset
from tocsin.forecast.onsets.outlook import outlook_of
from tocsin.forecast.onsets.question import Onset
from tocsin.forecast.onsets.rolling import ask_again, model_ranker, since_ranker
from tocsin.forecast.onsets.signals import signals_of

if TYPE_CHECKING:
    from tocsin.panel.history import History

QUESTION = Onset(1, 6)
SETTINGS = OnsetSettings(bags=0)
AT = 150


def with_a_future(history: History, *, after: int) -> History:
    """The same history with another course of everything after a month."""
    rng = np.random.default_rng(9)
    deaths = history.deaths.copy()
    deaths[:, after + 1 :] = rng.poisson(50, deaths[:, after + 1 :].shape)
    other = {name: grid.copy() for name, grid in {**history.signals, **history.slow}.items()}
    for grid in other.values():
        grid[:, after + 1 :] = 1e6
    return replace(
        history, deaths=deaths, signals={n: other[n] for n in history.signals}, slow={n: other[n] for n in history.slow}
    )


def test_no_signal_moves_when_the_future_does() -> None:
    world = onset_world(areas=20)
    seen, planted = signals_of(world), signals_of(with_a_future(world, after=AT))
    np.testing.assert_array_equal(seen.values[:, : AT + 1], planted.values[:, : AT + 1])
    assert (seen.values[:, AT + 1 :] != planted.values[:, AT + 1 :]).any(), "the planted future must be a change"


@pytest.mark.parametrize(
    "learn", [model_ranker(QUESTION, settings=SETTINGS), since_ranker(), since_ranker(long_ago=True)]
)
def test_what_is_said_at_past_origins_does_not_move_when_the_future_does(learn: object) -> None:
    world = onset_world(areas=30)
    origins = [world.first + (AT - 30 + i) for i in range(31)]
    said = [
        ask_again(h, question=QUESTION, origins=origins, learn=learn).p  # type: ignore[arg-type]
        for h in (world, with_a_future(world, after=AT))
    ]
    np.testing.assert_array_equal(said[0], said[1])


def test_windows_that_had_not_passed_are_not_learned_from() -> None:
    world = onset_world(areas=30)
    origin = world.first + AT
    cut = fit_onset(world.until(origin), question=QUESTION, settings=SETTINGS)
    planted = fit_onset(with_a_future(world, after=AT).until(origin), question=QUESTION, settings=SETTINGS)
    np.testing.assert_array_equal(cut.weights, planted.weights)
    open_windows = world.deaths.copy()
    open_windows[:, AT - 2 : AT + 1] += 500
    told = fit_onset(replace(world, deaths=open_windows).until(origin), question=QUESTION, settings=SETTINGS)
    assert not np.array_equal(cut.weights, told.weights), "deaths before the origin must count"


def test_the_outlook_of_a_past_origin_is_the_same_with_another_future() -> None:
    world = onset_world(areas=30)
    origin = world.first + AT
    settings = OnsetSettings(bags=3)
    one, two = (
        outlook_of(h.until(origin), question=QUESTION, settings=settings, record_years=2)
        for h in (world, with_a_future(world, after=AT))
    )
    assert one == two
    assert one.record is not None
    assert one.record.last == origin - QUESTION.last
