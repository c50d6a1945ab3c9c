"""A history whose newest months are brought to what they are likely to become: History in, History out.

Figures of a month come as candidate events about three weeks after it ends and stay so until the yearly release, about
June of the next year, replaces them. Three corrections, each learned from revisions seen before (`learn_lag`):

- `size`: a month's deaths times the ratio of later to first deaths in all months of its size (`SIZES`);
- `own`: times the area's own ratio, drawn towards that of its size where the area had few deaths; how far is chosen by
  two-fold cross-validation over the months learned from;
- `sampled`: a draw of the true months: each area borrows the revisions of an area of like size, month by month from months
  of like deaths. Draw again with other seeds and pool the forecasts;
- `own-sampled`: the same, but an area borrows from itself with probability deaths / (deaths + pull), the pull of `own`.

Only `deaths` are changed: signals and slow drivers stay. The revisions at hand are of deaths of all types by country, in events
within one month; for another target, other ids or provinces they are an assumption.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from tocsin.panel.vintages.lag import SIZES, size_class
from tocsin.panel.vintages.vintage import releases_seen

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from tocsin.panel.history import History
    from tocsin.panel.vintages.lag import LagModel, Revisions

PULLS = (0.0, 30.0, 100.0, 300.0, 1000.0, 3000.0, np.inf)
"""Deaths by which an area's own ratio is drawn to that of its size: none, up to taking that of its size alone."""

LIKE = 25
"""Areas of like size among which an area whose revisions are borrowed is drawn."""

NEAR = 3
"""Months of like deaths among which a month is drawn."""


class Correction(StrEnum):
    """How recent months are corrected for the reporting lag."""

    SIZE = "size"
    OWN = "own"
    SAMPLED = "sampled"
    OWN_SAMPLED = "own-sampled"

    @property
    def is_drawn(self) -> bool:
        """Whether each seed gives another history."""
        return self in {Correction.SAMPLED, Correction.OWN_SAMPLED}


def corrected(history: History, *, known_on: date, lag: LagModel, how: Correction, seed: int = 0) -> History:
    """The history with its newest months as they are likely to stand in the end.

    Args:
        history: what was known.
        known_on: the day on which it was known; it says how many yearly releases each month has seen.
        lag: revisions learned from; `learn_lag(vintages, until=known_on)` uses nothing issued later.
        how: which correction.
        seed: makes a sampled history again; the others need none.

    Returns:
        The same areas and months; months that have seen more releases than the model knows of are as they were.
    """
    rng = np.random.default_rng(seed)
    stage = np.array([releases_seen(history.first + i, known_on) for i in range(history.deaths.shape[1])])
    deaths = history.deaths.copy()
    for number, seen in sorted(lag.stages.items()):
        columns = np.flatnonzero(stage == number)
        if columns.size:
            deaths[:, columns] = _revised(deaths[:, columns], history.areas, seen, how=how, rng=rng)
    deaths = np.where(history.present, deaths, 0)
    return replace(history, deaths=deaths, vintage=f"{history.vintage}, corrected for reporting lag ({how.value})")


def ratios_by_size(seen: Revisions) -> NDArray[np.float64]:
    """Later over first deaths in all months of each size, shape (5,); 1 for months of no deaths and sizes never seen."""
    kind = size_class(seen.before).ravel()
    first = np.bincount(kind, weights=seen.before.ravel(), minlength=len(SIZES))
    later = np.bincount(kind, weights=seen.after.ravel(), minlength=len(SIZES))
    return np.divide(later, first, out=np.ones(len(SIZES)), where=first > 0)


def own_ratios(seen: Revisions, *, pull: float) -> NDArray[np.float64]:
    """Each area's later over first deaths, drawn to the ratio of its size by `pull` deaths, shape (A,)."""
    kind = size_class(np.rint(seen.before.mean(axis=1)).astype(np.int64))
    usual: NDArray[np.float64] = ratios_by_size(seen)[kind]
    if np.isinf(pull):
        return usual
    first, later = seen.before.sum(axis=1), seen.after.sum(axis=1)
    return np.asarray(np.divide(later + pull * usual, first + pull, out=usual.copy(), where=first + pull > 0))


def chosen_pull(seen: Revisions) -> float:
    """The pull that revises one half of the months best by the other half, odd and even; the weakest of equals."""
    halves = [np.arange(seen.before.shape[1]) % 2 == side for side in (0, 1)]
    if seen.before.shape[1] < 2:  # one month has no other half
        return float("inf")
    return float(min(PULLS, key=lambda pull: sum(_missed(seen, learn, pull=pull) for learn in halves)))


def _missed(seen: Revisions, learn: NDArray[np.bool_], *, pull: float) -> float:
    part = type(seen)(seen.areas, seen.before[:, learn], seen.after[:, learn])
    said = np.rint(seen.before[:, ~learn] * own_ratios(part, pull=pull)[:, None])
    return float(np.abs(np.log1p(said) - np.log1p(seen.after[:, ~learn])).sum())


def _revised(
    deaths: NDArray[np.int64], areas: tuple[str, ...], seen: Revisions, *, how: Correction, rng: np.random.Generator
) -> NDArray[np.int64]:
    if how.is_drawn:
        self_drawn = how is Correction.OWN_SAMPLED
        return _sampled(deaths, seen, _likely_self(seen, areas) if self_drawn else np.zeros(len(areas)), areas, rng)
    ratios = ratios_by_size(seen)[size_class(deaths)]
    if how is Correction.OWN:
        own = dict(zip(seen.areas, own_ratios(seen, pull=chosen_pull(seen)), strict=True))
        ratios = np.array([[own[area]] * deaths.shape[1] if area in own else row.tolist()
                           for area, row in zip(areas, ratios, strict=True)])  # fmt: skip
    return np.rint(deaths * ratios).astype(np.int64)


def _likely_self(seen: Revisions, areas: tuple[str, ...]) -> NDArray[np.float64]:
    """How likely each area is to borrow from itself, 0..1: 0 for areas that the revisions do not name."""
    deaths = dict(zip(seen.areas, seen.before.sum(axis=1).tolist(), strict=True))
    pull = chosen_pull(seen)
    return np.array([deaths.get(a, 0) / (deaths.get(a, 0) + pull) if deaths.get(a, 0) else 0.0 for a in areas])


def _sampled(
    deaths: NDArray[np.int64],
    seen: Revisions,
    likely_self: NDArray[np.float64],
    areas: tuple[str, ...],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Each area's months moved as those of a donor were: (x + 1)(later + 1) / (first + 1) - 1, from months of like deaths."""
    level, others = np.log1p(deaths).mean(axis=1), np.log1p(seen.before).mean(axis=1)
    place = {area: i for i, area in enumerate(seen.areas)}
    moved = np.empty_like(deaths)
    for row, x in enumerate(deaths):
        like = rng.choice(np.argsort(np.abs(others - level[row]), kind="stable")[:LIKE])
        donor = place[areas[row]] if rng.random() < likely_self[row] else like
        first, later = seen.before[donor], seen.after[donor]
        near = np.argsort(np.abs(np.log1p(first)[None, :] - np.log1p(x)[:, None]), axis=1, kind="stable")[:, :NEAR]
        month = near[np.arange(x.size), rng.integers(near.shape[1], size=x.size)]
        moved[row] = np.maximum(np.rint((x + 1) * (later[month] + 1) / (first[month] + 1) - 1), 0)
    return moved
