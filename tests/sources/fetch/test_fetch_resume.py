from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sources.fetch.publisher import (
    BODY,
    OTHER,
    Asker,
    Fault,
    Publisher,
    Shelf,
    noise,
    stop_at,
    zip_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.sources.fetch import Step


@pytest.mark.parametrize(
    ("shelf", "validator"),
    [
        (Shelf(BODY), '"one"'),
        (Shelf(BODY, etag=None), "Thu, 01 Jan 2026 12:00:00 GMT"),
        (Shelf(BODY, etag='W/"one"'), "Thu, 01 Jan 2026 12:00:00 GMT"),
    ],
)
def test_a_cut_connection_goes_on_where_it_stopped(
    asker: Asker, publisher: Publisher, to: Path, shelf: Shelf, validator: str
) -> None:
    url = publisher.put("a.zip", shelf)
    publisher.faults.append(Fault(cut_after=100_000))
    fetched = asker.get(url, to)
    assert fetched.outcome == "resumed"
    assert to.read_bytes() == BODY
    assert publisher.header("Range") == [None, "bytes=100000-"]
    assert publisher.header("If-Range") == [None, validator]
    assert asker.waits == [1.0]


def test_without_validators_it_starts_anew(asker: Asker, publisher: Publisher, to: Path) -> None:
    url = publisher.put("a.zip", Shelf(BODY, etag=None, last_modified=None))
    publisher.faults.append(Fault(cut_after=100_000))
    assert asker.get(url, to).outcome == "fetched"
    assert publisher.header("Range") == [None, None]
    assert to.read_bytes() == BODY


def test_an_interrupted_run_keeps_both_files(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    to.write_bytes(b"the earlier file")

    def stop(step: Step) -> None:
        if step.done > 100_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asker.get(url, to, tell=stop)
    assert to.read_bytes() == b"the earlier file"
    here = to.with_name(to.name + ".part").read_bytes()
    assert len(here) > 100_000
    assert here == BODY[: len(here)]
    assert asker.get(url, to).outcome == "resumed"
    assert publisher.header("Range")[-1] == f"bytes={len(here)}-"
    assert to.read_bytes() == BODY


def test_a_part_that_is_whole_already_is_confirmed(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        asker.get(url, to, tell=stop_at(len(BODY)))
    assert to.with_name(to.name + ".part").stat().st_size == len(BODY)
    assert asker.get(url, to).outcome == "resumed"
    assert publisher.header("Range")[-1] == f"bytes={len(BODY) - 1}-"
    assert to.read_bytes() == BODY


def test_a_part_of_another_address_is_not_continued(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        asker.get(url, to, tell=stop_at(1))
    mirror = publisher.put("mirror.zip", Shelf(OTHER))
    assert asker.get(mirror, to).outcome == "fetched"
    assert to.read_bytes() == OTHER
    assert publisher.header("Range") == [None, None]


def test_a_server_that_ignores_range_restarts_cleanly(asker: Asker, publisher: Publisher, to: Path) -> None:
    url = publisher.put("a.zip", Shelf(BODY, ignore_range=True))
    publisher.faults.append(Fault(cut_after=100_000))
    assert asker.get(url, to).outcome == "fetched"
    assert publisher.header("Range") == [None, "bytes=100000-"]
    assert to.read_bytes() == BODY


def test_a_file_changed_between_tries_restarts_cleanly(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        asker.get(url, to, tell=stop_at(1))
    publisher.put("ged/ged251-csv.zip", Shelf(OTHER, etag='"two"'))
    fetched = asker.get(url, to)
    assert publisher.header("If-Range")[-1] == '"one"'
    assert fetched.outcome == "fetched"
    assert fetched.record.etag == '"two"'
    assert to.read_bytes() == OTHER


@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": '"two"'},
        {"Content-Range": f"bytes 7-99/{len(BODY)}"},
        {"Content-Range": f"bytes 100000-200000/{len(BODY) + 1}"},
        {"Content-Range": "nonsense"},
        {"Content-Encoding": "gzip"},
    ],
)
def test_a_part_that_does_not_fit_is_not_joined(
    asker: Asker, publisher: Publisher, url: str, to: Path, headers: dict[str, str]
) -> None:
    publisher.faults.extend([Fault(cut_after=100_000), Fault(headers=headers)])
    assert asker.get(url, to).outcome == "fetched"
    assert publisher.header("Range") == [None, "bytes=100000-", None]
    assert to.read_bytes() == BODY


def test_a_damaged_part_is_found_out_and_fetched_anew(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        asker.get(url, to, tell=stop_at(1))
    part = to.with_name(to.name + ".part")
    part.write_bytes(b"x" * part.stat().st_size)
    assert asker.get(url, to).outcome == "fetched"
    assert to.read_bytes() == BODY
    assert len(publisher.asked) == 3


def test_tries_that_bring_more_are_not_counted(asker: Asker, publisher: Publisher, to: Path) -> None:
    url = publisher.put("a.zip", Shelf(zip_of(noise(1_000_000))))
    publisher.faults.extend([Fault(cut_after=100_000)] * 9)
    assert asker.get(url, to, patience=asker.patience(tries=2)).outcome == "resumed"
    assert len(publisher.asked) == 10


def test_a_range_beyond_the_end_starts_anew(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    publisher.faults.extend([Fault(cut_after=100_000), Fault(status=416)])
    assert asker.get(url, to).outcome == "fetched"
    assert to.read_bytes() == BODY


def test_a_server_that_gives_a_range_in_pieces_is_asked_for_the_rest(
    asker: Asker, publisher: Publisher, url: str, to: Path
) -> None:
    piece = {"Content-Range": f"bytes 100000-149999/{len(BODY)}"}
    publisher.faults.extend([Fault(cut_after=100_000), Fault(headers=piece, body=BODY[100_000:150_000])])
    assert asker.get(url, to).outcome == "resumed"
    assert publisher.header("Range") == [None, "bytes=100000-", "bytes=150000-"]
    assert to.read_bytes() == BODY
