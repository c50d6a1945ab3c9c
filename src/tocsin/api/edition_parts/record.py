"""A digest of the record as it stood when the edition was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.edition_parts.form import Files, document

if TYPE_CHECKING:
    from tocsin.api.edition_parts.found import Found
    from tocsin.assess.record import Citation, Dispute, GradedSource, RecordFindings, Statement

MOST = 200
"""Statements of a kind that an edition holds; the record holds them all."""


def record_part(found: Found) -> Files:
    """`record`; none where no document was read."""
    record = found.findings.record
    return {} if record is None else {"record.json": document(record_json(record))}


def record_json(record: RecordFindings) -> dict[str, object]:
    """How many documents and claims, what is contested, who is said to hold which post, and the grades of sources."""
    return {
        "documents": record.documents, "not_extracted": list(record.not_extracted),
        "claims": sum(record.claims.values()),
        "by_status": {status.value: count for status, count in record.claims.items()}, "refused": record.refused,
        "posts": [_statement(one) for one in record.posts[:MOST]],
        "alignments": [_statement(one) for one in record.alignments[:MOST]],
        "contradictions": [_dispute(one) for one in record.disputes[:MOST]],
        "held": {
            "posts": len(record.posts), "alignments": len(record.alignments), "contradictions": len(record.disputes),
        },
        "sources": [_source(one) for one in record.sources],
    }  # fmt: skip


def _statement(one: Statement) -> dict[str, object]:
    return {
        "says": one.says, "when": one.when, "modality": one.modality.value, "origins": one.origins,
        "citations": [_citation(c) for c in one.citations],
    }  # fmt: skip


def _dispute(one: Dispute) -> dict[str, object]:
    return {
        "about": one.about, "left": one.left_says, "right": one.right_says, "surely": one.surely,
        "contested": one.contested, "left_citations": [_citation(c) for c in one.left],
        "right_citations": [_citation(c) for c in one.right],
    }  # fmt: skip


def _citation(one: Citation) -> dict[str, object]:
    return {
        "document": one.document, "place": one.place, "quote": one.quote, "source_id": one.source_id,
        "said_by": list(one.said_by), "reliability": one.reliability and one.reliability.value,
        "credibility": one.credibility, "status": one.status.value,
    }  # fmt: skip


def _source(one: GradedSource) -> dict[str, object]:
    return {
        "source_id": one.source_id, "title": one.title, "reliability": one.reliability and one.reliability.value,
        "graded_by": one.graded_by, "why": one.why, "repeats": one.repeats, "claims": one.claims,
    }  # fmt: skip
