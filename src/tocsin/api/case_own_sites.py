"""A case as it leaves the house: without the sites that a user entered, and without what names them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.case.read_table import read_table
from tocsin.case.rows import SiteOrigin
from tocsin.case.tables import TABLES
from tocsin.errors import InputError, Where
from tocsin.record.export import OwnSite, Selection
from tocsin.record.export.selection import OWN_TABLES
from tocsin.record.store.tables import DOCUMENTS, HISTORY, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.record.store import Record

TEXTS_OF_CASE = (".md", ".txt", ".toml", ".yaml", ".yml", ".json", ".geojson", ".jsonl", ".csv")
MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it leaves: a name for its file, and its content.

    Attributes:
        was: the file in the case.
        file: the file that leaves.
        content: CSV, UTF-8.
        dropped: rows left out.
    """

    was: str
    file: str
    content: bytes
    dropped: int


def own_sites(case: Case) -> tuple[OwnSite, ...]:
    """The sites that a user entered."""
    return tuple(OwnSite(site.site_id, site.name) for site in case.sites if site.origin is SiteOrigin.USER)


def naming(sites: tuple[OwnSite, ...]) -> re.Pattern[str]:
    """Any of the sites by its id, or by a name of two words and more: one word may be a town's.

    Example:
        >>> found = naming((OwnSite("camp-1", "Camp Quiet"), OwnSite("hq-2", "Baghdad")))
        >>> [bool(found.search(words)) for words in ("at camp quiet", "closes: [camp-1]", "camp-12", "in Baghdad")]
        [True, True, False, False]
    """
    words = {site.site_id for site in sites} | {site.name for site in sites if len(site.name.split()) > 1}
    alike = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{alike})(?![\w-])", re.IGNORECASE)


def tables_without(
    folder: Path, names: Mapping[str, Path], sites: tuple[OwnSite, ...], *, without_files: bool = False
) -> Iterator[Table]:  # fmt: skip
    """The tables that hold a row of such a site, without it; the others are as they were.

    Args:
        folder: the case's.
        names: the files that leave, by their names in it.
        sites: what a user entered.
        without_files: whether the table of sources names no files either, for its documents stay.
    """
    ids, named = {site.site_id for site in sites}, naming(sites)
    for name, table in TABLES.items():
        file = next((f for f in (f"{name}.csv", f"{name}.xlsx") if f in names), None)
        if file is None:
            continue
        sheet = read_table(folder / file, table)[0]
        refs = {"site_id"} | {column for column, other in table.refs.items() if other == "sites"}
        cells = [record for _, record in sheet.records]
        kept = [
            record for record in cells
            if not any(record.get(column) in ids for column in refs) and not any(named.search(v) for v in record.values())
        ]  # fmt: skip
        if len(kept) < len(cells):
            columns = tuple(c for c in sheet.columns if not (without_files and (name, c) == ("sources", "files")))
            yield Table(file, f"{name}.csv", as_csv(columns, kept), len(cells) - len(kept))


def sources_without_files(folder: Path, names: Mapping[str, Path]) -> Iterator[Table]:
    """The table of sources without the files it names, for a case that leaves without its documents."""
    file = next((f for f in ("sources.csv", "sources.xlsx") if f in names), None)
    if file is not None:
        sheet = read_table(folder / file, TABLES["sources"])[0]
        columns = tuple(column for column in sheet.columns if column != "files")
        yield Table(file, "sources.csv", as_csv(columns, [record for _, record in sheet.records]), 0)


def as_csv(columns: tuple[str, ...], rows: list[dict[str, str]]) -> bytes:
    """Rows as CSV in UTF-8."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def refuse_named(names: Mapping[str, Path], sites: tuple[OwnSite, ...]) -> None:
    """Refuse to let files go that name such a site in words of their own.

    Raises:
        InputError: some do; they are named.
    """
    named = naming(sites)
    tables = {f"{name}{ending}" for name in TABLES for ending in (".csv", ".xlsx")}
    found = [
        name for name, path in names.items()
        if name not in tables and path.suffix.lower() in TEXTS_OF_CASE and path.stat().st_size <= MOST_BYTES
        and named.search(path.read_text(encoding="utf-8", errors="replace"))
    ]  # fmt: skip
    if found:
        hint = "take the sites out of these files, or let them go too: --with-own-sites"
        raise InputError("files of the case name sites that you entered", where=Where(", ".join(found)), hint=hint)


def record_names(record: Record, sites: tuple[OwnSite, ...]) -> bool:
    """Whether a record names one of the sites: as what a claim is about, in a row of the case's tables, or in its history."""
    selection, named = Selection(withheld=sites), naming(sites)
    with record.connection() as connection:
        if selection.hidden(connection):
            return True
        rows = sa.select(TEXTS.c.text).join(DOCUMENTS, DOCUMENTS.c.document_id == TEXTS.c.document_id)
        of_tables = rows.where(DOCUMENTS.c.name.startswith(OWN_TABLES, autoescape=True))
        if any(named.search(text) or selection.names_one(text) for text in connection.scalars(of_tables)):
            return True
        said = sa.select(HISTORY.c.subject, HISTORY.c.topic, HISTORY.c.why, HISTORY.c.before, HISTORY.c.after)
        lines = connection.execute(said, execution_options={"yield_per": 1000})
        return any(named.search(" ".join(part or "" for part in line)) for line in lines)
