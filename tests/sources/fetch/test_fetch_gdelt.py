"""A span of days fetched and counted, against a publisher on this machine that has GDELT's list and exports."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import polars as pl
import pytest
from tests.sources.fetch.gdelt_exports import DAY, export, list_line, name_of, of_days, publish, row, times_of
from tests.sources.fetch.publisher import Asker, Fault, Publisher, Shelf

from tocsin.errors import InputError, OutOfRange, SourceError
from tocsin.sources.fetch.gdelt import Fetched, fetch_gdelt
from tocsin.sources.fetch.gdelt_list import Listed, read_list
from tocsin.sources.gdelt_days import day_path, kept_day
from tocsin.sources.gdelt_news import news_of_days

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tocsin.sources.fetch import Step


@pytest.fixture
def run(asker: Asker, publisher: Publisher, tmp_path: Path) -> Callable[..., Fetched]:
    """Fetch from the day of the made-up exports on, into a folder of its own."""

    def fetched(days: int = 1, *, tell: Callable[[Step], None] = lambda _: None, retry: bool = False) -> Fetched:
        last = DAY + timedelta(days=days - 1)
        return fetch_gdelt(
            DAY,
            last,
            tmp_path,
            client=asker.client,
            base=publisher.base,
            patience=asker.patience(),
            tell=tell,
            retry=retry,
        )

    return fetched


def events(folder: Path, run: Fetched, kind: str) -> int:
    table = news_of_days(folder / "days", run.notes)
    return int(table.filter((pl.col("level") == "country") & (pl.col("kind") == kind))["events"].sum())


def asked_for(publisher: Publisher) -> list[str]:
    return [path.rsplit("/", 1)[-1] for path, _ in publisher.asked]


def test_every_export_is_counted_once_and_let_go(
    run: Callable[..., Fetched], publisher: Publisher, tmp_path: Path
) -> None:
    publish(publisher, of_days(2))
    found = run(2)
    assert [(n.day, n.listed, n.counted, n.rows, n.malformed) for n in found.notes] == [
        ("2019-10-24", 3, 3, 6, 0), ("2019-10-25", 3, 3, 6, 0),
    ]  # fmt: skip
    assert (events(tmp_path, found, "protest"), events(tmp_path, found, "all")) == (6, 12)
    assert not list(tmp_path.rglob("*.zip"))


def test_exports_are_spaced(run: Callable[..., Fetched], publisher: Publisher, asker: Asker) -> None:
    publish(publisher, of_days(1))
    run()
    assert asker.waits == [2.0, 2.0, 2.0]


def test_run_again_it_asks_for_nothing(run: Callable[..., Fetched], publisher: Publisher) -> None:
    publish(publisher, of_days(1))
    first = run()
    publisher.asked.clear()
    again = run()
    assert publisher.asked == []
    assert (again.new, again.notes) == (0, first.notes)


@pytest.mark.parametrize("stop_before", [1, 3, 5])
def test_stopped_anywhere_it_goes_on_and_counts_nothing_twice(
    run: Callable[..., Fetched], publisher: Publisher, tmp_path: Path, stop_before: int
) -> None:
    publish(publisher, of_days(2))
    seen: list[str] = []

    def stop(step: Step) -> None:
        if step.name.endswith(".zip"):
            seen.append(step.name)
            if len(seen) == stop_before + 1:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(2, tell=stop)
    found = run(2)
    assert [n.counted for n in found.notes] == [3, 3]
    assert (events(tmp_path, found, "protest"), events(tmp_path, found, "all")) == (6, 12)
    exports = [name for name in asked_for(publisher) if name.endswith(".zip")]
    assert sorted(exports) == sorted(set(exports)), "what had come was not asked for again"


def test_a_kill_between_counting_and_keeping_leaves_no_half_day(
    run: Callable[..., Fetched], publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(publisher, of_days(1))

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("tocsin.sources.gdelt_days.write_table", killed)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert kept_day(tmp_path / "days", DAY) is None
    assert events(tmp_path, run(), "all") == 6


@pytest.mark.parametrize("damage", [b"", None])
def test_a_damaged_day_is_counted_anew(
    run: Callable[..., Fetched], publisher: Publisher, tmp_path: Path, damage: bytes | None
) -> None:
    publish(publisher, of_days(1))
    run()
    path = day_path(tmp_path / "days", DAY)
    path.write_bytes(path.read_bytes()[:-40] if damage is None else damage)
    again = run()
    assert (again.new, events(tmp_path, again, "all")) == (1, 6)


def test_a_missing_export_is_recorded_and_the_rest_counted(
    run: Callable[..., Fetched], publisher: Publisher, tmp_path: Path
) -> None:
    publish(publisher, of_days(1))
    gone = name_of(times_of(DAY, 3)[1])
    shelf = publisher.shelves.pop(f"/downloads/{gone}")
    (note,) = run().notes
    assert (note.listed, note.counted) == (3, 2)
    assert [name for name, _ in note.faults] == [gone]
    assert "404" in note.faults[0][1]
    publisher.put(gone, shelf)
    assert run().notes == (note,), "asked for again only where the user says so"
    mended = run(retry=True)
    assert (mended.notes[0].counted, mended.notes[0].faults, mended.new) == (3, (), 1)
    assert events(tmp_path, mended, "all") == 6


def test_a_day_of_which_nothing_comes_is_a_wrong_address_until_something_has_come(
    run: Callable[..., Fetched], publisher: Publisher, tmp_path: Path
) -> None:
    exports = of_days(2)
    publish(publisher, exports)
    for published, _ in exports[:3]:
        del publisher.shelves[f"/downloads/{name_of(published)}"]
    with pytest.raises(SourceError, match="none of the 3 exports listed for 2019-10-24 can be had") as raised:
        run(2)
    assert "--url" in str(raised.value.hint)
    assert kept_day(tmp_path / "days", DAY) is None
    publisher.put(name_of(exports[0][0]), Shelf(exports[0][1]))
    for published, _ in exports[3:]:
        del publisher.shelves[f"/downloads/{name_of(published)}"]
    assert [n.counted for n in run(2).notes] == [1, 0]


def test_a_wrong_md5_is_asked_for_once_more_and_then_left_out(
    run: Callable[..., Fetched], publisher: Publisher, tmp_path: Path
) -> None:
    publish(publisher, of_days(1))
    name = name_of(times_of(DAY, 3)[0])
    other = Shelf(export(row(root="20")))
    publisher.put(name, other)
    (note,) = run().notes
    assert note.faults == ((name, note.faults[0][1]),)
    assert "MD5" in note.faults[0][1]
    assert asked_for(publisher).count(name) == 2
    assert events(tmp_path, run(), "mass_violence") == 0


def test_damage_on_the_way_is_mended_by_asking_again(run: Callable[..., Fetched], publisher: Publisher) -> None:
    publish(publisher, of_days(1))
    publisher.faults.extend([None, Fault(body=b"PK\x03\x04 other bytes")])
    assert run().notes[0].faults == ()


def test_a_connection_cut_short_is_tried_again(run: Callable[..., Fetched], publisher: Publisher, asker: Asker) -> None:
    publish(publisher, of_days(1))
    publisher.faults.extend([None, Fault(cut_after=20), Fault(status=503, headers={"Retry-After": "7"})])
    assert run().notes[0].counted == 3
    assert asker.waits == [1.0, 7.0, 2.0, 2.0, 2.0]


def test_a_server_that_fails_for_good_stops_the_run_and_no_export_is_called_missing(
    run: Callable[..., Fetched], publisher: Publisher, tmp_path: Path
) -> None:
    publish(publisher, of_days(2))
    publisher.faults.extend([None] * 5 + [Fault(status=500)] * 5)
    with pytest.raises(SourceError, match="5 tries in a row"):
        run(2)
    assert kept_day(tmp_path / "days", DAY) is not None
    assert [n.counted for n in run(2).notes] == [3, 3]


def test_a_web_page_stops_the_run(run: Callable[..., Fetched], publisher: Publisher, tmp_path: Path) -> None:
    publish(publisher, of_days(1))
    page = Fault(body=b"<html><title>Please log in</title>", headers={"Content-Type": "text/html"})
    publisher.faults.extend([None, page])
    with pytest.raises(SourceError, match="Please log in"):
        run()
    assert kept_day(tmp_path / "days", DAY) is None


def test_a_drip_is_left_and_asked_again(asker: Asker, publisher: Publisher, tmp_path: Path) -> None:
    publish(publisher, [(times_of(DAY, 1)[0], export(*[row(actor1=f"A{n}") for n in range(400)]))])
    publisher.faults.extend([None, Fault(drip_bytes=8)])
    patience = asker.patience(stall_seconds=0.05)
    found = fetch_gdelt(DAY, DAY, tmp_path, client=asker.client, base=publisher.base, patience=patience)
    assert found.notes[0].counted == 1
    assert len(publisher.asked) == 3


def bomb() -> bytes:
    """A zip that says it unpacks to three gigabytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.CSV", b"\0" * 100_000)
    said = (100_000).to_bytes(4, "little")
    return made.getvalue().replace(said, (3 * 1024**3).to_bytes(4, "little"))


WHOLE = export(row(), row(root="18"))
LONGER = export(*[row(actor1=f"A{n}") for n in range(50)])
BROKEN = {
    "cut short": (WHOLE[:-30], "no whole zip"),
    "CRC": (LONGER[:200] + b"?" + LONGER[201:], "no whole zip"),
    "no zip": (b"text", "no whole zip"),
    "bomb": (bomb(), "would unpack to 3,221,225,472 bytes"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_export_is_left_out_whole_and_named(
    run: Callable[..., Fetched], publisher: Publisher, tmp_path: Path, what: str
) -> None:
    body, words = BROKEN[what]
    first, second = times_of(DAY, 2)
    publish(publisher, [(first, body), (second, WHOLE)])
    found = run()
    (note,) = found.notes
    assert (note.counted, [name for name, _ in note.faults]) == (1, [name_of(first)])
    assert words in note.faults[0][1]
    assert events(tmp_path, found, "all") == 2


def test_days_that_are_not_over_are_not_counted(
    run: Callable[..., Fetched], publisher: Publisher, tmp_path: Path
) -> None:
    publish(publisher, of_days(1))
    found = run(4)
    assert found.unfinished == (DAY + timedelta(days=2), DAY + timedelta(days=3))
    assert [(n.day, n.listed) for n in found.notes] == [("2019-10-24", 3), ("2019-10-25", 0)]
    assert events(tmp_path, found, "all") == 6


def test_the_list_is_asked_for_again_only_where_it_does_not_reach(
    run: Callable[..., Fetched], publisher: Publisher
) -> None:
    publish(publisher, of_days(1))
    run()
    publisher.asked.clear()
    run(3)
    assert asked_for(publisher) == ["masterfilelist.txt"]


def test_a_day_of_which_the_list_names_more_than_it_did_is_counted_anew(
    run: Callable[..., Fetched], publisher: Publisher, tmp_path: Path
) -> None:
    publish(publisher, of_days(1, a_day=2))
    run()
    publish(publisher, of_days(1))
    publisher.shelves["/downloads/masterfilelist.txt"].etag = '"more"'
    assert run().notes[0].counted == 2, "the list here reaches far enough and is not asked for"
    found = run(retry=True)
    assert (found.notes[0].counted, events(tmp_path, found, "all")) == (3, 6)


def test_a_list_without_line_ends_is_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(list_line(times_of(DAY, 1)[0], b"x").encode() + b"x.export.CSV.zip" * 2000)
    listing = read_list(path, first=DAY, last=DAY)
    assert (len(listing.days[DAY]), listing.malformed) == (1, 8)


def test_lines_that_cannot_be_read_are_counted(run: Callable[..., Fetched], publisher: Publisher) -> None:
    broken = "12 nomd5 http://data.gdeltproject.org/gdeltv2/20191024010000.export.CSV.zip\n"
    never = f"12 {'a' * 32} http://data.gdeltproject.org/gdeltv2/20191399010000.export.CSV.zip\n"
    publish(publisher, of_days(1), more=broken + never + "\n \xff\n")
    found = run()
    assert (found.malformed_lines, found.notes[0].counted) == (2, 3)


def test_an_export_listed_twice_counts_once_as_listed_last(tmp_path: Path) -> None:
    at = datetime(2019, 10, 24, 1, tzinfo=UTC)
    path = tmp_path / "list.txt"
    path.write_text(list_line(at, b"one") + list_line(at, b"other"))
    listing = read_list(path, first=DAY, last=DAY)
    assert [e.bytes for e in listing.days[DAY]] == [5]


def test_only_the_name_of_a_listed_address_is_used(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(f"3 {'a' * 32} http://192.0.2.1/../x/20191024010000.export.CSV.zip\n")
    (one,) = read_list(path, first=DAY, last=DAY).days[DAY]
    assert one == Listed(datetime(2019, 10, 24, 1, tzinfo=UTC), 3, "a" * 32)
    assert one.name == "20191024010000.export.CSV.zip"


@pytest.mark.parametrize(
    ("first", "last"), [(date(2019, 1, 2), date(2019, 1, 1)), (date(2015, 2, 17), date(2015, 3, 1))]
)
def test_spans_that_cannot_be_are_refused(asker: Asker, tmp_path: Path, first: date, last: date) -> None:
    with pytest.raises(OutOfRange):
        fetch_gdelt(first, last, tmp_path, client=asker.client, base="https://a.example", patience=asker.patience())


def test_two_runs_do_not_count_into_one_folder(run: Callable[..., Fetched], publisher: Publisher) -> None:
    publish(publisher, of_days(1))
    with pytest.raises(InputError, match="under way"):
        run(tell=lambda _: run())
