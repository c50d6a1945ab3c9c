"""The layouts of monthly series: which column names the area, which the month, and which counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.errors import TableProblem, UnknownName, Where, missing_columns
from tocsin.vocabulary import AreaIds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MONTHS = ("month_id", "month", "date")
AREAS: dict[AreaIds, tuple[str, ...]] = {
    AreaIds.VIEWS: ("country_id", "views_id", "area"),
    AreaIds.GW: ("gwcode", "gwno", "gw", "country_id", "area"),
    AreaIds.ISO3: ("iso3", "isoab", "iso_a3", "area"),
    AreaIds.GID: ("priogrid_gid", "priogrid_id", "gid", "area"),
    AreaIds.ADMIN1: ("admin1_id", "area"),
}
"""Columns that may hold an area under each scheme of ids, the surest first."""

SURE = {
    "views_id",
    "gwcode",
    "gwno",
    "gw",
    "iso3",
    "isoab",
    "iso_a3",
    "priogrid_gid",
    "priogrid_id",
    "gid",
    "admin1_id",
}
"""Columns whose name alone says whose ids they hold; `country_id` may be VIEWS' or Gleditsch and Ward's."""

KNOWN_NAMES = frozenset(MONTHS) | {name for names in AREAS.values() for name in names}
BESIDE = KNOWN_NAMES | {"country", "name", "population", "status", "vintage", "window", "year", "draw"}
"""Columns that are never what is counted."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a series keeps what: names of the file's columns, and whose ids name its areas."""

    ids: AreaIds
    area: str
    month: str
    target: str


def layout_of(found: Sequence[str], *, target: str | None, ids: AreaIds | None, file: Path) -> Layout:
    """The layout of a file with these columns.

    Args:
        found: the file's columns.
        target: the column that counts; the only one left if not given.
        ids: whose ids name the areas; needed where the columns do not say.
        file: the file's name, for messages.

    Raises:
        TableProblem: a column is missing, or the columns do not say whose ids they hold or what is counted.
        UnknownName: the target is no column of the file.
    """
    by_name = {name.strip().strip("\ufeff").lower(): name for name in reversed(found)}
    month = next((name for name in MONTHS if name in by_name), None)
    if month is None:
        raise missing_columns(["month_id"], found, where=Where(file, field="month_id"))
    scheme, area = _area(by_name, ids, month, found, file)
    return Layout(scheme, by_name[area], by_name[month], _target(by_name, target, found, file))


def _area(
    by_name: dict[str, str], ids: AreaIds | None, month: str, found: Sequence[str], file: Path
) -> tuple[AreaIds, str]:
    if ids is not None:
        column = next((name for name in AREAS[ids] if name in by_name), None)
        if column is None:
            raise missing_columns([AREAS[ids][0]], found, where=Where(file, field=AREAS[ids][0]))
        return ids, column
    sure = [(scheme, name) for scheme, names in AREAS.items() for name in names if name in SURE and name in by_name]
    if "country_id" in by_name and month == "month_id" and not sure:
        return AreaIds.VIEWS, "country_id"
    if len(sure) == 1 and "country_id" not in by_name:
        return sure[0]
    named = [name for name in reversed(by_name) if name in KNOWN_NAMES - set(MONTHS)]
    if not named:
        raise missing_columns(["country_id"], found, where=Where(file, field="country_id"))
    raise TableProblem(
        f"nothing says whose ids name the areas in {' or '.join(named)}",
        where=Where(file, field=named[0]),
        hint="declare ids: views, gw, iso3, gid or admin1",
    )


def _target(by_name: dict[str, str], target: str | None, found: Sequence[str], file: Path) -> str:
    if target is not None:
        if target in found:
            return target
        raise UnknownName.of("column", target, found, where=Where(file, field=target))
    left = [name for lower, name in by_name.items() if lower not in BESIDE]
    if len(left) == 1:
        return left[0]
    if not left:
        raise missing_columns(["deaths"], found, where=Where(file, field="deaths"))
    raise TableProblem(
        f"nothing says which column is counted: {', '.join(sorted(left)[:12])}",
        where=Where(file, field=min(left)),
        hint="name one of them as the target",
    )
