from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.sources.fetch.publisher import (
    BODY,
    OTHER,
    Asker,
    Fault,
    Publisher,
    Shelf,
    left_behind,
)

import tocsin
from tocsin.errors import FileProblem, InputError, SourceError
from tocsin.sources.fetch.part import alone_in
from tocsin.sources.reading import Card

if TYPE_CHECKING:
    from pathlib import Path


CARD = Card("UCDP GED 25.1", "Uppsala Conflict Data Program", "CC-BY-4.0", "Sundberg & Melander (2013)", "a year")


def test_a_file_comes_whole_with_its_record(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    fetched = asker.get(url, to, card=CARD)
    assert fetched.outcome == "fetched"
    assert to.read_bytes() == BODY
    record = json.loads((to.parent / "ged251-csv.zip.json").read_text())
    assert record["url"] == record["final_url"] == url
    assert record["etag"] == '"one"'
    assert record["bytes"] == len(BODY)
    assert record["sha256"] == hashlib.sha256(BODY).hexdigest()
    assert record["checks"] == ["length", "zip"]
    assert record["licence"] == "CC-BY-4.0"
    assert record["citation"] == "Sundberg & Melander (2013)"
    assert datetime.fromisoformat(record["fetched"]).tzinfo == UTC
    assert left_behind(to) == set()
    assert publisher.header("User-Agent")[0] is not None
    assert f"Tocsin/{tocsin.__version__}" in str(publisher.header("User-Agent")[0])
    assert publisher.header("Accept-Encoding") == ["identity"]


def test_a_second_fetch_asks_and_does_nothing(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    asker.get(url, to)
    before = to.stat().st_mtime_ns
    again = asker.get(url, to)
    assert again.outcome == "unchanged"
    assert to.stat().st_mtime_ns == before
    assert publisher.header("If-None-Match") == [None, '"one"']
    assert publisher.header("If-Modified-Since")[1] == "Thu, 01 Jan 2026 12:00:00 GMT"


def test_another_address_is_asked_for_the_whole_file(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    asker.get(url, to)
    mirror = publisher.put("mirror.zip", Shelf(OTHER))
    assert asker.get(mirror, to).outcome == "fetched"
    assert publisher.header("If-None-Match") == [None, None]
    assert to.read_bytes() == OTHER


def test_without_etag_the_date_is_asked(asker: Asker, publisher: Publisher, to: Path) -> None:
    url = publisher.put("a.zip", Shelf(BODY, etag=None))
    asker.get(url, to)
    assert asker.get(url, to).outcome == "unchanged"
    assert publisher.header("If-None-Match") == [None, None]


def test_a_server_that_always_sends_is_stopped_when_it_names_the_same_state(
    asker: Asker, publisher: Publisher, url: str, to: Path
) -> None:
    asker.get(url, to)
    publisher.shelves["/downloads/ged/ged251-csv.zip"] = Shelf(BODY, etag='"one"')
    publisher.always_sends = True
    assert asker.get(url, to).outcome == "unchanged"
    assert left_behind(to) == set()


def test_a_revised_file_takes_the_place(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    asker.get(url, to)
    publisher.put("ged/ged251-csv.zip", Shelf(OTHER, etag='"two"', last_modified="Fri, 02 Jan 2026 12:00:00 GMT"))
    assert asker.get(url, to).outcome == "fetched"
    assert to.read_bytes() == OTHER


@pytest.mark.parametrize("damage", ["file", "record", "record gone"])
def test_a_file_changed_here_is_fetched_again(
    asker: Asker, publisher: Publisher, url: str, to: Path, damage: str
) -> None:
    asker.get(url, to)
    record = to.with_name(to.name + ".json")
    match damage:
        case "file":
            to.write_bytes(BODY[:-1] + b"x")
        case "record":
            record.write_bytes(b"\xff{")
        case _:
            record.unlink()
    assert asker.get(url, to).outcome == "fetched"
    assert to.read_bytes() == BODY
    assert publisher.header("If-None-Match") == [None, None]


def test_another_checksum_is_refused(asker: Asker, publisher: Publisher, url: str, to: Path) -> None:
    with pytest.raises(SourceError, match="has SHA-256"):
        asker.get(url, to, expected_sha256="0" * 64)
    assert not to.exists()
    digest = hashlib.sha256(BODY).hexdigest()
    fetched = asker.get(url, to, expected_sha256=digest.upper())
    assert fetched.record.checks == ("length", "zip", "sha256")
    with pytest.raises(SourceError, match="has SHA-256"):
        asker.get(url, to, expected_sha256="0" * 64)
    assert to.read_bytes() == BODY
    assert len(publisher.asked) == 3


def test_what_is_no_checksum_is_an_input_error(asker: Asker, to: Path, url: str, publisher: Publisher) -> None:
    with pytest.raises(InputError, match="not a SHA-256"):
        asker.get(url, to, expected_sha256="abc")
    assert publisher.asked == []


def test_one_download_at_a_time(asker: Asker, url: str, to: Path, publisher: Publisher) -> None:
    with alone_in(to.parent), pytest.raises(InputError, match="another download"):
        asker.get(url, to)
    assert publisher.asked == []
    assert asker.get(url, to).outcome == "fetched"


def test_a_folder_that_cannot_be_is_named(asker: Asker, url: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FileProblem, match="cannot be written"):
        asker.get(url, tmp_path / "file" / "a.zip")
    with pytest.raises(FileProblem, match="folder, not a file"):
        asker.get(url, tmp_path)


def test_a_compressed_answer_is_unpacked(asker: Asker, publisher: Publisher, tmp_path: Path) -> None:
    import gzip  # noqa: PLC0415

    text = b"id,best\n1,2\n"
    url = publisher.put("a.csv", Shelf(text))
    publisher.faults.append(Fault(body=gzip.compress(text), headers={"Content-Encoding": "gzip"}))
    fetched = asker.get(url, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == text
    assert fetched.record.etag is None
    assert fetched.record.checks == ()
