"""Command: record remove-person."""

import sys
from dataclasses import asdict

from tocsin.api import review as verbs
from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.cli.printing import say
from tocsin.cli.record_shown import say_done
from tocsin.cli.shown import seen
from tocsin.errors import InputError
from tocsin.record.store import Entity


def remove_person(
    entity: str, /, *, case: str = ".", by: str | None = None, why: str = "", everywhere: bool = False,
    yes: bool = False, json: bool = False,
) -> int:  # fmt: skip
    """Take a person's data out of the record for good, and keep it from coming back. This cannot be undone.

    Claims about the person go, and the name is blacked out in texts, quotes, refusals and the history. What stays says
    that something was removed, when, by whom and why. Documents in the case's folder are yours to remove. In other
    documents the same name may be another's: it stays, and is said, unless --everywhere takes it out of them too, and
    out of what is read later. Other scripts and spellings of the name are not reached.

    Example: tocsin record remove-person e0f3 --case iraq --by "A. Analyst" --why "asked for it, no public post"

    Args:
        entity: the person's id.
        case: a case folder, or the name of one that ships.
        by: who removes; as git knows you if not given.
        why: the reason, without the person's name.
        everywhere: every person of the same whole name, and the name in every document, later ones included.
        yes: do not ask.
        json: print JSON.
    """
    with open_record_of(open_case(case)) as held:
        found = verbs.person_named(held, entity)
        who, claims = verbs.person(by), held.count(entity=found.entity_id)
        if any(name.casefold() in f"{why} {who}".casefold() for name in found.names):
            raise InputError("the reason names the person", hint="say why without the name: the reason is kept")
        if not yes and not _agreed(found, claims):
            say("nothing was removed")
            return 1
        done = held.remove_person(found.entity_id, by=who, why=why, everywhere=everywhere)
    words = (
        f"Removed (number {done.removal}): {done.claims} claims, {done.refusals} refused proposals; the name is blacked out in "
        f"{done.texts} texts, {done.quotes} quotes and {done.entries} lines of the history."
    )
    say_done(asdict(done), "\n".join((words, *(f"Stays: {seen(what)}" for what in done.stays))), json=json)
    return 0


def _agreed(found: Entity, claims: int) -> bool:
    """Whether the person at the keyboard says yes; without one, nothing is removed."""
    say(
        f"{seen(found.name)} ({seen(found.entity_id)}): {claims} claims in {len(found.documents)} documents name this person."
    )
    say(
        "Gone for good: those about the person; the name in these documents' texts, quotes and refusals, and in the history."
    )
    say("Stays: other claims, with the name blacked out; a note that something was removed; your files in documents/.")
    say("Type yes to remove it:")
    return sys.stdin.readline().strip().lower() == "yes"
