"""A profile's figures in words, the same in the terminal, the brief and the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.assess.profile_outcomes import FIRST, LAST, ONSET, THRESHOLDS, WITHIN

if TYPE_CHECKING:
    from tocsin.assess.profile import Ahead, Followed, Profile, Standing
    from tocsin.assess.profile_outcomes import Share, Skill

UNKNOWN = "unknown"
FIFTHS = ("lowest", "second", "middle", "fourth", "highest")


def figure(value: float | None) -> str:
    """A value with as many digits as it deserves.

    Example:
        >>> figure(4180.3), figure(22.62), figure(-1.3210), figure(None)
        ('4,180', '22.6', '-1.32', 'unknown')
    """
    if value is None:
        return UNKNOWN
    if abs(value) >= 1_000_000:
        return f"{value / 1_000_000:,.1f} million"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{round(value, digits) + 0.0:,.{digits}f}"


def level(standing: Standing) -> str:
    """The newest value and its year; how old it is, where it is too old to say anything of today."""
    if standing.value is None or standing.year is None:
        return UNKNOWN
    old = f": {standing.age} years old, today unknown" if standing.old else ""
    return f"{figure(standing.value)} ({standing.year}{old})"


def trend(standing: Standing) -> str:
    """What changed since about ten years before, and since when."""
    if standing.change is None or standing.before_year is None:
        return UNKNOWN
    amount = f"{100 * standing.change:+.0f} %" if standing.driver.ratio else _signed(standing.change)
    return f"{amount} since {standing.before_year}"


def _signed(change: float) -> str:
    told = figure(abs(change))
    return f"{'-' if change < 0 and float(told.split()[0].replace(',', '')) else '+'}{told}"


def percentile(share: float | None) -> str:
    """A share of lower values, in percent.

    Example:
        >>> percentile(0.383), percentile(None)
        ('38 %', 'unknown')
    """
    return UNKNOWN if share is None else f"{100 * share:.0f} %"


def share(found: Share | None) -> str:
    """A share with its interval: `54 % (41-66)`."""
    if found is None:
        return UNKNOWN
    return f"{100 * found.value:.0f} % ({100 * max(found.lower, 0):.0f}-{100 * found.upper:.0f})"


def followed_by(
    standing: Standing, followed: Followed, *, threshold: int = THRESHOLDS[0], within: int = WITHIN[-1]
) -> str:
    """How often country-years in this fifth were followed by such a year, beside all of which the driver is known."""
    found = followed.outcomes.get((threshold, within))
    if found is None or standing.fifth is None:
        return UNKNOWN
    return f"{share(found.fifths[standing.fifth])}, all {100 * found.base.value:.0f} %"


def skill(found: Skill | None) -> str:
    """AUC and AP with their intervals, and the base rate that AP stands beside."""
    if found is None:
        return UNKNOWN
    auc, ap = found.auc, found.ap
    return (
        f"AUC {auc.value:.2f} ({auc.lower:.2f}-{auc.upper:.2f}), AP {ap.value:.3f} ({ap.lower:.3f}-{ap.upper:.3f}), "
        f"base {found.base:.3f}"
    )


def fifth(standing: Standing) -> str:
    """The fifth of the world's countries it lies in."""
    return UNKNOWN if standing.fifth is None else f"{FIFTHS[standing.fifth]} fifth"


def ahead(found: Ahead) -> str:
    """One condition of prevention's window, in a sentence."""
    years = f"{found.lead:.0f} year{'' if found.lead == 1 else 's'}"
    return (
        f"{found.standing.driver.name} in the {fifth(found.standing)} of the world: of quiet country-years there "
        f"{100 * found.share:.0f} % ({100 * found.lower:.0f}-{100 * found.upper:.0f}) saw a year of {ONSET} or more deaths "
        f"within {WITHIN[-1]} years, of all quiet ones {100 * found.base:.0f} %; where it came, half of the time after {years} "
        "or fewer."
    )


def window(made: Profile) -> tuple[str, ...]:
    """Prevention's window, said in sentences."""
    last = made.deaths[-1] if made.deaths else None
    if last is None:
        return (f"{made.name}'s deaths are unknown to the record.",)
    if made.window is None:
        told = (
            f"{made.name} saw {last[1]:,.0f} deaths in {last[0]}: violence is here, and what slow conditions were followed by "
            "years later is no longer the question."
        )
        return (told,)
    quiet = f"{made.name} saw {last[1]:,.0f} deaths in {last[0]}, fewer than {ONSET}."
    if not made.window:
        none = "No slow condition lies in a range that violence followed more often than elsewhere, clear of chance."
        return (f"{quiet} {none}",)
    caution = (
        f"Each interval is of one driver: of {len(made.standings)}, one may come out so by luck. Drivers go together, so these "
        "are not so many separate reasons."
    )
    lead = f"{quiet} These conditions lie in ranges that violence followed more often than elsewhere:"
    return (lead, *(ahead(found) for found in made.window), caution)


def method() -> str:
    """What the outcomes are counted on."""
    return (
        f"Country-years from {FIRST}, outcomes to {LAST}; later years are kept for tests of forecasts. A driver counts as it "
        "could be known: a year's value from the second January after it. Intervals: 95 %, whole countries drawn anew. "
        "Associations, not causes."
    )
