"""From a probability and pools of counts to draws: the hurdle, repeated years, and months that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.courses import in_courses
from tocsin.forecast.leaves import even_levels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.forecast.cells.surroundings import Surroundings
    from tocsin.panel.history import History

    Counts = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Pool = tuple[Counts, ...]

YEAR = 12
TEN_YEARS = 120


@dataclass(frozen=True)
class LocalPools:
    """What happened lately in some cells and around them; each pool ascending, one for each cell.

    Attributes:
        cells: indices of the cells in the history.
        own_year: the cell's own last twelve months.
        deadly: months with deaths of the last ten years, of the cell and its ring; a single 1 where there are none.
    """

    cells: NDArray[np.intp]
    own_year: Pool
    deadly: Pool

    @classmethod
    def of(cls, history: History, around: Surroundings, cells: NDArray[np.intp]) -> LocalPools:
        """The pools of cells at a history's origin, of cells the record covers."""
        own, deadly = [], []
        for cell in cells:
            ring = around.near.indices[around.near.indptr[cell] : around.near.indptr[cell + 1]]
            both = np.r_[cell, ring[history.present[ring, -1]]]
            own.append(np.sort(history.deaths[cell, -YEAR:]))
            long = history.deaths[both, -TEN_YEARS:].ravel()
            deadly.append(np.sort(long[long > 0]) if long.any() else np.ones(1, dtype=np.int64))
        return cls(cells, tuple(own), tuple(deadly))


def repeated(pools: Pool, draws: int) -> Counts:
    """Each pool read off at even levels, shape (pools, draws).

    Example:
        >>> import numpy as np
        >>> repeated((np.array([0, 0, 3]), np.array([5])), 3)
        array([[0, 0, 3],
               [5, 5, 5]])
    """
    levels = even_levels(draws) if draws else np.empty(0)
    out = np.empty((len(pools), draws), dtype=np.int64)
    for row, pool in zip(out, pools, strict=True):
        row[:] = pool[(levels * pool.size).astype(np.intp)]
    return out


def hurdle(chance: Floats, sizes: Counts, *, draws: int) -> Counts:
    """Draws that are 0 unless there are deaths, and then as many as the sizes say, at even levels.

    Args:
        chance: probability of any death, shape (n,), 0..1.
        sizes: deaths if any, ascending, at even levels, shape (n, L).
        draws: how many.

    Returns:
        Deaths, ascending, shape (n, draws).

    Example:
        >>> import numpy as np
        >>> hurdle(np.array([0.5]), np.array([[1, 9]]), draws=4)
        array([[0, 0, 1, 9]])
    """
    if not draws:
        return np.empty((len(chance), 0), dtype=np.int64)
    deadly = chance[:, None]
    within = (even_levels(draws)[None, :] - (1 - deadly)) / np.maximum(deadly, 1e-12)
    place = np.clip((within * sizes.shape[1]).astype(np.intp), 0, sizes.shape[1] - 1)
    return np.where(within > 0, np.take_along_axis(sizes, place, axis=1), 0)


def in_own_courses(every: Counts, *, cells: NDArray[np.intp], together: float, seed: int) -> Counts:
    """Order each cell's draws so that the months of one draw go together.

    Ranks follow a normal with one part shared by all months of a draw. A cell has randomness of its own, so that its draws
    are the same in whatever block it is drawn.

    Args:
        every: deaths, ascending within a month, shape (n, H, D).
        cells: which cells these are, shape (n,).
        together: correlation of two months' ranks, 0..1.
        seed: with the cell, makes the order again.
    """
    out = np.zeros_like(every)
    for i, cell in enumerate(cells):
        if not every[i].any():
            continue
        rng = np.random.default_rng((seed, int(cell)))
        shared = rng.standard_normal(every.shape[2])
        apart = rng.standard_normal(every.shape[1:])
        out[i] = in_courses(every[i], np.sqrt(together) * shared + np.sqrt(1 - together) * apart, rng=rng)
    return out
