from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.decide.options.made_up_choice import criterion

from tocsin.case.cells import Better
from tocsin.decide.options.dominance import dominance
from tocsin.decide.options.outcomes import Outcomes
from tocsin.decide.options.regret import regret, regrets
from tocsin.decide.options.thresholds import thresholds_met

SMALL = st.integers(0, 3).map(float)


def test_regret_by_hand() -> None:
    payoffs = np.array([[10.0, 2.0, 5.0], [8.0, 4.0, 7.0], [5.0, 6.0, 3.0]])
    assert regret(payoffs, up=True).tolist() == [[0, 4, 2], [2, 2, 0], [5, 0, 4]]
    assert regret(payoffs, up=False).tolist() == [[5, 0, 2], [3, 2, 4], [0, 4, 0]]


@given(arrays(float, (4, 6), elements=SMALL), st.booleans())
def test_in_every_future_someone_has_no_regret_and_nobody_less(values: np.ndarray, up: bool) -> None:  # noqa: FBT001  # from hypothesis
    short = regret(values, up=up)
    assert (short.min(axis=0) == 0).all()


def test_what_is_unknown_has_no_regret_and_is_no_rival() -> None:
    values = np.array([[[1.0, 2.0]], [[np.nan, np.nan]], [[3.0, 1.0]]])
    found = regrets(Outcomes(values, ~np.isnan(values[:, :, 0])), criteria=[criterion("x")])
    assert found[1][0] is None
    assert found[0][0] is not None
    assert (found[0][0].median, found[0][0].worst) == (1.0, 2.0)


@given(arrays(float, (5, 2, 3), elements=SMALL))
def test_dominance_throughout_is_a_partial_order(partial: np.ndarray) -> None:
    share, always = dominance(partial)
    assert not always.diagonal().any()
    assert not (always & always.T).any()
    assert not ((always.astype(int) @ always.astype(int) > 0) & ~always).any()
    assert (share + share.T <= 1).all()
    assert (share[always] > 0).all()


def test_dominance_by_hand() -> None:
    share, always = dominance(np.array([[[2.0, 2.0], [1.0, 1.0]], [[2.0, 3.0], [1.0, 1.0]], [[1.0, 9.0], [0.0, 0.0]]]))
    assert share.tolist() == [[0, 0, 0.5], [0.5, 0, 0.5], [0, 0, 0]]
    assert always.tolist() == [[False] * 3, [True, False, False], [False] * 3]


def test_thresholds_by_hand() -> None:
    criteria = [
        criterion("up", must_reach=5.0),
        criterion("down", better=Better.DOWN, must_not_exceed=2.0),
        criterion("x"),
    ]
    values = np.array([[[4.0, 5.0, 6.0], [2.0, 2.0, 3.0], [0.0, 0, 0]], [[9.0, 9, 9], [np.nan] * 3, [0.0, 0, 0]]])
    met = thresholds_met(Outcomes(values, ~np.isnan(values[:, :, 0])), criteria=criteria)
    assert met.share(0, 0) == 2 / 3
    assert met.share(0, 1) == 2 / 3
    assert met.share(0, 2) is None
    everything = met.all_of(0)
    assert everything is not None
    assert everything.tolist() == [False, True, False]
    assert met.share(1, 1) is None
    assert met.all_of(1) is None
    assert met.at_most(1) == 1.0


def test_without_a_threshold_nothing_is_met_or_missed() -> None:
    met = thresholds_met(Outcomes(np.zeros((1, 1, 4)), np.array([[True]])), criteria=[criterion("x")])
    assert met.all_of(0) is None
    assert met.at_most(0) is None
