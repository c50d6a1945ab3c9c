"""What is asked, by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.forecast.onsets.onset_world import onset_world

from tocsin.errors import OutOfRange
from tocsin.forecast.onsets.question import Onset
from tocsin.forecast.onsets.rolling import since_ranker
from tocsin.forecast.onsets.signals import signals_of

if TYPE_CHECKING:
    from tocsin.panel.history import History


def little(deaths: list[list[int]], *, absent: int = 0) -> History:
    """A history of these deaths, the first area absent in its first months."""
    grid = np.array(deaths)
    present = np.ones(grid.shape, dtype=bool)
    present[0, :absent] = False
    world = onset_world(areas=grid.shape[0], months=grid.shape[1])
    return replace(world, deaths=grid, present=present)


def test_deaths_over_the_window_are_summed_and_open_windows_are_not_known() -> None:
    ahead = Onset(2, 3).deaths_ahead(little([[0, 1, 2, 4, 8]]))
    np.testing.assert_array_equal(ahead, [[6, 12, np.nan, np.nan, np.nan]])


def test_a_window_longer_than_the_history_is_not_known_anywhere() -> None:
    assert np.isnan(Onset(1, 12).deaths_ahead(little([[0, 0, 0]]))).all()


def test_peace_is_so_many_months_present_without_a_death() -> None:
    history = little([[0, 0, 0, 0, 0], [0, 3, 0, 0, 0]], absent=2)
    np.testing.assert_array_equal(
        Onset(1, 1, peace=3).at_peace(history), [[False, False, False, False, True], [False] * 4 + [True]]
    )


def test_without_a_length_of_peace_everybody_present_is_asked() -> None:
    history = little([[0, 9], [7, 0]], absent=1)
    np.testing.assert_array_equal(Onset(1, 1, peace=0).at_peace(history), history.present)


def test_months_since_count_from_the_last_death_and_from_the_quiet_before() -> None:
    history = little([[0, 5, 0, 0], [0, 0, 0, 0]])
    early = replace(history, signals={**history.signals, "quiet before": np.full((2, 4), 24.0)})
    months = np.expm1(signals_of(early, ["since"]).values[:, :, 0])
    np.testing.assert_allclose(months, [[25, 0, 1, 2], [25, 26, 27, 28]])
    assert since_ranker()(early)(early)[0].tolist() == [-240.0, 0.0, -1.0, -2.0]


def test_neighbours_that_newly_burn_are_told_from_those_that_go_on() -> None:
    months = 30
    deaths = [[0] * months, [0] * 24 + [30] + [0] * 5, [30] * months]
    history = replace(little(deaths), neighbours=((1, 2), (0,), (0,)))
    burning, new = np.expm1(signals_of(history, ["near_burning", "near_new"]).values[0, 24]).tolist()
    assert (round(burning), round(new)) == (2, 1)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"first": 0, "last": 3}, "months 0 to 3 ahead are no window"),
        ({"first": 5, "last": 3}, "months 5 to 3 ahead are no window"),
        ({"first": 1, "last": 99}, "months 1 to 99 ahead are no window"),
        ({"first": 1, "last": 3, "peace": 500}, "500 months of peace"),
        ({"first": 1, "last": 3, "threshold": 0}, "0 deaths are no onset"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, int], words: str) -> None:
    with pytest.raises(OutOfRange, match=words):
        Onset(**asked)
