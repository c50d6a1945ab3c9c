"""A database that is gone for a while: what needs it says so and when to come again, the rest answers, and all comes back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.web.faults.postgres_server import own_server

from tocsin.record.store import open_record, opening
from tocsin.settings import Settings
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient
    from tests.web.faults.postgres_server import Server

NEEDS_RECORD = (
    "/c/told/record",
    "/c/told/record/documents",
    "/c/told/record/review",
    "/api/v1/cases/told/record/claims",
)
NEEDS_NONE = ("/c/told/now", "/c/told/replay", "/c/told/trust", "/c/told/mission", "/help", "/cases",
              "/api/v1/cases/told/warnings")  # fmt: skip


@contextmanager
def asking(home: Path, settings: Settings) -> Iterator[TestClient]:
    testing = pytest.importorskip("starlette.testclient", reason="the web extra is not installed")
    web = pytest.importorskip("tocsin.web.app", reason="the web extra is not installed")
    workbench = Workbench.of([home], settings=settings)
    app = web.create_app(workbench, settings=settings)
    yield testing.TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    workbench.close()


def assert_all_well(client: TestClient) -> None:
    assert {one: client.get(one).status_code for one in (*NEEDS_RECORD, *NEEDS_NONE)} == dict.fromkeys(
        (*NEEDS_RECORD, *NEEDS_NONE), 200
    )


def assert_said(client: TestClient, words: str) -> None:
    """What needs the record says so and when to come again; what does not need it answers."""
    for one in NEEDS_RECORD:
        answer = client.get(one)
        assert (one, answer.status_code) == (one, 503), answer.text
        assert words in answer.text, (one, answer.text)
        assert answer.headers["retry-after"] == "30"
        assert answer.headers["cache-control"] == "no-store"
        assert "Traceback" not in answer.text
    assert {one: client.get(one).status_code for one in NEEDS_NONE} == dict.fromkeys(NEEDS_NONE, 200)
    area = client.get("/c/told/area/IRQ/Anbar")
    assert area.status_code == 200
    assert "the record cannot be reached just now" in area.text


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with own_server() as started:
        yield started


def test_postgresql_taken_away_and_brought_back(home: Path, tmp_path: Path, server: Server) -> None:
    from tests.record.small_record import fill  # noqa: PLC0415

    with open_record(server.address) as record:
        fill(record)
    with asking(home, Settings(data_dir=tmp_path / "data", record=server.address)) as client:
        assert_all_well(client)
        server.stop()
        try:
            assert_said(client, "the record cannot be opened")
        finally:
            server.start()
        assert_all_well(client)


def test_a_record_that_another_keeps_to_itself(
    home: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """A writer of another program that lets nobody read; ours do not do that."""
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.05)
    with asking(home, settings) as client:
        with closing(sqlite3.connect(home / ".tocsin" / "record.db")) as other:
            other.execute("PRAGMA locking_mode=EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            assert_said(client, "another process has kept the record to itself for too long")
            other.rollback()
        assert_all_well(client)


def test_a_record_whose_disk_is_gone_and_comes_back(home: Path, settings: Settings) -> None:
    kept = home / ".tocsin" / "record.db"
    away = shutil.move(kept, kept.with_name("elsewhere"))
    kept.mkdir()
    with asking(home, settings) as client:
        assert_said(client, "this is a folder, not a record")
        kept.rmdir()
        shutil.move(away, kept)
        assert_all_well(client)
