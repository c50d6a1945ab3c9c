"""The record as tables: what each row holds, and how a cell of CSV is kept from acting as a formula."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tocsin.record.document import Document
    from tocsin.record.store import Entity, StoredClaim

Row = dict[str, Any]
"""A row by the names of its columns, in their order."""
_ACTS = re.compile(r"'*[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
"""What a spreadsheet may take for a formula, also after quotation marks and blanks."""


@cache
def columns() -> dict[str, dict[str, str]]:
    """The columns of each table with their types, as the file beside this module has them."""
    told: dict[str, dict[str, str]] = tomllib.loads(
        files("tocsin.record.export").joinpath("tables.toml").read_text("utf-8")
    )
    return told


def claim_row(claim: StoredClaim) -> Row:
    """A claim without its arguments."""
    quote, dates = claim.quote, claim.dates
    return {
        "claim_id": claim.claim_id, "kind": claim.kind, "status": claim.status.value,
        "credibility": claim.credibility.name[1] if claim.credibility else None, "document_id": claim.document_id,
        "document": claim.document, "source_id": claim.source_id, "published": _text(claim.published), "page": claim.page,
        "paragraph": claim.paragraph, "language": claim.language, "text_id": claim.text_id, "quote": quote.words,
        "quote_start": quote.start, "quote_end": quote.end, "exact": claim.exact, "modality": claim.modality.value,
        "attributed_to": _list([span.words for span in claim.attributed_to]), "start": _text(dates.start),
        "end": _text(dates.end), "first_seen": _text(dates.first_seen), "last_seen": _text(dates.last_seen),
        "numbers": _list([
            {"role": n.role, "low": n.low, "high": n.high, "referent": n.referent, "words": n.span.words} for n in claim.numbers
        ]),
        "state": claim.state.value if claim.state else None, "stance": claim.stance, "extractor": claim.extractor,
        "corrected_by": claim.corrected_by, "entered": claim.entered,
    }  # fmt: skip


def argument_rows(claim: StoredClaim) -> Iterator[Row]:
    """Each argument of a claim, with the entity it names."""
    for number, (argument, entity) in enumerate(zip(claim.arguments, claim.entities, strict=True), start=1):
        span = argument.span
        yield {
            "claim_id": claim.claim_id, "number": number, "role": argument.role, "type": argument.type.value,
            "words": argument.words, "start": span.start if span else None, "end": span.end if span else None,
            "step": argument.step.value if argument.step else None, "value": argument.value,
            "pronoun": argument.pronoun.words if argument.pronoun else None, "entity_id": entity,
        }  # fmt: skip


def document_row(document: Document) -> Row:
    """A document's metadata; texts stay in the record."""
    return {
        "document_id": document.document_id, "name": document.name, "media_type": document.media_type, "size": document.size,
        "verdict": document.verdict.value, "why": document.why, "title": document.title, "author": document.author,
        "publisher": document.publisher, "published": _text(document.published),
        "published_origin": document.published_origin.value, "source_id": document.source_id,
        "derived_from": document.derived_from,
    }  # fmt: skip


def entity_row(entity: Entity) -> Row:
    """An entity with all that was judged to be one with it; lists as JSON."""
    return {
        "entity_id": entity.entity_id, "type": entity.type.value, "name": entity.name, "names": _list(list(entity.names)),
        "members": _list(list(entity.members)), "documents": _list(list(entity.documents)),
    }  # fmt: skip


def stored_row(table: str, row: Mapping[str, Any]) -> Row:
    """A row of judgements, grades or history, from the store's own."""
    told = {**row, "by": row["by_whom"]}
    if table == "grades" and row["axis"] == "credibility":
        told["value"] = str(row["value"]).removeprefix("C")
    return {name: told[name] for name in columns()[table]}


def harmless(cell: object) -> object:
    """A cell of CSV that no spreadsheet runs: one apostrophe before what could be a formula; `as_given` takes it away.

    Example:
        >>> harmless("=1+1"), harmless("'=1"), harmless("Badr"), harmless(-4)
        ("'=1+1", "''=1", 'Badr', -4)
    """
    return f"'{cell}" if isinstance(cell, str) and _ACTS.match(cell) else cell


def as_given(cell: str) -> str:
    r"""The cell before `harmless`.

    Example:
        >>> [as_given(str(harmless(cell))) for cell in ("=1", "'=1", "'tis", "\t-2")]
        ['=1', "'=1", "'tis", '\t-2']
    """
    return cell[1:] if cell.startswith("'") and _ACTS.match(cell) else cell


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _list(values: list[Any]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None
