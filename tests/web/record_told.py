"""A case whose record holds what pages must cope with: hostile words, posts over time, two sides, and a person of no post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.record.store.record_made_up import document_with, enter, happened, held, words
from tests.web.conftest import CASE_TOML

from tocsin.case.dates import PartialDate
from tocsin.record.claim import Argument, Dates, EntityType, Modality, Proposal
from tocsin.record.document import Document, Verdict
from tocsin.record.store import open_record

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.record.document import Text

HOSTILE = '<script>alert(1)</script> & "quoted" \u202edrow\u202c \u200bhidden <img src=x onerror=alert(2)>'
FIRST = (
    "Ada Alpha, mayor of Basra Council, opened a bridge in Basra.",
    "Bo Beta, mayor of Basra Council, closed it.",
    f"Cy Gamma, envoy, said {HOSTILE} on Monday.",
    "The Acme Front is backed by Iran.",
)
SECOND = ("The Acme Front is not backed by Iran.", "A wall fell in Basra when Di Delta passed.")
HOSTILE_NAME = '../"><script>alert(3)</script>\r\nSet-Cookie: a=b.html'


def aligned(text: Text, line: str, *, denied: bool = False) -> Proposal:
    quote = words(text, line)
    actor = Argument("actor", EntityType.ORGANISATION, words(text, "Acme Front"))
    towards = Argument("towards", EntityType.STATE, words(text, "Iran"), value="known:IRN")
    how = Modality.DENIED if denied else Modality.ASSERTED
    return Proposal("aligned-with", text.text_id, quote, (actor, towards), "rules 1", modality=how)


def passed(text: Text) -> Proposal:
    """What happened, and to a person who holds no post."""
    quote = words(text, SECOND[1])
    what = Argument("what", EntityType.WORDS, words(text, "A wall fell"))
    who = Argument("actor", EntityType.PERSON, words(text, "Di Delta"))
    return Proposal("event", text.text_id, quote, (what, who), "rules 1")


def tell(path: Path) -> None:
    """Write the record."""
    years = Dates(start=PartialDate(2014, 6), end=PartialDate(2016))
    with open_record(path) as record:
        one, text = document_with(
            *FIRST, name=HOSTILE_NAME, title=f"A title {HOSTILE}", published=PartialDate(2020, 1, 2)
        )
        enter(
            record, one, text, held(text, "Ada Alpha", "mayor", "Basra Council", dates=years),
            held(text, "Bo Beta", "mayor", "Basra Council", dates=Dates(first_seen=PartialDate(2015, 2))),
            held(text, "Cy Gamma", "envoy"), aligned(text, FIRST[3]), happened(text, "opened a bridge", place="Basra"),
        )  # fmt: skip
        other, told = document_with(*SECOND, name="second.txt")
        enter(record, other, told, aligned(told, SECOND[0], denied=True), passed(told))
        record.add(
            Document("f" * 64, "scan.pdf", "application/pdf", 9, Verdict.SCANNED, why="all pages are pictures"), None
        )


def case_with_record(folder: Path) -> Path:
    """A case of its own with that record."""
    home = folder / "told"
    (home / ".tocsin").mkdir(parents=True)
    (home / "case.toml").write_text(CASE_TOML.replace('"tiny"', '"told"'), encoding="utf-8")
    tell(home / ".tocsin" / "record.db")
    return home
