"""The rules that need no server: addresses, redirects, waits, marks, names."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from tocsin.errors import InputError, SourceError, UnknownName
from tocsin.sources.fetch import Patience, candidate_file, release_file
from tocsin.sources.fetch.address import checked_url, next_hop
from tocsin.sources.fetch.client import make_client
from tocsin.sources.fetch.marks import Marks
from tocsin.sources.fetch.patience import PassingFault, retry_after_seconds
from tocsin.sources.fetch.ucdp import DEFAULT_RELEASE, chosen_files

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "ucdp.uu.se/downloads", "ftp://ucdp.uu.se/a.zip", "file:///etc/hosts", "http://ucdp.uu.se/a.zip",
        "https://user:word@ucdp.uu.se/a.zip", "https://", "https://ucdp.uu.se:port/a", "http://127.0.0.1.example.org/",
    ],
)  # fmt: skip
def test_addresses_that_are_not_asked(text: str) -> None:
    with pytest.raises(InputError) as raised:
        checked_url(text)
    assert raised.value.hint is not None
    assert "word" not in str(raised.value).replace("password", "")


@pytest.mark.parametrize("text", ["https://ucdp.uu.se/a.zip", "http://localhost:80/a", "http://[::1]:8/a"])
def test_addresses_that_are_asked(text: str) -> None:
    assert checked_url(text) == httpx.URL(text)


@pytest.mark.parametrize(
    ("here", "location", "there"),
    [
        ("https://a.org/x/y.zip", "z.zip", "https://a.org/x/z.zip"),
        ("https://a.org/x", "https://cdn.example/x?k=1#part", "https://cdn.example/x?k=1"),
        ("https://a.org/x", "//b.org/x", "https://b.org/x"),
        ("http://127.0.0.1:8/x", "http://localhost:9/x", "http://localhost:9/x"),
        ("http://127.0.0.1:8/x", "https://a.org/x", "https://a.org/x"),
    ],
)
def test_redirects_that_are_followed(here: str, location: str, there: str) -> None:
    assert str(next_hop(httpx.URL(here), location)) == there


@pytest.mark.parametrize(
    "location",
    ["http://a.org/x", "http://b.org/x", "http://127.0.0.1/x", "ftp://a.org/x", "file:///x", "", "http://[", "data:,x"],
)
def test_redirects_that_are_refused(location: str) -> None:
    with pytest.raises(SourceError) as raised:
        next_hop(httpx.URL("https://a.org/x"), location)
    assert str(raised.value.where) == "https://a.org/x"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None), ("0", 0.0), ("12", 12.0), ("-5", 0.0), ("soon", None), ("nan", None), ("inf", None), ("", None),
        ("Thu, 01 Jan 2026 12:01:00 GMT", 60.0), ("Thu, 01 Jan 2026 11:00:00 GMT", 0.0),
    ],
)  # fmt: skip
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, now=NOON) == seconds


def test_waits_are_jittered_and_bounded() -> None:
    shortest = Patience(chance=lambda: 0.0, longest_seconds=30)
    assert [shortest.backoff_seconds(n) for n in (1, 2, 3, 99_999)] == [0.5, 1.0, 2.0, 15.0]
    assert shortest.wait_seconds(PassingFault("busy", asked_seconds=0), failures=4) == 1.0
    assert shortest.wait_seconds(PassingFault("busy", asked_seconds=30), failures=1) == 30
    with pytest.raises(SourceError, match="busy, and asks to be left alone for 31 seconds"):
        shortest.wait_seconds(PassingFault("busy", asked_seconds=31), failures=1)


def test_marks_tell_states_apart() -> None:
    one = Marks(etag='"a"', last_modified="d", size=3)
    assert one.same_state(Marks(etag='"a"', last_modified="e"))
    assert not one.same_state(Marks(etag='"b"', last_modified="d", size=3))
    assert not one.same_state(Marks(etag='"a"', size=4))
    assert not one.same_state(Marks(last_modified="d", size=3))
    assert Marks(last_modified="d").same_state(Marks(last_modified="d", size=3))
    assert not Marks(size=3).same_state(Marks(size=3))


def test_marks_that_no_header_can_carry_are_not_sent() -> None:
    assert Marks(etag='"ä"', last_modified="a\r\nX: y").conditions == {}
    assert Marks(etag='"ä"').if_range is None


def test_one_connection_and_no_redirect_behind_our_back() -> None:
    with make_client() as client:
        assert client.follow_redirects is False
        assert client.timeout == httpx.Timeout(60.0)


@pytest.mark.parametrize(
    ("version", "path"),
    [("25.1", "ged/ged251-csv.zip"), ("v17.2", "ged/ged172-csv.zip"), (" 26.1 ", "ged/ged261-csv.zip")],
)
def test_release_names(version: str, path: str) -> None:
    assert release_file(version).path == path


@pytest.mark.parametrize(
    ("version", "path"),
    [
        ("26.0.9", "candidateged/GEDEvent_v26_0_9.csv"),
        ("26.0.09", "candidateged/GEDEvent_v26_0_9.csv"),
        ("v24.0.12", "candidateged/GEDEvent_v24_0_12.csv"),
        ("23.01.23.12", "candidateged/GEDEvent_v23_01_23_12.csv"),
    ],
)
def test_candidate_names(version: str, path: str) -> None:
    assert candidate_file(version).path == path


@pytest.mark.parametrize(
    "version", ["", "25", "25.1.1", "latest", "2025.1", "25.1/../../x", "\u0662\u0665.\u0661", "-1.0", "26.0.9"]
)
def test_release_names_that_are_none(version: str) -> None:
    with pytest.raises(UnknownName) as raised:
        release_file(version)
    assert ("--candidate" if version == "26.0.9" else "17.1, 17.2, 18.1") in str(raised.value.hint)


@pytest.mark.parametrize("version", ["", "26.0.0", "26.0.13", "26.0", "26.06.26.01", "26.13.26.14", "../x", "25.1"])
def test_candidate_names_that_are_none(version: str) -> None:
    with pytest.raises(UnknownName) as raised:
        candidate_file(version)
    wanted = "--release" if version in {"25.1", "26.0"} else "26.0.9"
    assert wanted in str(raised.value.hint)


def test_what_is_chosen() -> None:
    assert [file.version for file in chosen_files(release=None, candidates=())] == [DEFAULT_RELEASE]
    assert [file.version for file in chosen_files(release=None, candidates=("26.0.9", "26.0.09"))] == ["26.0.9"]
    both = chosen_files(release="24.1", candidates=("25.0.1",))
    assert [file.card.source for file in both] == ["UCDP GED 24.1", "UCDP Candidate 25.0.1"]
