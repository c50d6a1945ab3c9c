"""What a case's sources have that is not here yet, asked for politely; a publisher that is down is said, and left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tocsin.api.world import FETCHED, UCDP
from tocsin.errors import TocsinError
from tocsin.sources.fetch import candidate_file, fetch_ucdp, release_file
from tocsin.sources.fetch.ucdp import DEFAULT_RELEASE
from tocsin.team.values import moment, stamp
from tocsin.vocabulary import Month, last_day
from tocsin.watch.backoff import is_due, wait_after

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    import httpx

    from tocsin.case import Case
    from tocsin.sources.fetch import Patience, UcdpFile
    from tocsin.watch.state import State

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
    kept: State = {}
    said = []
    for file in ucdp_files(publisher.now.date()) if names_ucdp(case) else ():
        fault = state.get(file.version)
        if fault is not None and not is_due(moment(fault["next"]), attempts=fault["times"], now=publisher.now):
            kept[file.version] = fault
            continue
        words, faults = _fetched(file, case.folder / FETCHED, publisher, times=fault["times"] if fault else 0)
        if faults is not None:
            kept[file.version] = faults
        said += [words] if words else []
    return kept, tuple(said)


def _fetched(
    file: UcdpFile, folder: Path, publisher: Publisher, *, times: int
) -> tuple[str | None, dict[str, Any] | None]:  # fmt: skip
    """What is to be said of one file, and what is to be remembered of its fault."""
    try:
        (done,) = fetch_ucdp([file], folder, client=publisher.client, base=publisher.base, patience=publisher.patience)
    except TocsinError as error:
        wait = wait_after(times + 1)
        here = "what was here stays" if (folder / file.name).is_file() else "nothing of it is here yet"
        words = f"UCDP {file.version} was not fetched: {error.what}; {here}; asked again after {wait}"
        return words, {"times": times + 1, "next": stamp(publisher.now + wait)}
    return (None if done.outcome == "unchanged" else f"UCDP {file.version} came: {done.record.bytes:,} bytes"), None
