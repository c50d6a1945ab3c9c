"""Fetching for a case: what is new comes, what is down or rubbish is said, and what was here stays."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.sources.fetch.publisher import Fault, Publisher, Shelf, zip_of

from tocsin.api.own_events import FETCHED, own_events
from tocsin.api.watch_fetch import Publisher as Asked
from tocsin.api.watch_fetch import fetch_for, freshness_of, ucdp_files
from tocsin.case import read_case
from tocsin.errors import CaseProblem
from tocsin.sources.fetch import Patience, make_client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.watch.state import State

HEAD = "id,type_of_violence,date_start,date_end,best,low,high,country,country_id,adm_1,latitude,longitude,where_prec,date_prec"
START = datetime(2025, 3, 25, tzinfo=UTC)
"""Two months after the release are due."""


def events(*ids: int, best: int = 3) -> bytes:
    rows = [f"{n},1,2025-01-0{n},2025-01-0{n},{best},1,9,Iraq,645,Ninewa,36.3,43.1,1,1" for n in ids]
    return "\n".join([HEAD, *rows, ""]).encode()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    server = Publisher()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    server.put("ged/ged251-csv.zip", Shelf(zip_of(events(1))))
    server.put("candidateged/GEDEvent_v25_0_1.csv", Shelf(events(2), etag='"jan"'))
    server.put("candidateged/GEDEvent_v25_0_2.csv", Shelf(events(3), etag='"feb"'))
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def case(tmp_path: Path) -> Case:
    lines = [
        'name = "own"',
        'title = "Own"',
        'level = "admin1"',
        "[areas]",
        'countries = ["IRQ"]',
        "[data]",
        'events = ["ucdp"]',
    ]
    (tmp_path / "case.toml").write_text("\n".join(lines), encoding="utf-8")
    return read_case(tmp_path)


def fetched(case: Case, publisher: Publisher, state: State, *, now: datetime = START) -> tuple[State, tuple[str, ...]]:
    patience = Patience(tries=1, sleep=lambda _: None, now=lambda: now)
    with make_client(timeout_seconds=0.5) as client:
        return fetch_for(case, state, publisher=Asked(client, publisher.base, patience, now))


def names(case: Case) -> list[str]:
    return [name.removeprefix(f"{FETCHED}/") for name in own_events(case)]


def test_what_is_there_comes_once(case: Case, publisher: Publisher) -> None:
    with pytest.raises(CaseProblem, match="nothing was fetched from UCDP yet"):
        own_events(case)
    assert freshness_of(case) == ()
    state, said = fetched(case, publisher, {})
    assert (state, len(said)) == ({}, 3)
    assert names(case) == ["ged251-csv.zip", "GEDEvent_v25_0_1.csv", "GEDEvent_v25_0_2.csv"]
    assert freshness_of(case)[0]["newest_month"] == "2025-02"
    publisher.asked.clear()
    assert fetched(case, publisher, {}) == ({}, ())
    assert publisher.header("if-none-match") == ['"one"', '"feb"'], "older months are not asked for again"


def test_a_month_that_is_not_out_yet_is_asked_for_later(case: Case, publisher: Publisher) -> None:
    state, _ = fetched(case, publisher, {})
    later = START + timedelta(days=26)
    state, said = fetched(case, publisher, state, now=later)
    assert "UCDP 25.0.3 was not fetched: the publisher has no file" in said[0]
    publisher.asked.clear()
    assert fetched(case, publisher, state, now=later + timedelta(seconds=5))[1] == ()
    assert not [path for path, _ in publisher.asked if "v25_0_3" in path]
    publisher.put("candidateged/GEDEvent_v25_0_3.csv", Shelf(events(4), etag='"mar"'))
    state, said = fetched(case, publisher, state, now=later + timedelta(hours=1))
    assert (state, [words[:17] for words in said]) == ({}, ["UCDP 25.0.3 came:"])


def test_waits_grow_while_the_publisher_is_down(case: Case, publisher: Publisher) -> None:
    publisher.shelves.clear()
    state: State = {}
    for hours in range(4):
        state, said = fetched(case, publisher, state, now=START + timedelta(hours=10 * hours))
        assert len(said) == 3
    assert {fault["times"] for fault in state.values()} == {4}
    assert fetched(case, publisher, state, now=START + timedelta(hours=30, minutes=5))[0] == state, (
        "not before its time"
    )
    back, _ = fetched(case, publisher, state, now=START - timedelta(days=900))
    assert back["25.1"]["times"] == 5, "a clock put back holds nothing"


def test_a_publisher_that_is_down_is_asked_for_one_file_a_cycle(case: Case, publisher: Publisher) -> None:
    publisher.faults.extend([Fault(status=503)] * 9)
    state, said = fetched(case, publisher, {})
    assert (list(state), len(said), len(publisher.asked)) == (["25.1"], 1, 1)
    state, said = fetched(case, publisher, state)
    assert (list(state), len(publisher.asked)) == (["25.1", "25.0.1"], 2)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(status=500), "answered 500"),
        (Fault(body=b"<!doctype html><title>Log in</title>"), "a web page came in place"),
        (Fault(cut_after=40), "of"),
    ],
)
def test_a_new_issue_that_is_rubbish_leaves_what_was_here(
    case: Case, publisher: Publisher, fault: Fault, words: str
) -> None:
    fetched(case, publisher, {})
    place = case.folder / FETCHED / "GEDEvent_v25_0_2.csv"
    publisher.put("candidateged/GEDEvent_v25_0_2.csv", Shelf(events(3, best=8), etag='"feb 2"'))
    publisher.faults.extend([None, fault])
    state, said = fetched(case, publisher, {})
    assert words in said[0]
    assert "what was here stays" in said[0]
    assert place.read_bytes() == events(3)
    _, said = fetched(case, publisher, state, now=START + timedelta(hours=1))
    assert place.read_bytes() == events(3, best=8)
    assert len(said) == 1


def test_a_file_that_holds_no_events_never_takes_the_place_of_one_that_does(case: Case, publisher: Publisher) -> None:
    fetched(case, publisher, {})
    publisher.put("candidateged/GEDEvent_v25_0_2.csv", Shelf(b"a,b\n1,2\n", etag='"feb 2"'))
    for hours in (0, 1):
        _, said = fetched(case, publisher, {}, now=START + timedelta(hours=hours))
        assert "what was here stays" in said[0]
    assert (case.folder / FETCHED / "GEDEvent_v25_0_2.csv").read_bytes() == events(3)


def test_a_case_that_does_not_name_ucdp_fetches_nothing(tmp_path: Path, publisher: Publisher) -> None:
    (tmp_path / "case.toml").write_text(
        'name = "own"\ntitle = "Own"\nlevel = "country"\n[areas]\ncountries = ["IRQ"]\n', encoding="utf-8"
    )
    assert fetched(read_case(tmp_path), publisher, {}) == ({}, ())
    assert publisher.asked == []


def test_files_that_are_due() -> None:
    versions = [file.version for file in ucdp_files(START.date())]
    assert versions == ["25.1", "25.0.1", "25.0.2"]
    assert len(ucdp_files(START.date() + timedelta(days=365))) == 15
