"""The probabilistic Condorcet election: every outcome against every other, and how often each would be left standing."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settlement.parties import checked_parties
from tocsin.errors import InputError, Where

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

RESTART = 1e-9
"""Chance of beginning anew in each step: the limit from an even start then exists for every chain, off by about this."""

PAIRS_AT_ONCE = 400_000
"""Pairs of outcomes held at one time, over draws: a few megabytes, which stay in a processor's cache."""


class Law(StrEnum):
    """How the strength of two coalitions becomes the probability that one beats the other: s^k / (s^k + t^k)."""

    LINEAR = "linear"
    SQUARE = "square"
    CUBIC = "cubic"

    @property
    def power(self) -> int:
        """The k of the law."""
        return {Law.LINEAR: 1, Law.SQUARE: 2, Law.CUBIC: 3}[self]


class Chain(StrEnum):
    """Which outcome challenges the one that stands."""

    UNIFORM = "uniform"
    INCENTIVE = "incentive"
    CONDITIONAL = "conditional"


def condorcet(
    positions: ArrayLike, weights: ArrayLike, *, options: ArrayLike, law: str = "square", chain: str = "uniform",
    standing: ArrayLike | None = None,
) -> Floats:  # fmt: skip
    """The probability that each outcome is left standing when outcomes challenge one another.

    A party backs the outcome nearer to it, as strongly as it is nearer: c(a, b) = sum_k w_k max(0, |x_k - b| -
    |x_k - a|). Outcome a beats b with probability v(a, b) = c(a, b)^k / (c(a, b)^k + c(b, a)^k), 1/2 where nobody
    cares. `chain` then says who challenges: `uniform`, any other at random; `incentive`, b challenges a in proportion
    to v(b, a) c(b, a); both give the long-run share of a Markov chain from an even start. `conditional` is the
    chance of beating every other outcome at once, scaled to sum to 1.

    Source: Wise, Lester & Efird 2015, An introduction to the KAPSARC Toolkit for Behavioral Analysis (KTAB); the
    three chains are held to its printed example.

    Args:
        positions: shape (..., parties), as in `weighted_mean`.
        weights: shape (..., parties).
        options: the outcomes, on the scale of the positions: shape (options,), or (..., options) where draws differ.
        law: linear, square or cubic.
        chain: uniform, incentive or conditional.
        standing: which outcomes stand for election, shape (..., options); all where not given. The others get 0.

    Returns:
        Probabilities over the options, shape (..., options), summing to 1.

    Raises:
        InputError: options are not rows of finite numbers, none stands, or positions or weights cannot be used.
        OutOfRange: a weight is negative, or all are 0.
        ValueError: the law or the chain has no such name.

    Example:
        >>> condorcet([0, 50, 100], [1, 1, 1], options=[0, 50, 100]).round(3)
        array([0.167, 0.667, 0.167])
    """
    where, counts = checked_parties(positions, weights)
    leading, kind, power = where.shape[:-1], Chain(chain), Law(law).power
    outcomes = _rows(options, leading)
    n = outcomes.shape[-1]
    up = _standing(standing, (*leading, n))
    flat_where, flat_counts = (a.reshape(-1, where.shape[-1]) for a in (where, counts))
    step = max(1, PAIRS_AT_ONCE // n**2)
    parts = []
    for i in range(0, len(flat_where), step):
        these = slice(i, i + step)
        strength = (
            coalitions_of(flat_where[these], flat_counts[these], outcomes) if outcomes.ndim == 1
            else coalitions_by_party(flat_where[these], flat_counts[these], outcomes[these])
        )  # fmt: skip
        parts.append(_elect(strength, up[these], power, kind))
    return np.concatenate(parts).reshape(*leading, n)


def elected(coalitions: ArrayLike, *, law: str = "square", chain: str = "uniform") -> Floats:
    """The same from the strengths of coalitions themselves, c(a, b) of those who want a rather than b.

    Args:
        coalitions: shape (..., options, options), >= 0; the diagonal is not read.
        law: linear, square or cubic.
        chain: uniform, incentive or conditional.

    Returns:
        Probabilities over the options, shape (..., options), summing to 1.

    Raises:
        InputError: the array is not square, or a strength is negative or not finite.
        ValueError: the law or the chain has no such name.

    Example:
        >>> elected([[0, 3], [1, 0]], law="linear").round(4)
        array([0.75, 0.25])
    """
    strength = np.asarray(coalitions, dtype=np.float64)
    if strength.ndim < 2 or strength.shape[-1] != strength.shape[-2] or strength.shape[-1] == 0:
        raise InputError(
            f"coalitions have shape {strength.shape}",
            where=Where(field="coalitions"),
            hint="give one row and column an option",
        )
    if not (np.isfinite(strength).all() and (strength >= 0).all()):
        raise InputError(
            "a coalition's strength is negative or not finite",
            where=Where(field="coalitions"),
            hint="give sums of weights",
        )
    flat = strength.reshape(-1, *strength.shape[-2:])
    up = np.ones(flat.shape[:2], dtype=bool)
    return _left_standing(flat, up, Law(law).power, Chain(chain)).reshape(strength.shape[:-1])


def _rows(options: ArrayLike, leading: tuple[int, ...]) -> Floats:
    """Options as one row for all draws, or as (draws, options)."""
    outcomes = np.asarray(options, dtype=np.float64)
    if outcomes.ndim == 0 or outcomes.size == 0 or not np.isfinite(outcomes).all():
        raise InputError(
            "options are not rows of numbers",
            where=Where(field="options"),
            hint="give each outcome once, as [0, 50, 100]",
        )
    if outcomes.ndim == 1:
        return outcomes
    if outcomes.shape[:-1] != leading:
        raise InputError(
            f"options have shape {outcomes.shape} for draws of shape {leading}",
            where=Where(field="options"),
            hint="give one row for all draws, or one for each",
        )
    return outcomes.reshape(-1, outcomes.shape[-1])


def _standing(standing: ArrayLike | None, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    up = np.ones(shape, dtype=bool) if standing is None else np.broadcast_to(np.asarray(standing, dtype=bool), shape)
    if not up.any(axis=-1).all():
        raise InputError("no outcome stands", where=Where(field="standing"), hint="let at least one stand everywhere")
    return up.reshape(-1, shape[-1])


def _elect(strength: Floats, up: NDArray[np.bool_], power: int, chain: Chain) -> Floats:
    """Only outcomes that stand are compared: of a hundred candidates often ten."""
    most = int(up.sum(axis=1).max())
    if most == up.shape[1]:
        return _left_standing(strength, up, power, chain)
    kept = np.sort(np.argsort(~up, axis=1, kind="stable")[:, :most], axis=1)
    small = np.take_along_axis(strength, kept[:, :, None], axis=1)
    small = np.take_along_axis(small, kept[:, None, :], axis=2)
    share = np.zeros_like(up, dtype=np.float64)
    found = _left_standing(small, np.take_along_axis(up, kept, axis=1), power, chain)
    np.put_along_axis(share, kept, found, axis=1)
    return share


def coalitions_by_party(where: Floats, counts: Floats, outcomes: Floats) -> Floats:
    """c(a, b) for every pair by its definition, party by party: quick for few parties.

    Args:
        where: positions, shape (draws, parties).
        counts: weights, shape (draws, parties).
        outcomes: shape (draws, options).
    """
    strength = np.zeros((*outcomes.shape, outcomes.shape[1]))
    for k in range(where.shape[1]):
        far = np.abs(where[:, k, None] - outcomes)
        strength += counts[:, k, None, None] * np.maximum(far[:, None, :] - far[:, :, None], 0.0)
    return strength


def coalitions_of(where: Floats, counts: Floats, outcomes: Floats) -> Floats:
    """c(a, b) for every pair, shape (draws, options, options), passing over the parties once, however many pairs.

    With H(p) = sum of w (p - x) over parties at x <= p, and m halfway between a and b, c(a, b) = 2 (H(m) - H(a)) for
    a < b: a party at or below a gives b - a = 2 (m - a), one between a and m gives 2 (m - x), others nothing. For
    a > b the mirrored sum differs by the whole weight times the way: c(a, b) = 2 (H(m) - H(a) + (a - m) W).

    Args:
        where: positions, shape (draws, parties).
        counts: weights, shape (draws, parties).
        outcomes: shape (options,).
    """
    mid = (outcomes[:, None] + outcomes[None, :]) / 2
    points, at = np.unique(np.concatenate([outcomes, mid.ravel()]), return_inverse=True)
    cell = np.searchsorted(points, where) + (points.size + 1) * np.arange(len(where))[:, None]
    size = len(where) * (points.size + 1)
    weight, moment = (
        np.bincount(cell.ravel(), values.ravel(), minlength=size).reshape(len(where), -1)[:, :-1].cumsum(axis=1)
        for values in (counts, counts * where)
    )
    lag = points * weight - moment
    here, between = at[: outcomes.size], at[outcomes.size :].reshape(mid.shape)
    mirrored = np.maximum(outcomes[:, None] - mid, 0.0) * counts.sum(axis=1)[:, None, None]
    strength = lag[:, between]
    strength -= lag[:, here, None]
    strength += mirrored
    return np.asarray(np.maximum(2.0 * strength, 0.0))


def _left_standing(strength: Floats, up: NDArray[np.bool_], power: int, chain: Chain) -> Floats:
    """Probabilities of the outcomes that stand, shape (draws, options)."""
    win = victory(strength, power)
    pair = up[:, :, None] & up[:, None, :]
    if chain is Chain.CONDITIONAL:
        n = strength.shape[1]
        log = np.log(np.where(pair & ~np.eye(n, dtype=bool), np.maximum(win, 1e-300), 1.0)).sum(axis=2)
        best = np.where(up, log, -np.inf)
        beats = np.exp(best - best.max(axis=1, keepdims=True))
        return np.asarray(beats / beats.sum(axis=1, keepdims=True))
    if chain is Chain.INCENTIVE:
        pull = np.where(pair, win * strength, 0.0)
        total = pull.sum(axis=1, keepdims=True)
        call = np.divide(pull, total, out=np.zeros_like(pull), where=total > 0)
    else:
        call = pair / up.sum(axis=1)[:, None, None]
    return long_run(np.where(pair, call * win, 0.0).swapaxes(1, 2), up)


def victory(strength: Floats, power: int) -> Floats:
    """v(a, b) = c(a, b)^k / (c(a, b)^k + c(b, a)^k); 1/2 where neither has strength and on the diagonal."""
    n = strength.shape[-1]
    largest = np.maximum(strength, strength.swapaxes(-1, -2))
    scaled = np.divide(strength, largest, out=np.ones_like(strength), where=largest > 0) ** power
    win = scaled / (scaled + scaled.swapaxes(-1, -2))
    win[..., np.arange(n), np.arange(n)] = 0.5
    return np.asarray(win)


def long_run(moves: Floats, up: NDArray[np.bool_]) -> Floats:
    """Where a chain ends from an even start: q = e u (I - (1 - e) T)^-1 with e the chance of beginning anew.

    Args:
        moves: chance of moving from option i to option j in a step, shape (draws, i, j); the diagonal is not read.
        up: options that stand, shape (draws, options).
    """
    n = moves.shape[1]
    steps = moves.copy()
    steps[:, np.arange(n), np.arange(n)] = 0.0
    steps[:, np.arange(n), np.arange(n)] = 1.0 - steps.sum(axis=2)
    start = up / up.sum(axis=1, keepdims=True)
    system = np.eye(n) - (1.0 - RESTART) * steps.swapaxes(1, 2)
    found = np.linalg.solve(system, RESTART * start[..., None])[..., 0]
    found = np.where(up, np.maximum(found, 0.0), 0.0)
    return np.asarray(found / found.sum(axis=1, keepdims=True))
