"""A case's own tables as its record may hold them: places to 0.1 degree, and no site that a user entered."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from tocsin.case.rows import SiteOrigin
from tocsin.sources.tables import write_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tocsin.case import Case

COORDINATES = frozenset({"lat", "lon", "latitude", "longitude"})


def own_sites(case: Case) -> re.Pattern[str] | None:
    """Words by which the sites that a user entered are named, by id or by name; None where there are none."""
    words = {
        word for site in case.sites if site.origin is SiteOrigin.USER for word in (site.site_id, site.name) if word
    }
    if not words:
        return None
    alike = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alike})(?!\w)", re.IGNORECASE)


def for_the_record(path: Path, scratch: Path, *, own: re.Pattern[str] | None) -> Path:
    """A table as the record may hold it: the file itself where nothing is to be left out, else a copy.

    Rows stay where they are, so that the citation of a claim is still a cell: one that names a site that a user entered
    is left empty.

    Args:
        path: of a table of the case, CSV or a workbook.
        scratch: a folder for the copy.
        own: words of the sites that a user entered.
    """
    rows = list(_rows(path))
    header = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if header is None:
        return path
    places = [at for at, name in enumerate(rows[header]) if name.strip().lower() in COORDINATES]
    kept = [row if n <= header else _kept(row, places, own) for n, row in enumerate(rows)]
    if kept == rows:
        return path
    copy = scratch / f"{path.stem}.csv"
    write_text("".join(_line(row) for row in kept), copy)
    return copy


def _kept(row: Sequence[str], places: Sequence[int], own: re.Pattern[str] | None) -> list[str]:
    if own is not None and any(own.search(cell) for cell in row):
        return [""] * len(row)
    return [_coarse(cell) if at in places else cell for at, cell in enumerate(row)]


def _coarse(cell: str) -> str:
    """A coordinate to 0.1 degree; what is no number stays as it is, for the check to name.

    Example:
        >>> _coarse("33.303"), _coarse("44.4"), _coarse("north")
        ('33.3', '44.4', 'north')
    """
    try:
        number = float(cell)
    except ValueError:
        return cell
    return cell if number == round(number, 1) else f"{number:.1f}"


def _rows(path: Path) -> Iterator[list[str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            yield from csv.reader(file)
        return
    import fastexcel  # noqa: PLC0415  # only workbooks need it

    sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    yield from ([(cell or "").removesuffix(" 00:00:00") for cell in row] for row in sheet.iter_rows())


def _line(row: Sequence[str]) -> str:
    return (
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' if re.search(r'[",\r\n]', cell) else cell for cell in row)
        + "\n"
    )
