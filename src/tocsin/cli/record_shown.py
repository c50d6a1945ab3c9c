"""What the commands of the record print alike: a table of claims, lines of the history, what was done."""

from rich.table import Table

from tocsin.cli.app import out as page
from tocsin.cli.app import print_json
from tocsin.cli.printing import UNKNOWN, row, say, table
from tocsin.cli.shown import seen
from tocsin.record.store import Entry, StoredClaim

FIRST = 50
"""Rows shown where nobody says how many."""


def claim_table(title: str, found: list[StoredClaim]) -> Table:
    """A line for each claim, with its quote."""
    shown = table(title, "claim", "kind", "status", "document", "page", "quote")
    for claim in found:
        where = str(claim.page) if claim.page is not None else UNKNOWN
        row(shown, claim.claim_id, claim.kind, claim.status.value, seen(claim.document), where, seen(claim.quote.words))
    return shown


def say_history(entries: list[Entry]) -> None:
    """Print lines of the history: which line took back which stands beside what was done."""
    shown = table("History", "line", "when", "who", "what", "about", "why")
    for one in entries:
        undone = f"{one.action} {one.undoes}" if one.undoes is not None else one.action
        row(
            shown, str(one.entry), one.at[:16].replace("T", " "), seen(one.by), undone, seen(one.subject), seen(one.why)
        )
    page.print(shown)


def say_done(value: dict[str, object], words: str, *, json: bool) -> None:
    """Print what was done: the value as JSON, or the words."""
    if json:
        print_json(value)
    else:
        say(words)
