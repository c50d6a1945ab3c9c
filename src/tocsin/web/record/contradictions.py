"""Contradictions: both sides with their quotes. Of a large record only what bears on one entity is held against one another."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from tocsin.api.review import entity_of
from tocsin.record.claim import ClaimStatus
from tocsin.record.contradiction import contradictions
from tocsin.record.contradiction.in_record import contradictions_in
from tocsin.record.kinds import kind_called, kinds
from tocsin.web.record.near import OF_ONE_NAME, with_namesakes
from tocsin.web.record.persons import is_public
from tocsin.web.record.questions import cursor
from tocsin.web.record.shelf import kind_words
from tocsin.web.record.words import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup
    from starlette.datastructures import QueryParams

    from tocsin.record.contradiction import Contradiction
    from tocsin.record.corroboration import Group
    from tocsin.record.store import Entity
    from tocsin.web.record.shelf import Line, Shelf

WHOLE_AT_MOST = 5_000
"""Claims up to which all of a record are held against one another while somebody waits."""
CLAIMS_OF_A_KIND = 120
"""Claims about one entity that are held against one another, of each kind."""
A_PAGE = 10
QUOTES_A_SIDE = 5


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says, its quotes, and how many independent origins it has."""

    says: Markup
    origins: int
    lines: tuple[Line, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Two:
    """A contradiction as a page shows it."""

    kind: str
    about: Markup
    left: Side
    right: Side
    overlap: str
    contested: bool
    reported: bool
    notes: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was held against one another, and what came of it.

    Attributes:
        found: surest first.
        claims: how many were looked at; None for all of the record.
        whole: whether that is all that there was to look at.
    """

    found: tuple[Contradiction, ...]
    claims: int | None
    whole: bool


def contradictions_page(shelf: Shelf, query: QueryParams) -> dict[str, object]:
    """What the page of contradictions shows.

    Raises:
        UnknownName: there is no such kind, or the record has no such entity.
        OutOfRange: the place to go on from is none.
    """
    kind, asked_entity = query.get("kind") or None, query.get("entity") or None
    if kind is not None:
        kind_called(kind)
    entity = entity_of(shelf.record, asked_entity) if asked_entity else None
    looked = about_entity(shelf, entity, kind) if entity else in_whole(shelf, kind)
    begin = cursor(query)
    found = [one for one in looked.found[begin : begin + A_PAGE] if _may_show(shelf, one)] if looked else []
    of = {"kind": kind, "entity": asked_entity}
    more = looked is not None and begin + A_PAGE < len(looked.found)
    return {
        "kind": kind, "kinds": {k.name: kind_words(k.name) for k in kinds().values() if k.rule is not None},
        "entity_id": asked_entity, "too_many": looked is None, "looked": looked, "begun": begin > 0,
        "of_entity": shelf.entity_name(asked_entity),
        "public": entity is None or is_public(shelf.record, entity), "most": WHOLE_AT_MOST,
        "shown": [two(shelf, one) for one in found], "first_url": shelf.url("contradictions", **of),
        "more_url": shelf.url("contradictions", **of, after=begin + A_PAGE) if more else None,
        "named": named_so(shelf, query.get("name", "")[:200].strip()), "name": query.get("name", "")[:200].strip(),
    }  # fmt: skip


def _may_show(shelf: Shelf, one: Contradiction) -> bool:
    """Whether no side names a person of no public post and on no list."""
    return all(shelf.persons.may_name(claim) for group in (*one.left, *one.right) for claim in group.claims)


def named_so(shelf: Shelf, name: str) -> list[tuple[Markup, str, str]]:
    """Entities of a name, each with its type and the address of what contradicts about it."""
    return [
        (one_line(shelf.names.get(e.entity_id, e.name)), e.type.value, shelf.url("contradictions", entity=e.entity_id))
        for e in (shelf.called(name, limit=OF_ONE_NAME) if name else ())
    ]  # fmt: skip


def about_entity(shelf: Shelf, entity: Entity, kind: str | None) -> Looked:
    """What contradicts among some claims that name an entity, or what goes by the same name."""
    if not is_public(shelf.record, entity):
        return Looked((), 0, whole=True)
    wanted = [kind] if kind else [one.name for one in kinds().values() if one.rule is not None]
    claims, whole = shelf.record.naming(with_namesakes(shelf.record, entity), kinds=wanted, each=CLAIMS_OF_A_KIND)
    documents = shelf.record.documents_of([*dict.fromkeys(c.document_id for c in claims)])
    judgements = shelf.record.judgements(entity.entity_id)
    found = contradictions(claims, documents, judgements=judgements, places=shelf.places, names=shelf.names)
    return Looked(tuple(found), len(claims), whole)


def in_whole(shelf: Shelf, kind: str | None = None) -> Looked | None:
    """What contradicts in the whole record; None where it is too large for all to be held against one another here."""
    if _is_large(shelf):
        return None
    found = _KEPT.of(shelf)
    return Looked(tuple(one for one in found if kind in (None, one.kind)), None, whole=True)


def _is_large(shelf: Shelf) -> bool:
    """Whether a record holds more than WHOLE_AT_MOST claims: counted only where its numbering leaves a doubt."""
    newest = shelf.record.state()[0]
    return newest > WHOLE_AT_MOST and shelf.record.count_up_to(WHOLE_AT_MOST + 1) > WHOLE_AT_MOST


class Kept:
    """What contradicts in each small record, as long as the record is as it was."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[tuple[int, int, int], tuple[Contradiction, ...]]] = {}
        self._lock = Lock()

    def of(self, shelf: Shelf) -> tuple[Contradiction, ...]:
        """The contradictions of a record, found anew when the record has changed."""
        record, now = shelf.record, shelf.record.state()
        with self._lock:
            held = self._held.get(record.name)
            if held is None or held[0] != now:
                documents = {document.document_id: document for document in record.documents()}
                found = contradictions_in(record, documents, places=shelf.places, names=shelf.names)
                held = self._held[record.name] = (now, tuple(found))
        return held[1]


_KEPT = Kept()


def two(shelf: Shelf, one: Contradiction) -> Two:
    """A contradiction with its quotes."""
    return Two(
        kind_words(one.kind), one_line(one.about), _side(shelf, one.left_says, one.left), _side(shelf, one.right_says, one.right),
        one.overlap.value, one.contested, one.reported, tuple(map(one_line, one.notes)),
    )  # fmt: skip


def _side(shelf: Shelf, says: str, groups: Sequence[Group]) -> Side:
    claims = [c for group in groups for c in group.claims if c.status is not ClaimStatus.REJECTED]
    lines = tuple(shelf.line(claim) for claim in claims[:QUOTES_A_SIDE])
    origins = sum(len(group.origins) for group in groups)
    return Side(one_line(says), origins, lines, len(claims) - len(lines))
