"""A disk that is full: it is said, what was kept is whole, and the same works once there is room."""

from __future__ import annotations

import errno
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from tocsin.editions import write_edition
from tocsin.errors import TocsinError
from tocsin.record.claim import ClaimStatus
from tocsin.record.store import open_record
from tocsin.team import Role, open_team
from tocsin.web.workbench import Workbench

pytest.importorskip("starlette.testclient", reason="the web extra is not installed")

from tests.web.conftest import tiny_manifest
from tests.web.team_client import PASSWORD, Browser, app_of, cheap
from tests.web.tiny_files import tiny_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tocsin.settings import Settings
    from tocsin.team import Team

FULL = OSError(errno.ENOSPC, "No space left on device")


def no_room(*_: Any, **__: Any) -> None:
    raise FULL


def no_more_pages(engine: sa.Engine) -> None:
    """Let no connection to an SQLite file make it larger."""

    @sa.event.listens_for(engine, "begin")
    def limit(connection: sa.Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


@pytest.fixture
def browser(home: Path, settings: Settings) -> Iterator[Browser]:
    workbench = Workbench.of([home], settings=settings)
    workbench.imports = home.parent
    yield Browser(app_of(workbench, settings, None))
    workbench.close()


def test_the_teams_database_says_so_and_keeps_whoever_was_there(tmp_path: Path) -> None:
    with open_team(tmp_path / "team.db", passwords=cheap()) as team:
        team.users.add("anna", PASSWORD, role=Role.ADMIN)
        no_more_pages(team.engine)
        with pytest.raises(TocsinError, match="no room left to write the team's database"):
            _write_much(team)
    with open_team(tmp_path / "team.db", passwords=cheap()) as team:
        assert team.users.find("anna") is not None
        assert not team.log.verify().faults, "the chain of the log is whole"
        assert team.log.write("anna", "looked", "again").what == "looked"


def _write_much(team: Team) -> None:
    for n in range(500):
        team.log.write("anna", "looked", f"page {n}", detail="x" * 500)


def test_a_decision_without_room_is_said_and_the_claim_stands_as_it_did(
    browser: Browser, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_record(home / ".tocsin" / "record.db", create=False) as record:
        claim = next(iter(record.claims(kind=None)))
    page = f"/c/told/record/claim/{claim.claim_id}"
    fields = {"action": "accept", "seen": "0"}
    with monkeypatch.context() as full:
        full.setattr("tocsin.api.claim_edits.decide", no_room)
        answer = browser.submit(f"{page}/decide", page=page, **fields)
    assert answer.status_code == 503
    assert "There is no room left" in answer.text or "there is no room left" in answer.text
    assert answer.headers["retry-after"] == "30"
    with open_record(home / ".tocsin" / "record.db", create=False) as record:
        kept = record.claim(claim.claim_id)
        assert kept is not None
        assert kept.status is claim.status
    assert browser.submit(f"{page}/decide", page=page, **fields).status_code == 303
    with open_record(home / ".tocsin" / "record.db", create=False) as record:
        kept = record.claim(claim.claim_id)
        assert kept is not None
        assert kept.status is ClaimStatus.ACCEPTED


def test_an_upload_without_room_is_said_and_leaves_nothing(
    browser: Browser, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(p.name for p in home.parent.iterdir())
    parts = {
        "csrf": (None, browser.token("/cases")),
        "file": ("guest.zip", b"PK\x05\x06" + bytes(18), "application/zip"),
    }
    with monkeypatch.context() as full:
        full.setattr(shutil, "copyfileobj", no_room)
        answer = browser.post("/cases/import", files=parts, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 503
    assert "there is no room left to write on the disk of the server" in answer.text
    assert sorted(p.name for p in home.parent.iterdir()) == before


def test_an_edition_without_room_leaves_the_one_before_and_the_page_shows_it(
    browser: Browser, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    editions = home / ".tocsin" / "editions"
    before = sorted(p.name for p in editions.iterdir())
    manifest = tiny_manifest(datetime(2026, 5, 1, tzinfo=UTC)).model_copy(update={"case": "told"})
    with monkeypatch.context() as full:
        full.setattr("os.fsync", no_room)
        with pytest.raises(OSError, match="No space"):
            write_edition(editions, manifest=manifest, files=tiny_files())
    assert sorted(p.name for p in editions.iterdir()) == before
    assert before[0] in browser.get("/c/told/now").text
    made = write_edition(editions, manifest=manifest, files=tiny_files())
    assert made.id in browser.get("/c/told/now").text


def test_another_fault_of_the_machine_is_not_called_a_full_disk(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/a/path")

    monkeypatch.setattr("tocsin.web.cases.view.states", denied)
    answer = browser.get("/cases")
    assert answer.status_code == 500
    assert "/a/path" not in answer.text
