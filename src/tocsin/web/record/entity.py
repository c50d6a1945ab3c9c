"""An entity: its names, the posts held over time, what is said of its alignment, where it is named, and who it may be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tocsin.api.review import entity_of, suggestions
from tocsin.api.screen import query_of, screen_name, search
from tocsin.record.claim import EntityType
from tocsin.record.screening import NO_MATCH, NOT_A_FINDING
from tocsin.record.store.asked import Asked
from tocsin.web.record.persons import is_public
from tocsin.web.record.shelf import count_words, kind_words
from tocsin.web.record.timeline import moment, ordered
from tocsin.web.record.words import marked, one_line, seen

if TYPE_CHECKING:
    from markupsafe import Markup

    from tocsin.api.screen import Searched
    from tocsin.record.identity.suggestion import Suggestion
    from tocsin.record.screening import Hit
    from tocsin.record.store import Entity
    from tocsin.web.record.shelf import Line, Shelf
    from tocsin.web.record.timeline import Moment

POSTS = "person-holds-post"
SIDES = ("aligned-with", "supports", "commands", "position-on-question")
"""Kinds that say whose side somebody is on: shown with the quote or not at all."""
POSTS_SHOWN, SIDES_SHOWN, NAMINGS_SHOWN, NAMES_SHOWN, HITS_SHOWN, ALIKE_SHOWN = 30, 10, 10, 40, 5, 5
POSTS_ORDERED = 1_000
"""Posts put in order of time, at most."""
SCREENED = {EntityType.PERSON: "person", EntityType.ORGANISATION: "organisation", EntityType.VESSEL: "vessel"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry of a list that a name is near to. A match is not a finding."""

    name: Markup
    entry_name: Markup
    list_name: str
    entry: str
    score: str
    match: bool
    reasons: tuple[Markup, ...]
    against: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """An entity that may be one with the one shown.

    Attributes:
        name, type, url: of the other.
        other: its id.
        advice: what to look for.
        reasons: what speaks against comes first.
        seen: the newest line of the history on the two, for whoever judges.
    """

    name: Markup
    type: str
    url: str
    other: str
    advice: str
    reasons: tuple[Markup, ...]
    seen: int


def entity_page(
    shelf: Shelf, entity_id: str, *, screened: bool, alike: bool = False, may_decide: bool = False
) -> dict[str, object]:  # fmt: skip
    """What the page of an entity shows.

    Args:
        shelf: the record.
        entity_id: the entity, or one that is one with it.
        screened: whether its name is held against designation lists.
        alike: whether entities that may be one with it are looked for.
        may_decide: whether whoever asks may judge that.

    Raises:
        UnknownName: the record has no such entity.
    """
    entity = entity_of(shelf.record, entity_id)
    common = {"entity": entity, "type": entity.type.value}
    if not is_public(shelf.record, entity):
        return {**common, "name": None, "public": False}
    may_be_screened = entity.type in SCREENED
    url = shelf.entity_url(entity.entity_id)
    return {
        **common, "public": True, "name": one_line(shelf.names.get(entity.entity_id, entity.name)),
        "names": [one_line(name) for name in entity.names[:NAMES_SHOWN]], "names_in_all": len(entity.names),
        "judgements": [(j.verdict.value, seen(j.by), seen(j.why), j.at[:10])
                       for j in shelf.record.judgements(entity.entity_id)[:NAMES_SHOWN]],
        "posts": posts(shelf, entity), "sides": sides(shelf, entity), "counts": counts(shelf, entity),
        "namings": namings(shelf, entity), "screen_url": f"{url}?screen=1#screening" if may_be_screened else None,
        "candidates": candidates(entity) if screened and may_be_screened else None,
        "not_a_finding": NOT_A_FINDING, "no_match": NO_MATCH, "lists": [one.name for one in _lists().lists] if screened else [],
        "alike": likenesses(shelf, entity) if alike else None, "may_decide": may_decide, "alike_url": f"{url}?same=1#alike",
        "judge_url": f"{url}/judge",
        "timeline_url": shelf.url("timeline", entity=entity.entity_id),
        "contradictions_url": shelf.url("contradictions", entity=entity.entity_id),
        "claims_url": shelf.url("", entity=entity.entity_id),
    }  # fmt: skip


def posts(shelf: Shelf, entity: Entity) -> tuple[list[Moment], bool]:
    """Who held which post, in order of cited dates, and whether these are all."""
    found = ordered(shelf.record, Asked(entity=entity.entity_id, kind=POSTS), most=POSTS_ORDERED)
    claims = shelf.record.claims_at(found.seqs[:POSTS_SHOWN])
    return [moment(shelf, claim) for claim in claims], found.whole and len(found.seqs) <= POSTS_SHOWN


def sides(shelf: Shelf, entity: Entity) -> list[tuple[str, list[Line], str]]:
    """What is said of whose side it is on, by kind: each with its quote; and the address of all of them."""
    claims, _ = shelf.record.naming(entity.members, kinds=SIDES, each=SIDES_SHOWN)
    lines = shelf.lines(claims)
    by_kind = {kind: [line for line in lines if line.claim.kind == kind] for kind in SIDES}
    return [
        (kind_words(kind), some, shelf.url("", entity=entity.entity_id, kind=kind))
        for kind, some in by_kind.items() if some
    ]  # fmt: skip


def counts(shelf: Shelf, entity: Entity) -> list[tuple[str, str, str]]:
    """Kinds of claims that name it, how many of each, and their addresses."""
    tally = shelf.record.tally(Asked(entity=entity.entity_id))
    return [
        (kind_words(kind), count_words(n, whole=tally.whole), shelf.url("", entity=entity.entity_id, kind=kind))
        for kind, n in tally.kinds().items()
    ]  # fmt: skip


def namings(shelf: Shelf, entity: Entity) -> list[tuple[Markup, Markup, str | None, str]]:
    """Where it is named in texts of any language, claims or no claims."""
    found = shelf.record.namings(entity.members, limit=NAMINGS_SHOWN)
    return [
        (marked(one.words, [(one.start, one.end)], offset=one.offset), seen(one.document), one.language,
         shelf.document_url(one.document_id, at=one.start, text=one.text_id))
        for one in found
    ]  # fmt: skip


def likenesses(shelf: Shelf, entity: Entity) -> list[Alike]:
    """Entities that may be one with it, the likeliest first; nothing is joined by it."""
    found = suggestions(shelf.record, entity.entity_id, limit=ALIKE_SHOWN)
    pairs = ((one, one.right if one.left.entity_id == entity.entity_id else one.left) for one in found)
    return [_alike(shelf, entity, one, other) for one, other in pairs if is_public(shelf.record, other)]


def _alike(shelf: Shelf, entity: Entity, one: Suggestion, other: Entity) -> Alike:
    lines = shelf.record.lines(f"entity:{min(entity.entity_id, other.entity_id)}")
    return Alike(
        one_line(shelf.names.get(other.entity_id, other.name)), other.type.value, shelf.entity_url(other.entity_id),
        other.entity_id, one.advice.value, tuple(one_line(why.words) for why in one.why), lines[-1].entry if lines else 0,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _lists() -> Searched:
    return search()


def candidates(entity: Entity) -> list[Candidate]:
    """Entries of the designation lists that ship whose names are near: nothing is written, and a match is not a finding."""
    screened = screen_name(_lists(), query_of(entity.name, kind=SCREENED[entity.type]))
    return [_candidate(hit) for hit in screened.hits[:HITS_SHOWN]]


def _candidate(hit: Hit) -> Candidate:
    entry = hit.listed.entry
    return Candidate(
        one_line(hit.listed.alias.name), one_line(entry.name), entry.list_name, entry.entry_id, f"{hit.score:.2f}", hit.match,
        tuple(map(one_line, hit.reasons)), tuple(map(one_line, hit.against)),
    )  # fmt: skip
