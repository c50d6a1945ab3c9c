"""The sources of an edition: their cards, and whether their figures are late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tocsin.api.edition_parts.form import Files, document
from tocsin.sources.starter import StarterCard, starter_card
from tocsin.vocabulary import last_day

if TYPE_CHECKING:
    from collections.abc import Collection

    from tocsin.api.edition_parts.found import Found
    from tocsin.sources.reading import Card
    from tocsin.vocabulary import Month

LAG_DAYS = {"country_month_all": 50, "country_year": 550, "mission_exits": 550}
"""Days from the end of the newest month to when the publisher's next figures are due, where its card lets that be told:
candidate events come 20 days after the month that follows; the yearly release in June of the year after."""


def sources_part(found: Found) -> Files:
    """`sources` and `freshness`."""
    cards, today = found.findings.cards, found.findings.made.date()
    countries = found.case.settings.areas.countries
    return {
        "sources.json": document([card_json(card, countries) for card in cards]),
        "freshness.json": document([freshness(card, countries, today=today) for card in cards]),
    }


def card_json(card: Card, countries: Collection[str]) -> dict[str, object]:
    """A card as pages show it; the newest month is that of the case's countries, where the source parts them."""
    own = card if isinstance(card, StarterCard) else None
    covers = {} if own is None else {c: [str(first), str(last)] for c, (first, last) in own.covers.items()}
    newest = newest_month(card, countries)
    return {
        "source": card.source, "title": card.source, "publisher": card.publisher, "licence": card.licence,
        "citation": card.citation, "url": card.url, "vintage": own.vintage if own and own.vintage else "not stated",
        "lag": card.lag, "covers": covers, "newest_month": newest and str(newest), "faults": list(card.faults),
    }  # fmt: skip


def newest_month(card: Card, countries: Collection[str]) -> Month | None:
    """The last month that a source's figures of these countries speak of; None where its card does not say.

    Example:
        >>> str(newest_month(starter_card("event_points"), ["IRQ"])), str(newest_month(starter_card("event_points"), ["SYR"]))
        ('2018-12', '2019-12')
    """
    if not isinstance(card, StarterCard):
        return None
    ends = [last for country, (_, last) in card.covers.items() if country in countries]
    return min(ends) if ends else card.last_month


def freshness(card: Card, countries: Collection[str], *, today: date) -> dict[str, object]:
    """Whether newer figures are due; None where the card does not let it be told, as of a closed release.

    Args:
        card: of the source.
        countries: those of the case.
        today: the day asked about.
    """
    newest, lag = newest_month(card, countries), _lag(card)
    due = None if newest is None or lag is None else last_day(newest) + timedelta(days=lag)
    stale = None if due is None else today > due
    said = {
        None: "when newer figures are due is unknown", False: f"newer figures are due by {due}",
        True: f"newer figures were due by {due}",
    }  # fmt: skip
    return {
        "source": card.source, "newest_month": newest and str(newest), "expected_lag_days": lag, "stale": stale,
        "due": due and str(due), "words": said[stale], "lag": card.lag,
    }  # fmt: skip


def _lag(card: Card) -> int | None:
    return next((days for name, days in LAG_DAYS.items() if starter_card(name) == card), None)
