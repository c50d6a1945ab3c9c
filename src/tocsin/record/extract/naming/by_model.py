"""Names as the language model finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.extract.mention import FoundBy
from tocsin.record.extract.naming.candidate import Candidate, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.SITE,
}


def names_of_model(doc: Doc) -> Iterator[Candidate]:
    """The model's names whose label is one of ours."""
    for found in doc.ents:
        what = TYPES.get(found.label_)
        if what is not None:
            yield Candidate(found.start_char, found.end_char, what, FoundBy.MODEL, Weight.MODEL)
