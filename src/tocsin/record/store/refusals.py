"""What the gate turned away, read back for review."""

from __future__ import annotations

import sqlalchemy as sa

from tocsin.record.store.rows import proposal_from
from tocsin.record.store.tables import DOCUMENTS, REFUSALS, TEXTS
from tocsin.record.store.values import StoredRefusal


def refusals(
    connection: sa.Connection, *, document: str | None, limit: int | None, after: int | None
) -> list[StoredRefusal]:
    """Proposals that were turned away, in the record's order, from the one after `after` on."""
    query = (
        sa.select(REFUSALS, TEXTS.c.document_id, DOCUMENTS.c.name)
        .join(TEXTS, TEXTS.c.text_id == REFUSALS.c.text_id)
        .join(DOCUMENTS, DOCUMENTS.c.document_id == TEXTS.c.document_id)
        .where(REFUSALS.c.refusal > (after or 0))
        .order_by(REFUSALS.c.refusal)
        .limit(limit)
    )
    if document is not None:
        query = query.where(TEXTS.c.document_id == document)
    return [
        StoredRefusal(
            row["refusal"], proposal_from(row["proposal"]), row["reason"], row["field"], row["document_id"], row["name"],
            row["at"],
        )
        for row in connection.execute(query).mappings()
    ]  # fmt: skip
