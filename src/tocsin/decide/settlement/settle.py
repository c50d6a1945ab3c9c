"""Where a question will settle: one distribution, and beside it each of the two uncertainties alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.case.questions import Rule
from tocsin.decide.settlement.distribution import Distribution
from tocsin.decide.settlement.means import weighted_mean
from tocsin.decide.settlement.mixture import GRID, SHIPPED, Mixture, mixed_shares
from tocsin.decide.settlement.parties import checked_parties
from tocsin.decide.settlement.past import PastSettlements, past_settlements
from tocsin.errors import OutOfRange, UnknownName, Where

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def settlement_distribution(
    positions: ArrayLike, weights: ArrayLike, *, low: float, high: float, rule: str,
    past: PastSettlements | None = None, mixture: Mixture = SHIPPED,
) -> Distribution:  # fmt: skip
    """Where the question will settle: election among positions and past errors, over all draws of the inputs.

    The scale is taken to 0-100 and back; outcomes are said to a hundredth of it. Draws of inputs are averaged, so
    both uncertainties are in it: noise in the inputs and error of the model. It rests on settlements of the European
    Union that were concluded: for other bodies take it as a floor of the error, and read nothing about deadlock
    from it.

    Args:
        positions: shape (parties,) or (draws, parties), from low to high; NaN where a party has no position.
        weights: influence x salience, >= 0, of the same shape or one that broadcasts to it.
        low: lowest point of the scale.
        high: highest point of the scale, above low.
        rule: consensus, majority, weighted majority or single decider. Past questions under unanimity and under
            majority erred alike, so at present it changes nothing; none had a single decider.
        past: settlements whose errors are used; those that ship if not given.
        mixture: how the two parts are put together.

    Returns:
        The distribution, on the scale of the question.

    Raises:
        InputError: positions or weights cannot be used.
        OutOfRange: a position lies outside the scale, the scale has no length, or weights are negative or all 0.
        UnknownName: there is no such rule.

    Example:
        >>> d = settlement_distribution([7, 30, 54], [0.8, 0.5, 0.4], low=0, high=60, rule="consensus")
        >>> round(d.mean, 1), d.central(0.8), round(d.probability_between(0, 12), 2)
        (23.9, (6.6, 39.6), 0.24)
    """
    unit, counts = _on_hundred(positions, weights, low=low, high=high)
    shares = mixed_shares(
        unit, counts, past=past or past_settlements(), mixture=mixture, unanimous=_unanimous(rule)
    )  # fmt: skip
    return Distribution.of(low + (high - low) * GRID / 100, shares.reshape(-1, GRID.size).mean(axis=0))


def model_error_only(
    positions: ArrayLike, weights: ArrayLike, *, low: float, high: float, rule: str,
    past: PastSettlements | None = None, mixture: Mixture = SHIPPED,
) -> Distribution:  # fmt: skip
    """The same as if inputs were known: every party at the mean of its draws, with the mean of its weights.

    Arguments and errors as in `settlement_distribution`.

    Example:
        >>> model_error_only([[0, 100], [20, 100]], [1, 1], low=0, high=100, rule="majority").mean > 0
        True
    """
    unit, counts = _on_hundred(positions, weights, low=low, high=high)
    parties = unit.shape[-1]
    flat, mean = counts.reshape(-1, parties), counts.reshape(-1, parties).mean(axis=0)
    there = flat > 0
    middle = np.where(there, unit.reshape(-1, parties), 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    return settlement_distribution(
        low + (high - low) * middle / 100, mean, low=low, high=high, rule=rule, past=past, mixture=mixture
    )


def input_noise_only(positions: ArrayLike, weights: ArrayLike) -> Distribution:
    """The weighted means of the draws, as if the model did not err: far too narrow alone, so never shown alone.

    Arguments and errors as in `settlement_distribution`; one draw gives one point.

    Example:
        >>> input_noise_only([[0, 100], [20, 100]], [1, 1]).points
        array([50., 60.])
    """
    centres = np.atleast_1d(weighted_mean(positions, weights)).ravel()
    return Distribution.of(centres, np.ones(centres.size))


def _unanimous(rule: str) -> bool:
    if rule not in set(Rule):
        raise UnknownName.of("rule", rule, [str(known) for known in Rule], where=Where(field="rule"))
    return Rule(rule) is Rule.CONSENSUS


def _on_hundred(positions: ArrayLike, weights: ArrayLike, *, low: float, high: float) -> tuple[Floats, Floats]:
    if not low < high:
        raise OutOfRange(
            f"the scale runs from {low:g} to {high:g}", where=Where(field="scale"), hint="let high be above low"
        )
    where, counts = checked_parties(positions, weights)
    unit = 100 * (where - low) / (high - low)
    if ((unit < -1e-9) | (unit > 100 + 1e-9))[counts > 0].any():
        raise OutOfRange(
            f"a position lies outside the scale, {low:g} to {high:g}",
            where=Where(field="positions"),
            hint="widen the scale or mend the position",
        )
    return np.clip(unit, 0, 100), counts
