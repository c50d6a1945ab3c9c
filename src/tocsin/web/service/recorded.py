"""The record behind a request: its revision, and whom of the persons in it may be named."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import sqlalchemy as sa
from fastapi import Depends, Request

from tocsin.record.claim import EntityType
from tocsin.record.store.tables import ARGUMENTS, CLAIMS, DOCUMENTS, ENTITIES, HISTORY, REMOVALS
from tocsin.web.service import cursors
from tocsin.web.service.answers import VARY, etag, is_known
from tocsin.web.service.asking import CaseName, CursorText, Limit, workbench_of
from tocsin.web.service.faults import Refused
from tocsin.web.service.heads import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.record.store import Entity, Record, StoredClaim

PUBLIC = ("person-holds-post", "designated")
"""Kinds of claims that make a person a holder of a public post or an entry of a published list."""
KNOWN = "known:"
BATCH = 500


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

    def named(self, claims: Sequence[StoredClaim]) -> list[StoredClaim]:
        """Claims of which every person holds a public post or stands on a published list."""
        asked = {claim.claim_id: _persons(claim) for claim in claims if claim.kind not in PUBLIC}
        self._look_up({person for persons in asked.values() for person in persons if person is not None})
        return [
            claim for claim in claims
            if all(person is not None and self.seen[person] for person in asked.get(claim.claim_id, ()))
        ]  # fmt: skip

    def public(self, entities: Sequence[Entity]) -> list[Entity]:
        """Entities without persons who hold no public post and stand on no published list."""
        self._look_up({one.entity_id for one in entities if one.type is EntityType.PERSON})
        return [one for one in entities if one.type is not EntityType.PERSON or self.seen[one.entity_id]]

    def _look_up(self, persons: set[str]) -> None:
        """See which persons may be named: those of a public post, of a published list, or known to the case."""
        new = sorted(person for person in persons - set(self.seen) if not person.startswith(KNOWN))
        self.seen.update(dict.fromkeys(persons - set(self.seen), True) | dict.fromkeys(new, False))
        for at in range(0, len(new), BATCH):
            with self.record.connection() as connection:
                found = connection.execute(_in_public(new[at : at + BATCH]))
                self.seen.update({str(row[0]): True for row in found})


def _persons(claim: StoredClaim) -> list[str | None]:
    """The persons that a claim names, by their ids; None for one that is no entity."""
    pairs = zip(claim.arguments, claim.entities, strict=True)
    return [entity for argument, entity in pairs if argument.type is EntityType.PERSON]


def _in_public(persons: Sequence[str]) -> sa.Select[tuple[str]]:
    """Which of these some claim names as a holder of a post or an entry of a list."""
    claimed = (
        sa.select(ARGUMENTS.c.claim)
        .join(CLAIMS, CLAIMS.c.seq == ARGUMENTS.c.claim)
        .where(ARGUMENTS.c.entity_id == ENTITIES.c.entity_id, CLAIMS.c.kind.in_(PUBLIC))
    )
    return sa.select(ENTITIES.c.canonical_id).where(ENTITIES.c.canonical_id.in_(persons), claimed.exists()).distinct()


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
