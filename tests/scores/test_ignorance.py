"""Ignorance over the eleven bins."""

from __future__ import annotations

from math import log2
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import InputError
from tocsin.scores import ignorance
from tocsin.scores.ignorance import BINS, EDGES

ONE_A_BIN = (0, 1, 3, 6, 11, 26, 51, 101, 251, 501, 1001)
COUNTS = st.lists(st.integers(0, 4), min_size=BINS, max_size=BINS)


def draws_of(counts: list[int]) -> list[int]:
    return [value for value, n in zip(ONE_A_BIN, counts, strict=True) for _ in range(n)]


def test_there_are_eleven_bins() -> None:
    assert BINS == 11
    assert np.histogram(ONE_A_BIN, EDGES)[0].tolist() == [1] * 11


def test_by_hand() -> None:
    # 3 of 5 draws are zero: p = (3 + 1) / (5 + 11) = 1/4
    assert ignorance([[0, 0, 0, 4, 9]], [0]).tolist() == [2.0]
    # nothing in the last bin: p = 1/16
    assert ignorance([[0, 0, 0, 4, 9]], [5000]).tolist() == [4.0]


def test_the_worst_depends_on_the_number_of_draws() -> None:
    assert ignorance([[0] * 12], [9]) == pytest.approx([log2(23)])
    assert ignorance([[0] * 1000], [9]) == pytest.approx([log2(1011)])


@pytest.mark.parametrize(
    ("first", "last", "which"),
    [
        *[(0, 0, 0), (1, 2, 1), (3, 5, 2), (6, 10, 3), (11, 25, 4), (26, 50, 5), (51, 100, 6), (101, 250, 7)],
        *[(251, 500, 8), (501, 1000, 9), (1001, 10**9, 10)],
    ],
)
def test_every_bin_begins_and_ends_where_the_challenge_says(first: int, last: int, which: int) -> None:
    for deaths in (first, last):
        hit = [ignorance([[value]], [deaths])[0] < log2(12) for value in ONE_A_BIN]
        assert hit == [i == which for i in range(BINS)]


def test_a_value_on_an_edge_belongs_to_the_bin_above() -> None:
    assert ignorance([[0.5]], [1]) == ignorance([[1]], [1])
    assert ignorance([[3]], [2.5]) == ignorance([[3]], [3])
    assert ignorance([[0.5]], [0]) == pytest.approx([log2(12)])


@given(counts=COUNTS.filter(any), other=COUNTS.filter(any))
def test_least_expected_where_the_stated_distribution_is_true(counts: list[int], other: list[int]) -> None:
    """What is stated has one added to every bin; against that as the truth, no other draws of that number do better."""
    n = sum(counts)
    moved = [*other[:-1], max(0, n - sum(other[:-1]))]
    if sum(moved) != n:
        moved = [n, *[0] * (BINS - 1)]
    truth = (np.array(counts) + 1) / (n + BINS)
    best, instead = (
        float(truth @ ignorance([draws_of(forecast)] * BINS, list(ONE_A_BIN))) for forecast in (counts, moved)
    )
    assert best <= instead + 1e-12
    if counts != moved:
        assert best < instead


@given(draws=st.lists(st.integers(0, 2000), min_size=1, max_size=9), y=st.integers(0, 2000), data=st.data())
def test_order_of_draws_does_not_matter(draws: list[int], y: int, data: st.DataObject) -> None:
    assert ignorance(data.draw(st.permutations(draws)), y) == ignorance(draws, y)


@pytest.mark.parametrize("draws", [[[-1]], [[np.nan]], [[np.inf]]])
def test_what_is_no_count_is_refused(draws: Any) -> None:
    with pytest.raises(InputError, match="of draws"):
        ignorance(draws, [0])
