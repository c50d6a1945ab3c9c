"""A profile as the JSON that the command prints and pages let download."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from tocsin.assess.profile_words import method, window

if TYPE_CHECKING:
    from tocsin.assess.profile import Ahead, Followed, Profile, Standing
    from tocsin.assess.profile_outcomes import Outcome, Skill


def profile_json(made: Profile) -> dict[str, object]:
    """The whole profile: standings, what such conditions were followed by, how weakly they rank, and the window."""
    return {
        "country": made.country, "name": made.name, "asked": made.asked, "last_year": made.last_year,
        "deaths": [{"year": y, "deaths": n} for y, n in made.deaths], "quiet": made.quiet,
        "drivers": [_driver(s, made) for s in made.standings],
        "months_since": [_skill(s) for s in made.months_since.values()],
        "window": None if made.window is None else [_ahead(a) for a in made.window],
        "said": list(window(made)), "method": method(),
        "sources": [{"citation": c.citation, "licence": c.licence, "source": c.source} for c in made.cards],
    }  # fmt: skip


def _ahead(found: Ahead) -> dict[str, object]:
    return {
        "key": found.standing.driver.key, "share": found.share, "lower": found.lower, "upper": found.upper,
        "base": found.base, "lead_years": found.lead,
    }  # fmt: skip


def _driver(standing: Standing, made: Profile) -> dict[str, object]:
    driver, followed = standing.driver, made.followed[standing.driver.key]
    return {
        "key": driver.key, "name": driver.name, "unit": driver.unit, "group": driver.group, "fragile_end": driver.fragile,
        "caution": driver.caution or None, "value": standing.value, "year": standing.year, "age": standing.age,
        "too_old": standing.old, "before": standing.before, "before_year": standing.before_year, "change": standing.change,
        "change_is_share": driver.ratio, "world": standing.world, "own": standing.own,
        "fifth": None if standing.fifth is None else standing.fifth + 1,
        "series": [{"year": y, "value": v} for y, v in standing.series],
        "followed": _outcomes(standing, followed, quiet=False), "followed_quiet": _outcomes(standing, followed, quiet=True),
        "ranks_onsets": [_skill(s) for s in followed.skills.values()],
    }  # fmt: skip


def _outcomes(standing: Standing, followed: Followed, *, quiet: bool) -> list[dict[str, object]]:
    found = followed.quiet if quiet else followed.outcomes
    return [_outcome(standing, one) for one in found.values()]


def _outcome(standing: Standing, found: Outcome) -> dict[str, object]:
    own = None if standing.fifth is None else found.fifths[standing.fifth]
    return {
        "threshold": found.threshold, "within_years": found.within, "base": found.base.value,
        "share": None if own is None else own.value, "lower": None if own is None else own.lower,
        "upper": None if own is None else own.upper, "country_years": None if own is None else own.n,
        "by_fifth": [None if s is None else s.value for s in found.fifths],
    }  # fmt: skip


def _skill(found: Skill) -> dict[str, object]:
    return {
        "within_years": found.within, "auc": asdict(found.auc), "ap": asdict(found.ap), "base": found.base, "n": found.n,
        "onsets": found.onsets,
    }  # fmt: skip
