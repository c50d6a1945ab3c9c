"""Which cells lie around a cell, at half-degree steps: the ring that touches it, the ring beyond, and a fading circle.

PRIO-GRID numbers its cells row by row from the south-west corner of the world, 720 to a row, so a cell's id says where it
lies (Tollefsen, Strand & Buhaug 2012, doi:10.1177/0022343311431287). Areas of other levels take those they touch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.vocabulary import AreaIds

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from tocsin.panel.history import History

ROWS, COLUMNS = 360, 720
REACH = 6
"""How many cells away the fading circle ends: three degrees, some 330 km."""
FADING = 2.0
"""Cells at which the weight of a distant cell has fallen to exp(-1/2)."""


@dataclass(frozen=True)
class Surroundings:
    """Weights of other areas around each, sparse, shape (areas, areas); no area is around itself.

    Attributes:
        near: 1 for areas that touch: the eight around a cell.
        next: 1 for areas one step further: the sixteen of the second ring.
        wide: weights that fade with distance, to `REACH` cells.
    """

    near: csr_array
    next: csr_array
    wide: csr_array


def surroundings(history: History) -> Surroundings:
    """What lies around each area of a history: by row and column for cells, by common borders for other areas."""
    if history.ids is AreaIds.GID:
        row, column = rows_and_columns(history.areas)
        rings = [_within(row, column, reach=k) for k in (1, 2, REACH)]
        return Surroundings(_ones(rings[0]), _ones(rings[1] - rings[0]), _faded(rings[2]))
    near = _touching(history)
    beyond = _ones(near @ near + near)
    beyond.setdiag(0)
    beyond.eliminate_zeros()
    return Surroundings(near, _ones(beyond - near), (near + 0.5 * _ones(beyond)).tocsr())


def rows_and_columns(gids: tuple[str, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Row and column of cells, counted from 0 in the south-west.

    Example:
        >>> rows_and_columns(("1", "721", "722"))
        (array([0, 1, 1]), array([0, 0, 1]))
    """
    numbers = np.array([int(gid) for gid in gids], dtype=np.intp) - 1
    return numbers // COLUMNS, numbers % COLUMNS


def _within(row: NDArray[np.intp], column: NDArray[np.intp], *, reach: int) -> csr_array:
    """Squared distance in cells between all pairs at most `reach` rows and columns apart; columns go round the world."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - most commands need no grid

    place = np.full((ROWS, COLUMNS), -1, dtype=np.intp)
    place[row, column] = np.arange(row.size)
    a, b, square = [], [], []
    for up in range(-reach, reach + 1):
        for along in range(-reach, reach + 1):
            other_row = row + up
            inside = (other_row >= 0) & (other_row < ROWS)
            other = np.where(inside, place[np.clip(other_row, 0, ROWS - 1), (column + along) % COLUMNS], -1)
            there = np.flatnonzero(other >= 0) if (up, along) != (0, 0) else np.empty(0, dtype=np.intp)
            a.append(there)
            b.append(other[there])
            square.append(np.full(there.size, float(up * up + along * along)))
    entries = np.concatenate(square), (np.concatenate(a), np.concatenate(b))
    return csr_array(entries, shape=(row.size, row.size))


def _touching(history: History) -> csr_array:
    from scipy.sparse import csr_array  # noqa: PLC0415 - most commands need no grid

    pairs = [(a, b) for a, touching in enumerate(history.neighbours) for b in touching]
    a, b = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    return csr_array((np.ones(a.size), (a, b)), shape=(len(history.areas),) * 2)


def _ones(weights: csr_array) -> csr_array:
    """The same places, each with weight 1."""
    kept = weights.copy()
    kept.eliminate_zeros()
    kept.data = np.ones_like(kept.data)
    return kept


def _faded(squares: csr_array) -> csr_array:
    faded = squares.copy()
    faded.data = np.where(squares.data <= REACH**2, np.exp(-squares.data / (2 * FADING**2)), 0.0)
    return faded
