"""The record of a case taken out in a format, and a whole record put in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.api.record import open_record_of, record_address
from tocsin.case.rows import SiteOrigin
from tocsin.errors import FileProblem, InputError, Where
from tocsin.record.export import FORMATS, OwnSite, Selection, Written, may_replace, read_whole, write_export
from tocsin.record.export.selection import NOT_REJECTED
from tocsin.sources.tables import check_folder

if TYPE_CHECKING:
    from tocsin.case import Case
    from tocsin.record.claim import ClaimStatus
    from tocsin.record.store import Violation
    from tocsin.settings import Settings

LICENCE = "each quote stays under the terms of its source, which is named beside it"
FOLDERS = ("csv", "parquet")
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of every stored quote came to.

    Attributes:
        claims: how many were held against their texts.
        violations: how many are not borne out by them.
        first: the first of those, up to 100.
    """

    claims: int
    violations: int
    first: tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in: rows of all tables, and the check of every claim that followed."""

    rows: int
    checked: Checked


def export_record(
    case: Case, out: Path, *, form: str, statuses: frozenset[ClaimStatus] | None = None, force: bool = False,
    settings: Settings | None = None,
) -> Written:  # fmt: skip
    """Write a case's record in one of the formats. Sites that a user entered are in the whole record alone.

    Args:
        case: a case read from its folder.
        out: the file; for `csv` and `parquet` a folder.
        form: `ftm`, `annotation`, `csv`, `parquet` or `whole`.
        statuses: claims that stand so in review; all but rejected ones unless given. The whole record has all.
        force: write over a file or folder that is not known for an export; never over documents or the record itself.
        settings: where the record is kept.

    Raises:
        UnknownName: there is no such format.
        FileProblem: the case has no record, nothing can be written there, or what is there is no export.
    """
    is_folder = form in FOLDERS
    if form in FORMATS:
        _refuse_what_is_the_case(case, out, settings=settings)
    if form in FORMATS and out.exists() and out.is_dir() != is_folder:
        what = "this is a file, and tables go into a folder" if is_folder else "this is a folder, not a file"
        raise FileProblem(what, where=Where(out), hint="give another name with --out")
    if form in FORMATS and not force and not may_replace(out):
        what = "this folder holds something else" if is_folder else "this file is there already"
        hint = "give another name with --out, or write over it with --force"
        raise FileProblem(f"{what}, and is not known for an export of Tocsin", where=Where(out), hint=hint)
    check_folder(out if is_folder else out.parent)
    sites = tuple(OwnSite(site.site_id, site.name) for site in case.sites if site.origin is SiteOrigin.USER)
    urls = {source.source_id: source.url for source in case.sources if source.url}
    said = {
        "licence": LICENCE,
        "citation": f"Record of the case '{case.settings.title}', made with Tocsin",
        "source": "tocsin",
    }
    with open_record_of(case, settings=settings) as record:
        selection = Selection(NOT_REJECTED if statuses is None else statuses, sites)
        return write_export(record, out, form=form, selection=selection, urls=urls, metadata=said)


def _refuse_what_is_the_case(case: Case, out: Path, *, settings: Settings | None) -> None:
    """An export goes neither among the documents that are read nor over the record itself.

    Raises:
        FileProblem: this one would.
    """
    place, address = out.resolve(), record_address(case, settings=settings)
    documents = (case.folder / "documents").resolve()
    if documents in (place, *place.parents):
        hint = "give a name outside it with --out"
        raise FileProblem("the case's documents are read, and no export goes among them", where=Where(out), hint=hint)
    if "://" not in str(address) and place == Path(address).resolve():
        raise FileProblem("this is the record itself", where=Where(out), hint="give another name with --out")


def import_record(case: Case, file: Path, *, settings: Settings | None = None) -> Imported:
    """Put a whole record into a case that has none yet, and hold every claim against its text.

    Raises:
        FileProblem: the file is no whole record, was cut short or altered, or expands without bound; nothing is kept of it.
        InputError: the case has a record already.
    """
    with open_record_of(case, create=True, settings=settings) as record:
        if record.documents() or record.history(limit=1):
            hint = "import into a case without a record: move its .tocsin/record.db away, or make a new case"
            raise InputError("this case has a record already", where=Where(record.name), hint=hint)
        rows = read_whole(record, file)
    return Imported(rows, check_record(case, settings=settings))


def check_record(case: Case, *, settings: Settings | None = None) -> Checked:
    """Hold every stored claim against its stored text: its quote, arguments, numbers and dates must stand there.

    Raises:
        FileProblem: the case has no record.
    """
    with open_record_of(case, settings=settings) as record:
        found = record.violations()
        first = tuple(islice(found, SHOWN))
        return Checked(record.count(), len(first) + sum(1 for _ in found), first)
