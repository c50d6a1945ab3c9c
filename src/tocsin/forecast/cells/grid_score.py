"""Scores of a streamed forecast: each block is scored as it comes, and only the scores are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, Where
from tocsin.scores import Scores, score_draws
from tocsin.scores.arrays import per_unit
from tocsin.scores.pit import below_and_equal_of_ordered, placed
from tocsin.scores.ranking import Ranking
from tocsin.scores.summary import UnitScores

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from tocsin.forecast.forecast import Forecast

UNIT_BY_UNIT = ("crps", "log_crps", "ign", "mis", "brier25", "coverage90", "p25", "actual", "known")


def score_stream(
    blocks: Iterable[Forecast], actual: NDArray[np.int64], *, seed: int, known: NDArray[np.bool_] | None = None
) -> Scores:
    """The scores `score_draws` gives for the forecast in one piece.

    Args:
        blocks: blocks of consecutive areas, as `stream_forecast` gives them.
        actual: deaths that came, shape (A, H), areas in the order of the blocks.
        seed: places ties in the PIT.
        known: which actuals are known, shape (A, H); all where not given.

    Raises:
        InputError: the blocks hold more or fewer areas than came, or no actual is known.
    """
    scored = np.ones(actual.shape, dtype=np.bool_) if known is None else known
    if not scored.any():
        raise InputError("no actual is known", where=Where(field="known"), hint="score months that have come")
    parts: list[UnitScores] = []
    ties: list[NDArray[np.float64]] = []
    begin = draws = 0
    for block in blocks:
        mine = slice(begin, begin + len(block.areas))
        begin, draws = mine.stop, block.draws.shape[2]
        if begin > len(actual):
            break
        parts.append(_units(block.draws, actual[mine], scored[mine], seed=seed))
        ties.append(per_unit(below_and_equal_of_ordered, block.draws, actual[mine]))
    if begin != len(actual):
        raise InputError(
            f"the blocks hold {'more' if begin > len(actual) else 'fewer'} areas than the {len(actual)} that came",
            where=Where(field="actual"),
            hint="give what came for the areas present at the origin, in their order",
        )
    return _summed(parts, np.concatenate(ties, axis=1), scored, draws=draws, seed=seed)


def _units(
    draws: NDArray[np.int32], actual: NDArray[np.int64], known: NDArray[np.bool_], *, seed: int
) -> UnitScores:  # fmt: skip
    """Unit scores of one block; where nothing is known, none."""
    if known.any():
        return score_draws(draws, actual, seed=seed, known=known).units
    nothing = {name: np.full(known.shape, np.nan) for name in (*UNIT_BY_UNIT[:-1], "pit")}
    return UnitScores(**nothing, known=known)


def _summed(
    parts: list[UnitScores], ties: NDArray[np.float64], known: NDArray[np.bool_], *, draws: int, seed: int
) -> Scores:
    every = {name: np.concatenate([getattr(part, name) for part in parts]) for name in UNIT_BY_UNIT}
    u = placed(ties[0], ties[1], draws=draws, seed=seed)
    units = UnitScores(**every, pit=np.where(known, u, np.nan))
    ranking, weight = Ranking.of(np.where(known, units.p25, 0.0), units.came25), known.ravel().astype(np.float64)
    mean = {
        name: float(every[name][known].mean()) for name in ("crps", "log_crps", "ign", "mis", "brier25", "coverage90")
    }
    return Scores(
        **mean,
        ap25=ranking.average_precision(weight),
        auc25=ranking.auc(weight),
        n=int(known.sum()),
        draws=draws,
        units=units,
    )
