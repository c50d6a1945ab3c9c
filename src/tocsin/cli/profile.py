"""Commands: profile."""

from rich.table import Table

from tocsin.api.profile import profile as profile_of
from tocsin.assess.profile import Profile
from tocsin.assess.profile_json import profile_json
from tocsin.assess.profile_words import followed_by, level, method, percentile, skill, trend, window
from tocsin.cli.app import out, print_json, progress


def profile(area: str, /, *, json: bool = False) -> None:
    """The slow drivers of a country's fragility: level, trend, standing, and what such conditions were followed by.

    Example: tocsin profile Iraq

    Args:
        area: a country by ISO3 or name; a province gets its country's profile.
        json: print JSON: series, shares by fifth, intervals.
    """
    with progress("counting what slow conditions were followed by"):
        made = profile_of(area)
    if json:
        print_json(profile_json(made))
        return
    if made.asked:
        out.print(
            f"{made.asked} is a part of {made.name}: slow drivers are known of countries, and these are {made.name}'s."
        )
    out.print(_table(made))
    for sentence in window(made):
        out.print(sentence)
    for years, found in made.months_since.items():
        span = "12 months" if years == 1 else f"{years} years"
        out.print(f"Beside them, months since the last death rank onsets within {span}: {skill(found)}")
    out.print(method())


def _table(made: Profile) -> Table:
    table = Table(title=f"Slow drivers of {made.name}, figures to {made.last_year}")
    for name in (
        "driver", "newest (year)", "change", "lower in the world", "lower in own past",
        "25+ deaths in a year within 10", "alone, onset in 12 months",
    ):  # fmt: skip
        table.add_column(name)
    for s in made.standings:
        known = made.followed[s.driver.key]
        one = known.skills.get(1)
        ranks = "unknown" if one is None else f"AUC {one.auc.value:.2f} ({one.auc.lower:.2f}-{one.auc.upper:.2f})"
        table.add_row(
            f"{s.driver.name}, {s.driver.unit}", level(s), trend(s), percentile(s.world), percentile(s.own),
            followed_by(s, known), ranks,
        )  # fmt: skip
    return table
