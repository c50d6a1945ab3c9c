"""The challenge model of Bueno de Mesquita as Scholz and others rebuilt it: a comparison, not a forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.settlement.means import weighted_mean
from tocsin.decide.settlement.parties import checked_parties
from tocsin.errors import InputError, OutOfRange, Where

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

ROUNDS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """What the challenge model gives after each round.

    Attributes:
        positions: after each round, shape (rounds, parties).
        median: the position that beats every other by weighted distance, shape (rounds,).
        mean: weighted mean of positions, shape (rounds,).
    """

    positions: Floats
    median: Floats
    mean: Floats

    @property
    def settles(self) -> bool | None:
        """Whether neither of the last two rounds moved the median by half a percent of the span; None below 3 rounds."""
        if self.median.size < 3:
            return None
        span = float(np.ptp(self.positions)) or 1.0
        return bool((np.abs(np.diff(self.median[-3:])) < 0.005 * span).all())


def challenge_rounds(
    positions: ArrayLike, influence: ArrayLike, *, salience: ArrayLike, rounds: int = ROUNDS
) -> Rounds:  # fmt: skip
    """Parties challenge one another, and those who expect to lose move, round after round.

    Scholz, Calbert & Smith 2011 (ICAART, pp. 18-30) rebuilt the model of Bueno de Mesquita 1994. Their text leaves
    several readings open; these give the medians and means they print for the emission standards of 1984:
    the weight of those who back i over j is divided by the weight at stake in all pairs, not in that pair; a party
    sees all others with its own exponent of risk; what an opponent expects from challenging a party makes that party
    less secure; nothing is expected to change without a challenge (Q = 1); lost confrontations are taken before
    compromises, and of compromises the one with the lowest |e| x + |f| y over |e| + |f|. The last favours the low
    end of the scale: the model is not the same seen from the other end.

    Args:
        positions: shape (parties,); NaN where a party has no position.
        influence: >= 0, shape (parties,).
        salience: 0..1, shape (parties,).
        rounds: how many, 1 or more.

    Returns:
        Positions, median and mean after each round.

    Raises:
        InputError: the arrays are not rows of one length with finite values.
        OutOfRange: a salience lies outside 0..1, a weight is negative, all are 0, or rounds is below 1.

    Example:
        >>> challenge_rounds([0, 40, 100], [1, 1, 2], salience=[0.5, 0.5, 0.8], rounds=1).median
        array([100.])
    """
    where, weights = checked_parties(positions, np.asarray(influence, float) * np.asarray(salience, float))
    care = np.asarray(salience, dtype=np.float64)
    if where.ndim != 1 or care.shape != where.shape:
        raise InputError(
            "the challenge model takes one question", where=Where(field="positions"), hint="give (parties,)"
        )
    if ((care < 0) | (care > 1)).any():
        raise OutOfRange("a salience lies outside 0 to 1", where=Where(field="salience"), hint="give shares")
    if rounds < 1:
        raise OutOfRange(f"{rounds} rounds", where=Where(field="rounds"), hint="give 1 or more")
    counted = weights > 0
    now, weight, concern = where[counted], weights[counted], care[counted]
    span = float(np.ptp(now)) or 1.0
    found = []
    for _ in range(rounds):
        now = _moved(now, weight, concern, span)
        found.append(now)
    held = np.asarray(found)
    return Rounds(held, np.array([_median(x, weight) for x in held]), weighted_mean(held, weight))


def _median(positions: Floats, weights: Floats) -> float:
    """The lowest position with the least weighted distance to all."""
    places = np.unique(positions)
    return float(places[np.argmin(np.abs(places[:, None] - positions) @ weights)])


def _moved(now: Floats, weight: Floats, concern: Floats, span: float) -> Floats:
    level = np.ones(now.size)
    first = _expected(now, concern, _wins(now, weight, level, span), span=span, risk=1.0)
    np.fill_diagonal(first, 0.0)
    risk = _risk(first.sum(axis=0))
    win = _wins(now, weight, risk, span)
    return np.array([
        _answer(i, now, _expected(now, concern, win, span=span, risk=float(risk[i]))) for i in range(now.size)
    ])  # fmt: skip


def _wins(now: Floats, weight: Floats, risk: Floats, span: float) -> Floats:
    """P(i, j): weight of those nearer to i than to j, over the weight at stake in all pairs."""
    far = (np.abs(now[:, None] - now) / span) ** risk[:, None]
    backs = weight[:, None, None] * (far[:, None, :] - far[:, :, None])
    stake = float(np.abs(backs).sum())
    return np.asarray(np.maximum(backs, 0.0).sum(axis=0) / (stake or 1.0))


def _expected(now: Floats, concern: Floats, win: Floats, *, span: float, risk: float) -> Floats:
    """E(i, j): what i gains by challenging j over leaving things as they are, at one exponent of risk."""
    half = 0.5 * np.abs(now[:, None] - now) / span
    gain, loss = 2 - 4 * np.maximum(0.5 - half, 0.0) ** risk, 2 - 4 * (0.5 + half) ** risk
    resists = concern[None, :]
    return np.asarray(resists * (win * gain + (1 - win) * loss) + (1 - resists) * gain - (2 - 4 * 0.5**risk))


def _risk(danger: Floats) -> Floats:
    """The exponent of risk: 2 for the least endangered party, 1/2 for the most."""
    spread = float(np.ptp(danger))
    if spread < 1e-12:
        return np.ones_like(danger)
    basis = (2 * danger - danger.max() - danger.min()) / spread
    return np.asarray((1 - basis / 3) / (1 + basis / 3))


def _answer(i: int, now: Floats, expected: Floats) -> float:
    """Where party i stands after the challenges that it expects, given as it sees them."""
    confronted, compromises = [], []
    for j in np.flatnonzero(now != now[i]):
        mine, theirs = expected[i, j], expected[j, i]
        if theirs > mine > 0:
            confronted.append((abs(now[j] - now[i]), now[j]))
        elif theirs > -mine > 0:
            rank = (-mine * now[i] + theirs * now[j]) / (theirs - mine)
            compromises.append((rank, now[i] - (now[j] - now[i]) * mine / theirs))
    offers = confronted or compromises
    return float(min(offers, key=lambda offer: offer[0])[1] if offers else now[i])
