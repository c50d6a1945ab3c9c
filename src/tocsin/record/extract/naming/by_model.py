"""Names as the language model finds them, trimmed to the name itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.extract.mention import FoundBy
from tocsin.record.extract.naming.candidate import Candidate, Weight
from tocsin.record.extract.naming.forms import stands_in
from tocsin.record.extract.naming.trim import apart, is_a_firm, is_a_name, is_an_office, trimmed, without_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.SITE,
}
"""The model's labels (OntoNotes 5) as ours; groups of people by nationality or faith (NORP) are no names of ours."""


def names_of_model(doc: Doc, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """The model's names whose label is one of ours, without titles, articles and possessives.

    Args:
        doc: the parse of a stretch.
        known: names found by the tables in the same stretch: titles may begin with them ('Iraqi Prime Minister').
    """
    stretch = doc.text  # made anew each time it is asked for
    for found in doc.ents:
        what = TYPES.get(found.label_)
        if what is None:
            continue
        whole = (found.start_char, found.end_char)
        for part in apart(stretch, *whole) if what is EntityType.PERSON else [whole]:
            one = _name(stretch, *trimmed(stretch, *part), what, known)
            if is_a_name(stretch[one.start : one.end], one.type) and not is_an_office(
                stretch, one.start, one.end, known
            ):
                yield one


def _name(stretch: str, start: int, end: int, what: EntityType, known: Sequence[Candidate]) -> Candidate:
    """A name of the model: a person's begins behind the title, and what is a firm by its last word is no person."""
    if what is EntityType.PERSON and is_a_firm(stretch[start:end]):
        what = EntityType.ORGANISATION
    if what is EntityType.PERSON:
        start = without_title(stretch, start, end, known)
        what = EntityType.PLACE if stands_in(stretch, start, end) else what
    return Candidate(start, end, what, FoundBy.MODEL, Weight.MODEL)
