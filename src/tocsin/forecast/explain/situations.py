"""Why a forecast says what it says: the nearest past situations, and what moved it.

What moved it follows each tree's path from its root: every split moves the expected log(1 + deaths), and the move
belongs to the feature split on (Saabas 2014; the same quantity as in Palczewska et al. 2014,
doi:10.1007/978-3-319-04717-1_9). The moves of all features add up to the forecast less the average of all past
situations, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.features import Feature, Reads, with_horizon

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sklearn.tree._tree import Tree

    from tocsin.forecast.forest import FittedForest
    from tocsin.panel.history import History
    from tocsin.vocabulary import Month

GAP = 12
"""Nearest situations of one area lie at least a year apart, so that three are three."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A past situation like this one: where and when it was, and what followed.

    Attributes:
        area: the area's name.
        month: the month it was looked at from.
        likeness: share of the trees' weight it holds, 0..1.
        before: deaths a month over the year before, mean.
        followed: deaths in each of the months that followed, as many as were asked for and are known.
    """

    area: str
    month: Month
    likeness: float
    before: float
    followed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Driver:
    """A group of features and how far it moved the expected log(1 + deaths), up or down.

    Attributes:
        group: the group's name.
        move: signed move of expected log(1 + deaths).
        strongest: the feature that moved most within the group.
        value: that feature's value, as the forest sees it.
    """

    group: str
    move: float
    strongest: Feature
    value: float

    @property
    def words(self) -> str:
        """The driver as a sentence's part: direction, group, and the number behind it."""
        direction = "raised" if self.move > 0 else "lowered"
        return f"{direction} by {self.group} ({self.strongest.says(self.value)})"


def nearest_situations(
    fitted: FittedForest, history: History, *, area: str, horizon: int, months: int, most: int = 3
) -> tuple[Situation, ...]:
    """The past situations that most trees put beside this one, at least a year apart in any one area.

    Args:
        fitted: a grown forest.
        history: as known at the origin.
        area: id of an area present at the origin.
        horizon: months ahead looked at.
        months: how many months of what followed to give.
        most: how many situations.
    """
    index = history.areas.index(area)
    now = fitted.features(history).values[[index], -1]
    row, weight = fitted.leaves.members(fitted.leaf_of(now, horizon)[0])
    place, month = fitted.rows.area[row], fitted.rows.month[row]
    cells, inverse = np.unique(np.column_stack([place, month]), axis=0, return_inverse=True)
    share = np.bincount(inverse.ravel(), weights=weight)
    chosen: list[tuple[int, int, float]] = []
    for i in np.argsort(-share, kind="stable"):
        a, t = int(cells[i, 0]), int(cells[i, 1])
        if all(a != b or abs(t - u) >= GAP for b, u, _ in chosen):
            chosen.append((a, t, float(share[i])))
        if len(chosen) == most:
            break
    return tuple(_situation(fitted.learned, a, t, share, months=months) for a, t, share in chosen)


def _situation(history: History, area: int, month: int, likeness: float, *, months: int) -> Situation:
    ahead = slice(month + 1, month + 1 + months)
    followed = history.deaths[area, ahead][np.logical_and.accumulate(history.present[area, ahead])]
    before = history.deaths[area, max(0, month - 11) : month + 1].mean()
    return Situation(
        history.names[area], history.first + month, likeness, float(before), tuple(int(x) for x in followed)
    )


def drivers(fitted: FittedForest, history: History, *, area: str, horizon: int) -> tuple[Driver, ...]:
    """What moved the forecast of one area, by group of features, the largest move first; the moves add up."""
    index = history.areas.index(area)
    features = fitted.features(history)
    now = features.values[[index], -1]
    moves = contributions(fitted, now, horizon=horizon)[0]
    groups = [*dict.fromkeys(f.group for f in features.described), "months ahead"]
    described = [*features.described, Feature("horizon", "months ahead", "months ahead of the origin", Reads.PLAIN)]
    values = np.append(now[0], horizon)
    found = []
    for group in groups:
        members = [i for i, f in enumerate(described) if f.group == group]
        strongest = max(members, key=lambda i: abs(moves[i]))
        found.append(
            Driver(
                group,
                float(moves[members].sum()),
                described[strongest],
                float(values[strongest]),
            )
        )
    return tuple(sorted(found, key=lambda d: -abs(d.move)))


def contributions(fitted: FittedForest, now: NDArray[np.float32], *, horizon: int) -> NDArray[np.float64]:
    """Signed moves of expected log(1 + deaths), shape (situations, features + 1); the last is the horizon's.

    Row sums equal the forest's prediction less the mean over its training rows.
    """
    table = with_horizon(now, horizon)
    moves = np.zeros(table.shape)
    for grown in fitted.forest.estimators_:
        for i, situation in enumerate(table):
            _follow(grown.tree_, situation, moves[i])
    return moves / len(fitted.forest.estimators_)


def _follow(tree: Tree, situation: NDArray[np.float32], moves: NDArray[np.float64]) -> None:
    left, right, split_on, threshold = tree.children_left, tree.children_right, tree.feature, tree.threshold
    expected = tree.value[:, 0, 0]
    node = 0
    while left[node] != -1:
        feature = split_on[node]
        child = left[node] if situation[feature] <= threshold[node] else right[node]
        moves[feature] += expected[child] - expected[node]
        node = child
