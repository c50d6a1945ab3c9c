"""Every model of settlement on past questions, each question forecast without its own proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settlement.challenge import challenge_rounds
from tocsin.decide.settlement.choose import fixed, nested, plain_errors
from tocsin.decide.settlement.compare import ModelForecasts
from tocsin.decide.settlement.condorcet import Chain, condorcet
from tocsin.decide.settlement.means import weighted_mean, weighted_median
from tocsin.decide.settlement.mixture import GRID, SHIPPED, Mixture
from tocsin.decide.settlement.nash import nash_point

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tocsin.decide.settlement.choose import Chosen, Weighted

    Floats = NDArray[np.float64]

OURS = "tocsin"
FIXED = "tocsin, settings that ship"
ROOT_MEAN = "mean, root of size x salience"
SIZE_MEAN = "mean, size x salience"
PLAIN_MEAN = "mean, all alike"
ELECTION = "Condorcet, uniform chain, root of size x salience"
SIZE_ELECTION = "Condorcet, uniform chain, size x salience"
OWN, ERRORS = "its own distribution", "errors of its points in other folds"
NONE, BEFORE, INSIDE = "none", "fixed, after all issues were seen", "chosen inside each training fold"
ROOT = 0.5


def our_forecasts(
    ways: Sequence[Weighted], *, groups: Sequence[str], seed: int
) -> tuple[ModelForecasts, tuple[Chosen, ...]]:  # fmt: skip
    """Ours with every choice made inside the training folds, and those choices."""
    centre, shares, chosen = nested(ways, groups=groups, seed=seed)
    return ModelForecasts(OURS, centre, shares, OWN, INSIDE), chosen


def fixed_forecasts(ways: Sequence[Weighted], *, groups: Sequence[str], seed: int) -> Iterator[ModelForecasts]:
    """Ours and its parts under settings held fixed; errors still come from other folds."""
    way = next(w for w in ways if w.exponent == ROOT)
    plain = Mixture(election=0.4, bandwidth=0.0, spread_width=None)
    for name, mixture in (
        (FIXED, SHIPPED),
        ("0.4 Condorcet + 0.6 errors, all alike", plain),
        ("0.4 Condorcet, spread 5 points, + 0.6 errors", Mixture(election=0.4, bandwidth=5.0, spread_width=None)),
        ("errors by spread of positions alone", Mixture(election=0.0)),
    ):
        yield ModelForecasts(name, way.past.centre, fixed(way, mixture, groups=groups, seed=seed), OWN, BEFORE)


def point_forecasts(
    positions: Floats, *, size: Floats, salience: Floats, reversion: Floats, outcome: Floats, groups: Sequence[str],
    seed: int,
) -> Iterator[ModelForecasts]:  # fmt: skip
    """Models that name a point, with the errors that their points made in other folds.

    Args:
        positions: 0-100, shape (questions, parties), NaN where there is none.
        size: of the parties, shape (parties,).
        salience: 0-100, shape (questions, parties).
        reversion: what holds without a decision, NaN where unknown, shape (questions,).
        outcome: shape (questions,).
        groups: the proposal of each question.
        seed: deals the folds.
    """
    alike = np.ones_like(salience)
    root, full = size**ROOT * salience, size * salience
    known = np.isfinite(reversion)
    nash = np.full(known.size, np.nan)
    nash[known] = nash_point(positions[known], alike[known], reversion=reversion[known], options=GRID)
    for name, point in (
        (ROOT_MEAN, weighted_mean(positions, root)),
        (SIZE_MEAN, weighted_mean(positions, full)),
        ("mean, salience", weighted_mean(positions, salience)),
        (PLAIN_MEAN, weighted_mean(positions, alike)),
        ("median, size x salience", weighted_median(positions, full)),
        ("median, root of size x salience", weighted_median(positions, root)),
        ("challenge model, round 8", _challenged(positions, size=size, salience=salience)),
        ("Nash product over the reversion", nash),
        ("status quo: the reversion", reversion),
        ("always the middle", np.full(known.size, 50.0)),
    ):
        yield ModelForecasts(name, point, _with_errors(point, outcome, groups=groups, seed=seed), ERRORS, NONE)


def election_forecasts(positions: Floats, *, size: Floats, salience: Floats) -> Iterator[ModelForecasts]:
    """Condorcet elections among the positions themselves, square law; the mean of an election is its point."""
    standing = (np.rint(np.where(salience > 0, positions, -1.0))[:, :, None] == GRID).any(axis=1)
    root, full = size**ROOT * salience, size * salience
    for name, chain, weights in (
        (ELECTION, Chain.UNIFORM, root),
        (SIZE_ELECTION, Chain.UNIFORM, full),
        ("Condorcet, incentive chain, root of size x salience", Chain.INCENTIVE, root),
        ("Condorcet, conditional chain, root of size x salience", Chain.CONDITIONAL, root),
    ):
        shares = condorcet(positions, weights, options=GRID, chain=chain, standing=standing)
        yield ModelForecasts(name, shares @ GRID, shares, OWN, NONE)
    alike = np.full((len(positions), GRID.size), 1 / GRID.size)
    yield ModelForecasts("every point alike", alike @ GRID, alike, OWN, NONE)


def _challenged(positions: Floats, *, size: Floats, salience: Floats) -> Floats:
    return np.array([
        challenge_rounds(where, size, salience=care / 100).median[-1]
        for where, care in zip(positions, salience, strict=True)
    ])  # fmt: skip


def _with_errors(point: Floats, outcome: Floats, *, groups: Sequence[str], seed: int) -> Floats:
    known = np.isfinite(point)
    shares = np.zeros((known.size, GRID.size))
    shares[:, 0] = 1.0
    names = [g for g, use in zip(groups, known, strict=True) if use]
    shares[known] = plain_errors(point[known], outcome[known], groups=names, seed=seed)
    return shares
