"""A server killed in the middle of a write: what was accepted is there, nothing is half there, and it is said."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import CASE_TOML

from tocsin.api.case_export import export_case
from tocsin.case import read_case
from tocsin.record.claim import ClaimStatus
from tocsin.record.store import open_record
from tocsin.web.workbench import Workbench

pytest.importorskip("starlette.testclient", reason="the web extra is not installed")

import httpx
from tests.web.faults.doomed_server import doomed
from tests.web.team_client import Browser, app_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tocsin.record.store import StoredClaim
    from tocsin.settings import Settings

BROWSER = {"sec-fetch-site": "same-origin"}


def first_claim(home: Path) -> StoredClaim:
    with open_record(home / ".tocsin" / "record.db", create=False) as record:
        return next(c for c in record.claims(kind=None) if "opened a bridge in Basra." in c.quote.words)


@contextmanager
def started_again(home: Path, settings: Settings) -> Iterator[Browser]:
    """The next server, of the same files."""
    workbench = Workbench.of(sorted(p.parent for p in home.parent.glob("*/case.toml")), settings=settings)
    workbench.imports = home.parent
    with Browser(app_of(workbench, settings, None)) as browser:
        yield browser


def accept(browser: httpx.Client, claim_id: str) -> httpx.Response:
    page = f"/c/told/record/claim/{claim_id}"
    token = re.search(r'name="csrf" value="([^"]+)"', browser.get(page).text)
    assert token
    return browser.post(f"{page}/decide", data={"csrf": token[1], "seen": "0", "action": "accept"}, headers=BROWSER)


def lines(home: Path, claim_id: str) -> int:
    with open_record(home / ".tocsin" / "record.db", create=False) as record:
        return len(record.lines(f"claim:{claim_id}"))


def test_a_decision_that_was_not_kept_is_not_half_there_and_can_be_taken_again(
    home: Path, settings: Settings
) -> None:  # fmt: skip
    claim = first_claim(home)
    with doomed(home.parent, settings.data_dir, "before_it_is_kept") as browser, pytest.raises(httpx.TransportError):
        accept(browser, claim.claim_id)
    assert (first_claim(home).status, lines(home, claim.claim_id)) == (claim.status, 0)
    with started_again(home, settings) as browser:
        assert browser.get(f"/c/told/record/claim/{claim.claim_id}").status_code == 200
        assert accept(browser, claim.claim_id).status_code == 303
    assert (first_claim(home).status, lines(home, claim.claim_id)) == (ClaimStatus.ACCEPTED, 1)


def test_a_decision_that_was_kept_is_there_though_nobody_was_told(home: Path, settings: Settings) -> None:
    claim = first_claim(home)
    with doomed(home.parent, settings.data_dir, "after_it_is_kept") as browser, pytest.raises(httpx.TransportError):
        accept(browser, claim.claim_id)
    assert (first_claim(home).status, lines(home, claim.claim_id)) == (ClaimStatus.ACCEPTED, 1)
    with started_again(home, settings) as browser:
        again = accept(browser, claim.claim_id)
    assert lines(home, claim.claim_id) == 1, "whoever sends it again is shown what stands, and adds nothing"
    assert again.status_code == 409


def test_a_judgement_that_was_not_kept_is_not_half_there_and_can_be_given_again(
    home: Path, settings: Settings
) -> None:  # fmt: skip
    ada, bo = _persons(home)
    with doomed(home.parent, settings.data_dir, "before_it_is_kept") as browser, pytest.raises(httpx.TransportError):
        _judge(browser, ada, bo)
    assert _judgements(home) == 0
    with started_again(home, settings) as browser:
        assert browser.get(f"/c/told/record/entity/{ada}").status_code == 200
        assert _judge(browser, ada, bo).status_code == 303
    assert _judgements(home) == 1


def _persons(home: Path) -> tuple[str, str]:
    with open_record(home / ".tocsin" / "record.db", create=False) as record:
        found = [e.entity_id for name in ("Ada Alpha", "Bo Beta") for e in record.entities(name=name) if e.name == name]
    return found[0], found[1]


def _judgements(home: Path) -> int:
    with open_record(home / ".tocsin" / "record.db", create=False) as record:
        return len(record.judgements())


def _judge(browser: httpx.Client, one: str, other: str) -> httpx.Response:
    given = {"csrf": _token(browser), "other": other, "verdict": "not same", "why": "two posts at once", "seen": "0"}
    return browser.post(f"/c/told/record/entity/{one}/judge", data=given, headers=BROWSER)


def test_a_case_that_was_coming_in_is_not_half_there_and_can_come_again(
    home: Path, settings: Settings, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere" / "other"
    other.mkdir(parents=True)
    (other / "case.toml").write_text(CASE_TOML.replace('"tiny"', '"other"'), encoding="utf-8")
    file = export_case(read_case(other), tmp_path / "other.tocsin.zip", settings=settings).path
    with doomed(home.parent, settings.data_dir, "before_a_case_is_in_place") as server:
        token = _token(server)
        with suppress(httpx.TransportError):  # it may die before or after it answers
            _send(server, token, file)
    assert not (home.parent / "other").exists()
    with started_again(home, settings) as browser:
        page = browser.get("/cases").text
        assert "/cases/other" not in page
        assert "other: a server was ended while this case was put in" in page
        assert "is here</h1>" in _ended(browser, _send(browser, _token(browser), file))
        page = browser.get("/cases").text
    assert "/cases/other" in page
    assert "was ended while" not in page
    assert sorted(p.name for p in home.parent.iterdir() if p.name.startswith(".")) == []


def _token(browser: httpx.Client) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', browser.get("/cases").text)
    assert found
    return found[1]


def _send(browser: httpx.Client, token: str, file: Path) -> httpx.Response:
    return browser.post(
        "/cases/import", data={"csrf": token}, headers=BROWSER,
        files={"file": (file.name, file.read_bytes(), "application/zip")},
    )  # fmt: skip


def _ended(browser: httpx.Client, begun: httpx.Response) -> str:
    """The page of an import once it is over."""
    for _ in range(400):
        page = browser.get(begun.headers["location"])
        if "Refresh" not in page.headers:
            return page.text
        time.sleep(0.05)
    raise AssertionError("the import does not end")
