"""The score of evidence, by trees that were learnt once and are kept as a table; nothing is learnt at run time.

`trees.csv` has one row a node: its tree, its number there, the evidence it asks, the value up to which the left node is next,
the two next nodes, and what a leaf adds. The sum is in log odds; `calibration.toml` sets where it is 0.70.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.record.screening.evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

FOLDER = files("tocsin.record.screening")
LEAF = -1


@dataclass(frozen=True, slots=True)
class Trees:
    """All nodes in one row; leaves lead to themselves.

    Attributes:
        roots: number of the first node of each tree, shape (trees,).
        asks: number of the evidence a node asks, shape (nodes,).
        up_to: the value up to which the left node is next, shape (nodes,).
        left, right: the next nodes, shape (nodes,).
        adds: what a leaf adds to the log odds, shape (nodes,).
        depth: most steps from a root to a leaf.
        base: log odds before any tree.
        at_match: log odds at which the score is 0.70.
    """

    roots: npt.NDArray[np.int32]
    asks: npt.NDArray[np.int32]
    up_to: npt.NDArray[np.float64]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    adds: npt.NDArray[np.float64]
    depth: int
    base: float
    at_match: float

    def odds(self, evidence: Sequence[Evidence]) -> npt.NDArray[np.float64]:
        """Log odds of each row of evidence, shape (rows,)."""
        values = np.array(evidence, dtype=np.float64)
        rows = np.arange(len(values))[:, None]
        at = np.broadcast_to(self.roots, (len(values), len(self.roots)))
        for _ in range(self.depth):
            at = np.where(values[rows, self.asks[at]] <= self.up_to[at], self.left[at], self.right[at])
        return np.asarray(self.base + self.adds[at].sum(axis=1))

    def scores(self, evidence: Sequence[Evidence]) -> npt.NDArray[np.float64]:
        """Scores of 0..1, shape (rows,); 0.70 where a match begins. No probability."""
        shift = np.log(0.7 / 0.3) - self.at_match
        return np.asarray(1.0 / (1.0 + np.exp(-(self.odds(evidence) + shift))))


@cache
def learnt() -> Trees:
    """The trees that ship."""
    table = pl.read_csv(FOLDER.joinpath("trees.csv").read_bytes())
    said = tomllib.loads(FOLDER.joinpath("calibration.toml").read_text(encoding="utf-8"))
    return trees_of(table, base=said["base"], at_match=said["at_match"])


def trees_of(table: pl.DataFrame, *, base: float, at_match: float) -> Trees:
    """Trees from their table: tree, node, asks, up_to, left, right, adds; a leaf has no `asks`."""
    sizes = table.group_by("tree", maintain_order=True).len()["len"].to_numpy()
    roots = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int32)
    starts = np.repeat(roots, sizes)
    here = np.arange(len(table), dtype=np.int32)
    number = {name: at for at, name in enumerate(Evidence._fields)}
    leaf = table["asks"].is_null().to_numpy()
    left, right = (np.where(leaf, here, table[side].fill_null(LEAF).to_numpy() + starts) for side in ("left", "right"))
    asks = np.array([number[name] if name is not None else 0 for name in table["asks"]], dtype=np.int32)
    return Trees(
        roots, asks, table["up_to"].fill_null(0.0).to_numpy(), left.astype(np.int32), right.astype(np.int32),
        table["adds"].fill_null(0.0).to_numpy(), _depth(roots, left, right), base, at_match,
    )  # fmt: skip


def _depth(roots: npt.NDArray[np.int32], left: npt.NDArray[np.int32], right: npt.NDArray[np.int32]) -> int:
    """Steps until every way from a root has come to a leaf."""
    at, steps = np.unique(roots), 0
    while not np.array_equal(following := np.unique(np.concatenate((left[at], right[at]))), at):
        at, steps = following, steps + 1
    return steps
