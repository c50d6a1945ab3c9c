"""The benchmark a model of cells must beat: what happened in the last year in the cell and in those around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.baselines import OWN_MONTHS, VIEWS_PAPER
from tocsin.forecast.cells.grid_stream import areas_at_once
from tocsin.forecast.cells.surroundings import surroundings
from tocsin.forecast.contract import Contract, Fitted, Status
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tocsin.panel.history import History


@dataclass(frozen=True)
class NeighbourConflictology:
    """The last twelve months of an area and of those around it, each month of each equally often."""

    contract: Contract

    def fit(self, history: History, *, horizons: tuple[int, ...], seed: int) -> Fitted:  # noqa: ARG002
        """Nothing is learned; the horizons are kept."""
        return FittedNeighbourConflictology(horizons)


@dataclass(frozen=True)
class FittedNeighbourConflictology:
    """The horizons to draw for."""

    horizons: tuple[int, ...]

    def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """Draws for the areas present at the origin, shape (areas present, horizons, draws)."""
        return np.concatenate(list(self.draw_blocks(history, draws=draws, seed=seed)))

    def draw_blocks(self, history: History, *, draws: int, seed: int) -> Iterator[NDArray[np.int32]]:
        """The same, a few areas at a time; a draw walks through one area's months in their order."""
        near, here = surroundings(history).near, history.here
        step = areas_at_once(self.horizons, draws=draws)
        year = history.deaths[:, -OWN_MONTHS:]
        for begin in range(0, here.size, step):
            cells = here[begin : begin + step]
            out = np.zeros((cells.size, len(self.horizons), draws), dtype=np.int32)
            for place, cell in enumerate(cells):
                ring = near.indices[near.indptr[cell] : near.indptr[cell + 1]]
                both = year[np.r_[cell, ring[history.present[ring, -1]]]]
                if both.any():
                    out[place] = _walks(both, self.horizons, draws=draws, rng=np.random.default_rng((seed, int(cell))))
            yield out


def _walks(
    years: NDArray[np.int64], horizons: tuple[int, ...], *, draws: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Months of several areas, shape (areas, months), walked through from every start: shape (horizons, draws)."""
    areas, months = years.shape
    start = rng.permutation(rng.permutation(areas * months)[np.arange(draws) % (areas * months)])
    area, month = np.divmod(start, months)
    return np.asarray(years[area[None, :], (month[None, :] + np.asarray(horizons)[:, None]) % months])


NEIGHBOUR_CONFLICTOLOGY = NeighbourConflictology(
    Contract(
        name="conflictology_near",
        title="conflictology of an area and its neighbours",
        predicts="a repeat of the last year of the area or of one that touches it",
        levels=tuple(Level),
        needs=12,
        paper=VIEWS_PAPER,
        status=Status.EXPERIMENTAL,
        notes=(
            "a benchmark for cells: each of the nine cells counts the same, so a place of steady war is forecast too low",
        ),
    )
)
