"""The sources of an edition: their cards, and whether their figures are late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tocsin.api.edition_parts.form import Files, document
from tocsin.sources.starter import StarterCard, starter_card
from tocsin.vocabulary import Month, last_day

if TYPE_CHECKING:
    from tocsin.api.edition_parts.found import Found
    from tocsin.sources.reading import Card

LAG_DAYS = {"country_month_all": 50, "country_year": 550, "mission_exits": 550}
"""Days from the end of the newest month to when the publisher's next figures are due, where its card lets that be told:
candidate events come 20 days after the month that follows; the yearly release in June of the year after."""


def sources_part(found: Found) -> Files:
    """`sources` and `freshness`."""
    cards, today = found.findings.cards, found.findings.made.date()
    return {
        "sources.json": document([card_json(card) for card in cards]),
        "freshness.json": document([freshness(card, today=today) for card in cards]),
    }


def card_json(card: Card) -> dict[str, object]:
    """A card as pages show it."""
    own = card if isinstance(card, StarterCard) else None
    covers = {} if own is None else {c: [str(first), str(last)] for c, (first, last) in own.covers.items()}
    newest = _newest(card)
    return {
        "source": card.source, "title": card.source, "publisher": card.publisher, "licence": card.licence,
        "citation": card.citation, "url": card.url, "vintage": own.vintage if own and own.vintage else "not stated",
        "lag": card.lag, "covers": covers, "newest_month": newest and str(newest), "faults": list(card.faults),
    }  # fmt: skip


def _newest(card: Card) -> Month | None:
    return card.last_month if isinstance(card, StarterCard) else None


def freshness(card: Card, *, today: date) -> dict[str, object]:
    """Whether newer figures are due; None where the card does not let it be told, as of a closed release.

    Args:
        card: of the source.
        today: the day asked about.
    """
    newest, lag = _newest(card), _lag(card)
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
