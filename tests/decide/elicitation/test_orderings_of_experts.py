"""Kendall's tau-b and W: against scipy, and by hand."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, spearmanr
from tests.decide.elicitation.made_up_experts import ordered

from tocsin.decide.elicitation import concordance, orderings, tau_b

NAMES = "abcdef"


def order(*groups: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group) for group in groups)


def of_ranks(ranks: list[int]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(n for n, r in zip(NAMES, ranks, strict=False) if r == rank) for rank in sorted(set(ranks)))


def test_tau_by_hand() -> None:
    assert tau_b(order("a", "b", "c"), order("a", "b", "c")) == 1
    assert tau_b(order("a", "b", "c"), order("c", "b", "a")) == -1
    assert tau_b(order("a", "bc"), order("b", "c", "a")) == pytest.approx(-2 / 6**0.5)
    assert tau_b(order("abc"), order("a", "b", "c")) is None
    assert tau_b(order("a"), order("a", "b")) is None


def test_only_what_both_ordered_counts() -> None:
    assert tau_b(order("a", "x", "b"), order("y", "a", "b")) == 1


ranks = st.lists(st.integers(0, 3), min_size=6, max_size=6)


@settings(max_examples=80, deadline=None)
@given(one=ranks, other=ranks)
def test_tau_is_scipys(one: list[int], other: list[int]) -> None:
    assume(len(set(one)) > 1 and len(set(other)) > 1)
    assert tau_b(of_ranks(one), of_ranks(other)) == pytest.approx(kendalltau(one, other).statistic)


@settings(max_examples=60, deadline=None)
@given(judges=st.lists(st.permutations(range(6)), min_size=3, max_size=5))
def test_w_is_the_mean_of_spearmans_rho(judges: list[list[int]]) -> None:
    """Without ties the mean rho over all pairs is (m W - 1) / (m - 1)."""
    m = len(judges)
    rho = sum(float(spearmanr(x, y).statistic) for x, y in combinations(judges, 2)) / (m * (m - 1) / 2)
    w = concordance([of_ranks(list(j)) for j in judges])
    assert w is not None
    assert (m * w - 1) / (m - 1) == pytest.approx(rho, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(judges=st.lists(ranks, min_size=3, max_size=5))
def test_w_lies_between_none_and_all(judges: list[list[int]]) -> None:
    w = concordance([of_ranks(j) for j in judges])
    assert w is None or -1e-12 <= w <= 1 + 1e-12


def test_w_with_ties_by_hand() -> None:
    """Two judges, 3 criteria: (1.5, 1.5, 3) and (1, 2, 3); sums 2.5, 3.5, 6; T = 6.

    (12 x 54.5 - 3 x 4 x 3 x 16) / (4 x 3 x 8 - 2 x 6) = 78 / 84.
    """
    assert concordance([order("ab", "c"), order("a", "b", "c")]) == pytest.approx(78 / 84)
    assert concordance([order("abc"), order("abc")]) is None
    assert concordance([order("a"), order("b")]) is None
    assert concordance([]) is None


def test_pairs_put_the_other_way_round_are_named() -> None:
    (found,) = orderings([ordered("1", "a", "b", "c"), ordered("2", "b", ["a", "c"])])
    (pair,) = found.agreements
    assert (pair.one, pair.other, pair.criteria) == ("1", "2", 3)
    assert [(r.first, r.second) for r in pair.reversed] == [("a", "b")]
    assert found.concordance is None


def test_an_ordering_for_a_viewpoint_is_held_against_its_like_alone() -> None:
    own, role = orderings([ordered("1", "a", "b"), ordered("2", "b", "a"), ordered("3", "a", "b", viewpoint="v")])
    assert (own.viewpoint, [who for who, _ in own.given]) == (None, ["1", "2"])
    assert (role.viewpoint, role.agreements) == ("v", ())


def test_three_experts_have_a_concordance() -> None:
    given_: list[Any] = [ordered(str(i), "a", "b", "c") for i in range(3)]
    (found,) = orderings(given_)
    assert (found.concordance, found.shared) == (1.0, 3)
