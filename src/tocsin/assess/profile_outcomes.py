"""What a fifth of a driver was followed by, years later, and how weakly the driver alone ranks who breaks next.

Associations over country-years, with intervals from drawing whole countries anew: no effect of a driver is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tocsin.assess.profile_record import FIFTHS
from tocsin.scores.ranking import Ranking

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.assess.profile_drivers import End
    from tocsin.assess.profile_record import YearlyRecord

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

THRESHOLDS = (25, 1000)
"""Deaths in a year."""

WITHIN = (5, 10)
"""Years ahead."""

ONSET = 25
ONSET_WITHIN = (1, 5)
FIRST, LAST = 1991, 2017
"""Situations begin at the end of 1991, and nothing after 2017 is looked at: later years are kept for tests of forecasts."""

RESAMPLES = 300
INTERVAL = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval over countries.

    Attributes:
        value: 0..1.
        lower, upper: interval.
        n: country-years.
        countries: countries they are of.
    """

    value: float
    lower: float
    upper: float
    n: int
    countries: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Violence that followed within some years: overall, and by fifth of a driver.

    Attributes:
        threshold: deaths in some year.
        within: years ahead.
        base: of all country-years of which the driver is known.
        fifths: by fifth, lowest first; None where no country-year lay there.
        apart: by fifth its share less the base, with its interval.
        lead: by fifth the median years until the first such year, where it came; None where it never did.
    """

    threshold: int
    within: int
    base: Share
    fifths: tuple[Share | None, ...]
    apart: tuple[Share | None, ...]
    lead: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Skill:
    """How well one column alone ranks the countries at peace by who sees an onset.

    Attributes:
        within: years ahead.
        auc, ap: with intervals; the base of AP is `base`.
        base: share of country-years with an onset.
        n: country-years at peace of which the column is known.
        onsets: of them followed by an onset.
    """

    within: int
    auc: Share
    ap: Share
    base: float
    n: int
    onsets: int


def came_within(record: YearlyRecord, *, threshold: int, within: int) -> tuple[Flags, Flags, Floats]:
    """Whether a year with so many deaths followed, whether that is known, and after how many years, each (C, Y)."""
    shape = record.deaths.shape
    came, years = np.zeros(shape, dtype=bool), np.full(shape, np.nan)
    for ahead in range(within, 0, -1):
        there = np.zeros(shape, dtype=bool)
        there[:, :-ahead] = np.nan_to_num(record.deaths[:, ahead:]) >= threshold
        came |= there
        years[there] = ahead
    known = np.zeros(shape, dtype=bool)
    known[:, record.column(FIRST) : record.column(LAST) - within + 1] = True
    return came, known & ~np.isnan(record.deaths), years


def outcome(
    record: YearlyRecord, key: str, *, threshold: int, within: int, quiet: bool, seed: int = 1
) -> Outcome | None:
    """What followed each fifth of a driver.

    Args:
        record: of all countries.
        key: the driver.
        threshold: deaths in some year ahead.
        within: years ahead.
        quiet: only country-years that saw fewer than 25 deaths themselves.
        seed: draws the same countries for every driver.

    Returns:
        None where nothing is known of the driver in these years.
    """
    came, known, years = came_within(record, threshold=threshold, within=within)
    fifth = record.fifths[key]
    asked = known & (fifth >= 0)
    if quiet:
        asked &= np.nan_to_num(record.deaths) < ONSET
    if not asked.any():
        return None
    here = [asked & (fifth == k) for k in range(FIFTHS)]
    n = np.stack([part.sum(axis=1) for part in here], axis=1).astype(float)
    hits = np.stack([(part & came).sum(axis=1) for part in here], axis=1).astype(float)
    times = resampled(len(record.countries), seed=seed)
    drawn_n, drawn_hits = times @ n, times @ hits
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn = drawn_hits / drawn_n
        drawn_base = drawn_hits.sum(axis=1) / drawn_n.sum(axis=1)
    base_value = float(hits.sum() / n.sum())
    base = _share(base_value, drawn_base, n.sum(axis=1))
    shares = [
        None if not n[:, k].sum() else _share(hits[:, k].sum() / n[:, k].sum(), drawn[:, k], n[:, k])
        for k in range(FIFTHS)
    ]
    apart = [
        None if share is None else _share(share.value - base_value, drawn[:, k] - drawn_base, n[:, k])
        for k, share in enumerate(shares)
    ]
    lead = [float(np.median(years[part & came])) if (part & came).any() else None for part in here]
    return Outcome(threshold, within, base, tuple(shares), tuple(apart), tuple(lead))


@cache
def resampled(countries: int, *, seed: int, resamples: int = RESAMPLES) -> Floats:
    """How often each country is drawn in each resample, shape (resamples, countries)."""
    rng = np.random.default_rng(seed)
    drawn = rng.integers(countries, size=(resamples, countries))
    return np.stack([np.bincount(row, minlength=countries) for row in drawn]).astype(float)


def _share(value: float, drawn: Floats, n: Floats) -> Share:
    known = drawn[np.isfinite(drawn)]
    lower, upper = np.quantile(known, INTERVAL) if known.size else (np.nan, np.nan)
    return Share(float(value), float(lower), float(upper), int(n.sum()), int((n > 0).sum()))


def skill(record: YearlyRecord, column: Floats, *, fragile: End, within: int, seed: int = 1) -> Skill | None:
    """How well a column alone ranks countries at peace by who sees 25 deaths in some year ahead.

    Args:
        record: of all countries.
        column: what could be known when each year ended, shape (C, Y); NaN is unknown, and not ranked.
        fragile: the end that is put first.
        within: years ahead.
        seed: draws the same countries for every column.

    Returns:
        None where nothing is known, or there was no onset.
    """
    came, known, _ = came_within(record, threshold=ONSET, within=within)
    asked = known & (np.nan_to_num(record.deaths, nan=1.0) == 0) & ~np.isnan(column)
    country = np.nonzero(asked)[0]
    if not country.size or not came[asked].any():
        return None
    ranking = _ranking(column[asked], came[asked], fragile=fragile)
    auc, ap = _drawn(ranking, resampled(len(record.countries), seed=seed)[:, country])
    n = np.bincount(country, minlength=len(record.countries)).astype(float)
    value_auc, value_ap = ranking.auc(), ranking.average_precision()
    if value_auc is None or value_ap is None:
        return None
    return Skill(
        within, _share(value_auc, auc, n), _share(value_ap, ap, n), float(came[asked].mean()), int(asked.sum()),
        int(came[asked].sum()),
    )  # fmt: skip


def skill_beside(
    record: YearlyRecord, key: str, *, fragile: End, within: int, seed: int = 1
) -> tuple[Share, Share] | None:
    """A driver's AUC less that of months since the last death, on the same country-years, and the latter's AUC.

    Returns:
        The difference with its interval over countries, and what months since the last death reach there; None where
        nothing is known.
    """
    column = record.known[key]
    came, known, _ = came_within(record, threshold=ONSET, within=within)
    asked = known & (np.nan_to_num(record.deaths, nan=1.0) == 0) & ~np.isnan(column)
    country = np.nonzero(asked)[0]
    if not country.size or not came[asked].any():
        return None
    times = resampled(len(record.countries), seed=seed)[:, country]
    mine = _ranking(column[asked], came[asked], fragile=fragile)
    since = _ranking(record.quiet_months[asked], came[asked], fragile="low")
    n = np.bincount(country, minlength=len(record.countries)).astype(float)
    drawn, beside = _drawn(mine, times)[0], _drawn(since, times)[0]
    one, two = mine.auc(), since.auc()
    if one is None or two is None:
        return None
    return _share(one - two, drawn - beside, n), _share(two, beside, n)


def _ranking(column: Floats, came: Flags, *, fragile: End) -> Ranking:
    """The column as a ranking, its fragile end first; equal values stay equal."""
    score = column if fragile == "high" else -column
    rank = np.unique(score, return_inverse=True)[1].ravel()
    return Ranking.of(rank / rank.size, came.astype(float))


def _drawn(ranking: Ranking, times: Floats) -> tuple[Floats, Floats]:
    """AUC and average precision of every resample at once: the sums of `Ranking`, over the runs that hold an onset."""
    weight = times.astype(np.float32)[:, ranking.order]  # sums of counts below 2^24 are exact
    seen = np.cumsum(weight, axis=1)
    onset = np.flatnonzero(ranking.came)
    run, first = np.unique(np.searchsorted(ranking.ends, onset), return_index=True)
    gained = np.add.reduceat(weight[:, onset], first, axis=1).astype(float)
    hits = np.cumsum(gained, axis=1)
    upto = seen[:, ranking.ends[run]].astype(float)
    before = np.where(run > 0, seen[:, ranking.ends[run - 1]], 0.0)
    misses = seen[:, -1].astype(float) - hits[:, -1]
    below = misses[:, None] - (upto - hits)
    tied = upto - before - gained
    with np.errstate(invalid="ignore", divide="ignore"):
        ap = (gained * np.where(upto > 0, hits / upto, 0.0)).sum(axis=1) / hits[:, -1]
        auc = (gained * (below + tied / 2)).sum(axis=1) / (hits[:, -1] * misses)
    return auc, ap
