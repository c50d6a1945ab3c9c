"""The record: what is asked of it and what is done to it, each in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.store import opening
from tocsin.record.store.verbs.claims import ClaimVerbs
from tocsin.record.store.verbs.deciding import DecidingVerbs
from tocsin.record.store.verbs.documents import DocumentVerbs
from tocsin.record.store.verbs.entities import EntityVerbs
from tocsin.record.store.verbs.finding import FindingVerbs
from tocsin.record.store.verbs.whole import WholeVerbs

if TYPE_CHECKING:
    from pathlib import Path


class Record(DocumentVerbs, ClaimVerbs, FindingVerbs, EntityVerbs, DecidingVerbs, WholeVerbs):
    """Documents, claims, entities and judgements with their history. Open one with `open_record`, and close it by `with`.

    Every method is one short transaction. Faults of the database come as FileProblem, with words.
    """


def open_record(address: str | Path, *, create: bool = True) -> Record:
    """Open a record: a file of SQLite by its path, or a database of PostgreSQL by its address.

    Args:
        address: a path, or an address such as `postgresql://host/name`.
        create: make the record where there is none yet.

    Raises:
        FileProblem: it is no record, cannot be opened, is locked for long, or was written by a newer Tocsin.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, open_record(f"{folder}/record.db") as record:
        ...     record.count(), record.documents()
        (0, [])
    """
    engine, name = opening.engine_for(address)
    try:
        return Record(engine, name, opening.prepare(engine, name, create=create))
    except BaseException:
        engine.dispose()
        raise
