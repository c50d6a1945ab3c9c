"""Forecasts of one area drawn again from several changed histories."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tocsin.forecast.explain.changed import around, only_here
from tocsin.forecast.forest import OWN_YEAR, FittedForest
from tocsin.forecast.leaves import even_levels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.forecast.contract import Fitted
    from tocsin.panel.history import History

    Numbers = NDArray[np.float64]

YEAR = 12


class Asked(Protocol):
    """A question that draws answer with yes or no."""

    @property
    def months(self) -> int:
        """Months ahead that it looks at, from the first."""
        ...

    def holds(self, ahead: NDArray[np.integer], last_year: NDArray[np.floating]) -> NDArray[np.bool_]:
        """Whether the answer is yes; `ahead` of shape (areas, months, draws), `last_year` of shape (areas,)."""
        ...


def forest_in(fitted: Fitted | None) -> FittedForest | None:
    """The forest that can give reasons: the model itself, or a pool's first member, held as `grown`; else None."""
    if isinstance(fitted, FittedForest):
        return fitted
    grown = getattr(fitted, "grown", None)
    return grown if isinstance(grown, FittedForest) else None


def redrawn(fitted: Fitted, histories: Sequence[History], *, area: int, asked: Asked, draws: int, seed: int) -> Numbers:
    """Probability that a question is answered yes in one area, from each of several changed histories.

    Every history is drawn from with the same randomness, so that differences come from the change alone.

    Args:
        fitted: a fitted model; of a pool the first member forest draws.
        histories: of the areas that the model learned from, each with its own origin.
        area: index of the area in all of them.
        asked: the question.
        draws: draws from each.
        seed: the same for all.

    Returns:
        Probabilities 0..1, shape (histories,).
    """
    forest = forest_in(fitted)
    if forest is None:
        ahead = np.concatenate(
            [fitted.draw(only_here(h, area=area), draws=draws, seed=seed)[:, : asked.months] for h in histories]
        )
    else:
        ahead = _of_forest(forest, histories, area=area, months=asked.months, draws=draws, seed=seed)
    last_year = np.array([h.deaths[area, -YEAR:].mean() for h in histories])
    return np.asarray(asked.holds(ahead, last_year).mean(axis=1), dtype=np.float64)


def _of_forest(
    forest: FittedForest, histories: Sequence[History], *, area: int, months: int, draws: int, seed: int
) -> NDArray[np.int64]:
    """The forest's own steps for many situations at once: what its `draw` gives for the first months of each."""
    rows, own_year = [], []
    for history in histories:
        small, place = (history, area) if forest.reads_all else around(history, area=area)
        features = forest.features(small)
        rows.append(features.values[place, -1])
        own_year.append(float(features.column(OWN_YEAR)[place, -1]))
    now, settings = np.stack(rows), forest.settings
    own = round(settings.own * draws)
    relative = round(settings.relative * (draws - own))
    first = replace(forest, horizons=forest.horizons[:months])
    pooled = first.came_at(now, even_levels(draws - own - relative))
    changed = first.changed_at(now, np.array(own_year), even_levels(relative))
    last_year = np.sort(np.stack([h.deaths[area, -YEAR:] for h in histories]), axis=1)
    again = last_year[:, (even_levels(own) * last_year.shape[1]).astype(int)] if own else last_year[:, :0]
    repeated = np.broadcast_to(again[:, None, :], (*pooled.shape[:2], own))
    every = np.sort(np.concatenate([pooled, changed, repeated], axis=2), axis=2)
    every[(every > 0).mean(axis=2) < settings.gate] = 0
    whole = np.pad(every, ((0, 0), (0, len(forest.horizons) - every.shape[1]), (0, 0)))
    return np.concatenate([
        forest.courses_of(whole[[i]], now[[i]], seed=seed)[:, :months] for i in range(len(now))
    ])  # fmt: skip
