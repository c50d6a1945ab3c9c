"""A name asked that says it is a body's, beside an entry that is a person's or a vessel's."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.names import NameKind, Reason
from tocsin.record.screening.evidence import words_of_name
from tocsin.sources.designations import BearerKind

if TYPE_CHECKING:
    from tocsin.record.screening.index import Listed

NO_BODIES = {BearerKind.PERSON: "person", BearerKind.VESSEL: "vessel", BearerKind.AIRCRAFT: "aircraft"}


def body_said(name: str, kind: NameKind, listed: Listed) -> tuple[Reason, ...]:
    """What speaks against an entry that is no body, where the name asked is a body's; () where nothing does.

    A body's is a name that holds a word of a legal form or of a kind of body (`Organization`, `Ltd`, `Front`), which the listed
    name does not. Who says of what kind the name is, is believed.

    Args:
        name: the name asked, as written.
        kind: what it was said to be; only the unknown is judged by its words.
        listed: the entry's name it is compared with.
    """
    if kind is not NameKind.UNKNOWN or listed.entry.kind not in NO_BODIES:
        return ()
    said = words_of_name(name) & _words()
    if not said or words_of_name(listed.alias.name) & _words():
        return ()
    words = ", ".join(f"'{word}'" for word in sorted(said))
    return (Reason(f"{words} says a body; the entry is of kind {NO_BODIES[listed.entry.kind]}", against=True),)


@cache
def _words() -> frozenset[str]:
    text = (files("tocsin.record.screening") / "bodies.csv").read_text(encoding="utf-8")
    return frozenset(row["word"] for row in csv.DictReader(text.splitlines()))
