"""The views of a case, in the order a reader meets them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.web.place import Place


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the navigation."""

    view: str
    title: str
    says: str
    url: str


VIEWS = (
    ("now", "Now", "what is warned of, and what changed"),
    ("area", "Area", "one area's history, forecast and actors"),
    ("replay", "Replay", "what would have been said, beside what came"),
    ("record", "Record", "who and what, each with its quote"),
    ("mission", "Mission", "what is reached, missed and done twice"),
    ("decide", "Decide", "where parties settle, and what options risk"),
    ("trust", "Trust", "scores, calibration, sources"),
    ("briefs", "Briefs", "documents to hand on"),
)


def navigation(at: Place | None) -> tuple[Item, ...]:
    """The entries for a case; none where no case is shown."""
    if at is None:
        return ()
    return tuple(Item(view, title, says, at.url(view)) for view, title, says in VIEWS)
