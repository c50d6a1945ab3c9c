"""OFAC's list of Specially Designated Nationals: a copy, a history of copies, and OFAC's own SDN.CSV and ALT.CSV."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from tocsin.case.dates import Bound, PartialDate
from tocsin.sources.designation import Alias, BearerKind, BirthDate, Designation, Quality, Version
from tocsin.sources.designation_dates import read_birth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

OFAC = "OFAC SDN"
SDN_COLUMNS = (
    "ent_num", "sdn_name", "sdn_type", "program", "title", "call_sign", "vess_type", "tonnage", "grt", "vess_flag",
    "vess_owner", "remarks",
)  # fmt: skip
"""Columns of SDN.CSV, which has no header."""

ALT_COLUMNS = ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks")
"""Columns of ALT.CSV, which has no header."""

SCRAPED = "scrape dates, not legal dates"
_KINDS = {"individual": BearerKind.PERSON, "vessel": BearerKind.VESSEL, "aircraft": BearerKind.AIRCRAFT}
_ALSO = re.compile(r"\b([afn])\.k\.a\. '([^;]+?)'(?=[;.]|$)")
_BORN = re.compile(r"\b(?:alt\. )?DOB ([^;]+)")
_NATION = re.compile(r"(?:^|; )(?:alt\. )?(?:nationality|citizen) ([^;]+)")
_NULLS = {"-0-", "-0- ", "", "0", "na"}

Row = dict[str, str | None]


def entries_of(rows: Iterable[Row], aliases: Mapping[str, Sequence[Alias]], *, copy: date | None) -> list[Designation]:
    """Entries of one copy, or of a history of copies, of the list.

    Args:
        rows: columns of SDN.CSV as text; a history has valid_from_scrape, valid_to_scrape and end_reason too.
        aliases: names by entry number.
        copy: the day the copy is of; None is unknown.
    """
    by_entry: dict[str, list[Row]] = {}
    for row in rows:
        if clean(row.get("ent_num")) and clean(row.get("sdn_name")):
            by_entry.setdefault(str(row["ent_num"]).strip(), []).append(row)
    days = sorted({d for many in by_entry.values() for row in many for d in days_of(row)})
    following = dict(pairwise(days))
    return [
        _entry(number, many, aliases.get(number, ()), copy=copy, days=days, following=following)
        for number, many in by_entry.items()
    ]


def clean(text: str | None) -> str | None:
    """Text of a cell; OFAC's `-0-` is nothing."""
    return None if text is None or text.strip() in _NULLS else text.strip()


def alias_of(kind: str | None, name: str) -> Alias:
    """An alias of ALT.CSV; f.k.a. is a former name."""
    return Alias(name.strip(), Quality.FORMER if kind == "fka" else Quality.STRONG)


def days_of(row: Row) -> list[date]:
    """The first and last copies that have a row; nothing where it is not of a history."""
    said = (row.get("valid_from_scrape"), row.get("valid_to_scrape"))
    return [date.fromisoformat(d[:10]) for d in said if d]


def _entry(
    number: str, rows: list[Row], aliases: Sequence[Alias], *, copy: date | None,
    days: list[date], following: Mapping[date, date],
) -> Designation:  # fmt: skip
    rows.sort(key=lambda row: row.get("valid_from_scrape") or "")
    last = rows[-1]
    name, remarks = str(last["sdn_name"]).strip(), [clean(row.get("remarks")) or "" for row in rows]
    earlier = [Alias(str(row["sdn_name"]).strip(), Quality.FORMER) for row in rows[:-1]]
    said = [
        Alias(other.strip(), Quality.FORMER if letter == "f" else Quality.WEAK)
        for text in remarks
        for letter, other in _ALSO.findall(text)
    ]
    known = {name: None}
    kept = tuple(a for a in (*aliases, *said, *earlier) if a.name not in known and known.setdefault(a.name) is None)
    return Designation(
        OFAC, number, name, _KINDS.get(clean(last.get("sdn_type")) or "", BearerKind.ORGANISATION), kept,
        tuple((clean(last.get("program")) or "").replace("[", "").split("] ")) if clean(last.get("program")) else (),
        _births(remarks[-1]), tuple(dict.fromkeys(n.strip().rstrip(".") for n in _NATION.findall(remarks[-1]))),
        tuple(_version(row, copy, days, following) for row in rows), (), SCRAPED,
    )  # fmt: skip


def _births(remarks: str) -> tuple[BirthDate, ...]:
    return tuple(read_birth(text) for text in dict.fromkeys(_BORN.findall(remarks)))


def _version(row: Row, copy: date | None, days: list[date], following: Mapping[date, date]) -> Version:
    name = str(row["sdn_name"]).strip()
    if not row.get("valid_from_scrape"):
        return Version(name, _partial(copy, Bound.BY) if copy else None)
    first, last = days_of(row)
    since = _partial(first, Bound.BY if first == days[0] else Bound.EXACT)
    if row.get("end_reason") == "current_at_end":
        return Version(name, since)
    return Version(name, since, last, following.get(last), str(row.get("end_reason")))


def _partial(day: date, bound: Bound) -> PartialDate:
    return PartialDate(day.year, day.month, day.day, bound)
