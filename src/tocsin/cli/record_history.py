"""Commands: record history, undo."""

from tocsin.api import review as verbs
from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.api.shapes.record import entry_as_json
from tocsin.cli.app import print_json
from tocsin.cli.printing import say
from tocsin.cli.record_shown import FIRST, say_done, say_history
from tocsin.cli.shown import seen
from tocsin.errors import UnknownName
from tocsin.record.store import Record


def history(
    subject: str | None = None, /, *, case: str = ".", limit: int = FIRST, after: int = 0, json: bool = False
) -> None:  # fmt: skip
    """Who changed what, when and why; lines are only ever added.

    Example: tocsin record history --case iraq --limit 20

    Args:
        subject: the id of a claim, an entity, a source or a document; everything if not given.
        case: a case folder, or the name of one that ships.
        limit: how many lines at most.
        after: only lines after this one.
        json: print JSON.
    """
    with open_record_of(open_case(case)) as held:
        key = None if subject is None else _subject_meant(held, subject)
        found = held.history(key, limit=limit, after=after)
    if json:
        print_json({"rows": [entry_as_json(entry) for entry in found]})
        return
    say_history(found)
    last = f" More: --after {found[-1].entry}" if len(found) == limit else ""
    say(f"{len(found)} lines.{last}")


def _subject_meant(held: Record, named: str) -> str:
    """What lines of the history are about: an id as it is given, or a document by its name.

    Raises:
        UnknownName: the record holds nothing of that id, and the history no line about it.
    """
    documents = held.documents()
    if held.claim(named) or held.entity(named) or any(named in (d.document_id, d.source_id) for d in documents):
        return named
    older = held.older_versions()
    called = next((d.document_id for d in documents if d.name == named and d.document_id not in older), None)
    if called is None and not held.history(named, limit=1):
        hint = "give the id of a claim, an entity or a source, or a document's name; leave it out for all lines"
        raise UnknownName(
            f"the history has no line about '{seen(named)[:80]}', and the record holds no such id", hint=hint
        )
    return called or named


def undo(line: int, /, *, case: str = ".", by: str | None = None, why: str = "", json: bool = False) -> None:
    """Take back one line of the history, if nothing later stands on it; taking back is a line too.

    Example: tocsin record undo 12 --case iraq --by "A. Analyst" --why "accepted by mistake"

    Args:
        line: the line's number.
        case: a case folder, or the name of one that ships.
        by: who takes it back; as git knows you if not given.
        why: the reason.
        json: print JSON.
    """
    with open_record_of(open_case(case)) as held:
        entry = held.undo(line, by=verbs.person(by), why=why)
    say_done({"entry": entry, "undoes": line}, f"line {line} is taken back (line {entry})", json=json)
