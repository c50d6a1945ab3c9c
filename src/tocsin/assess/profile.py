"""The structural profile of a country: where its slow drivers stand, where they go, and what such conditions were followed by.

No sum of drivers is made and no country is ranked: what stands here are figures with their year, and associations.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tocsin.assess.profile_drivers import DRIVERS
from tocsin.assess.profile_outcomes import ONSET, ONSET_WITHIN, THRESHOLDS, WITHIN, outcome, skill
from tocsin.assess.profile_record import fifths_of
from tocsin.panel.drivers import OLDEST_YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.assess.profile_drivers import SlowDriver
    from tocsin.assess.profile_outcomes import Outcome, Skill
    from tocsin.assess.profile_record import YearlyRecord
    from tocsin.sources.reading import Card

TREND_YEARS = 10
NEARBY = 2
"""Years by which the earlier value of a trend may lie off."""

LEAST_OWN = 5
"""Earlier values of its own before a percentile is told."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one driver of one country stands.

    Attributes:
        driver: which.
        year: of the newest value; None where none is known.
        value: that value.
        age: years since, at the last year of the record.
        before_year, before: the value about ten years earlier; None where none is known.
        world: share of the other countries, known for the same year, with a lower value, 0..1; None where too few are.
        own: share of the country's own earlier years with a lower value, 0..1; None where too few are known.
        fifth: the fifth of the world it lies in, 0 lowest to 4; None where too few countries are known, or it is too old.
        series: its years and values, oldest first.
    """

    driver: SlowDriver
    year: int | None
    value: float | None
    age: int | None
    before_year: int | None
    before: float | None
    world: float | None
    own: float | None
    fifth: int | None
    series: tuple[tuple[int, float], ...]

    @property
    def change(self) -> float | None:
        """The change over about ten years: as a share of the earlier value where that is told so, else in its unit."""
        if self.value is None or self.before is None:
            return None
        if not self.driver.ratio:
            return self.value - self.before
        return self.value / self.before - 1 if self.before > 0 else None

    @property
    def old(self) -> bool:
        """Whether the value is older than a forecast would use: it says nothing of today."""
        return self.age is None or self.age > OLDEST_YEARS


@dataclass(frozen=True)
class Followed:
    """What a driver was followed by: outcomes of all countries, and of those that were quiet; and how weakly it ranks.

    Attributes:
        outcomes: by threshold and years, all countries.
        quiet: the same of country-years with fewer than 25 deaths.
        skills: at ranking countries at peace, by years ahead.
    """

    outcomes: Mapping[tuple[int, int], Outcome]
    quiet: Mapping[tuple[int, int], Outcome]
    skills: Mapping[int, Skill]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A slow condition of a country without violence that lies where violence followed more often, years later.

    Attributes:
        standing: the condition.
        share, lower, upper: of quiet country-years in this fifth, followed by a year of 25 deaths or more within ten years.
        base: the same of all quiet country-years.
        lead: median years until the first such year.
    """

    standing: Standing
    share: float
    lower: float
    upper: float
    base: float
    lead: float


@dataclass(frozen=True)
class Profile:
    """The profile of one country.

    Attributes:
        country: ISO3.
        name: as readers know it.
        asked: what was asked for, where that was a part of the country; None where it was the country.
        last_year: of the record.
        deaths: of the country in each year counted, oldest first.
        standings: one a driver.
        band: by driver the world's quartiles by year: year, lower, middle, upper.
        followed: by driver's key; a driver without is unknown.
        months_since: how months since the last death rank, by years ahead.
        window: conditions that lie where violence followed more often; None for a country that is not quiet now.
        cards: the sources.
    """

    country: str
    name: str
    asked: str | None
    last_year: int
    deaths: tuple[tuple[int, float], ...]
    standings: tuple[Standing, ...]
    band: Mapping[str, tuple[tuple[int, float, float, float], ...]]
    followed: Mapping[str, Followed]
    months_since: Mapping[int, Skill]
    window: tuple[Ahead, ...] | None
    cards: tuple[Card, ...]

    @property
    def quiet(self) -> bool:
        """Whether the last year counted saw fewer than 25 deaths."""
        return bool(self.deaths) and self.deaths[-1][1] < ONSET


def standings_of(record: YearlyRecord, country: str) -> tuple[Standing, ...]:
    """Where every driver of a country stands."""
    row = record.countries.index(country)
    return tuple(_standing(record, driver, row) for driver in DRIVERS)


def _standing(record: YearlyRecord, driver: SlowDriver, row: int) -> Standing:
    grid = record.values[driver.key]
    known = np.flatnonzero(~np.isnan(grid[row]))
    if not known.size:
        return Standing(driver, None, None, None, None, None, None, None, None, ())
    now = int(known[-1])
    value, earlier = grid[row, now], known[:-1]
    near = [int(i) for i in earlier if abs(now - TREND_YEARS - i) <= NEARBY]
    before = min(near, key=lambda i: (abs(now - TREND_YEARS - i), -i), default=None)
    others = np.delete(grid[:, now], row)
    others = others[~np.isnan(others)]
    fifth = int(fifths_of(grid[:, [now]])[row, 0])
    age = record.years[-1] - record.years[now]
    return Standing(
        driver, record.years[now], float(value), age,
        None if before is None else record.years[before], None if before is None else float(grid[row, before]),
        float((others < value).mean()) if fifth >= 0 else None,
        float((grid[row, earlier] < value).mean()) if earlier.size >= LEAST_OWN else None,
        fifth if fifth >= 0 and age <= OLDEST_YEARS else None,
        tuple((record.years[i], float(grid[row, i])) for i in known),
    )  # fmt: skip


@cache
def followed(record: YearlyRecord) -> dict[str, Followed]:
    """What every driver was followed by, over all countries; computed once for a record."""
    return {driver.key: _followed(record, driver) for driver in DRIVERS}


def _followed(record: YearlyRecord, driver: SlowDriver) -> Followed:
    every, quiet = (
        {
            (threshold, within): found
            for threshold in THRESHOLDS
            for within in WITHIN
            if (found := outcome(record, driver.key, threshold=threshold, within=within, quiet=only))
        }
        for only in (False, True)
    )
    known = record.known[driver.key]
    skills = {n: s for n in ONSET_WITHIN if (s := skill(record, known, fragile=driver.fragile, within=n))}
    return Followed(every, quiet, skills)


def months_since(record: YearlyRecord) -> dict[int, Skill]:
    """How months since the last death rank the same countries at peace."""
    return {n: s for n in ONSET_WITHIN if (s := skill(record, record.quiet_months, fragile="low", within=n))}


def window_of(standings: tuple[Standing, ...], known: Mapping[str, Followed]) -> tuple[Ahead, ...]:
    """Conditions of a quiet country in a fifth that violence followed more often than elsewhere, clear of chance.

    Of some twenty drivers one fifth may come out so by luck alone: the interval is of each, not of all together.
    """
    found = []
    for standing in standings:
        quiet = known[standing.driver.key].quiet.get((ONSET, max(WITHIN)))
        if quiet is None or standing.fifth is None:
            continue
        share, apart, lead = quiet.fifths[standing.fifth], quiet.apart[standing.fifth], quiet.lead[standing.fifth]
        if share is not None and apart is not None and lead is not None and apart.lower > 0:
            found.append(Ahead(standing, share.value, share.lower, share.upper, quiet.base.value, lead))
    return tuple(sorted(found, key=lambda a: -a.share))


def band_of(record: YearlyRecord, key: str) -> tuple[tuple[int, float, float, float], ...]:
    """The world's quartiles of a driver in each year in which enough countries are known."""
    grid, found = record.values[key], []
    for i, year in enumerate(record.years):
        known = grid[~np.isnan(grid[:, i]), i]
        if known.size >= 30:
            low, middle, high = np.quantile(known, [0.25, 0.5, 0.75])
            found.append((year, float(low), float(middle), float(high)))
    return tuple(found)


def profile_of(
    record: YearlyRecord, country: str, *, iso3: str, name: str, asked: str | None, cards: tuple[Card, ...]
) -> Profile:
    """The profile of a country.

    Args:
        record: of all countries.
        country: its id in the record.
        iso3: its code.
        name: its name.
        asked: the part of it that was asked for; None for the country itself.
        cards: of the sources.
    """
    row = record.countries.index(country)
    standings, known = standings_of(record, country), followed(record)
    deaths = tuple(
        (year, float(n)) for year, n in zip(record.years, record.deaths[row], strict=True) if not np.isnan(n)
    )
    made = Profile(
        iso3, name, asked, record.years[-1], deaths, standings, {d.key: band_of(record, d.key) for d in DRIVERS},
        known, months_since_of(record), None, cards,
    )  # fmt: skip
    if not made.quiet:
        return made
    return Profile(
        iso3, name, asked, made.last_year, deaths, standings, made.band, known, made.months_since,
        window_of(standings, known), cards,
    )  # fmt: skip


@cache
def months_since_of(record: YearlyRecord) -> dict[int, Skill]:
    """As `months_since`, computed once for a record."""
    return months_since(record)
