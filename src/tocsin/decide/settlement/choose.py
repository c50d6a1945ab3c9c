"""How the mixture was chosen, and how its score is kept honest: choices are made inside each training fold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settlement.means import weighted_mean, weighted_spread
from tocsin.decide.settlement.mixture import GRID, Mixture, election_shares, error_shares, spread_out
from tocsin.decide.settlement.past import PastSettlements
from tocsin.decide.settlement.shares import LEVEL, crps_of_shares, holds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Whole = NDArray[np.int64]

EXPONENTS = (0.0, 0.5, 1.0)
ELECTIONS = (0.2, 0.3, 0.4, 0.5)
BANDWIDTHS = (0.0, 2.0, 3.0, 5.0)
ERRORS = tuple(
    Mixture(election=0.0, spread_width=spread, centre_width=centre, other_rule=rule)
    for spread, centre, rule in product((None, 12.0, 8.0, 5.0), (None, 20.0), (1.0, 0.5))
)
HELD = (0.76, 0.84)
"""Share of outcomes that the 80 % interval must hold inside the training fold for a mixture to be chosen."""
INNER_FOLDS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Weighted:
    """Past questions under one way of weighing parties, with all that does not depend on the fold.

    Attributes:
        exponent: weights are size ** exponent x salience.
        past: centre, spread, outcome and rule of each question.
        election: the Condorcet election's shares, shape (questions, 101), by bandwidth.
    """

    exponent: float
    past: PastSettlements
    election: Mapping[float, Floats]

    @property
    def error(self) -> Floats:
        """Absolute error of the centre, shape (questions,)."""
        return np.abs(self.past.centre - self.past.outcome)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen on some questions."""

    exponent: float
    mixture: Mixture


def weighed(
    positions: Floats, *, size: Floats, salience: Floats, outcome: Floats, unanimous: Flags,
    exponents: Sequence[float] = EXPONENTS, bandwidths: Sequence[float] = BANDWIDTHS,
) -> tuple[Weighted, ...]:  # fmt: skip
    """Questions under each way of weighing parties.

    Args:
        positions: 0-100, shape (questions, parties), NaN where there is none.
        size: of the parties, shape (parties,).
        salience: shape (questions, parties).
        outcome: shape (questions,).
        unanimous: shape (questions,).
        exponents: of the size.
        bandwidths: by which the election is spread out, in points.
    """
    made = []
    for exponent in exponents:
        weights = size**exponent * salience
        past = PastSettlements(
            weighted_mean(positions, weights), weighted_spread(positions, weights), outcome, unanimous
        )
        elected = election_shares(positions, weights)
        made.append(Weighted(exponent, past, {b: spread_out(elected, bandwidth=b) for b in bandwidths}))
    return tuple(made)


def folds_of(groups: Sequence[str], *, folds: int, seed: int) -> Whole:
    """The fold of every question; questions of one group, as of one proposal, are in one fold.

    Example:
        >>> folds_of(["a", "a", "b", "c"], folds=3, seed=1).tolist()
        [0, 0, 1, 2]
    """
    names, which = np.unique(np.asarray(groups), return_inverse=True)
    dealt = np.empty(names.size, dtype=np.int64)
    dealt[np.random.default_rng(seed).permutation(names.size)] = np.arange(names.size) % folds
    return dealt[which]


def choose(ways: Sequence[Weighted], *, these: Flags, groups: Sequence[str], seed: int) -> Chosen:
    """Choose weights and mixture on some questions alone, by cross-validation among them.

    The exponent has the lowest error of the centre. Of mixtures whose 80 % interval holds 76 to 84 % of the outcomes,
    the one with the lowest CRPS; where none does, the one that comes nearest to 80 %.

    Args:
        ways: the questions, weighed in each way.
        these: the questions that may be looked at, shape (questions,).
        groups: kept together in a fold.
        seed: deals the inner folds.
    """
    way = min(ways, key=lambda w: float(w.error[these].mean()))
    fold = np.full(these.size, -1)
    fold[these] = folds_of([g for g, use in zip(groups, these, strict=True) if use], folds=INNER_FOLDS, seed=seed)
    outcome, found = way.past.outcome[these], {}
    for settings in ERRORS:
        errors = _out_of_fold(way.past, fold=fold, mixture=settings)[these]
        for share, bandwidth in product(ELECTIONS, way.election):
            shares = share * way.election[bandwidth][these] + (1 - share) * errors
            mixture = replace(settings, election=share, bandwidth=bandwidth)
            found[mixture] = (float(crps_of_shares(shares, outcome).mean()), float(holds(shares, outcome).mean()))
    fair = [m for m, (_, held) in found.items() if HELD[0] <= held <= HELD[1]]
    if fair:
        return Chosen(way.exponent, min(fair, key=lambda m: found[m][0]))
    return Chosen(way.exponent, min(found, key=lambda m: abs(found[m][1] - LEVEL)))


def nested(
    ways: Sequence[Weighted], *, groups: Sequence[str], folds: int = 10, seed: int = 1
) -> tuple[Floats, Floats, tuple[Chosen, ...]]:  # fmt: skip
    """Every question forecast by what was chosen, and by errors seen, without its fold.

    Returns:
        Centres (questions,), shares (questions, 101), and what each fold chose.
    """
    fold = folds_of(groups, folds=folds, seed=seed)
    centre, shares, chosen = np.zeros(fold.size), np.zeros((fold.size, GRID.size)), []
    by_exponent = {way.exponent: way for way in ways}
    for k in range(folds):
        out = fold == k
        picked = choose(ways, these=~out, groups=groups, seed=seed + 1000 * (k + 1))
        way = by_exponent[picked.exponent]
        centre[out] = way.past.centre[out]
        shares[out] = _mixed(way, picked.mixture, test=out, train=~out)
        chosen.append(picked)
    return centre, shares, tuple(chosen)


def fixed(way: Weighted, mixture: Mixture, *, groups: Sequence[str], folds: int = 10, seed: int = 1) -> Floats:
    """Shares (questions, 101) under one mixture, errors taken from other folds only."""
    fold = folds_of(groups, folds=folds, seed=seed)
    shares = np.zeros((fold.size, GRID.size))
    for k in range(folds):
        shares[fold == k] = _mixed(way, mixture, test=fold == k, train=fold != k)
    return shares


def plain_errors(centre: Floats, outcome: Floats, *, groups: Sequence[str], folds: int = 10, seed: int = 1) -> Floats:
    """A point forecast with the errors it made in other folds, all alike: shares (questions, 101)."""
    past = PastSettlements(centre, np.zeros_like(centre), outcome, np.zeros(centre.size, dtype=bool))
    fold = folds_of(groups, folds=folds, seed=seed)
    return _out_of_fold(past, fold=fold, mixture=Mixture(election=0.0, spread_width=None))


def _mixed(way: Weighted, mixture: Mixture, *, test: Flags, train: Flags) -> Floats:
    errors = error_shares(
        way.past.centre[test], way.past.spread[test], past=way.past.only(train), mixture=mixture,
        unanimous=way.past.unanimous[test],
    )  # fmt: skip
    if mixture.election == 0:
        return errors
    return np.asarray(mixture.election * way.election[mixture.bandwidth][test] + (1 - mixture.election) * errors)


def _out_of_fold(past: PastSettlements, *, fold: Whole, mixture: Mixture) -> Floats:
    shares = np.zeros((fold.size, GRID.size))
    for k in np.unique(fold[fold >= 0]):
        test, train = fold == k, (fold != k) & (fold >= 0)
        shares[test] = error_shares(
            past.centre[test], past.spread[test], past=past.only(train), mixture=mixture, unanimous=past.unanimous[test]
        )
    return shares
