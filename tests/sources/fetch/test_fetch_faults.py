from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sources.fetch.publisher import (
    BODY,
    Asker,
    Fault,
    Publisher,
    Shelf,
    left_behind,
    stop_at,
)

from tocsin.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured(asker: Asker, publisher: Publisher, url: str, to: Path, status: int) -> None:
    publisher.faults.append(Fault(status=status, headers={"Retry-After": "7"}))
    asker.get(url, to)
    assert asker.waits == [7.0]


def test_a_server_that_asks_for_an_hour_is_left_alone(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    publisher.faults.append(Fault(status=503, headers={"Retry-After": "3600"}))
    with pytest.raises(SourceError, match="left alone for 3,600 seconds"):
        asker.get(url, to)
    assert asker.waits == []
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 429])
def test_waits_double_and_tries_are_bounded(
    asker: Asker, publisher: Publisher, url: str, to: Path, status: int
) -> None:
    publisher.faults.extend([Fault(status=status)] * 9)
    with pytest.raises(SourceError, match="5 tries in a row") as raised:
        asker.get(url, to)
    assert str(status) in raised.value.what
    assert str(raised.value.where) == url
    assert asker.waits == [1.0, 2.0, 4.0, 8.0]
    assert len(publisher.asked) == 5


def test_too_long_a_content_length_ends(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    publisher.faults.extend([Fault(length_off=500, ignore_range=True)] * 9)
    with pytest.raises(SourceError, match="tries in a row"):
        asker.get(url, to)
    assert not to.exists()
    publisher.faults.clear()
    assert asker.get(url, to).outcome == "fetched"
    assert to.read_bytes() == BODY


def test_too_short_a_content_length_is_found_by_the_crc(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    publisher.faults.append(Fault(length_off=-500))
    with pytest.raises(SourceError, match="not a whole zip"):
        asker.get(url, to)
    assert not to.exists()
    assert left_behind(to) == set()


def test_a_silent_server_is_left_and_asked_again(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    publisher.faults.append(Fault(cut_after=100_000, silent_seconds=1.0))
    assert asker.get(url, to).outcome == "resumed"
    assert to.read_bytes() == BODY


def test_a_drip_is_left_and_asked_again(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    publisher.faults.append(Fault(drip_bytes=8))
    notes: list[str] = []
    fetched = asker.get(url, to, patience=asker.patience(stall_seconds=0.05), tell=lambda step: notes.append(step.note))
    assert fetched.outcome == "resumed"
    assert to.read_bytes() == BODY
    assert any("bytes in" in note and "trying again" in note for note in notes)


def test_a_missing_file_says_what_may_exist(asker: Asker, publisher: Publisher, to: Path) -> None:
    with pytest.raises(SourceError, match=r"no file ged251-csv\.zip") as raised:
        asker.get(publisher.url("none.zip"), to, missing_hint="releases are ...")
    assert raised.value.hint == "releases are ..."
    assert asker.waits == []
    assert left_behind(to) == set()


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_refusal_is_named_once(asker: Asker, publisher: Publisher, url: str, to: Path, status: int) -> None:
    publisher.faults.append(Fault(status=status))
    with pytest.raises(SourceError, match=f"refuses.*{status}") as raised:
        asker.get(url, to)
    assert "in a browser" in str(raised.value.hint)
    assert len(publisher.asked) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(body=b"\n<!DOCTYPE html><html><head><title>Downloads &amp;\n moved</title>", ignore_range=True),
        Fault(
            body=b"\xef\xbb\xbf<?xml version='1.0'?><html><title>Downloads &amp; moved</title>",
            headers={"Content-Type": "text/html; charset=utf-8"},
            ignore_range=True,
        ),
    ],
)
def test_a_web_page_is_named_and_the_part_stays(
    asker: Asker, publisher: Publisher, url: str, to: Path, fault: Fault
) -> None:
    with pytest.raises(KeyboardInterrupt):
        asker.get(url, to, tell=stop_at(1))
    publisher.faults.append(fault)
    with pytest.raises(SourceError, match=r"a web page came in place of ged251-csv.zip: 'Downloads & moved'"):
        asker.get(url, to)
    assert not to.exists()
    assert asker.get(url, to).outcome == "resumed"


@pytest.mark.parametrize("body", [BODY[:-5000], BODY[:5000], b"PK\x03\x04", b"text", BODY[:9000] + b"?" + BODY[9001:]])
def test_a_damaged_zip_is_refused_and_the_earlier_file_stays(
    asker: Asker, publisher: Publisher, to: Path, body: bytes
) -> None:
    to.write_bytes(b"the earlier file")
    url = publisher.put("a.zip", Shelf(body))
    with pytest.raises(SourceError, match=r"zip|damaged"):
        asker.get(url, to)
    assert to.read_bytes() == b"the earlier file"
    assert left_behind(to) == set()


def test_an_empty_file_is_refused(asker: Asker, publisher: Publisher, tmp_path: Path) -> None:
    url = publisher.put("a.csv", Shelf(b""))
    with pytest.raises(SourceError, match=r"a.csv came empty"):
        asker.get(url, tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_on_this_machine_is_followed(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    moved = publisher.put("old.zip", Shelf(b""))
    publisher.faults.append(Fault(status=302, headers={"Location": "/downloads/ged/ged251-csv.zip"}))
    fetched = asker.get(moved, to)
    assert fetched.record.url == moved
    assert fetched.record.final_url == url
    assert to.read_bytes() == BODY


def test_a_redirect_to_plain_http_elsewhere_is_refused(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    publisher.faults.append(Fault(status=301, headers={"Location": "http://192.0.2.1/ged251-csv.zip"}))
    with pytest.raises(SourceError, match="not https") as raised:
        asker.get(url, to)
    assert raised.value.hint is not None
    assert len(publisher.asked) == 1


def test_a_circle_of_redirects_ends(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    publisher.faults.extend([Fault(status=302, headers={"Location": url})] * 20)
    with pytest.raises(SourceError, match="redirected more than 5 times"):
        asker.get(url, to)
    assert len(publisher.asked) == 6


def test_a_server_that_is_not_there(asker: Asker, to: Path) -> None:
    with pytest.raises(SourceError, match="cannot be reached"):
        asker.get("http://127.0.0.1:9/a.zip", to)
    assert asker.waits == [1.0, 2.0, 4.0, 8.0]
