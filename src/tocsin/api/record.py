"""Where a case's record is, and how it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.databases import checked, has_tables, make_schema, name_of, schema_of, within
from tocsin.assess.record import record_findings
from tocsin.case.folder import BUNDLED
from tocsin.errors import FileProblem, Where
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.extract.linking import known_names
from tocsin.record.store import open_record
from tocsin.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.assess.record import RecordFindings
    from tocsin.case import Case
    from tocsin.record.store import Record

MOST = 20_000
"""Claims that a brief weighs; a larger record is asked by its commands."""


def record_address(case: Case, *, settings: Settings | None = None) -> str | Path:
    """The database that holds a case's record.

    The setting `record` comes first, then the setting `database`, in which each case has a schema of its own; else it is
    `.tocsin/record.db` in the case's folder, and for a case that ships with Tocsin, whose folder is not the user's to write,
    `records/NAME.db` in the data folder.

    Raises:
        InputError: the setting `database` is no address of PostgreSQL, or the case's name is none for a schema.
    """
    return address_for(case.folder, settings=settings or Settings.load())


def address_for(folder: Path, *, settings: Settings) -> str | Path:
    """The database that holds the record of the case in a folder, or of one that will be there.

    Raises:
        InputError: as `record_address`.
    """
    if settings.record is not None:
        return settings.record
    if settings.database is not None:
        return within(settings.database, schema_of(folder.resolve().name))
    if folder.resolve().parent == BUNDLED.resolve():
        return settings.data_dir / "records" / f"{folder.name}.db"
    return folder / ".tocsin" / "record.db"


def has_record(case: Case, *, settings: Settings | None = None) -> bool:
    """Whether a record of this case was made; with the setting `record`, whether that is the address of a server.

    Raises:
        FileProblem: the database of the setting `database` cannot be reached.
    """
    settings = settings or Settings.load()
    address = record_address(case, settings=settings)
    if isinstance(address, str):
        return settings.record is not None or has_tables(checked(settings.database or ""), schema_of(name_of(case)))
    return address.exists()


def findings_of_record(case: Case, *, settings: Settings | None = None) -> RecordFindings | None:
    """What a brief may say of a case's record; None where there is none.

    Raises:
        FileProblem: the record cannot be opened.
    """
    if not has_record(case, settings=settings):
        return None
    knowledge = knowledge_of(case)
    with open_record_of(case, settings=settings) as record:
        documents = record.documents()
        return record_findings(
            record.claims(limit=MOST), documents,
            languages={d.document_id: next((t.language for t in record.texts_of(d.document_id)), None) for d in documents},
            refused=len(record.refusals()), judgements=record.judgements(),
            names=known_names(knowledge), sources=case.sources,
        )  # fmt: skip


def open_record_of(case: Case, *, create: bool = False, settings: Settings | None = None) -> Record:
    """Open a case's record.

    Raises:
        FileProblem: there is none yet (and `create` is false), or it cannot be opened.
    """
    settings = settings or Settings.load()
    address = record_address(case, settings=settings)
    if isinstance(address, str) and settings.record is not None:
        return open_record(address, create=create)
    if create:
        _make_room(case, address, settings)
    elif not has_record(case, settings=settings):
        name = case.folder.name
        where = Where(address if not isinstance(address, str) else schema_of(name_of(case)))
        raise FileProblem(f"the case {name} has no record yet", where=where, hint=f"tocsin read --case {name}")
    return open_record(address, create=create)


def _make_room(case: Case, address: str | Path, settings: Settings) -> None:
    """The schema or the folder that a new record is made in."""
    if isinstance(address, str):
        make_schema(checked(settings.database or ""), schema_of(name_of(case)))
    else:
        address.parent.mkdir(parents=True, exist_ok=True)
