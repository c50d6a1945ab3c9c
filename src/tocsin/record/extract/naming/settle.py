"""Which of the names that model, tables and patterns see in a stretch are kept, and as what."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.extract.naming.by_gazetteer import known_names
from tocsin.record.extract.naming.by_model import names_of_model
from tocsin.record.extract.naming.by_pattern import bodies_of_states, names_by_pattern
from tocsin.record.extract.naming.candidate import Candidate, Weight, kept
from tocsin.record.extract.naming.forms import operations
from tocsin.record.extract.naming.glosses import as_glossed
from tocsin.record.extract.naming.states import as_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc

    from tocsin.record.extract.knowledge import Knowledge

_BODIES = frozenset({EntityType.ORGANISATION, EntityType.MISSION})
_AND = re.compile(r"\s*(?:,|,?\s+(?:and|or|&))\s+(?:the\s+)?")


def names_in(stretch: str, knowledge: Knowledge, *, doc: Doc | None, english: bool, capitals: bool) -> list[Candidate]:
    """The names of a stretch, in order and without overlap.

    Args:
        stretch: one line of text, as the model read it.
        knowledge: names known beforehand.
        doc: the model's parse of it; None where there is none.
        english: whether patterns of English may be looked for.
        capitals: whether it is written all in capitals, so that case tells nothing.
    """
    known = list(known_names(stretch, knowledge, capitals=capitals))
    if not english:
        return kept(known)
    known = as_states(stretch, known, knowledge, doc)
    found = [*names_by_pattern(stretch, known), *bodies_of_states(stretch, known)] if not capitals else []
    if doc is not None:
        found += names_of_model(doc, known)
    weighed = (_weighed(one, stretch, known) for one in found)
    chosen = kept([*known, *(one for one in weighed if one is not None)])
    return as_glossed(stretch, _but_operations(stretch, chosen))


def _weighed(one: Candidate, stretch: str, known: Sequence[Candidate]) -> Candidate | None:
    """What a name weighs that holds known names; None where these say it better."""
    if any(k.covers(one) and k.weight is not Weight.DEMONYM for k in known):
        return None
    inside = [k for k in known if one.covers(k)]
    if not inside:
        return one
    if len([k for k in inside if k.type in _BODIES]) > 1 and _joined_by_and(stretch, inside):
        return None
    if one.type is EntityType.PERSON:
        return _person_with(one, stretch, inside)
    if one.type is EntityType.PLACE and one.weight is Weight.MODEL:
        return None
    return replace(one, weight=max(one.weight, Weight.WHOLE))


def _person_with(one: Candidate, stretch: str, inside: Sequence[Candidate]) -> Candidate | None:
    """A person's name may hold a place ('George Washington'), but no armed group or base, nor begin with a state."""
    bodies = any(k.type in _BODIES or k.type is EntityType.SITE for k in inside)
    first = any(k.start == one.start for k in inside)
    if bodies or first or " and " in stretch[one.start : one.end]:
        return None
    return replace(one, weight=Weight.WHOLE)


def _joined_by_and(stretch: str, inside: Sequence[Candidate]) -> bool:
    return any(_AND.fullmatch(stretch, a.end, b.start) is not None for a, b in pairwise(inside))


def _but_operations(stretch: str, found: Iterable[Candidate]) -> list[Candidate]:
    """Named operations are no bodies, but for missions that bear such a name."""
    spans = [m.span() for m in operations().finditer(stretch)]
    return [
        one for one in found
        if one.type is EntityType.MISSION or one.known is not None
        or not any(start <= one.start and one.end <= end for start, end in spans)
    ]  # fmt: skip
