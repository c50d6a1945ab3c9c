"""The record behind a request: its revision, and whom of the persons in it may be named."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import sqlalchemy as sa
from fastapi import Depends, Request

from tocsin.record.claim import EntityType
from tocsin.record.store.tables import CLAIMS, DOCUMENTS, HISTORY, REMOVALS
from tocsin.web.service import cursors
from tocsin.web.service.answers import VARY, etag, is_known
from tocsin.web.service.asking import CaseName, CursorText, Limit, workbench_of
from tocsin.web.service.faults import Refused
from tocsin.web.service.heads import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.record.store import Record, StoredClaim

PUBLIC = ("person-holds-post", "designated")
"""Kinds of claims that make a person a holder of a public post or an entry of a published list."""
KNOWN = "known:"


@dataclass(frozen=True)
class RecordAsked:
    """A question to the record of a case.

    Attributes:
        request: what was asked.
        name: the case's name in addresses.
        record: the open record.
        limit: rows wanted.
        cursor: where the page begins; None at the beginning.
        seen: persons looked up for this answer.
    """

    request: Request
    name: str
    record: Record
    limit: int | None
    cursor: cursors.Cursor | None
    seen: dict[str, bool] = field(default_factory=dict)

    @property
    def after(self) -> str | None:
        """Id of the last row of the page before."""
        return None if self.cursor is None else str(self.cursor.after)

    def cursor_after(self, last: str) -> cursors.Cursor:
        """The cursor of the page that follows a row."""
        return cursors.Cursor(
            cursors.question(self.request.url.path, self.request.query_params.multi_items()), "", last
        )

    def may_name(self, claim: StoredClaim) -> bool:
        """Whether every person that a claim names holds a public post or stands on a published list."""
        if claim.kind in PUBLIC:
            return True
        persons = (
            entity for argument, entity in zip(claim.arguments, claim.entities, strict=True)
            if argument.type is EntityType.PERSON
        )  # fmt: skip
        return all(entity is not None and self.is_public(entity) for entity in persons)

    def is_public(self, person: str) -> bool:
        """Whether a person holds a public post, or is an entry of a published list or of the case's own."""
        if person not in self.seen:
            self.seen[person] = person.startswith(KNOWN) or any(
                self.record.count(kind=kind, entity=person) for kind in PUBLIC
            )
        return self.seen[person]

    def named(self, claims: Iterable[StoredClaim]) -> list[StoredClaim]:
        """Claims that may be given."""
        return [claim for claim in claims if self.may_name(claim)]


def record_asked(
    request: Request, case: CaseName, limit: Limit = None, cursor: CursorText = None
) -> RecordAsked:  # fmt: skip
    """The record of the case that an address names.

    Raises:
        UnknownName: there is no such case.
        Refused: 404, nothing was read for it yet.
    """
    record = workbench_of(request).record(case)
    if record is None:
        raise Refused(404, f"the case {case} has no record yet", code="no-record", where="case",
                      hint=f"read its documents: tocsin read --case {case}")  # fmt: skip
    of = cursors.question(request.url.path, request.query_params.multi_items())
    return RecordAsked(request, case, record, limit, None if cursor is None else cursors.read(cursor, of=of))


RecordPages = Annotated[RecordAsked, Depends(record_asked)]


def record_alone(request: Request, case: CaseName) -> RecordAsked:
    """As `record_asked`, where there are no pages."""
    return record_asked(request, case)


RecordAlone = Annotated[RecordAsked, Depends(record_alone)]


def revision(record: Record) -> str:
    """What a record's answers depend on: the newest line of its history, its newest claim, its removals, its documents."""
    newest = sa.select(
        sa.select(sa.func.max(HISTORY.c.entry)).scalar_subquery(), sa.select(sa.func.max(CLAIMS.c.seq)).scalar_subquery(),
        sa.select(sa.func.max(REMOVALS.c.removal)).scalar_subquery(),
        sa.select(sa.func.max(DOCUMENTS.c.added)).scalar_subquery(),
    )  # fmt: skip
    with record.connection() as connection:
        return "-".join(str(value or 0) for value in connection.execute(newest).one())


def record_headers(asked: RecordAsked) -> tuple[dict[str, str], bool]:
    """Headers of an answer from the record, and whether the asker has it already."""
    url = asked.request.url
    tag = etag(f"{VERSION}\x1f{asked.name}\x1f{revision(asked.record)}\x1f{url.path}\x1f{url.query}")
    return {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": VARY}, is_known(asked.request, tag)
