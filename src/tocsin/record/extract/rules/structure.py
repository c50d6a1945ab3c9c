"""Who is part of whom, and who answers to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.extract.rules.frames import claims_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.claim import Proposal
    from tocsin.record.document import Document
    from tocsin.record.extract.mention import Annotated


def propose(annotated: Annotated, document: Document) -> Iterator[Proposal]:
    """Claims of kinds organisation-part-of and commands; the patterns stand in `structure.toml`."""
    yield from claims_by("structure", annotated, document)
