"""Which input moves the centre most: its share of the centre's variance over the draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settle.draws import Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.decide.settle.draws import InputDraws

    Floats = NDArray[np.float64]

BINS = 10
SHUFFLES = 400
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Importance:
    """How much of the centre's variance one input explains by itself.

    Attributes:
        actor: id of the party.
        role: its position, salience or influence.
        share: 0..1; shares need not sum to 1, since inputs also act together.
        above_noise: whether it is more than chance gives to the largest of so many inputs.
    """

    actor: str
    role: Role
    share: float
    above_noise: bool


@dataclass(frozen=True, slots=True)
class Importances:
    """All inputs, the largest share first.

    Attributes:
        inputs: those that have a range, of parties whose weight is not always 0.
        noise: what the largest of as many inputs without influence would seem to explain in 19 of 20 cases, 0..1.
    """

    inputs: tuple[Importance, ...]
    noise: float


def importances(draws: InputDraws, centres: Floats, *, seed: int = 1) -> Importances:
    """The share of the centre's variance that each input explains by itself, from the draws already made.

    Args:
        draws: of the inputs.
        centres: the weighted mean of each draw, shape (draw,).
        seed: of the shuffles that give the noise floor.
    """
    parties = [given.actor for given in draws.inputs if given.role is Role.POSITION]
    counting = {
        actor for actor, counts in zip(parties, np.atleast_1d(draws.weights.any(axis=0)), strict=True) if counts
    }
    rows = [
        number
        for number, given in enumerate(draws.inputs)
        if given.role is not Role.REVERSION and given.low < given.high and given.actor in counting
    ]
    if not rows or np.ptp(centres) == 0:
        return Importances((), 0.0)
    shares = variance_shares(centres, draws.rank[rows])
    rng = np.random.default_rng(seed)
    chance = variance_shares(centres, rng.permuted(np.tile(np.arange(centres.size), (SHUFFLES, 1)), axis=1))
    noise = float(np.quantile(chance, SURE ** (1 / len(rows))))
    found = [
        Importance(draws.inputs[row].actor or "", draws.inputs[row].role, float(share), bool(share > noise))
        for row, share in zip(rows, shares, strict=True)
    ]
    return Importances(tuple(sorted(found, key=lambda i: (-i.share, i.actor, i.role))), noise)


def variance_shares(values: Floats, rank: Floats | NDArray[np.int64], *, bins: int = BINS) -> Floats:
    """Share of the variance of `values` that lies between parts cut by the rank of each input (the correlation ratio).

    Source: Pearson 1905; first-order effect of Saltelli et al. 2008, doi:10.1002/9780470725184.

    Args:
        values: shape (draw,).
        rank: of each input, shape (input, draw).
        bins: parts of equal number.

    Returns:
        0..1 for each input, shape (input,); 0 where values do not vary.

    Example:
        >>> rank = np.stack([np.arange(100) / 100, np.arange(100) % 10 / 10])
        >>> variance_shares(np.floor(rank[0] * 10), rank).round(2).tolist()
        [1.0, 0.0]
    """
    total = float(values.var())
    if total == 0:
        return np.zeros(len(rank))
    edges = np.linspace(0, values.size, bins + 1).astype(int)
    sorted_values = values[np.argsort(rank, axis=1, kind="stable")]
    means = np.add.reduceat(sorted_values, edges[:-1], axis=1) / np.diff(edges)
    between = ((means - values.mean()) ** 2 @ np.diff(edges)) / values.size
    return np.asarray(between / total)
