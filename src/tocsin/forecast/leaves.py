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


@dataclass(frozen=True)
class Leaves:
    """Which training rows stand in which leaf of which tree.

    Attributes:
        order: for every tree the training rows sorted by leaf, shape (trees, rows).
        start: for every tree where each leaf begins in `order`, shape (trees, leaf ids + 1).
        weight: sampling weight of each training row, shape (rows,).
        value: outcome of each training row, shape (rows,).
    """

    order: NDArray[np.int32]
    start: NDArray[np.int32]
    weight: NDArray[np.float32]
    value: NDArray[np.int64]

    @classmethod
    def of(cls, leaf: NDArray[np.intp], *, weight: NDArray[np.float32], value: NDArray[np.int64]) -> Leaves:
        """Index the leaves of training rows; `leaf` has shape (rows, trees)."""
        ids = int(leaf.max()) + 1
        order = np.argsort(leaf, axis=0, kind="stable").T.astype(np.int32)
        start = np.stack([np.concatenate([[0], np.cumsum(np.bincount(column, minlength=ids))]) for column in leaf.T])
        return cls(order, start.astype(np.int32), weight, value)

    def members(self, leaf: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.float64]]:
        """Training rows that share a leaf with each query row.

        Args:
            leaf: leaf ids of the query rows, shape (queries, trees).

        Returns:
            query, training row and weight, one entry for every tree in which the two meet; the weights of one
            query add up to the number of trees.
        """
        queries, rows, weights = [], [], []
        for tree, ids in enumerate(leaf.T):
            begin, end = self.start[tree, ids], self.start[tree, ids + 1]
            count = end - begin
            query = np.repeat(np.arange(len(ids)), count)
            first = np.repeat(np.cumsum(count) - count, count)
            row = self.order[tree, np.repeat(begin, count) + np.arange(count.sum()) - first]
            weight = self.weight[row].astype(np.float64)
            total = np.bincount(query, weights=weight, minlength=len(ids))
            queries.append(query)
            rows.append(row)
            weights.append(weight / total[query])
        return np.concatenate(queries), np.concatenate(rows), np.concatenate(weights)

    def quantiles(self, leaf: NDArray[np.intp], levels: NDArray[np.float64]) -> NDArray[np.int64]:
        """Outcomes at given levels of each query's distribution, shape (queries, levels).

        Args:
            leaf: leaf ids of the query rows, shape (queries, trees).
            levels: increasing, within 0 and 1.
        """
        query, row, weight = self.members(leaf)
        value = self.value[row]
        order = np.lexsort((value, query))
        query, value, weight = query[order], value[order], weight[order]
        ends = np.searchsorted(query, np.arange(len(leaf)), side="right")
        mass = np.cumsum(weight)
        before = np.concatenate([[0.0], mass[ends[:-1] - 1]])
        wanted = before[:, None] + levels[None, :] * (mass[ends - 1] - before)[:, None]
        found = np.searchsorted(mass, wanted.ravel()).reshape(wanted.shape)
        return np.asarray(value[np.minimum(found, (ends - 1)[:, None])])


def even_levels(n: int) -> NDArray[np.float64]:
    """Levels in the middle of n equal parts of 0..1.

    Example:
        >>> even_levels(4)
        array([0.125, 0.375, 0.625, 0.875])
    """
    return (np.arange(n) + 0.5) / n
