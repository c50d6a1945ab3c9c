"""All rules in one extractor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.extract.extractor import Reads
from tocsin.record.extract.rules import (
    alignment,
    designated,
    incidents,
    missions,
    places,
    positions,
    posts,
    sizes,
    structure,
)
from tocsin.record.kinds import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tocsin.record.claim import Proposal
    from tocsin.record.document import Document
    from tocsin.record.extract.mention import Annotated


_RULES: tuple[Callable[[Annotated, Document], Iterator[Proposal]], ...] = (
    designated.propose,
    posts.propose,
    structure.propose,
    alignment.propose,
    places.propose,
    missions.propose,
    positions.propose,
    sizes.propose,
    incidents.propose,
)


@dataclass(frozen=True, slots=True)
class Rules:
    """The extractor that reads English by rule, on the names and sentences found before."""

    reads: Reads

    def propose(self, annotated: Annotated, document: Document) -> Iterator[Proposal]:
        """What each rule sees, one rule after the other; a claim that two rules see is given once."""
        seen: set[str] = set()
        for rule in _RULES:
            for proposal in rule(annotated, document):
                if proposal.claim_id not in seen:
                    seen.add(proposal.claim_id)
                    yield proposal


RULES = Rules(Reads(name="rules", version="1", kinds=tuple(kinds()), languages=("en",), needs_model=False))
