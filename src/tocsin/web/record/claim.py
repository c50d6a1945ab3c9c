"""A claim: what it says, its quote in its place, who judged it how, what agrees with it and what excludes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.api.review import claim_of
from tocsin.record.claim import Step
from tocsin.record.sentence import figure
from tocsin.web.record.about import about
from tocsin.web.record.deciding import form
from tocsin.web.record.history import done
from tocsin.web.record.near import Beside, beside
from tocsin.web.record.shelf import kind_words, place_of
from tocsin.web.record.words import marked, one_line, seen

if TYPE_CHECKING:
    from markupsafe import Markup

    from tocsin.record.claim import Argument
    from tocsin.record.contradiction import Contradiction
    from tocsin.record.document import Document
    from tocsin.record.store import StoredClaim
    from tocsin.web.record.shelf import Line, Shelf

AROUND = 2
"""Segments shown before and after a quote."""
SHOWN_BEFORE = 1_500
"""Characters shown before and after a quote, at most."""
AGREEING_SHOWN = 20
CONTRADICTING_SHOWN = 10
STEPS = {
    Step.PRONOUN: "the quote has a pronoun for it", Step.SHORT_NAME: "the quote has a shorter name for it",
    Step.HEADING: "the heading above says it", Step.CONTEXT: "another sentence of the text says it",
    Step.PUBLICATION: "it follows from the document itself", Step.ALIAS: "a list of names knows it by these words",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a claim.

    Attributes:
        role: as `person`.
        words: of the text.
        known: the name readers know it by, where that is another.
        type: what it names.
        url: of the entity's page; None where it names none.
        step: how words outside the quote are bound to it; empty inside the quote.
    """

    role: str
    words: Markup
    known: Markup | None
    type: str
    url: str | None
    step: str


@dataclass(frozen=True, slots=True)
class InPlace:
    """A quote in its document.

    Attributes:
        heading: the nearest heading above what is shown.
        shown: segments of the text, each with its kind, the quote marked.
        cut_before, cut_after: whether the text goes on.
        url: of the document, at the quote.
    """

    heading: Markup
    shown: tuple[tuple[Markup, str], ...]
    cut_before: bool
    cut_after: bool
    url: str


@dataclass(frozen=True, slots=True)
class Against:
    """What excludes a claim: what both sides say, and the quotes of the other one."""

    about: Markup
    left: Markup
    right: Markup
    overlap: str
    contested: bool
    reported: bool
    notes: tuple[Markup, ...]
    lines: tuple[Line, ...]


def claim_page(shelf: Shelf, claim_id: str, *, may_decide: bool) -> dict[str, object]:
    """What the page of a claim shows.

    Args:
        shelf: the record.
        claim_id: the claim.
        may_decide: whether the forms are shown; without them no claim is shown that names a person of no public post and on
            no list.

    Raises:
        UnknownName: the record has no such claim.
    """
    claim = claim_of(shelf.record, claim_id)
    back, public = shelf.claim_url(claim_id), shelf.persons.may_name(claim)
    if not (public or may_decide):
        return {"public": False}
    return {
        **claim_shown(shelf, claim), "may_decide": may_decide, "public": public,
        "form": form(shelf.record, claim, back=back) if may_decide else None,
    }  # fmt: skip


def claim_shown(shelf: Shelf, claim: StoredClaim) -> dict[str, object]:
    """A claim with all that is needed to judge it."""
    document = shelf.record.document(claim.document_id)
    assert document is not None
    near = beside(shelf, claim)
    return {
        "claim": claim, "line": shelf.line(claim), "kind_words": kind_words(claim.kind), "parts": parts(shelf, claim),
        "numbers": [(n.role, one_line(figure(n)), seen(n.referent)) for n in claim.numbers],
        "speakers": [one_line(span.words) for span in claim.attributed_to], "dates": dates(claim),
        "in_place": in_place(shelf, claim), "document": about(document), "document_id": document.document_id,
        "place": place_of(claim), "reliability": reliability(shelf, claim, document),
        "history": done(shelf.record.lines(f"claim:{claim.claim_id}")), **_beside(shelf, claim, near),
        "corrected_url": shelf.claim_url(claim.corrected_by) if claim.corrected_by else None,
    }  # fmt: skip


def parts(shelf: Shelf, claim: StoredClaim) -> list[Part]:
    """The claim's parts, with the entities that they name."""
    return [_part(shelf, a, e) for a, e in zip(claim.arguments, claim.entities, strict=True)]


def _part(shelf: Shelf, argument: Argument, entity: str | None) -> Part:
    known = shelf.names.get(entity or "")
    return Part(
        argument.role, one_line(argument.words), one_line(known) if known and known != argument.words else None,
        argument.type.value, shelf.entity_url(entity) if entity else None, STEPS[argument.step] if argument.step else "",
    )  # fmt: skip


def dates(claim: StoredClaim) -> list[tuple[str, str]]:
    """When it held, as cited."""
    words = {"start": "began", "end": "ended", "first_seen": "first seen", "last_seen": "last seen"}
    told = ((said, getattr(claim.dates, name)) for name, said in words.items())
    return [(said, str(when)) for said, when in told if when is not None]


def reliability(shelf: Shelf, claim: StoredClaim, document: Document) -> tuple[str, str] | None:
    """The grade of the source behind a claim, and the source; None where nobody has graded it."""
    grades = shelf.record.source_grades()
    behind = [claim.source_key, *(span.words.strip() for span in claim.attributed_to), document.derived_from or ""]
    return next(((f"{grades[name].name}: {grades[name].value}", name) for name in behind if name in grades), None)


def in_place(shelf: Shelf, claim: StoredClaim) -> InPlace:
    """The quote marked in the text around it."""
    window = shelf.record.window_around(claim.text_id, claim.quote.start, claim.quote.end, around=AROUND)
    first = max(window.start, claim.quote.start - SHOWN_BEFORE)
    last = min(window.end, claim.quote.end + SHOWN_BEFORE)
    stretches = [(max(s.start, first), min(s.end, last), s.kind.value) for s in window.segments] or [
        (first, last, "body")
    ]
    shown = tuple(
        (marked(window.words[a - window.start : b - window.start], [(claim.quote.start, claim.quote.end)], offset=a), kind)
        for a, b, kind in stretches if a < b
    )  # fmt: skip
    url = shelf.document_url(claim.document_id, at=claim.quote.start, text=claim.text_id)
    return InPlace(
        seen(window.heading), shown, first > window.start or window.first > 0, last < window.end, f"{url}#here"
    )  # fmt: skip


def _beside(shelf: Shelf, claim: StoredClaim, near: Beside) -> dict[str, object]:
    return {
        "origins": near.origins, "agrees": shelf.lines(near.agrees[:AGREEING_SHOWN]), "agreeing": len(near.agrees),
        "against": [against(shelf, claim, one) for one in near.contradicts[:CONTRADICTING_SHOWN]],
        "contradicting": len(near.contradicts), "all_near": near.whole,
    }  # fmt: skip


def against(shelf: Shelf, claim: StoredClaim, one: Contradiction) -> Against:
    """A contradiction as the page of one of its claims shows it: the other side with its quotes."""
    mine_left = any(c.claim_id == claim.claim_id for group in one.left for c in group.claims)
    mine, other = (one.left_says, one.right_says) if mine_left else (one.right_says, one.left_says)
    theirs = one.right if mine_left else one.left
    lines = shelf.lines([c for group in theirs for c in group.claims][:AGREEING_SHOWN])
    return Against(
        one_line(one.about), one_line(mine), one_line(other), one.overlap.value, one.contested, one.reported,
        tuple(one_line(note) for note in one.notes), tuple(lines),
    )  # fmt: skip
