"""The layouts in which users have UCDP GED: the columns of a release, their other names, and the version."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.errors import Where, missing_columns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RELEASE_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""The 49 columns of a release, in order; candidate files without a header line have these."""

NEEDED = ("id", "type_of_violence", "date_start", "date_end", "best")
"""Without these there is no event."""

OTHER_NAMES = {
    "id": ("event_id", "ged_id"),
    "type_of_violence": ("type_of_vi",),
    "date_start": ("start_date",),
    "date_end": ("end_date",),
    "best": ("best_est", "best_estimate", "deaths_best"),
    "low": ("low_est", "low_estimate", "deaths_low"),
    "high": ("high_est", "high_estimate", "deaths_high"),
    "deaths_civilians": ("deaths_civ", "deaths_civ_est"),
    "country_id": ("gwno", "gwnoloc", "gwno_loc", "country_gw"),
    "iso3": ("iso_3", "country_iso3"),
    "country": ("country_name",),
    "adm_1": ("adm1", "admin1", "adm_1_name"),
    "latitude": ("lat",),
    "longitude": ("lon", "long", "lng"),
    "priogrid_gid": ("priogrid_g", "gid", "priogrid_id"),
    "where_prec": ("where_precision",),
    "date_prec": ("date_precision",),
    "side_a": ("sidea",),
    "side_b": ("sideb",),
    "code_status": (),
}
"""What is read, and what older releases, country files and shapefiles call it."""

KNOWN_NAMES = frozenset(RELEASE_COLUMNS) | frozenset(OTHER_NAMES) | {n for ns in OTHER_NAMES.values() for n in ns}

_DOTTED = re.compile(r"(?<![a-z])v(?:ersion)?[_\- .]?(\d{1,2}(?:[_.]\d{1,2}){1,3})(?!\d)", re.IGNORECASE)
_JOINED = re.compile(r"ged[_-]?(\d{1,2})(\d)(?!\d)", re.IGNORECASE)


def columns_in(found: Sequence[str], *, file: Path) -> dict[str, str]:
    """The columns to read: the release's name -> the file's name.

    Raises:
        TableProblem: a needed column is missing, or nothing says the country.
    """
    by_name = {name.strip().strip("\ufeff").lower(): name for name in reversed(found)}
    read = {
        name: by_name[spelling]
        for name, others in OTHER_NAMES.items()
        for spelling in reversed((name, *others))
        if spelling in by_name
    }
    needed = [*NEEDED, *([] if "iso3" in read else ["country_id"])]
    lacking = [name for name in needed if name not in read]
    if lacking:
        raise missing_columns(lacking, found, where=Where(file, field=lacking[0]))
    return read


@dataclass(frozen=True, slots=True, order=True)
class Vintage:
    """When a version of the events was published, and the months it covers.

    Attributes:
        published: month id of its publication.
        first: month id of the first month covered.
        last: month id of the last month covered.
    """

    published: int
    first: int
    last: int


def version_in(name: str) -> str | None:
    """The version a file's name says.

    Example:
        >>> version_in("GEDEvent_v23_1.csv"), version_in("ged191-csv.zip"), version_in("GEDEvent_v25_0_3.csv")
        ('23.1', '19.1', '25.0.3')
    """
    if dotted := _DOTTED.search(name):
        return dotted[1].replace("_", ".")
    joined = _JOINED.search(name)
    return f"{joined[1]}.{joined[2]}" if joined else None


def vintage(version: str) -> Vintage | None:
    """What a version covers; None where it is not one of UCDP's forms.

    A release, as 23.1, covers 1989 to the year before its own and comes out in June. A candidate month, as 25.0.3,
    covers that month and comes out in the next. Candidate months together, as 25.01.25.06, cover first to last.

    Example:
        >>> vintage("25.0.3"), vintage("2023-06")
        (Vintage(published=544, first=543, last=543), None)
    """
    if not re.fullmatch(r"\d{1,2}(\.\d{1,2}){1,3}", version):
        return None
    parts = [int(part) for part in version.split(".")]
    january = (2000 + parts[0] - 1980) * 12 + 1
    if len(parts) == 2:
        return Vintage(january + 5, 109, january - 1)
    if len(parts) == 3 and parts[1] == 0 and 1 <= parts[2] <= 12:
        return Vintage(january + parts[2], january + parts[2] - 1, january + parts[2] - 1)
    if len(parts) == 4 and 1 <= parts[1] <= parts[3] <= 12 and parts[0] == parts[2]:
        return Vintage(january + parts[3], january + parts[1] - 1, january + parts[3] - 1)
    return None
