"""The few signals an onset is told by: each uses what was known in its month, and each has a declared direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.features import Feature, Reads, touching, trailing_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.panel.history import History

    Grid = NDArray[np.float64]

LONG_QUIET = 480
"""Months since a death are counted to forty years."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal: what it measures, and whether more of it can only raise (1) or only lower (-1) the risk."""

    feature: Feature
    direction: int

    @property
    def name(self) -> str:
        """The signal's name."""
        return self.feature.name


def _signal(name: str, group: str, words: str, direction: int, reads: Reads = Reads.LOG) -> Signal:
    return Signal(Feature(name, group, words, reads), direction)


OWN, NEAR, OTHER, SLOW = "its own past", "its neighbours", "other violence", "slow drivers"
SIGNALS = (
    _signal("since", OWN, "months since the last death (or year of conflict before 1990)", -1),
    _signal("own_120", OWN, "deaths over the last ten years", 1),
    _signal("conflict_years", OWN, "years of conflict on its soil in the last thirty", 1, Reads.PLAIN),
    _signal("near_60", NEAR, "deaths among neighbours over the last five years", 1),
    _signal("near_burning", NEAR, "neighbours with 25 or more deaths in the last twelve months", 1),
    _signal("near_new", NEAR, "neighbours that came to 25 deaths within the last twelve months", 1),
    _signal("other_12", OTHER, "deaths in other violence over the last twelve months", 1),
    _signal("other_60", OTHER, "deaths in other violence over the last five years", 1),
    _signal("other_ten_years", OTHER, "deaths in non-state and one-sided violence in the last ten yearly files", 1),
    _signal("one_sided_year", OTHER, "deaths in one-sided violence in the newest yearly file", 1),
    _signal("stability", SLOW, "political stability (WGI), two years before", -1, Reads.PLAIN),
    _signal("law", SLOW, "rule of law (WGI), two years before", -1, Reads.PLAIN),
    _signal("government", SLOW, "government effectiveness (WGI), two years before", -1, Reads.PLAIN),
    _signal("child_mortality", SLOW, "deaths of children under five per 1000 born, two years before", 1),
    _signal("income", SLOW, "income a head, dollars, two years before", -1),
    _signal("population", SLOW, "men in the population, two years before", 1),
)
"""Every signal there is; which of them a model takes is its setting."""


@dataclass(frozen=True)
class SignalGrid:
    """Values of signals, shape (areas, months, signals); NaN where not known."""

    signals: tuple[Signal, ...]
    values: NDArray[np.float64]


def signals_of(history: History, names: Sequence[str] | None = None) -> SignalGrid:
    """The named signals of a history, or all of them.

    Sources of the choice: time at peace (Beck, Katz & Tucker 1998, doi:10.2307/2991857), neighbours (Gleditsch 2007,
    doi:10.1016/j.jpolgeo.2006.11.001), infant mortality, regime and neighbours as the few signals that carried
    instability forecasts (Goldstone et al. 2010, doi:10.1111/j.1540-5907.2009.00426.x).

    Args:
        history: as made by `tocsin.panel.onsets.history`; a signal it does not hold is not known anywhere.
        names: which signals.
    """
    grids = _own(history) | _near(history) | _other(history) | _slow(history)
    kept = tuple(s for s in SIGNALS if names is None or s.name in names)
    return SignalGrid(kept, np.stack([grids[s.name] for s in kept], axis=-1))


def _own(history: History) -> dict[str, Grid]:
    deaths = history.deaths.astype(np.float64)
    quiet = _signal_or_unknown(history, "quiet before")
    before = np.where(np.isnan(quiet[:, 0]), LONG_QUIET, quiet[:, 0])
    return {
        "since": np.log1p(_since(deaths > 0, before)),
        "own_120": np.log1p(totals(deaths, 120)),
        "conflict_years": _signal_or_unknown(history, "conflict years"),
    }


def _near(history: History) -> dict[str, Grid]:
    touch = touching(history.neighbours)
    deaths = history.deaths.astype(np.float64)
    burning = (totals(deaths, 12) >= 25).astype(np.float64)
    year_before = np.pad(burning, ((0, 0), (12, 0)))[:, : burning.shape[1]]
    return {
        "near_60": np.log1p(touch @ totals(deaths, 60)),
        "near_burning": np.log1p(touch @ burning),
        "near_new": np.log1p(touch @ (burning * (1 - year_before))),
    }


def _other(history: History) -> dict[str, Grid]:
    other = _signal_or_unknown(history, "other deaths")
    return {
        "other_12": np.log1p(totals(other, 12)),
        "other_60": np.log1p(totals(other, 60)),
        "other_ten_years": np.log1p(_signal_or_unknown(history, "other deaths, ten years")),
        "one_sided_year": np.log1p(_signal_or_unknown(history, "one-sided deaths, year")),
    }


def _slow(history: History) -> dict[str, Grid]:
    def known(name: str) -> Grid:
        return history.slow.get(name, np.full(history.deaths.shape, np.nan))

    return {
        "stability": known("political stability"),
        "law": known("rule of law"),
        "government": known("government effectiveness"),
        "child_mortality": np.log1p(known("child mortality")),
        "income": np.log1p(known("income")),
        "population": np.log1p(known("men")),
    }


def _signal_or_unknown(history: History, name: str) -> Grid:
    return history.signals.get(name, np.full(history.deaths.shape, np.nan))


def totals(grid: Grid, months: int) -> Grid:
    """Sum over the last `months` columns, shorter at the start.

    Example:
        >>> totals(np.array([[1.0, 2.0, 4.0]]), 2)
        array([[1., 3., 6.]])
    """
    columns = np.minimum(np.arange(1, grid.shape[1] + 1), months)
    return np.asarray(np.round(trailing_mean(grid, months) * columns, 6))


def _since(happened: NDArray[np.bool_], before: NDArray[np.float64]) -> Grid:
    """Months since it last happened, 0 in the month itself, counted on from the quiet before the first month."""
    out = np.zeros(happened.shape)
    level = before
    for t in range(happened.shape[1]):
        level = np.where(happened[:, t], 0.0, np.minimum(level + 1, LONG_QUIET))
        out[:, t] = level
    return out
