"""Commands: missions, exits."""

from pathlib import Path

from rich.table import Table

from tocsin.api.exits import mission_exits
from tocsin.api.known import open_case
from tocsin.api.portfolio import missions_case
from tocsin.api.shapes.missions import exits_as_json, missions_as_json
from tocsin.assess.exits import Exits
from tocsin.assess.portfolio import Portfolio
from tocsin.cli.app import out, print_json, progress
from tocsin.cli.printing import UNKNOWN, row, say, say_demo, table
from tocsin.mission.exits import Beside, Outcomes, Share
from tocsin.mission.portfolio import Line
from tocsin.vocabulary import percent


def missions(
    *, case: str = ".", organisation: str | None = None, country: list[str] | None = None, un: Path | None = None,
    all: bool = False, forecast: bool = True, model: str = "quantile_forest", draws: int = 1000, seed: int = 1,  # noqa: A002  # the option's own word
    json: bool = False,
) -> None:  # fmt: skip
    """Missions side by side: mandate and its end, strength, need now and forecast, what depends on them.

    Nothing is ranked, and what is not known is said to be unknown. Need and forecast are those of the host country.

    Example: tocsin missions --case iraq --organisation nato

    Args:
        case: a case folder, or the name of one that ships.
        organisation: only missions led by this actor of the case.
        country: only missions in this host, ISO3; may be repeated.
        un: a copy of the United Nations' list of missions, whose active missions are added.
        all: also missions of that list that have ended.
        forecast: forecast the hosts, which takes most of the time; --no-forecast leaves it out.
        model: the model that forecasts.
        draws: draws for each country and month.
        seed: the same seed gives the same draws.
        json: print JSON.
    """
    with progress("missions side by side"):
        done = missions_case(
            open_case(case), organisation=organisation, countries=tuple(country or ()), un=un, every=all,
            forecasts=forecast, model=model, draws=draws, seed=seed,
        )  # fmt: skip
    if json:
        print_json(missions_as_json(done, case=case))
        return
    out.print(_missions_table(done))
    through = next((line.need.through for line in done.lines if line.need.through is not None), None)
    say(
        f"Need: deaths of all three types in the host country in the twelve months to "
        f"{through or 'an unknown month'}, best estimates."
        + (f" Forecast: within six months of {done.origin}, by {done.model}." if done.origin else " No forecast made.")
    )
    say_demo(demo=done.demo)


def exits(*, case: str | None = None, country: list[str] | None = None, json: bool = False) -> None:
    """What followed when missions left, beside all country-years; and what studies found.

    Counts of few are given with their 90 % interval, so that nobody reads 4 of 12 as a rate. No number here enters
    a forecast.

    Example: tocsin exits --case iraq --country IRQ

    Args:
        case: a case folder, or the name of one that ships: exits from its countries are marked.
        country: only exits from this country, ISO3; may be repeated. The comparison is always of all.
        json: print JSON.
    """
    mine = open_case(case).settings.areas.countries if case is not None else ()
    done = mission_exits(countries=tuple(country or ()))
    if json:
        print_json(exits_as_json(done, case=case, mine=mine))
        return
    out.print(_exits_table(done, mine))
    out.print(_beside_table(done))
    say("Worse: deaths a year over the three years after, more than half up on the two before (10 added to each).")
    for comparison in done.comparisons:
        say(f"{comparison.measure}, {_band(comparison)}: {comparison.words}")
    for fault in done.faults:
        say(f"Known fault: {fault}")
    out.print(_cards_table(done))
    say("Cards are read beside a forecast; none is multiplied into one.")


def _missions_table(done: Portfolio) -> Table:
    made = table(
        "Missions side by side", "mission", "led by", "host", "mandate", "its end", "strength", "sites",
        "deaths, 12 months", ">= 25 in a month", "escalation", "depends on", "others depend on it",
    )  # fmt: skip
    for line in done.lines:
        row(
            made, _name(line), line.organisation or UNKNOWN, _host(line), line.purpose or UNKNOWN, _ends(line),
            _strength(line), UNKNOWN if line.sites is None else "; ".join(line.sites),
            UNKNOWN if line.need.deaths is None else f"{line.need.deaths:,}",
            *(UNKNOWN if line.ahead is None else percent(p)
              for p in ((line.ahead.p25, line.ahead.escalation) if line.ahead else (0, 0))),
            _names(line.depends_on), _names(line.needed_by),
        )  # fmt: skip
    return made


def _name(line: Line) -> str:
    since = f" (from {line.start or UNKNOWN}" + (f", ends {line.end})" if line.end else ")")
    return line.name + since + (f"; {line.note}" if line.source != "case" and line.note else "")


def _host(line: Line) -> str:
    return (line.host or UNKNOWN) + (f" ({line.host_note})" if line.host_note else "")


def _ends(line: Line) -> str:
    return "; ".join((line.mandate_end or UNKNOWN, *line.mandate_dates))


def _strength(line: Line) -> str:
    number = UNKNOWN if line.personnel is None else f"{line.personnel:,}"
    return number + (f" ({line.personnel_note})" if line.personnel_note else "")


def _names(ids: tuple[str, ...] | None) -> str:
    return UNKNOWN if ids is None else ", ".join(ids)


def _exits_table(done: Exits, mine: tuple[str, ...]) -> Table:
    made = table(
        "Deaths a year before and after missions left", "mission", "country", "years", "counted", "2 years before",
        "3 years after", "worst year after", "ratio", "years known after",
    )  # fmt: skip
    for one in done.rows.iter_rows(named=True):
        ratio = one["log_ratio3"]
        row(
            made, one["mission"], one["country"] + (" *" if one["iso3"] in mine else ""),
            f"{one['start_year']}-{one['exit_year']}", one["measure"], _deaths(one["pre2"]),
            _deaths(one["post_mean3"]), _deaths(one["post_max3"]), _ratio(ratio), str(one["n_post"]),
        )  # fmt: skip
    if done.rows.is_empty():
        made.caption = "No mission of the class left these countries."
    elif mine:
        made.caption = "* a country of the case"
    return made


def _deaths(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:,.1f}"


def _ratio(log: float | None) -> str:
    return UNKNOWN if log is None else f"{2.718281828459045**log:.2f}"


def _band(comparison: Beside) -> str:
    return (
        "all" if comparison.band is None else f"{comparison.band[0]:g} to {comparison.band[1]:g} deaths a year before"
    )


def _beside_table(done: Exits) -> Table:
    made = table(
        "Exits beside all country-years", "counted", "deaths before", "worse", "better", "median ratio, 10-90 %",
        "all: worse", "all: better", "all: median, 10-90 %",
    )  # fmt: skip
    for c in done.comparisons:
        row(
            made, c.measure, _band(c), _share(c.exits.worse), _share(c.exits.better), _spread(c.exits),
            _part(c.everywhere.worse), _part(c.everywhere.better), _spread(c.everywhere),
        )  # fmt: skip
    return made


def _share(share: Share) -> str:
    return f"{share.count} of {share.n} (90 %: {percent(share.lower)} to {percent(share.upper)})"


def _part(share: Share) -> str:
    return UNKNOWN if share.share is None else f"{percent(share.share)} of {share.n:,}"


def _spread(found: Outcomes) -> str:
    return UNKNOWN if found.median is None else f"{found.median:.1f} ({found.low:.2f} to {found.high:.2f})"


def _cards_table(done: Exits) -> Table:
    made = table(
        "What studies found", "study", "what was varied", "what was found", "for an advisory mission", "checked"
    )
    for card in done.cards:
        doi = f", doi:{card.doi}" if card.doi else ""
        row(
            made, f"{card.citation}{doi} ({card.design})", card.treatment,
            f"{card.outcome}: {card.direction}; estimate: {card.estimate}; interval: {card.interval}",
            f"{card.applicability}: {card.reason}", card.verified,
        )  # fmt: skip
    return made
