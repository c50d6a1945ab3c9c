"""The sentences that *Now* leads with: what is likely, how such alerts did, and, apart, how far to rely on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.vocabulary import Level, Month, percent
from tocsin.web.figures.asked import short, titled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tocsin.web.figures.asked import Asked
    from tocsin.web.figures.outlook import Outlook, Row, Warned

OLD_MONTHS = 12
"""Figures that end longer ago than this carry no more than low confidence."""
NAMED = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement in sentences.

    Attributes:
        likelihood: who stands first, and how likely it is.
        record: how often such alerts were right.
        confidence: how far to rely on it, never in a sentence with likelihood.
    """

    likelihood: str
    record: str
    confidence: str


def judgement(outlook: Outlook, asked: Asked, warned: Sequence[Warned], *, home: str, made: datetime) -> Said:
    """What *Now* says first.

    Args:
        outlook: the warnings of a level.
        asked: the question and the alert budget.
        warned: every area, ranked.
        home: area id of the case's country.
        made: when the edition was made.
    """
    what = short(asked.question)
    first = ", ".join(f"{w.name} ({w.word}, {percent(w.p)})" for w in warned[:NAMED])
    ours = next((w for w in warned[NAMED:] if w.area_id == home), None)
    own = f" {ours.name}: {ours.word} ({percent(ours.p)}), rank {ours.rank} of {len(warned)}." if ours else ""
    likelihood = f"{titled(what)} of {outlook.origin.words} is likeliest in {first}.{own}"
    return Said(likelihood, record_words(outlook, asked), confidence(outlook, made=made))


def record_words(outlook: Outlook, asked: Asked) -> str:
    """How alerts on the question fared at the budget; that it is unknown where it was not counted."""
    record = None if asked.budget is None else outlook.record(asked.question, asked.budget)
    places = "provinces" if outlook.level is Level.ADMIN1 else "countries"
    if record is None:
        return "How often such alerts were right is unknown: this question was not backtested at this level."
    return (
        f"Of {record['alerts']:,} such alerts in the backtest, {asked.budget} at each origin, {share(record['precision'])} were "
        f"right, against {share(record['base_rate'])} of all {places}."
    )


def share(x: float | None) -> str:
    """A share that was counted, in percent.

    Example:
        >>> share(0.275), share(None)
        ('28 %', 'an unknown share')
    """
    return "an unknown share" if x is None else f"{100 * x:.0f} %"


def confidence(outlook: Outlook, *, made: datetime) -> str:
    """How far to rely on the warnings, with the reasons."""
    age = Month.of_date(made.date()) - outlook.origin
    ends = f"the figures end {age} months before this edition was made"
    if outlook.experimental:
        place = "provinces" if outlook.level is Level.ADMIN1 else "countries"
        return f"Confidence is low: the model is experimental for {place}, and {ends}. Read it as a forecast made then."
    if age > OLD_MONTHS:
        return f"Confidence is low: {ends}. Read it as a forecast made then."
    if outlook.called is None:
        return f"Confidence is low: the model was not backtested, and {ends}."
    expected, came = outlook.called
    return f"Confidence is moderate: in the backtest the model expected {expected:,.0f} and {came:,} came; {ends}."


def record_rows(record: Row, *, level: Level) -> tuple[tuple[str, str], ...]:
    """The track record at one budget, as terms and figures."""
    place = "a province-year" if level is Level.ADMIN1 else "a country-year"
    lead, each = record["median_lead"], record["false_alarms_an_area_year"]
    caught = f"{share(record['recall'])} of {record['cases']}" if record["cases"] else "no case to warn of"
    return (
        ("Alerts given", f"{record['alerts']:,} at {record['origins']} origins"),
        ("Right", share(record["precision"])),
        ("Base rate", share(record["base_rate"])),
        ("New cases warned of", caught),
        ("Median lead", "unknown: no hit" if lead is None else f"{lead:.0f} month{'' if lead == 1 else 's'}"),
        ("False alarms", "unknown" if each is None else f"{each:.2f} {place}"),
    )
