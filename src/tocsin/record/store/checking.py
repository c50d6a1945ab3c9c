"""Every stored claim held against its stored text once more: there must be no violation."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.record.gate import check
from tocsin.record.store import claims, documents
from tocsin.record.store.tables import CLAIMS
from tocsin.record.store.values import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.document import Text
    from tocsin.record.store.values import StoredClaim


def violations(connection: sa.Connection) -> Iterator[Violation]:
    """Claims that their texts do not bear out, a text at a time."""
    query = sa.select(CLAIMS.c.text_id, CLAIMS.c.seq).order_by(CLAIMS.c.text_id, CLAIMS.c.seq)
    for text_id, rows in groupby(connection.execute(query), key=lambda row: row.text_id):
        text = documents.text(connection, text_id)
        for claim in claims.with_keys(connection, [row.seq for row in rows]):
            yield from _of(claim, text)


def _of(claim: StoredClaim, text: Text) -> Iterator[Violation]:
    refusal = check(replace(claim.proposal, text_id=text.text_id), text)
    if refusal is not None:
        yield Violation(claim.claim_id, claim.document, refusal.field, refusal.reason)
    elif claim.document_id != text.document_id:
        yield Violation(claim.claim_id, claim.document, "document_id", "its text belongs to another document")
