"""What a case's sources have that is not here yet, asked for politely; a publisher that is down is said, and left alone."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tocsin.api.own_events import FETCHED, UCDP
from tocsin.errors import SourceError, TocsinError
from tocsin.sources.fetch import candidate_file, fetch_ucdp, release_file
from tocsin.sources.fetch.ucdp import DEFAULT_RELEASE, HOW
from tocsin.sources.tables import whole_file
from tocsin.sources.ucdp_ged import read_ged
from tocsin.team.values import moment, stamp
from tocsin.vocabulary import Month, last_day
from tocsin.watch.backoff import is_due, wait_after

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    import httpx

    from tocsin.case import Case
    from tocsin.sources.fetch import Patience, UcdpFile
    from tocsin.watch.state import State

LATE_DAYS = 65
"""From the end of the newest month to when the next is late: that month, the publisher's three weeks, and two more."""
_MONTH = re.compile(r"GEDEvent_v(\d\d)_0_(\d{1,2})\.csv")
RAW = "fetched"
"""Below the folder of a case's files: what came, before it was found to hold events."""
PAUSE_SECONDS = 1.0
LAG = timedelta(days=20)
"""From the end of a month to its candidate file: the publisher says about three weeks."""


def names_ucdp(case: Case) -> bool:
    """Whether a case asks for UCDP's files to be fetched."""
    return UCDP in case.settings.data.events


def ucdp_files(today: date, *, release: str = DEFAULT_RELEASE) -> tuple[UcdpFile, ...]:
    """A yearly release, and every candidate month after it that is due.

    Example:
        >>> from datetime import date
        >>> [file.version for file in ucdp_files(date(2025, 3, 25))]
        ['25.1', '25.0.1', '25.0.2']

    Args:
        today: the day, UTC.
        release: the yearly release; it goes to the end of the year before.
    """
    first = Month.of(2000 + int(release.split(".", maxsplit=1)[0]), 1)
    due = []
    month = first
    while last_day(month) + LAG <= today:
        due.append(candidate_file(f"{month.year % 100}.0.{month.month}"))
        month = month + 1
    return (release_file(release), *due)


def freshness_of(case: Case) -> tuple[dict[str, Any], ...]:
    """How fresh the months are that were fetched for a case; nothing where it asks for none, or none is here yet."""
    here = [n for path in (case.folder / FETCHED).glob("GEDEvent_*.csv") if (n := _MONTH.fullmatch(path.name))]
    if not names_ucdp(case) or not here:
        return ()
    newest = max(Month.of(2000 + int(n[1]), int(n[2])) for n in here)
    return ({"source": "UCDP candidate events", "newest_month": str(newest), "expected_lag_days": LATE_DAYS},)


@dataclass(frozen=True, slots=True)
class Publisher:
    """How a publisher is asked.

    Attributes:
        client: the connection.
        base: the address of its files.
        patience: how often and how long to wait, within a cycle.
        now: the moment, UTC.
    """

    client: httpx.Client
    base: str
    patience: Patience
    now: datetime


def fetch_for(case: Case, state: State, *, publisher: Publisher) -> tuple[State, tuple[str, ...]]:
    """Fetch what a case's sources have; what is here stays as it is where the publisher is down or answers rubbish.

    Args:
        case: the case.
        state: what is remembered of earlier faults, by file.
        publisher: whom to ask.

    Returns:
        What to remember, and what is to be said.
    """
    folder = case.folder / FETCHED
    files = _asked_for(ucdp_files(publisher.now.date()), folder) if names_ucdp(case) else []
    kept: State = {file.version: state[file.version] for file in files if file.version in state}
    said = []
    for file in files:
        fault = kept.get(file.version)
        if fault is not None and not is_due(moment(fault["next"]), attempts=fault["times"], now=publisher.now):
            continue
        try:
            came = _taken(file, folder, publisher)
        except TocsinError as error:
            words, kept[file.version] = _failed(
                file, folder, error, times=fault["times"] if fault else 0, now=publisher.now
            )
            said.append(words)
            if isinstance(error, SourceError) and error.hint != HOW:  # not this file alone is out of reach
                break
        else:
            kept.pop(file.version, None)
            said += [f"UCDP {file.version} came: {came:,} bytes"] if came else []
        publisher.patience.sleep(PAUSE_SECONDS)
    return kept, tuple(said)


def _failed(
    file: UcdpFile, folder: Path, error: TocsinError, *, times: int, now: datetime
) -> tuple[str, dict[str, Any]]:  # fmt: skip
    """What is said of a file that did not come, and what is remembered."""
    here = "what was here stays" if (folder / file.name).is_file() else "nothing of it is here yet"
    wait = wait_after(times + 1)
    words = f"UCDP {file.version} was not fetched: {error.what}; {here}; asked again after {wait}"
    return words, {"times": times + 1, "next": stamp(now + wait)}


def _asked_for(files: Sequence[UcdpFile], folder: Path) -> list[UcdpFile]:
    """Files that are not here, and of those that are the release and the newest month, which alone are revised."""
    here = [file for file in files if (folder / file.name).is_file()]
    revised = {file.version for file in (*here[:1], *here[-1:])}
    return [file for file in files if file not in here or file.version in revised]


def _taken(file: UcdpFile, folder: Path, publisher: Publisher) -> int:
    """Fetch one file, and put it in its place once it is found to hold events; how many bytes are new.

    Raises:
        SourceError: the publisher does not give it.
        InputError: what it gave cannot be read, or not be written here.
    """
    raw = folder / RAW
    (done,) = fetch_ucdp([file], raw, client=publisher.client, base=publisher.base, patience=publisher.patience)
    place, stat = folder / file.name, done.file.stat()
    if place.is_file() and (place.stat().st_size, place.stat().st_mtime_ns) == (stat.st_size, stat.st_mtime_ns):
        return 0
    read_ged(done.file, strict=True)
    with whole_file(place) as temporary:
        shutil.copyfile(done.file, temporary)
        os.utime(temporary, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    return stat.st_size
