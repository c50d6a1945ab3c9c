"""The publisher's list of exports: one line a file, with size, MD5 and address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from tocsin.sources.fetch.download import fetch_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import httpx

    from tocsin.sources.fetch.download import Step
    from tocsin.sources.fetch.patience import Patience

LIST_NAME = "masterfilelist.txt"
EXPORT = re.compile(rb"(\d{1,10}) ([0-9a-f]{32}) \S*?/?(\d{14})\.export\.CSV\.zip", re.IGNORECASE)
MARK = b".export.CSV.zip"
TAIL_BYTES = 64 * 1024
LONGEST_LINE_BYTES = 4096
"""A longer line is taken in pieces, none of which can be read: a list without line ends does not fill the memory."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One export: when it was published (UTC), its size in bytes and its MD5."""

    published: datetime
    bytes: int
    md5: str

    @property
    def name(self) -> str:
        """The file's own name.

        Example:
            >>> Listed(datetime(2019, 10, 24, 14, 30, tzinfo=UTC), 140637, "0" * 32).name
            '20191024143000.export.CSV.zip'
        """
        return f"{self.published:%Y%m%d%H%M%S}.export.CSV.zip"


@dataclass(frozen=True)
class Listing:
    """What the publisher lists of a span of days.

    Attributes:
        days: exports in order of time, by day of publication.
        through: the last export of the whole list; None where it lists none.
        malformed: lines that name an export and cannot be read.
    """

    days: Mapping[date, tuple[Listed, ...]]
    through: datetime | None
    malformed: int

    def is_whole(self, day: date) -> bool:
        """Whether the list goes beyond a day's end, so that nothing is to be added to the day."""
        return self.through is not None and self.through.date() > day


def fetch_list(
    folder: Path, *, last: date, client: httpx.Client, base: str, patience: Patience, tell: Callable[[Step], None],
    anew: bool = False,
) -> Path:  # fmt: skip
    """The list, asked for only where the one here does not go beyond the last day wanted, or where it is wanted anew.

    Raises:
        SourceError: the server does not give it.
    """
    path = folder / LIST_NAME
    through = _last_listed(path)
    if anew or through is None or through.date() <= last:
        fetch_file(f"{base.rstrip('/')}/{LIST_NAME}", path, client=client, patience=patience, tell=tell,
                   missing_hint="the publisher may have moved: give the new address with --url")  # fmt: skip
    return path


def read_list(path: Path, *, first: date, last: date) -> Listing:
    """The exports of a span of days, read line by line; an export listed twice counts as listed last."""
    found: dict[date, dict[datetime, Listed]] = {}
    through: datetime | None = None
    malformed = 0
    with path.open("rb") as file:
        for line in iter(partial(file.readline, LONGEST_LINE_BYTES), b""):
            if MARK not in line:
                continue
            export = _export(line)
            if export is None:
                malformed += 1
                continue
            through = export.published if through is None else max(through, export.published)
            day = export.published.date()
            if first <= day <= last:
                found.setdefault(day, {})[export.published] = export
    days = {day: tuple(exports[t] for t in sorted(exports)) for day, exports in sorted(found.items())}
    return Listing(days, through, malformed)


def days_between(first: date, last: date) -> list[date]:
    """Every day of a span, both ends in it."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _export(line: bytes) -> Listed | None:
    match = EXPORT.fullmatch(line.strip())
    if match is None:
        return None
    try:
        published = datetime.strptime(match[3].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return Listed(published, int(match[1]), match[2].decode().lower())


def _last_listed(path: Path) -> datetime | None:
    """The last export named at the end of the list here."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL_BYTES))
            tail = file.read()
    except FileNotFoundError:
        return None
    found = [e.published for e in map(_export, tail.splitlines()) if e is not None]
    return max(found, default=None)
