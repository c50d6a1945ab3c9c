"""One distribution from two: where outcomes would stand in an election among them, and how past forecasts erred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settlement.condorcet import condorcet
from tocsin.decide.settlement.means import weighted_mean, weighted_spread
from tocsin.decide.settlement.parties import checked_parties
from tocsin.errors import OutOfRange, Where

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from tocsin.decide.settlement.past import PastSettlements

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

GRID = np.arange(101.0)
"""Whole points of a scale from 0 to 100: outcomes are said to this grain."""

SUPPORTED = (0.1, 0.9)
"""A question whose positions are closer than nine in ten past ones is given those ones' errors, not smaller ones."""

FEW_PARTIES = 25
"""Up to so many, candidates are taken draw by draw; above, from the grid. Both give the same shares."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """How the two are put together; chosen by cross-validation, decision 0010.

    Attributes:
        election: share of the Condorcet election; the rest is past errors.
        bandwidth: standard deviation, in points of 0-100, by which the election's outcomes are spread; 0 for none.
        spread_width: past questions count by exp(-d^2 / 2 width^2), d the difference in spread of positions, in points;
            None counts all alike.
        centre_width: the same by the difference in centre, which tells questions near an end from others.
        other_rule: how much a past question under another rule counts, 0..1.

    Raises:
        OutOfRange: a share lies outside 0..1, or a width is not above 0.
    """

    election: float = 0.3
    bandwidth: float = 2.0
    spread_width: float | None = 5.0
    centre_width: float | None = None
    other_rule: float = 1.0

    def __post_init__(self) -> None:
        for name in ("election", "other_rule"):
            if not 0 <= getattr(self, name) <= 1:
                raise OutOfRange(
                    f"{name} is {getattr(self, name)}", where=Where(field=name), hint="give a share, 0 to 1"
                )
        for name in ("spread_width", "centre_width"):
            if getattr(self, name) is not None and not getattr(self, name) > 0:
                raise OutOfRange(f"{name} is not above 0", where=Where(field=name), hint="None counts all alike")
        if not self.bandwidth >= 0:
            raise OutOfRange("bandwidth is negative", where=Where(field="bandwidth"), hint="give 0 or more points")


SHIPPED = Mixture()


def election_shares(positions: ArrayLike, weights: ArrayLike) -> Floats:
    """The Condorcet election among the positions themselves, to the whole point: shape (..., 101).

    Square law, uniform chain. Positions (..., parties) on 0-100; only points at which a party with weight stands are
    candidates, so 200 parties are at most 101 outcomes.

    Raises:
        InputError: positions or weights cannot be used.
        OutOfRange: a position lies outside 0-100, a weight is negative, or all are 0.
    """
    where, counts = checked_parties(positions, weights)
    counted = counts > 0
    if ((where < 0) | (where > 100))[counted].any():
        raise OutOfRange(
            "a position lies outside 0 to 100", where=Where(field="positions"), hint="rescale positions first"
        )
    points, parties = np.rint(where).reshape(-1, where.shape[-1]), where.shape[-1]
    flat, on = counts.reshape(-1, parties), counted.reshape(-1, parties)
    elect = _among_own if parties <= FEW_PARTIES else _among_points
    return elect(points, flat, on).reshape(*where.shape[:-1], GRID.size)


def _among_own(points: Floats, counts: Floats, on: Flags) -> Floats:
    """Candidates are each draw's positions, a point shared by several standing once: shape (draws, 101)."""
    absent = GRID.size
    first = np.sort(np.where(on, points, absent), axis=1)
    up = (first < absent) & (np.diff(first, axis=1, prepend=-1.0) > 0)
    options = np.where(up, first, 0.0)
    shares = condorcet(points, counts, options=options, standing=up)
    cell = options.astype(np.int64) + GRID.size * np.arange(len(points))[:, None]
    on_grid = np.bincount(cell.ravel(), shares.ravel(), minlength=GRID.size * len(points))
    return np.asarray(on_grid, dtype=np.float64).reshape(len(points), -1)


def _among_points(points: Floats, counts: Floats, on: Flags) -> Floats:
    """The same with the points of the grid as candidates, which many parties share: shape (draws, 101)."""
    up = np.zeros((len(points), GRID.size), dtype=bool)
    rows, parties = np.nonzero(on)
    up[rows, points[rows, parties].astype(np.int64)] = True
    used = np.flatnonzero(up.any(axis=0))
    shares = np.zeros(up.shape)
    shares[:, used] = condorcet(points, counts, options=GRID[used], standing=up[:, used])
    return shares


def spread_out(shares: Floats, *, bandwidth: float) -> Floats:
    """Shares on the grid, each point's share spread by a Gaussian that is kept within the scale."""
    if bandwidth == 0:
        return shares
    kernel = np.exp(-0.5 * ((GRID[:, None] - GRID) / bandwidth) ** 2)
    return np.asarray(shares @ (kernel / kernel.sum(axis=1, keepdims=True)))


def error_shares(
    centre: ArrayLike, spread: ArrayLike, *, past: PastSettlements, mixture: Mixture = SHIPPED,
    unanimous: ArrayLike = False,
) -> Floats:  # fmt: skip
    """Past errors laid on a centre: round(centre + outcome - past centre), what falls beyond an end held at it.

    Outcomes at exactly 0 or 100 are common; holding errors at the ends keeps them so.

    Args:
        centre: weighted means, 0-100, shape (...).
        spread: weighted standard deviations of positions, shape (...).
        past: the settlements whose errors are used.
        mixture: how they are weighed.
        unanimous: whether every party must agree, shape (...) or one for all.

    Returns:
        Shares of the whole points, shape (..., 101), summing to 1.
    """
    middle, apart, all_agree = np.broadcast_arrays(np.asarray(centre, float), np.asarray(spread, float), unanimous)
    shape = middle.shape
    middle, apart, all_agree = (a.reshape(-1, 1) for a in (middle, apart, all_agree))
    apart = np.clip(apart, *np.quantile(past.spread, SUPPORTED))
    close = np.zeros((len(middle), past.centre.size))
    for width, own, theirs in (
        (mixture.spread_width, apart, past.spread), (mixture.centre_width, middle, past.centre),
    ):  # fmt: skip
        if width is not None:
            close -= 0.5 * ((own - theirs) / width) ** 2
    weight = np.exp(close - close.max(axis=1, keepdims=True))
    weight *= np.where(all_agree == past.unanimous, 1.0, mixture.other_rule)
    weight /= weight.sum(axis=1, keepdims=True)
    point = np.clip(np.rint(middle + (past.outcome - past.centre)), 0, 100).astype(np.int64)
    cell = point + GRID.size * np.arange(len(middle))[:, None]
    shares = np.bincount(cell.ravel(), weight.ravel(), minlength=GRID.size * len(middle))
    return np.asarray(shares, dtype=np.float64).reshape(*shape, GRID.size)


def mixed_shares(
    positions: ArrayLike, weights: ArrayLike, *, past: PastSettlements, mixture: Mixture = SHIPPED,
    unanimous: ArrayLike = False,
) -> Floats:  # fmt: skip
    """The mixture on the whole points of 0-100, shape (..., 101): election x its share + past errors x the rest.

    Arguments as in `election_shares` and `error_shares`.
    """
    errors = error_shares(
        weighted_mean(positions, weights), weighted_spread(positions, weights),
        past=past, mixture=mixture, unanimous=unanimous,
    )  # fmt: skip
    if mixture.election == 0:
        return errors
    elected = spread_out(election_shares(positions, weights), bandwidth=mixture.bandwidth)
    return np.asarray(mixture.election * elected + (1 - mixture.election) * errors)
