"""What the record of a case says of an area: the first claims that name it, each with its quote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tocsin.errors import TocsinError
from tocsin.record.store.asked import Asked
from tocsin.web.record.shelf import shelf_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.web.figures.areas import KnownArea
    from tocsin.web.place import Place
    from tocsin.web.record.shelf import Line
    from tocsin.web.workbench import Workbench

SHOWN = 4
LOOKED_AT = 2_000
"""Claims that are looked at for a page that is about more than the record."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the record says of an area.

    Attributes:
        lines: the first claims that name it.
        url: of the search for it in the record.
        words: why there are none, or that there are more; empty where all is shown.
    """

    lines: Sequence[Line]
    url: str
    words: str


def recorded(workbench: Workbench, at: Place, area: KnownArea) -> Recorded | None:
    """The first claims that name an area as a place, else those whose words hold its name.

    None where the case is not about it. A record that cannot be reached takes no page with it: the page says so.
    """
    if area.country not in at.case.settings.areas.countries:
        return None
    try:
        record = workbench.record(at.name)
        if record is None:
            return Recorded((), _url(at, place=area.name), "Unknown: no document of this case was read yet.")
        shelf = shelf_at(at, record)
        as_place = record.find(Asked(place=area.name), limit=SHOWN, most=LOOKED_AT)
        if lines := shelf.lines(as_place.claims):
            more = "More may name it: search the record." if as_place.after is not None else ""
            return Recorded(lines, _url(at, place=area.name), more)
        in_words = record.find(Asked(words=area.name), limit=SHOWN, most=LOOKED_AT)
        lines = shelf.lines(in_words.claims)
    except TocsinError:
        return Recorded((), _url(at, place=area.name), "Unknown: the record cannot be reached just now.")
    far = " among those looked at" if in_words.after is not None else ""
    found = (
        f"Their words hold the name; no claim{far} is about it as a place."
        if lines
        else f"No claim{far} names {area.name}."
    )
    return Recorded(lines, _url(at, q=area.name), found)


def _url(at: Place, **asked: str) -> str:
    return f"/c/{at.name}/record?{urlencode(asked)}"
