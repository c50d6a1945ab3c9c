"""Exports as GDELT gives them, made up: rows, zips, the list, and a publisher who has them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import md5
from typing import TYPE_CHECKING

from tests.sources.fetch.publisher import Publisher, Shelf, zip_of

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACES = {
    "date": 1, "actor1": 5, "actor2": 15, "is_root": 25, "root": 28, "mentions": 31, "country": 53, "adm1": 54, "place": 58,
    "added": 59, "url": 60,
}  # fmt: skip
USUAL = {
    "date": "20191024", "actor1": "IRQGOV", "actor2": "IRQOPP", "is_root": "1", "root": "14", "mentions": "3",
    "country": "IZ", "adm1": "IZ15", "place": "-3102138", "added": "20191024143000",
    "url": "https://news.example/a",
}  # fmt: skip
DAY = date(2019, 10, 24)


def row(**fields: str) -> bytes:
    """One row of 61 fields; what is not said is as usual, or empty."""
    cells = [""] * 61
    for name, value in {**USUAL, **fields}.items():
        cells[PLACES[name]] = value
    return "\t".join(cells).encode() + b"\n"


def export(*rows: bytes) -> bytes:
    """A zip with one table."""
    return zip_of(b"".join(rows), name="20191024143000.export.CSV")


def name_of(published: datetime) -> str:
    return f"{published:%Y%m%d%H%M%S}.export.CSV.zip"


def times_of(day: date, count: int) -> list[datetime]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return [midnight + timedelta(minutes=15 * n) for n in range(count)]


def list_line(published: datetime, body: bytes) -> str:
    return f"{len(body)} {md5(body, usedforsecurity=False).hexdigest()} http://data.gdeltproject.org/gdeltv2/{name_of(published)}\n"


def publish(publisher: Publisher, exports: Iterable[tuple[datetime, bytes]], *, more: str = "") -> None:
    """Put exports on their shelves, and the list that names them, with one export of a day after them all."""
    held = sorted(exports)
    lines = []
    for published, body in held:
        publisher.put(name_of(published), Shelf(body, etag=None, last_modified=None))
        lines += [list_line(published, body), list_line(published, body).replace(".export.CSV", ".mentions.CSV")]
    after = held[-1][0] + timedelta(days=2)
    publisher.put(
        "masterfilelist.txt", Shelf("".join([*lines, more, list_line(after, b"later")]).encode(), etag='"list"')
    )


def of_days(days: int, *, a_day: int = 3) -> list[tuple[datetime, bytes]]:
    """Some days of exports; each export tells of one protest and one fight, each of another day's news."""
    found = []
    for n in range(days):
        day = DAY + timedelta(days=n)
        for place, published in enumerate(times_of(day, a_day)):
            when = f"{day:%Y%m%d}"
            rows = (
                row(date=when, actor1=f"A{place}"),
                row(date=when, root="19", adm1="IZ", place="IZ", actor1=f"A{place}"),
            )
            found.append((published, export(*rows)))
    return found
