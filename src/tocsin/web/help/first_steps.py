"""The guided first run: six steps in order, each with what is done already and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from tocsin.web.cases.states import CaseState
    from tocsin.web.workbench import Workbench


class Progress(StrEnum):
    """How far a step is."""

    DONE = "done"
    NEXT = "next"
    READY = "ready"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        title: what is done in it.
        says: how it stands, and what is seen there.
        links: title and address of what it leads to.
        command: what to type; None where a page does it.
        progress: done; next; ready, where there is something to look at; or later.
    """

    title: str
    says: str
    links: tuple[tuple[str, str], ...]
    command: str | None
    progress: Progress


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a case is.

    Attributes:
        state: of its files and editions.
        documents: files that can be read; None where the case cannot be opened.
        claims: in its record; None where nothing was read.
    """

    state: CaseState
    documents: int | None
    claims: int | None


def stand_of(workbench: Workbench, state: CaseState) -> Stand:
    """How far a case is, as its folder and its record say."""
    try:
        documents = len(workbench.case(state.name).documents)
        record = workbench.record(state.name)
        return Stand(state, documents, None if record is None else record.count())
    except TocsinError:
        return Stand(state, None, None)


def steps(stand: Stand) -> tuple[Step, ...]:
    """The six steps for a case; the first that is not done is next.

    Args:
        stand: how far it is.
    """
    made = (_check(stand), _documents(stand), _edition(stand), _now(stand), _trust(stand), _use(stand))
    first = next((n for n, (done, *_) in enumerate(made) if not done), len(made))
    ready = stand.state.edition is not None
    return tuple(
        Step(title, says, links, command, _progress(n, first, done=bool(done), ready=ready and done is None))
        for n, (done, title, says, links, command) in enumerate(made)
    )


def _progress(number: int, first: int, *, done: bool, ready: bool) -> Progress:
    if done:
        return Progress.DONE
    if number == first:
        return Progress.NEXT
    return Progress.READY if ready else Progress.LATER


Made = tuple[bool | None, str, str, tuple[tuple[str, str], ...], str | None]
"""Whether it is done (None for what is only looked at), title, words, links, command."""


def _check(stand: Stand) -> Made:
    name, faults = stand.state.name, stand.state.faults
    says = (
        f"The check of the case finds {faults} fault{'' if faults == 1 else 's'}, each with file, row and what mends it."
        if faults else "The case is a folder of tables that a person can read. Its check finds no fault."
    )  # fmt: skip
    links = (("What the check found", f"/cases/{name}"), ("What a case can hold", "/help/case"))
    return not faults, "The case is sound", says, links, f"tocsin check --case {name}"


def _documents(stand: Stand) -> Made:
    name = stand.state.name
    title = "Its documents are read"
    if stand.claims is not None:
        says = (
            f"The record holds {stand.claims:,} claims, each with its quote. Proposals wait for a person who decides."
        )
        return True, title, says, (("The record", f"/c/{name}/record"), ("Reading documents", "/help/reading")), None
    if not stand.documents:
        says = "There are none yet. Put reports (PDF, Word, web pages, text) into the case's folder documents/; then read them."
    else:
        says = (
            f"{stand.documents:,} documents wait. Quotes are taken out word for word, and nothing is believed unseen."
        )
    links = (("Read documents, step by step", "/help/tutorial-read-documents"), ("What is read", "/help/reading"))
    return False, title, says, links, f"tocsin read --case {name}"


def _edition(stand: Stand) -> Made:
    name, edition = stand.state.name, stand.state.edition
    links = (("Editions and briefs", f"/c/{name}/briefs"), ("What an edition is", "/help/editions"))
    if edition is None:
        says = "Pages show an edition: what was found once, with what it rests on. None was made yet; it takes some minutes."
        return False, "An edition is made", says, links, f"tocsin run --case {name}"
    assert stand.state.made is not None
    says = f"The newest was made on {stand.state.made:%-d %B %Y}. Pages show it until a newer one is made; none is ever changed."
    return True, "An edition is made", says, links, None


def _now(stand: Stand) -> Made:
    name = stand.state.name
    says = (
        "Begin with Now: which areas are warned of, how likely each threshold is, and what changed. "
        "Then look at one area from all sides."
    )
    links = (("Now", f"/c/{name}/now"), ("Area", f"/c/{name}/area"), ("How to read a warning", "/help/warnings"))
    return None, "See what is warned of", says, links, None


def _trust(stand: Stand) -> Made:
    name = stand.state.name
    says = (
        "Before you use a number: move Replay to a past month and see what came, "
        "and read in Trust how often such warnings were right."
    )
    links = (("Replay", f"/c/{name}/replay"), ("Trust", f"/c/{name}/trust"), ("Common mistakes", "/help/mistakes"))
    return None, "See how far to trust it", says, links, None


def _use(stand: Stand) -> Made:
    name = stand.state.name
    says = "What missions reach and miss, where parties will settle, what each option risks, and a brief to hand on."
    links = (
        ("Mission", f"/c/{name}/mission"), ("Decide", f"/c/{name}/decide"), ("Briefs", f"/c/{name}/briefs"),
        ("Ring when something changes", "/help/watch"),
    )  # fmt: skip
    return None, "Use it", says, links, None
