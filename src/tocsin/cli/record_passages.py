"""Passages of documents that made no claim, as `record search` shows them."""

from rich.table import Table

from tocsin.api.shapes.passages import note_of
from tocsin.cli.printing import UNKNOWN, row, table
from tocsin.cli.shown import seen
from tocsin.record.store import Passage

ELLIPSIS = "…"
AROUND = 120
"""Characters shown on either side of the first word that was asked for."""


def passage_table(found: list[Passage]) -> Table:
    """A line for each passage, cut to what stands around the first word that was asked for."""
    shown = table("Passages of documents without claims", "document", "page", "language", "note", "passage")
    for one in found:
        page = str(one.page) if one.page is not None else UNKNOWN
        row(shown, seen(one.document), page, one.language or UNKNOWN, note_of(one), seen(near(one)))
    return shown


def near(passage: Passage) -> str:
    """The words around the first hit.

    Example:
        >>> near(Passage("0" * 64, "a", "fr", "1" * 64, 0, 9, None, 1, "a " * 200 + "pont" + " b" * 200, ((400, 404),)))[115:130]
        'a a a pont b b '
    """
    start, end = passage.hits[0] if passage.hits else (0, 0)
    low, high = max(0, start - AROUND), min(len(passage.words), end + AROUND)
    before, after = ELLIPSIS if low else "", ELLIPSIS if high < len(passage.words) else ""
    return f"{before}{passage.words[low:high].strip()}{after}"
