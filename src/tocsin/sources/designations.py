"""Designation lists, whatever their file: OFAC, the UN Security Council, or a user's own; and the entries that ship."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import FileProblem, Where
from tocsin.sources import designation_ofac as ofac
from tocsin.sources import designation_own as own
from tocsin.sources import designation_un as un
from tocsin.sources.designation import (
    Alias,
    AsOf,
    BearerKind,
    BirthDate,
    Designation,
    DesignationList,
    ListedState,
    Quality,
    Version,
)
from tocsin.sources.designation_dates import day_of_file
from tocsin.sources.starter import starter_card, starter_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

__all__ = [
    "Alias", "AsOf", "BearerKind", "BirthDate", "Designation", "DesignationList", "ListedState", "Quality", "Version",
    "read_designations", "starter_designations",
]  # fmt: skip

ENDINGS = (".csv", ".parquet", ".xml")
HINT = "give OFAC's SDN.CSV and ALT.CSV, the UN's consolidated XML, a Parquet copy of either, or a CSV with id and name"

Row = dict[str, str | None]


def read_designations(paths: Sequence[Path]) -> tuple[DesignationList, ...]:
    """Read lists from files and folders; parts of one list (entries, aliases, a history) are brought together.

    Raises:
        FileProblem: nothing is there, a file is none of the layouts known, or a list's aliases came without entries.
        TableProblem: a row of a user's list is wrong.
    """
    files = [file for path in paths for file in _files(path)]
    gathered = _Gathered()
    for file in files:
        try:
            _take(file, gathered)
        except (UnicodeDecodeError, csv.Error, pl.exceptions.PolarsError) as error:
            raise FileProblem(f"the file cannot be read: {error}", where=Where(file), hint=HINT) from error
    return gathered.lists()


def starter_designations() -> tuple[DesignationList, ...]:
    """OFAC's entries that concern the region, as they ship: no dates of birth, nationalities or dates of listing."""
    card = starter_card("designations")
    aliases: dict[str, list[Alias]] = defaultdict(list)
    for number, name, kind in starter_table("designation_aliases").iter_rows():
        aliases[str(number)].append(ofac.alias_of(kind, name))
    rows: list[Row] = [
        {"ent_num": str(number), "sdn_name": name, "sdn_type": kind, "program": "] [".join(programme.split("; "))}
        for number, name, kind, programme in starter_table("designations").iter_rows()
    ]
    copy = day_of_file(card.vintage)
    entries = tuple(ofac.entries_of(rows, aliases, copy=copy))
    notes = (
        "only entries that concern Iraq, Syria, Lebanon, Iran, Kosovo and the Balkans",
        "aliases are of 2021: entries added after August 2021 have none",
        "no dates of birth or nationalities",
    )
    return (DesignationList(f"{ofac.OFAC} (region)", entries, copy, copy, ("ships with Tocsin",), notes),)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise FileProblem("there is no such file or folder", where=Where(path), hint=HINT)
    found = sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS and file.is_file())
    if not found:
        raise FileProblem("the folder holds no list", where=Where(path), hint=HINT)
    return found


class _Gathered:
    """What the files gave, until all are read and parts can be brought together."""

    def __init__(self) -> None:
        self.copies: list[tuple[Path, date | None, list[Row]]] = []
        self.history: list[Row] = []
        self.un_rows: list[Row] = []
        self.un_made: list[date] = []
        self.finished: list[DesignationList] = []
        self.aliases: dict[str, dict[str, list[Alias]]] = {ofac.OFAC: defaultdict(list), un.UN: defaultdict(list)}
        self.files: dict[str, list[str]] = defaultdict(list)

    def lists(self) -> tuple[DesignationList, ...]:
        """One list for each publisher or file."""
        made = [*self._ofac(), *self._un(), *self.finished]
        for name, kept in self.aliases.items():
            if kept and not any(one.name == name for one in made):
                raise FileProblem(
                    f"other names of {name} came without its entries", where=Where(self.files[name][0]), hint=HINT
                )
        return tuple(made)

    def _ofac(self) -> list[DesignationList]:
        aliases = self.aliases[ofac.OFAC]
        made: dict[str, Designation] = {}
        days = sorted({d for row in self.history for d in ofac.days_of(row)})
        for entry in ofac.entries_of(self.history, aliases, copy=None):
            made[entry.entry_id] = entry
        for _, copy, rows in sorted(self.copies, key=lambda c: (c[1] is not None, str(c[1]))):
            for entry in ofac.entries_of(rows, aliases, copy=copy):
                known = made.get(entry.entry_id)
                made[entry.entry_id] = entry if known is None else _newer(known, entry)
        if not made:
            return []
        copies = [copy for _, copy, _ in self.copies if copy is not None]
        ends = sorted([*days[:1], *days[-1:], *copies])
        first, last = (ends[0], ends[-1]) if ends else (None, None)
        notes = () if days else ("one copy: what was on the list before it, or removed before it, is unknown",)
        return [DesignationList(ofac.OFAC, tuple(made.values()), first, last, tuple(self.files[ofac.OFAC]), notes)]

    def _un(self) -> list[DesignationList]:
        if not self.un_rows:
            return []
        entries = tuple(un.entries_of(self.un_rows, self.aliases[un.UN]))
        made = max(self.un_made) if self.un_made else None
        return [DesignationList(un.UN, entries, None, made, tuple(self.files[un.UN]), un_notes())]


def un_notes() -> tuple[str, ...]:
    """What must be known of the UN's list: it shows only what is on it."""
    return ("entries removed before this copy are not in it",)


def _newer(known: Designation, entry: Designation) -> Designation:
    """An entry of a copy beside what a history says of it: dates and earlier names stay, names are added."""
    names = {alias.name for alias in known.names}
    more = tuple(alias for alias in entry.aliases if alias.name not in names)
    programmes = tuple(dict.fromkeys((*known.programmes, *entry.programmes)))
    return replace(known, aliases=(*known.aliases, *more), programmes=programmes)


def _take(file: Path, gathered: _Gathered) -> None:
    """Find out what a file is, and keep what it holds."""
    if file.suffix.lower() == ".xml":
        entries, made = un.entries_in_xml(file)
        gathered.finished.append(DesignationList(un.UN, tuple(entries), None, made, (str(file),), un_notes()))
        return
    if file.suffix.lower() not in ENDINGS:
        raise FileProblem(f"a file ending in '{file.suffix}' is no list", where=Where(file), hint=HINT)
    rows, columns = _parquet(file) if file.suffix.lower() == ".parquet" else _csv(file)
    _sort(file, rows, set(columns), gathered)


def _sort(file: Path, rows: list[Row], columns: set[str], gathered: _Gathered) -> None:
    if {"ent_num", "sdn_name"} <= columns:
        gathered.files[ofac.OFAC].append(str(file))
        if "valid_from_scrape" in columns:
            gathered.history += rows
        else:
            gathered.copies.append((file, day_of_file(file.name), rows))
    elif {"ent_num", "alt_name"} <= columns:
        gathered.files[ofac.OFAC].append(str(file))
        for row in rows:
            if ofac.clean(row["alt_name"]):
                gathered.aliases[ofac.OFAC][str(row["ent_num"])].append(
                    ofac.alias_of(row.get("alt_type"), str(row["alt_name"]))
                )
    elif {"dataid", "alias"} <= columns:
        gathered.files[un.UN].append(str(file))
        for row in rows:
            gathered.aliases[un.UN][str(row["dataid"])].append(un.alias_of(row.get("quality"), row["alias"] or ""))
    elif {"dataid", "name"} <= columns:
        gathered.files[un.UN].append(str(file))
        gathered.un_rows += rows
        gathered.un_made += [day] if (day := day_of_file(file.name)) else []
    elif {"id", "name"} <= {column.strip().lower() for column in columns}:
        gathered.finished.append(own.own_list(file))
    else:
        named = ", ".join(sorted(columns)[:12])
        raise FileProblem(f"no list known has these columns: {named}", where=Where(file), hint=HINT)


def _parquet(file: Path) -> tuple[list[Row], Iterable[str]]:
    table = pl.read_parquet(file)
    return table.with_columns(pl.all().cast(pl.String)).to_dicts(), table.columns


def _csv(file: Path) -> tuple[list[Row], Iterable[str]]:
    """Rows by their header; OFAC's own files have none, and begin with an entry's number."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.reader(lines) if any(cell.strip(" \x1a") for cell in row)]
    if not rows:
        raise FileProblem("the file is empty", where=Where(file), hint=HINT)
    first = [cell.strip() for cell in rows[0]]
    if first[0].isdigit() and len(first) in {len(ofac.SDN_COLUMNS), len(ofac.ALT_COLUMNS)}:
        columns = list(ofac.SDN_COLUMNS if len(first) == len(ofac.SDN_COLUMNS) else ofac.ALT_COLUMNS)
        body = rows
    else:
        columns, body = first, rows[1:]
    return [dict(zip(columns, row, strict=False)) for row in body], columns
