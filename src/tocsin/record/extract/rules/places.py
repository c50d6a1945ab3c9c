"""Where bodies are, and where they operate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.extract.rules.frames import claims_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.claim import Proposal
    from tocsin.record.document import Document
    from tocsin.record.extract.mention import Annotated


def propose(annotated: Annotated, document: Document) -> Iterator[Proposal]:
    """Claims of kinds located-at and operates-in; the patterns stand in `places.toml`."""
    yield from claims_by("places", annotated, document)
