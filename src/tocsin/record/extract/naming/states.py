"""Countries and capitals: a state where it acts, a place where something is or happens in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.extract.knowledge import CAPITAL
from tocsin.record.extract.naming.candidate import Candidate, Weight
from tocsin.record.extract.naming.forms import acting_nouns, among

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from tocsin.record.extract.knowledge import Knowledge

_PLACED = re.compile(
    r"(?:\b(?:in|into|across|throughout|inside|within|near|at|around|outside|through|toward|towards|over|for|of|to|from|"
    r"northern|southern|eastern|western|central|northeast|northwest|southeast|southwest|northeastern|northwestern|"
    r"southeastern|southwestern|neighbouring|neighboring)\s(?:the\s)?|[a-z],\s|\b(?:North|South|East|West)(?:ern)?\s)$",
    re.IGNORECASE,
)
_LED = re.compile(r"-(?:led|backed|sponsored|supported|aligned|affiliated|funded|trained|armed|based)\b")
_HELPED_BY = re.compile(
    r"\b(?:support|backing|assistance|aid|funding|weapons|arms|training|behalf|government|regime|with|by|between|against)\s"
    r"(?:from|of|by)?\s?(?:the\s)?$",
    re.IGNORECASE,
)
_GOVERNS = re.compile(r"\b(?:government|regime)\b", re.IGNORECASE)
_NEXT = re.compile(r"\s(\w+)")
_LISTED = frozenset({" and ", ", ", ", and ", " or "})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "agent"})


def as_states(stretch: str, known: Sequence[Candidate], knowledge: Knowledge, doc: Doc | None) -> list[Candidate]:
    """The known names, each country and capital as a state where it acts and as a place where it does not."""
    told: list[Candidate] = []
    for one in known:
        before = told[-1] if told else None
        if before is not None and _listed_with(before, one, stretch) and _is_country(one, knowledge):
            told.append(replace(one, type=before.type))
        else:
            told.append(_as_state(one, stretch, knowledge, doc))
    return told


def _listed_with(before: Candidate, one: Candidate, stretch: str) -> bool:
    """Whether a name goes on a list of places or states: what holds for the first holds for all."""
    listed = before.type in {EntityType.PLACE, EntityType.STATE} and before.weight is not Weight.DEMONYM
    return listed and stretch[before.end : one.start] in _LISTED


def _is_country(one: Candidate, knowledge: Knowledge) -> bool:
    entry = knowledge.by_id.get(one.known or "")
    return entry is not None and entry.type is EntityType.STATE and one.weight is not Weight.DEMONYM


def _as_state(one: Candidate, stretch: str, knowledge: Knowledge, doc: Doc | None) -> Candidate:
    entry = knowledge.by_id.get(one.known or "")
    if entry is None or one.weight is Weight.DEMONYM:
        return one
    if entry.type is EntityType.STATE and not _acts(one, stretch, doc):
        return replace(one, type=EntityType.PLACE)
    if entry.kind == CAPITAL and _speaks(one, stretch) and _is_subject(one, doc):
        return replace(one, type=EntityType.STATE, known=entry.country)
    return one


def _acts(one: Candidate, stretch: str, doc: Doc | None) -> bool:
    if _GOVERNS.search(stretch, one.start, one.end):
        return True
    if _LED.match(stretch, one.end):
        return stretch[one.end : one.end + 6] != "-based"
    if acting_nouns().match(stretch, one.end) or _office_follows(one, stretch):
        return True
    before = stretch[max(0, one.start - 40) : one.start]
    if _HELPED_BY.search(before):
        return True
    return not _PLACED.search(before) and (_is_subject(one, doc) if doc is not None else _speaks(one, stretch))


def _office_follows(one: Candidate, stretch: str) -> bool:
    following = _NEXT.match(stretch, one.end)
    return following is not None and following[1][0].isupper() and following[1] in among("offices_of_states")


def _speaks(one: Candidate, stretch: str) -> bool:
    following = _NEXT.match(stretch, one.end)
    return following is not None and following[1] in among("acts")


def _is_subject(one: Candidate, doc: Doc | None) -> bool:
    if doc is None:
        return True
    span = doc.char_span(one.start, one.end, alignment_mode="expand")
    return span is not None and span.root.dep_ in _SUBJECT
