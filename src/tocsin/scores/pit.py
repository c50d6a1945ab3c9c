"""Where what came falls among the draws: the probability integral transform for counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange, Where
from tocsin.scores.arrays import per_unit, probabilities

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

SIMULATIONS = 2000


@dataclass(frozen=True, slots=True)
class PitHistogram:
    """Shares of the PIT in equal steps: flat if calibrated, a hump if too wide, a U if too narrow, a slope if off.

    Attributes:
        edges: ends of the steps, length bins + 1.
        share: share of the units in each step, length bins, summing to 1.
        lower: lower end of the band a flat histogram's share stays in.
        upper: upper end of that band.
    """

    edges: tuple[float, ...]
    share: tuple[float, ...]
    lower: float
    upper: float


def pit(draws: ArrayLike, actual: ArrayLike, *, seed: int) -> Floats:
    """The randomised PIT: the actual's place among the draws, 0..1, ties placed at random.

    u = (draws below + v (draws equal + 1)) / (D + 1) with v uniform on 0..1: exactly uniform where the actual is
    one more draw of the same kind, for any D, zeros included; for many draws it is the usual F(y - 1) + v f(y).

    Source: Czado, Gneiting & Held 2009, doi:10.1111/j.1541-0420.2009.01191.x; the finite form is the rank of
    Hamill 2001, doi:10.1175/1520-0493(2001)129<0550:IORHFV>2.0.CO;2.

    Args:
        draws: deaths, shape (..., D), >= 0.
        actual: deaths that came, shape (...), >= 0.
        seed: makes the random placing of ties again.

    Returns:
        PIT of every unit, shape (...), 0..1.

    Raises:
        InputError: a value is not finite or is negative, or the shapes do not match.

    Example:
        >>> u = pit([[0, 1, 2], [0, 1, 2]], [9, 1], seed=1)
        >>> bool(u[0] >= 0.75), bool(0.25 <= u[1] <= 0.75)
        (True, True)
    """
    below, equal = per_unit(below_and_equal_of_ordered, draws, actual)
    return placed(below, equal, draws=np.shape(draws)[-1], seed=seed)


def pit_histogram(u: ArrayLike, *, seed: int, bins: int = 10, level: float = 0.9) -> PitHistogram:
    """The histogram of PIT values, with the band one step's share stays in were the forecast calibrated.

    The band takes every unit to be on its own, as in `reliability_table`. Draws with a large share of tied zeros
    look flat by the random placing alone: look at violent areas apart.

    Args:
        u: PIT values, shape (...), 0..1.
        seed: makes the simulated band again.
        bins: number of equal steps.
        level: share of simulated shares the band holds.

    Raises:
        InputError: a value lies outside 0..1.
        OutOfRange: bins is below 1.

    Example:
        >>> pit_histogram([0.1, 0.2, 0.6, 1.0], seed=1, bins=2).share
        (0.5, 0.5)
    """
    values = probabilities(u, field="u").ravel()
    if bins < 1:
        raise OutOfRange(f"{bins} bins hold nothing", where=Where(field="bins"), hint="give 1 or more, as 10")
    number, edges = np.histogram(values, bins=bins, range=(0, 1))
    chance = np.random.default_rng(seed).binomial(values.size, 1 / bins, SIMULATIONS) / values.size
    low, high = np.quantile(chance, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return PitHistogram(tuple(edges.tolist()), tuple((number / values.size).tolist()), float(low), float(high))


def below_and_equal_of_ordered(ordered: Floats, actual: Floats) -> Floats:
    """How many of the draws (n, D) lie below the actual (n, 1) and how many equal it: shape (2, n)."""
    return np.stack([(ordered < actual).sum(axis=1), (ordered == actual).sum(axis=1)]).astype(np.float64)


def placed(below: Floats, equal: Floats, *, draws: int, seed: int) -> Floats:
    """The randomised PIT from the draws below and equal, both of shape (...), out of `draws`."""
    v = np.random.default_rng(seed).random(below.shape)
    return np.asarray((below + v * (equal + 1)) / (draws + 1))
