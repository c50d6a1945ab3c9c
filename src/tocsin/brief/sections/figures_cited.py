"""By which figures a table was made, as its caption says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.sources.reading import Card


def figures_of(cards: Iterable[Card]) -> str:
    """The sources of some figures, each named once though several tables were made from it; unknown where none is given.

    Example:
        >>> figures_of([])
        'by figures whose source is unknown'
    """
    parts = dict.fromkeys(part.strip() for card in cards for part in card.source.split(";"))
    return "; ".join(parts) or "by figures whose source is unknown"
