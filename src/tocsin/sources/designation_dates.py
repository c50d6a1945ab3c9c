"""Dates as designation lists write them: `circa 1966`, `09 Aug 1966`, `BETWEEN 1960 1965`."""

from __future__ import annotations

import re
from datetime import date

from tocsin.case.dates import PartialDate
from tocsin.errors import TableProblem
from tocsin.sources.designation import BirthDate

_MONTHS = {
    m: i for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_WORDED = re.compile(r"(?:(\d{1,2})[ -])?([A-Za-z]{3})[a-z]*\.?[ -](\d{4})")
_YEAR = re.compile(r"\b(1[3-9]\d{2}|20\d{2})\b")
_ROUGH = re.compile(r"(?i)circa|approx|between|\bto\b|\d{4}\s*-\s*\d{4}|late|early|about")
_FILE_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


def read_birth(text: str) -> BirthDate:
    """A date of birth as published.

    Example:
        >>> read_birth("09 Aug 1966").date, read_birth("circa 1966").exact
        (PartialDate(year=1966, month=8, day=9, bound=<Bound.EXACT: 'exact'>), False)
        >>> born = read_birth("BETWEEN 1960 1965")
        >>> born.date, born.first_year, born.last_year
        (None, 1960, 1965)
    """
    text = text.strip().rstrip(".")
    rough = bool(_ROUGH.search(text))
    if "hijri" in text.lower():
        return BirthDate(text, None, None, None, exact=False)
    years = [int(year) for year in _YEAR.findall(text)]
    if not years:
        return BirthDate(text, None, None, None, exact=False)
    day = None if rough and len(years) > 1 else _day(text.removeprefix("EXACT ").strip())
    return BirthDate(text, day, min(years), max(years), exact=not rough)


def read_day(text: str | None) -> PartialDate | None:
    """A day, month or year in ISO or in words; None where it is none of these."""
    return None if not text else _day(text.strip())


def day_of_file(name: str) -> date | None:
    """The day in a file's name, as `ofac_sdn_2024-05-03.parquet`; None where there is none."""
    for year, month, day in _FILE_DAY.findall(name):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def _day(text: str) -> PartialDate | None:
    try:
        if iso := _ISO.match(text):
            return PartialDate.parse(iso[0])
        if worded := _WORDED.search(text):
            day, month, year = worded.groups()
            number = _MONTHS.get(month.lower())
            if number is not None:
                return PartialDate.parse(f"{year}-{number:02d}" + (f"-{int(day):02d}" if day else ""))
        found = _YEAR.search(text)
        return PartialDate(int(found[1])) if found else None
    except TableProblem:
        return None
