"""Attempts to get more than the workbench gives: each is refused with words, or gives no more than was given before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from tests.guard.looked_into import said
from tests.guard.too_fine import BYSTANDER, OWN_NAME, OWN_SITE

from tocsin.api.case_export import export_case
from tocsin.record.claim import Argument, EntityType, Proposal, Span

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient
    from tests.guard.addresses import Gaps

    from tocsin.web.workbench import Workbench

FINER = (
    "level=point", "level=cell", "precision=5", "bbox=43.15,36.34,43.16,36.35", "day=2014-06-10", "resolution=0.01",
    "include=own_sites", "sites=all", "km=1", "band=5",
)  # fmt: skip
ANSWERS = ("forecasts", "warnings", "events", "series", "sites", "reach", "protection", "gap", "areas", "replays")


@pytest.mark.parametrize("asked", FINER)
def test_the_api_refuses_what_is_finer_with_words(asked: str, ask: TestClient) -> None:
    for name in ANSWERS:
        answer = ask.get(f"/api/v1/cases/iraq/{name}?{asked}")
        assert answer.status_code in {400, 422}, (name, answer.text)
        error = answer.json()["error"]
        assert error["message"]
        assert error["where"]
        assert error["hint"]


@pytest.mark.parametrize("asked", ["from=2014-06-10", "to=2014-06-10", "from=2014-W24", "to=2014-06-10T12:00:00Z"])
def test_no_month_of_the_api_is_a_day(asked: str, ask: TestClient) -> None:
    for name in ("events", "series"):
        assert ask.get(f"/api/v1/cases/iraq/{name}?{asked}").status_code == 422


@pytest.mark.parametrize("address", [
    "/c/iraq/now?level=point", "/c/iraq/now?level=cell", "/c/iraq/area/IRQ/Ninewa?month=2018-12-24",
    "/c/iraq/area/IRQ/Ninewa?month=2018-W51", "/c/iraq/replay?origin=2014-06-10", "/c/iraq/area/36.34567,43.15678",
    "/c/iraq/area/cell/180000",
])  # fmt: skip
def test_a_page_refuses_what_is_finer_with_words(address: str, ask: TestClient) -> None:
    answer = ask.get(address)
    assert answer.status_code in {400, 404}
    assert "<h1>" in answer.text


@pytest.mark.parametrize("asked", ["precision=5", "bbox=43.15,36.34,43.16,36.35", "day=24", "own_sites=yes"])
def test_a_page_gives_no_more_for_a_word_that_it_does_not_know(asked: str, ask: TestClient, gaps: Gaps) -> None:
    assert gaps.claims
    for path in ("/c/iraq/now", "/c/iraq/area/IRQ/Ninewa", "/c/iraq/mission", "/c/iraq/map/admin1.json"):
        plain, more = ask.get(path), ask.get(f"{path}?{asked}")
        assert more.status_code in {200, 400}
        if more.status_code == 200:
            assert len(said(more)) <= len(said(plain)) + 2000, "the address itself may stand in its links"


def test_a_case_file_holds_no_site_that_a_user_entered(fine_workbench: Workbench, tmp_path: Path) -> None:
    done = export_case(fine_workbench.case("iraq"), tmp_path / "iraq.tocsin.zip", settings=fine_workbench.settings)
    with ZipFile(done.path) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Public barracks" in inside
    for word in (OWN_NAME, OWN_SITE):
        assert word.encode() not in inside
    assert any("1 site that you entered" in one for one in done.left_out)


def test_names_held_against_lists_write_no_claim(ask: TestClient, fine_workbench: Workbench, gaps: Gaps) -> None:
    record = fine_workbench.record("iraq")
    assert record is not None
    before = [(c.claim_id, c.status) for c in record.claims(kind=None)], record.judgements(), record.count()
    asked = {"queries": {"q": {"schema": "Person", "properties": {"name": [BYSTANDER, "Ada Example"]}}}}
    page = ask.get(f"/c/iraq/record/claim/{gaps.claims[1]}").text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    answer = ask.post("/api/v1/match", json=asked, headers={"sec-fetch-site": "same-origin", "x-csrf-token": token[1]})
    assert answer.status_code == 200, answer.text
    assert "not a finding" in answer.json()["said"].lower()
    assert ([(c.claim_id, c.status) for c in record.claims(kind=None)], record.judgements(), record.count()) == before


def test_no_alignment_is_stored_without_its_quote(fine_workbench: Workbench, tmp_path: Path) -> None:
    """A person said to be aligned, with words that the text does not hold."""
    from tests.record.small_record import document, text_of  # noqa: PLC0415

    from tocsin.record.store import open_record  # noqa: PLC0415

    assert fine_workbench.names
    told = document("aligned.txt")
    text = text_of(told, "Ada Example spoke to the Acme Front.")
    who = Argument("actor", EntityType.PERSON, Span(0, 11, "Ada Example"))
    to = Argument("towards", EntityType.ORGANISATION, Span(25, 35, "Acme Front"))
    invented = Proposal(
        "aligned-with", text.text_id, Span(0, 36, "Ada Example is loyal to Acme Front.."), (who, to), "rules 1"
    )
    with open_record(tmp_path / "record.db") as record:
        record.add(told, text)
        record.enter(text, [invented], extractor="rules 1", by="tocsin read")
        assert list(record.claims(kind="aligned-with")) == []
        assert len(record.refusals()) == 1
