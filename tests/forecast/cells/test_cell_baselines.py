from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.cells.baselines import NEIGHBOUR_CONFLICTOLOGY
from tocsin.forecast.make import make_forecast

if TYPE_CHECKING:
    from tocsin.panel.history import History


def test_neighbour_conflictology_repeats_the_last_year_of_an_area_and_those_around_it(history: History) -> None:
    made = make_forecast(history, model=NEIGHBOUR_CONFLICTOLOGY, horizons=(1, 7), draws=36 * 4, seed=1)
    expected = np.sort(np.repeat(history.deaths[[0, 1, 7], -12:].ravel(), 4))
    assert np.array_equal(np.sort(made.draws[0, 0]), expected)
    assert np.array_equal(np.sort(made.draws[0, 1]), expected)


def test_a_draw_walks_through_one_area_s_months_in_their_order(history: History) -> None:
    made = make_forecast(history, model=NEIGHBOUR_CONFLICTOLOGY, horizons=tuple(range(1, 13)), draws=50, seed=1)
    years = history.deaths[[0, 1, 7], -12:]
    walks = {np.roll(year, -k).tobytes() for year in years for k in range(12)}
    assert all(made.draws[0, :, d].astype(np.int64).tobytes() in walks for d in range(50))
