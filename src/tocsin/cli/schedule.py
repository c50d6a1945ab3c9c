"""How a drawdown schedule and the evidence beside a choice are printed, and their shapes in JSON."""

from tocsin.assess.evidence import NOT_GRADED, CardBeside, EvidenceBeside
from tocsin.assess.schedule import At, NeedReached, Schedule
from tocsin.cli.app import out
from tocsin.cli.printing import UNKNOWN, row, say, table
from tocsin.mission.exits import Beside
from tocsin.vocabulary import percent, province_name


def show_schedule(done: Schedule) -> None:
    """Print reach and presence along the dated steps of a choice: option by date."""
    if any(option.at for option in done.options):
        low, middle, high = done.reach_km
        made = table(
            f"{done.choice}: sites, reach and presence along the steps", "option", "date and step", "sites at work",
            f"need within {middle:g} km of them", "provinces left without a site",
        )  # fmt: skip
        for option in done.options:
            for at in option.at:
                when = "\n".join((at.when, *at.steps))
                row(made, option.name, when, _sites(at), _need(at.reached, f"{low:g} to {high:g} km"), _left(at))
        out.print(made)
        if done.window is not None and done.total is not None:
            say(
                f"Need: {done.total:,.0f} deaths, {done.window[0]} to {done.window[1]} ({done.source}), straight-line distance. "
                f"Two 90 % ranges: inputs are the noise in places, distances and deaths; months is what other months would "
                f"have shown."
            )
    for option in done.options:
        for words in option.says:
            say(f"{option.name}: {words}.")
    for words in done.says:
        say(f"{words[0].upper()}{words[1:]}.")


def _sites(at: At) -> str:
    parts = [f"{len(at.at_work)}: {', '.join(at.at_work)}" if at.at_work else "none surely"]
    if at.unknown:
        parts.append(f"unknown {len(at.unknown)}: {', '.join(at.unknown)}")
    elif not at.at_work:
        parts = ["none"]
    return "; ".join(parts)


def _need(reached: NeedReached | None, distances: str) -> str:
    if reached is None:
        return UNKNOWN
    words = _span(reached.if_closed, reached.if_open)
    for name, ends in (("inputs", reached.inputs), ("months", reached.sampling)):
        if ends is not None:
            words += f"\n{name} {_span(*ends)}"
    return f"{words}\n{distances}: {_span(reached.low, reached.high)}"


def _span(low: float, high: float) -> str:
    """A span of shares; none is said where it is none, as these are counted."""
    ends = ["none" if share == 0 else percent(share) for share in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _left(at: At) -> str:
    left = ", ".join(province_name(p) for p in at.left) or "none"
    maybe = ", ".join(province_name(p) for p in at.perhaps)
    return f"{left}; a site perhaps in {maybe}" if maybe else left


def show_evidence(found: EvidenceBeside) -> None:
    """Print the cards beside a choice, and the class of past exits where leaving is at issue."""
    shown = [card for card in found.cards if card.options or card.applicability != "low"]
    if shown:
        made = table(
            "What studies found: read beside the options, multiplied into nothing", "card", "named for", "found", "applies",
            "contradicted by",
        )  # fmt: skip
        for card in shown:
            row(
                made, f"{card.id}\n{card.study}\n(source: {_grade(card)})", ", ".join(card.options) or "no option",
                f"{card.direction}\nFor leaving: {card.withdrawal or UNKNOWN}",
                f"{card.applicability}: {card.reason or UNKNOWN}", ", ".join(card.contradicted_by) or "none of these",
            )  # fmt: skip
        out.print(made)
    if len(found.cards) > len(shown):
        rest = ", ".join(card.id for card in found.cards if card not in shown)
        say(f"Of low applicability, and named by no option: {rest}; tocsin exits has them.")
    if found.effects:
        say(f"{found.without} of {found.effects} effects name no card.")
    for beside in found.exits:
        say(_exits(beside))


def _grade(card: CardBeside) -> str:
    return card.grade if card.grade == NOT_GRADED else f"grade {card.grade}"


def _exits(beside: Beside) -> str:
    band = "" if beside.band is None else f", {beside.band[0]:g} to {beside.band[1]:g} deaths a year before"
    exits, every = beside.exits, beside.everywhere
    if not exits.n:
        return f"Past exits ({beside.measure}{band}): {beside.words}."
    return (
        f"Past exits ({beside.measure}{band}): {exits.worse.count} of {exits.n} worse and {exits.better.count} better; of all "
        f"{every.n:,} country-years {percent(every.worse.share or 0.0)} worse and {percent(every.better.share or 0.0)} better: "
        f"{beside.words}."
    )
