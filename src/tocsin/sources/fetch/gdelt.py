"""GDELT's exports of a span of days: fetched one after another, counted day by day, and let go."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.errors import OutOfRange, SourceError, Where
from tocsin.sources.fetch.download import Step
from tocsin.sources.fetch.gdelt_export import Lost, fetch_export
from tocsin.sources.fetch.gdelt_list import days_between, fetch_list, read_list
from tocsin.sources.fetch.part import alone_in
from tocsin.sources.gdelt import BEGINS
from tocsin.sources.gdelt_count import Fault, count_day
from tocsin.sources.gdelt_days import DayNote, keep_day, kept_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    import httpx

    from tocsin.sources.fetch.gdelt_list import Listed, Listing
    from tocsin.sources.fetch.patience import Patience

BASE = "https://storage.googleapis.com/data.gdeltproject.org/gdeltv2"
"""The publisher's own store by https; data.gdeltproject.org itself has no certificate of its own."""

PAUSE_SECONDS = 0.25
"""Between two exports: they are small and many, 35,000 a year."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked of `fetch_gdelt`."""

    folder: Path
    client: httpx.Client
    base: str
    patience: Patience
    tell: Callable[[Step], None]

    @property
    def days(self) -> Path:
        """Where days counted are kept."""
        return self.folder / "days"

    @property
    def under_way(self) -> Path:
        """Where the exports of the day under way are, until it is counted."""
        return self.folder / "under-way"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a run found.

    Attributes:
        first, last: the days asked for.
        notes: of every day counted, in order.
        new: how many of them were counted in this run.
        unfinished: days that the publisher's list does not go beyond yet: not counted.
        malformed_lines: lines of the list that name an export and cannot be read.
    """

    first: date
    last: date
    notes: tuple[DayNote, ...]
    new: int
    unfinished: tuple[date, ...]
    malformed_lines: int


def checked_span(first: date, last: date) -> tuple[date, date]:
    """A span of days that GDELT 2.0 can have.

    Raises:
        OutOfRange: it ends before it begins, or begins before GDELT 2.0 does.
    """
    if last < first:
        raise OutOfRange(f"{last} is before {first}", where=Where(field="--to"), hint="give the first day as --from")
    if first < BEGINS:
        raise OutOfRange(
            f"GDELT 2.0 begins on {BEGINS}, after {first}",
            where=Where(field="--from"),
            hint=f"give a day from {BEGINS} on; what came before was coded otherwise and cannot be compared",
        )
    return first, last


def fetch_gdelt(
    first: date, last: date, folder: Path, *, client: httpx.Client, base: str = BASE, patience: Patience,
    tell: Callable[[Step], None] = lambda _: None, retry: bool = False,
) -> Fetched:  # fmt: skip
    """Count the exports of a span of days, going on where an earlier run stopped.

    Args:
        first: the first day of publication, UTC.
        last: the last one.
        folder: where days counted are kept: `days/YEAR/YYYYMMDD.parquet`. Exports stay only until their day is counted.
        client: as `make_client` makes it.
        base: the address below which the publisher keeps list and exports.
        patience: how often and how long to wait.
        tell: called before every export.
        retry: ask for the list again, and count days again in which exports were missing or broken.

    Raises:
        OutOfRange: no such span.
        InputError: another run counts into this folder.
        SourceError: the server does not answer, or gives nothing that it lists; the days before stay.
    """
    checked_span(first, last)
    order = Order(folder, client, base, patience, tell)
    with alone_in(order.days):
        path = fetch_list(folder, last=last, client=client, base=base, patience=patience, tell=tell, anew=retry)
        listing = read_list(path, first=first, last=last)
        whole = [day for day in days_between(first, last) if listing.is_whole(day)]
        unfinished = tuple(day for day in days_between(first, last) if not listing.is_whole(day))
        found = list(_counted(order, whole, listing, retry=retry))
    notes, new = tuple(note for note, _ in found), sum(is_new for _, is_new in found)
    return Fetched(first, last, notes, new, unfinished, listing.malformed)


def _counted(order: Order, days: Sequence[date], listing: Listing, *, retry: bool) -> Iterator[tuple[DayNote, bool]]:
    trusted = False
    for day in days:
        kept, listed = kept_day(order.days, day), listing.days.get(day, ())
        if kept is not None and kept[1].listed == len(listed) and not (retry and kept[1].faults):
            yield kept[1], False
            continue
        note = _count(order, day, listed, trusted=trusted)
        trusted = trusted or note.counted > 0
        yield note, True


def _count(order: Order, day: date, listed: Sequence[Listed], *, trusted: bool) -> DayNote:
    """Fetch a day's exports, count them, keep the count in one step, and let the exports go.

    Until a run has been given an export, a day of which nothing can be had is taken for a wrong address, not for a gap.
    """
    missing: list[Fault] = []
    files = list(_fetched(order, listed, missing))
    if missing and not files and not trusted:
        raise SourceError(
            f"none of the {len(missing)} exports listed for {day} can be had: {missing[0].why}",
            where=Where(order.base),
            hint="the publisher may have moved: give the new address with --url; if only this day is gone, begin after it",
        )
    note = keep_day(count_day(day, files), listed=len(listed), missing=tuple(missing), folder=order.days)
    shutil.rmtree(order.under_way, ignore_errors=True)
    return note


def _fetched(order: Order, listed: Sequence[Listed], missing: list[Fault]) -> Iterator[Path]:
    for place, export in enumerate(listed):
        path = order.under_way / export.name

        def note(words: str, *, place: int = place, export: Listed = export) -> None:
            order.tell(Step(export.name, place, len(listed), note=words))

        order.tell(Step(export.name, place, len(listed)))
        try:
            asked = fetch_export(export, path, client=order.client, base=order.base, patience=order.patience, note=note)
        except Lost as fault:
            missing.append(Fault(export.name, fault.what))
            asked = True
        else:
            yield path
        if asked:
            order.patience.sleep(order.patience.pause_seconds)
