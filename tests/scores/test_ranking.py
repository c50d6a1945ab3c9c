"""Average precision and AUC."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from tocsin.errors import InputError
from tocsin.scores import Ranking, auc, average_precision

CASES = st.lists(st.tuples(st.integers(0, 4).map(lambda i: i / 4), st.booleans()), min_size=2, max_size=30).filter(
    lambda rows: 0 < sum(came for _, came in rows) < len(rows)
)


def test_by_hand_without_ties() -> None:
    # hits at ranks 1 and 3: (1/1 + 2/3) / 2; of the 4 pairs of a hit and a miss, 3 are the right way round
    assert average_precision([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0]) == pytest.approx(5 / 6)
    assert auc([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0]) == 0.75


def test_by_hand_all_tied() -> None:
    assert average_precision([0.5] * 4, [1, 0, 0, 0]) == 0.25
    assert auc([0.5] * 4, [1, 0, 0, 0]) == 0.5


def test_not_defined_without_cases() -> None:
    assert average_precision([0.1, 0.2], [0, 0]) is None
    assert auc([0.1, 0.2], [0, 0]) is None
    assert auc([0.1, 0.2], [1, 1]) is None
    assert average_precision([0.1, 0.2], [1, 1]) == 1


@given(rows=CASES)
def test_agrees_with_scikit_learn(rows: list[tuple[float, bool]]) -> None:
    p, came = zip(*rows, strict=True)
    assert average_precision(p, came) == pytest.approx(average_precision_score(came, p))
    assert auc(p, came) == pytest.approx(roc_auc_score(came, p))


@given(rows=CASES, data=st.data())
def test_order_of_forecasts_does_not_matter(rows: list[tuple[float, bool]], data: st.DataObject) -> None:
    p, came = zip(*rows, strict=True)
    mixed_p, mixed = zip(*data.draw(st.permutations(rows)), strict=True)
    assert average_precision(mixed_p, mixed) == pytest.approx(average_precision(p, came))
    assert auc(mixed_p, mixed) == pytest.approx(auc(p, came))


@given(rows=CASES, data=st.data())
def test_a_weight_is_a_number_of_times(rows: list[tuple[float, bool]], data: st.DataObject) -> None:
    times = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows))))
    p, came = (np.array(column) for column in zip(*rows, strict=True))
    ranking, again_p, again = Ranking.of(p, came), np.repeat(p, times), np.repeat(came, times)
    for weighed, recomputed in (
        (ranking.average_precision(times.astype(float)), average_precision),
        (ranking.auc(times.astype(float)), auc),
    ):
        expected = recomputed(again_p, again) if again.any() else None
        assert weighed is None if expected is None else weighed == pytest.approx(expected)


@pytest.mark.parametrize("p", [[np.nan, 0.5], [1.1, 0.5]])
def test_what_is_no_probability_is_refused(p: Any) -> None:
    with pytest.raises(InputError, match="of p is"):
        average_precision(p, [1, 0])
