"""How far orderings agree: Kendall's tau between two, Kendall's W over all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tocsin.case.elicited import Elicited

Order = tuple[tuple[str, ...], ...]
"""Ids of criteria, the most important first; those of one inner tuple count alike."""


@dataclass(frozen=True, slots=True)
class Reversed:
    """Two criteria that two experts order in opposite ways.

    Attributes:
        first, second: `first` comes before `second` for the one expert, and after it for the other.
    """

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two experts' orderings agree.

    Attributes:
        one, other: the experts.
        criteria: how many both ordered.
        tau: Kendall's tau-b, -1 (opposite) to 1 (the same); None where fewer than two criteria are shared, or one expert
            puts all of them alike.
        reversed: pairs of criteria in opposite order, as `one` orders them.
    """

    one: str
    other: str
    criteria: int
    tau: float | None
    reversed: tuple[Reversed, ...]


@dataclass(frozen=True, slots=True)
class Orderings:
    """Everybody's ordering for one viewpoint.

    Attributes:
        viewpoint: id of the viewpoint; None for the experts' own.
        given: each expert's ordering.
        agreements: every two experts.
        concordance: Kendall's W over the criteria that all ordered, 0 (none) to 1 (the same); None with fewer than three
            experts, fewer than two shared criteria, or where all put all alike.
        shared: how many criteria all ordered.
    """

    viewpoint: str | None
    given: tuple[tuple[str, Order], ...]
    agreements: tuple[Agreement, ...]
    concordance: float | None
    shared: int


def orderings(experts: Sequence[Elicited]) -> tuple[Orderings, ...]:
    """The orderings that experts gave, for each viewpoint apart: one's own is not held against a role one was asked to take."""
    viewpoints = sorted({each.viewpoint or "" for expert in experts for each in expert.orders})
    return tuple(_of_viewpoint(name or None, experts) for name in viewpoints)


def tau_b(one: Order, other: Order) -> float | None:
    """Kendall's tau-b over the criteria that both order: (C - D) / sqrt((P - T1)(P - T2)).

    C and D count pairs in the same and in opposite order, P all pairs, T1 and T2 the pairs that one or the other puts
    alike. Source: Kendall 1945, doi:10.1093/biomet/33.3.239.

    Returns:
        -1 to 1; None where fewer than two criteria are shared, or one of the two puts all alike.

    Example:
        >>> tau_b((("a",), ("b",), ("c",)), (("b",), ("a",), ("c",)))
        0.3333333333333333
        >>> tau_b((("a",), ("b",)), (("a", "b"),)) is None
        True
    """
    left, right = _ranks(one), _ranks(other)
    pairs = list(combinations(sorted(left.keys() & right.keys()), 2))
    signs = [(_sign(left[a] - left[b]), _sign(right[a] - right[b])) for a, b in pairs]
    score = sum(s * t for s, t in signs)
    untied = [sum(sign[side] != 0 for sign in signs) for side in (0, 1)]
    return score / sqrt(untied[0] * untied[1]) if all(untied) else None


def concordance(orders: Sequence[Order]) -> float | None:
    """Kendall's W of m orderings over the n criteria that all order, corrected for ties.

    W = (12 sum R^2 - 3 m^2 n (n + 1)^2) / (m^2 n (n^2 - 1) - m sum T), with R a criterion's sum of ranks, ranks of ties
    their mean, and T = sum of (t^3 - t) over the ties of one ordering. Source: Kendall & Babington Smith 1939,
    doi:10.1214/aoms/1177732186.

    Returns:
        0 to 1; None with fewer than two shared criteria, no orderings, or where all put all alike.

    Example:
        >>> concordance([(("a",), ("b",), ("c",)), (("a",), ("b",), ("c",)), (("c",), ("b",), ("a",))])
        0.1111111111111111
    """
    shared = (
        sorted(set.intersection(*({name for group in order for name in group} for order in orders))) if orders else []
    )
    m, n = len(orders), len(shared)
    if n < 2:
        return None
    ranks = [_mean_ranks(order, shared) for order in orders]
    sums = [sum(rank[name] for rank in ranks) for name in shared]
    ties = sum(t**3 - t for rank in ranks for t in _ties(rank))
    top = 12 * sum(r * r for r in sums) - 3 * m * m * n * (n + 1) ** 2
    below = m * m * n * (n * n - 1) - m * ties
    return top / below if below else None


def _of_viewpoint(viewpoint: str | None, experts: Sequence[Elicited]) -> Orderings:
    given = tuple(
        (expert.expert, each.order) for expert in experts for each in expert.orders if each.viewpoint == viewpoint
    )
    orders = [order for _, order in given]
    shared = set.intersection(*({name for group in order for name in group} for order in orders))
    return Orderings(
        viewpoint, given, tuple(_agreement(one, other) for one, other in combinations(given, 2)),
        concordance(orders) if len(orders) > 2 else None, len(shared),
    )  # fmt: skip


def _agreement(one: tuple[str, Order], other: tuple[str, Order]) -> Agreement:
    left, right = _ranks(one[1]), _ranks(other[1])
    return Agreement(
        one[0], other[0], len(left.keys() & right.keys()), tau_b(one[1], other[1]), tuple(_reversed(left, right))
    )


def _reversed(left: Mapping[str, int], right: Mapping[str, int]) -> Iterator[Reversed]:
    shared = [name for name in left if name in right]
    for a, b in combinations(shared, 2):
        if (left[a] - left[b]) * (right[a] - right[b]) < 0:
            yield Reversed(a, b)


def _ranks(order: Order) -> dict[str, int]:
    return {name: rank for rank, group in enumerate(order) for name in group}


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


def _mean_ranks(order: Order, shared: Sequence[str]) -> dict[str, float]:
    """Ranks from 1 among the shared criteria; those that count alike have their mean."""
    found: dict[str, float] = {}
    for group in order:
        kept = [name for name in group if name in shared]
        found |= dict.fromkeys(kept, len(found) + (len(kept) + 1) / 2)
    return found


def _ties(ranks: Mapping[str, float]) -> Iterator[int]:
    values = list(ranks.values())
    yield from (values.count(value) for value in set(values))
