"""From the leaves of a forest to a predictive distribution.

A tree says: these past situations ended where yours does. The forest's distribution gives every past situation the
weight it has on average over trees (Meinshausen 2006, JMLR 7: 983-999), and draws are read off at even levels, so
that they carry no sampling noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sklearn.ensemble import ExtraTreesRegressor


def leaf_ids(forest: ExtraTreesRegressor, table: NDArray[np.float32]) -> NDArray[np.intp]:
    """Leaf ids of situations, shape (situations, trees), as `forest.apply` gives them.

    Each tree is asked straight: for a few situations scikit-learn's setting up of a task a tree costs more than the answer.
    """
    asked = np.ascontiguousarray(table)
    return np.column_stack([tree.tree_.apply(asked) for tree in forest.estimators_])


@dataclass(frozen=True)
class Outcomes:
    """For one tree the distinct outcomes in each leaf with their share of the leaf's weight, leaf after leaf."""

    begin: NDArray[np.int64]
    value: NDArray[np.int64]
    share: NDArray[np.float64]

    @classmethod
    def of(cls, leaf: NDArray[np.intp], value: NDArray[np.int64], weight: NDArray[np.float64], *, ids: int) -> Outcomes:
        """Sum the weights of equal outcomes within each leaf; ten thousand months of peace become one entry."""
        order = np.lexsort((value, leaf))
        leaf, value, weight = leaf[order], value[order], weight[order]
        first = np.flatnonzero(np.r_[True, (leaf[1:] != leaf[:-1]) | (value[1:] != value[:-1])])
        mass = np.add.reduceat(weight, first)
        total = np.bincount(leaf[first], weights=mass, minlength=ids)
        begin = np.searchsorted(leaf[first], np.arange(ids + 1))
        return cls(begin, value[first], mass / total[leaf[first]])

    def of_leaves(self, leaf: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.float64]]:
        """Query, outcome and share for each query's leaf."""
        query, entry = _runs(self.begin[leaf], self.begin[leaf + 1])
        return query, self.value[entry], self.share[entry]


@dataclass(frozen=True)
class Leaves:
    """Which training rows stand in which leaf of which tree.

    Attributes:
        order: for every tree the training rows sorted by leaf, shape (trees, rows).
        begin: for every tree where each leaf begins in `order`, shape (trees, leaf ids + 1).
        mass: for every tree the weight of the rows before each place in `order`, shape (trees, rows + 1).
        outcomes: for every tree what came, leaf by leaf.
    """

    order: NDArray[np.int32]
    begin: NDArray[np.int64]
    mass: NDArray[np.float64]
    outcomes: tuple[Outcomes, ...]

    @classmethod
    def of(cls, leaf: NDArray[np.intp], *, weight: NDArray[np.float32], value: NDArray[np.int64]) -> Leaves:
        """Index the leaves of training rows.

        Args:
            leaf: leaf ids, shape (rows, trees).
            weight: sampling weight of each row, shape (rows,).
            value: outcome of each row, shape (rows,).
        """
        ids = int(leaf.max()) + 1
        order = np.argsort(leaf, axis=0, kind="stable").T.astype(np.int32)
        begin = np.stack(
            [np.searchsorted(column[rows], np.arange(ids + 1)) for column, rows in zip(leaf.T, order, strict=True)]
        )
        heavy = weight.astype(np.float64)
        mass = np.pad(np.cumsum(heavy[order], axis=1), ((0, 0), (1, 0)))
        return cls(order, begin, mass, tuple(Outcomes.of(column, value, heavy, ids=ids) for column in leaf.T))

    def members(self, leaf: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Training rows that share a leaf with one query, and their weights.

        Args:
            leaf: leaf ids of the query, shape (trees,).

        Returns:
            training row and weight, one entry for every tree in which the two meet; the weights add up to 1.
        """
        rows, weights = [], []
        for tree, node in enumerate(leaf):
            here = slice(self.begin[tree, node], self.begin[tree, node + 1])
            rows.append(self.order[tree, here].astype(np.intp))
            weight = np.diff(self.mass[tree, here.start : here.stop + 1])
            weights.append(weight / weight.sum() / len(leaf))
        return np.concatenate(rows), np.concatenate(weights)

    def sample(self, leaf: NDArray[np.intp], *, draws: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Training rows drawn by their weights, shape (queries, draws).

        Args:
            leaf: leaf ids of the queries, shape (queries, trees).
            draws: rows for each query.
            rng: chooses a tree, then a row of the query's leaf.
        """
        tree = rng.integers(leaf.shape[1], size=(len(leaf), draws))
        node = np.take_along_axis(leaf, tree, axis=1)
        low = self.mass[tree, self.begin[tree, node]]
        high = self.mass[tree, self.begin[tree, node + 1]]
        wanted = low + rng.random(tree.shape) * (high - low)
        rows = np.empty(tree.shape, dtype=np.intp)
        for t in range(leaf.shape[1]):
            mine = tree == t
            found = np.searchsorted(self.mass[t], wanted[mine], side="right") - 1
            rows[mine] = self.order[t, np.minimum(found, self.order.shape[1] - 1)]
        return rows

    def quantiles(self, leaf: NDArray[np.intp], levels: NDArray[np.float64]) -> NDArray[np.int64]:
        """Outcomes at given levels of each query's distribution, shape (queries, levels).

        Args:
            leaf: leaf ids of the queries, shape (queries, trees).
            levels: increasing, within 0 and 1.
        """
        parts = [tree.of_leaves(ids) for tree, ids in zip(self.outcomes, leaf.T, strict=True)]
        query, value, share = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.lexsort((value, query))
        query, value, share = query[order], value[order], share[order]
        ends = np.searchsorted(query, np.arange(len(leaf)), side="right")
        mass = np.cumsum(share)
        before = np.concatenate([[0.0], mass[ends[:-1] - 1]])
        wanted = before[:, None] + levels[None, :] * (mass[ends - 1] - before)[:, None]
        found = np.searchsorted(mass, wanted.ravel()).reshape(wanted.shape)
        return np.asarray(value[np.minimum(found, (ends - 1)[:, None])])


def _runs(begin: NDArray[np.int64], end: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Which run each entry belongs to, and the entries of all runs [begin, end) one after another."""
    count = end - begin
    run = np.repeat(np.arange(len(count)), count)
    first = np.repeat(np.cumsum(count) - count, count)
    return run, np.repeat(begin, count) + np.arange(count.sum()) - first


def even_levels(n: int) -> NDArray[np.float64]:
    """Levels in the middle of n equal parts of 0..1.

    Example:
        >>> even_levels(4)
        array([0.125, 0.375, 0.625, 0.875])
    """
    return (np.arange(n) + 0.5) / n
