"""Lines of a claim's history in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.web.record.words import seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from tocsin.record.store import Entry


@dataclass(frozen=True, slots=True)
class Done:
    """A line of a claim's history in words.

    Attributes:
        entry: its number.
        at: when, UTC.
        what: what was done.
        by, why: who, and the reason given.
        undone: whether a later line took it back.
        undoable: whether it can be taken back.
    """

    entry: int
    at: str
    what: str
    by: Markup
    why: Markup
    undone: bool
    undoable: bool


def done(entries: Sequence[Entry]) -> list[Done]:
    """Lines in words, the newest first. Only the newest that stands can be taken back from a page."""
    undone = {entry.undoes for entry in entries if entry.undoes is not None}
    newest = entries[-1].entry if entries else 0
    return [
        Done(e.entry, e.at[:16].replace("T", " "), _what(e), seen(e.by), seen(e.why), e.entry in undone,
             e.entry == newest and not e.removal)
        for e in reversed(entries)
    ]  # fmt: skip


def _what(entry: Entry) -> str:
    after = json.loads(entry.after) if entry.after else {}
    if entry.action == "decide":
        return str(after.get("status", "decided"))
    if entry.action == "grade claim":
        return f"credibility {after['value'][1:]}" if after else "grade taken back"
    if entry.action == "undo":
        return f"line {entry.undoes} taken back"
    return "corrected" if entry.action == "correct" else entry.action
