"""Names that were known before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.extract.knowledge import DEMONYM
from tocsin.record.extract.naming.candidate import Candidate, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.extract.knowledge import Knowledge


def known_names(stretch: str, knowledge: Knowledge, *, capitals: bool = False) -> Iterator[Candidate]:
    """Known names in a stretch of text, in any script."""
    for found in knowledge.trie.find(stretch, capitals=capitals):
        entry = knowledge.entries[found.entry]
        weight = Weight.DEMONYM if entry.kind == DEMONYM else Weight.KNOWN
        yield Candidate(found.start, found.end, entry.type, entry.found_by, weight, entry.id)
