"""Persons who were taken out of the record: what an edition made before still says of them is not given."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.record.store.tables import REMOVALS
from tocsin.web.service.asking import workbench_of
from tocsin.web.service.faults import Refused

if TYPE_CHECKING:
    from tocsin.record.store import Record
    from tocsin.web.service.asking import Asked


def refuse_withdrawn(asked: Asked) -> None:
    """Nothing, where no person was taken out of the record since the edition was made.

    Editions are never changed, so what names persons is held back until one is made anew.

    Raises:
        Refused: 410, somebody was.
    """
    record = workbench_of(asked.request).record(asked.name)
    newest = None if record is None else newest_removal(record)
    if newest is not None and newest > asked.edition.manifest.made:
        raise Refused(
            410, "a person was taken out of the record after this edition was made", code="withdrawn",
            where=asked.edition.id, hint=f"make an edition anew: tocsin run --case {asked.name}",
        )  # fmt: skip


def newest_removal(record: Record) -> datetime | None:
    """When a person was last taken out of a record, UTC; None where nobody was."""
    with record.connection() as connection:
        at: str | None = connection.scalar(sa.select(sa.func.max(REMOVALS.c.at)))
    if at is None:
        return None
    moment = datetime.fromisoformat(at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
