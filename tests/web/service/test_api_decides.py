"""Questions settled anew, names held against lists, feeds and calendars, and alerts."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from tests.web.service.conftest import API

from tocsin.record.screening import NOT_A_FINDING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.testclient import TestClient

ATOM = "{http://www.w3.org/2005/Atom}"


def settled(api: TestClient, **body: Any) -> Any:
    return api.post(f"{API}/settle", json={"question": "nmi-end", "draws": 200, **body})


def test_a_question_settles_elsewhere_when_a_party_moves(api: TestClient) -> None:
    stays = settled(api).json()
    moves = settled(api, positions=[{"actor": "us", "position": [40, 50, 60]}]).json()
    assert (stays["moved"], moves["moved"]) == ([], ["us"])
    assert moves["result"]["centre"] > stays["result"]["centre"]
    assert moves["result"]["draws"] == 200
    assert settled(api, positions=[{"actor": "us", "position": [40, 50, 60]}]).json() == moves, "the same seed"


def test_what_is_moved_is_stored_nowhere(api: TestClient, desk: Path) -> None:
    def held() -> dict[str, str]:
        files = [p for p in desk.rglob("*") if p.is_file() and not p.name.startswith("record.db")]
        return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    before = held()
    answer = settled(api, positions=[{"actor": "us", "salience": [0, 0, 0.1]}])
    assert answer.json()["stored"] is False
    assert held() == before


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"question": "none"}, 404), ({"positions": [{"actor": "nobody"}]}, 404),
        ({"positions": [{"actor": "us", "position": [50, 40, 60]}]}, 422),
        ({"positions": [{"actor": "us", "position": [0, 10, 61]}]}, 422),
        ({"positions": [{"actor": "us", "position": [0, 10]}]}, 422),
        ({"positions": [{"actor": "us", "salience": [0, 0.5, 1.5]}]}, 422),
        ({"positions": [{"actor": "us"}, {"actor": "us"}]}, 422),
        ({"positions": [{"actor": "us", "votes": True}]}, 422),
        ({"draws": 99}, 422), ({"draws": 2001}, 422), ({"draws": 1e9}, 422), ({"seed": -1}, 422), ({"save": True}, 422),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_moved_is_refused(body: dict[str, Any], status: int, api: TestClient) -> None:
    answer = settled(api, **body)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


def test_a_weightless_question_is_refused_with_words(api: TestClient) -> None:
    nobody = [
        {"actor": actor, "influence": [0, 0, 0]}
        for actor in ("us", "allies-majority", "allies-against-leaving", "iraq")
    ]
    answer = settled(api, positions=nobody)
    assert answer.status_code == 400
    assert "no party counts" in answer.json()["error"]["message"]


def test_many_at_once_are_told_to_come_again(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import BoundedSemaphore  # noqa: PLC0415

    from tocsin.web.service import settling  # noqa: PLC0415

    full = BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr(settling, "_turns", full)
    monkeypatch.setattr(settling, "WAIT_SECONDS", 0.01)
    answer = settled(api)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_a_name_is_matched_in_the_shape_of_yente(api: TestClient, desk: Path) -> None:
    record = desk / ".tocsin" / "record.db"
    before = record.read_bytes()
    asked = {"q1": {"schema": "Person", "properties": {"name": ["Kassem Suleimani"]}},
             "q2": {"properties": {"name": "Zzyzx Qwfp"}}}  # fmt: skip
    found = api.post("/api/v1/match/default", json={"queries": asked}).json()
    first = found["responses"]["q1"]["results"][0]
    assert (first["caption"], first["schema"], first["match"], first["id"]) == (
        "SOLEIMANI, Qasem", "Person", True, "ofac-sdn-10481",
    )  # fmt: skip
    assert first["features"]["likeness"] == first["score"]
    assert set(first["explanations"]) == {"against", "for", "matched_name", "as_of"}
    assert found["responses"]["q2"]["results"] == []
    assert found["said"] == NOT_A_FINDING
    assert record.read_bytes() == before, "a match writes nothing"
    assert api.get("/api/v1/entities/ofac-sdn-10481").json()["caption"] == "SOLEIMANI, Qasem"


def test_a_search_finds_what_a_match_finds(api: TestClient) -> None:
    found = api.get("/api/v1/search/default", params={"q": "Qasem Soleimani", "limit": 1}).json()
    assert [(one["id"], one["match"]) for one in found["results"]] == [("ofac-sdn-10481", True)]


def test_too_many_names_at_once_are_refused(api: TestClient) -> None:
    many = {str(n): {"properties": {"name": [f"name {n}", f"other {n}"]}} for n in range(51)}
    answer = api.post("/api/v1/match", json={"queries": many})
    assert (answer.status_code, answer.json()["error"]["where"]) == (413, "queries")


def test_the_feed_tells_of_changes_with_their_evidence_and_command(api: TestClient) -> None:
    answer = api.get(f"{API}/feed.atom")
    root = ET.fromstring(answer.text)  # noqa: S314 - our own feed
    entries = root.findall(f"{ATOM}entry")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert entries[0].findtext(f"{ATOM}title") == "Syria crossed 20 %: escalation within 6 months."
    assert len({e.findtext(f"{ATOM}id") for e in entries}) == len(entries) == 2, "one an edition"
    summary = entries[0].findtext(f"{ATOM}summary") or ""
    assert "how such alerts fared" in summary
    assert "tocsin run --case tiny" in summary
    assert "Demonstration" in (root.findtext(f"{ATOM}title") or "")


def test_dates_come_as_whole_days_with_the_same_identity_each_time(api: TestClient) -> None:
    first, again = (api.get(f"/api/v1/feeds/iraq/{name}") for name in ("calendar.ics", "calendar.ics"))
    assert first.content == again.content == api.get(f"{API}/calendar.ics").content
    events = {str(e["summary"]): e for e in Calendar.from_ical(first.content).walk("VEVENT")}
    leave = events["troops due to leave (2026-09)"]
    assert (leave.decoded("dtstart"), leave.decoded("dtend")) == (date(2026, 9, 1), date(2026, 10, 1))
    assert events["the summit"].decoded("dtend") == date(2026, 6, 2)
    assert "Demonstration" in str(leave["description"])


def test_tripwires_that_are_tripped_stand_in_their_calendar(api: TestClient) -> None:
    events = Calendar.from_ical(api.get(f"{API}/tripwires.ics").content).walk("VEVENT")
    assert {(str(e["summary"]), e.decoded("dtstart")) for e in events} == {
        ("the summit", date(2026, 6, 1)), ("Tripped: the summit", date(2026, 6, 1)),
    }  # fmt: skip


def test_alerts_are_told_with_their_record_and_to_the_day(desk_workbench: Any, tmp_path: Path) -> None:
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.testclient import TestClient  # noqa: PLC0415

    from tocsin.team import open_team  # noqa: PLC0415
    from tocsin.watch.alert import Evidence, Kind, plain_alert  # noqa: PLC0415
    from tocsin.watch.outbox import ring  # noqa: PLC0415
    from tocsin.web.service import mounted  # noqa: PLC0415

    team = open_team(tmp_path / "team.db")
    rung = [
        plain_alert(
            "iraq", f"warning:{n}", kind=Kind.WARNING, evidence=(Evidence("90 deaths", "/c/iraq/now", "a quote"),)
        )
        for n in range(3)
    ]
    with team.engine.begin() as connection:
        now = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
        ring(connection, [*rung, plain_alert("other", "k"), plain_alert("iraq", "test")], channels=["email"], now=now)
    service = Starlette(routes=[mounted(desk_workbench, settings=desk_workbench.settings, team=team)])
    api = TestClient(service)
    whole = api.get(f"{API}/alerts").json()
    assert (whole["total"], {row["made"] for row in whole["rows"]}) == (3, {"2026-03-04"})
    assert whole["rows"][0]["evidence"][0]["quote"] == "a quote"
    assert whole["rows"][0]["deliveries"] == [{"channel": "email", "state": "new", "attempts": 0}]
    first = api.get(f"{API}/alerts", params={"limit": 2}).json()
    second = api.get(first["next"]).json()
    assert [r["id"] for r in (*first["rows"], *second["rows"])] == [r["id"] for r in whole["rows"]]
    feed = api.get(f"{API}/alerts.atom").text
    assert feed.count("<entry>") == 3
    assert "05:06" not in feed
    assert "unknown: a test is never right or wrong" in feed
    team.close()


def test_the_record_is_searched_and_its_answers_follow_its_revision(
    api: TestClient, get: Callable[..., Any], desk_workbench: Any
) -> None:
    rows = get("record/claims", q="transport Freedonia")["rows"]
    assert {row["kind"] for row in rows} == {"person-holds-post"}
    assert all("Ada Example" in row["quote"] for row in rows)
    accepted = get("record/claims", status="accepted")["rows"]
    assert [row["credibility"] for row in accepted] == ["2"]
    assert get(f"record/claims/{accepted[0]['claim_id']}") == accepted[0]
    tag = api.get(f"{API}/record/claims").headers["etag"]
    assert api.get(f"{API}/record/claims", headers={"If-None-Match": tag}).status_code == 304
    record = desk_workbench.record("iraq")
    line = record.grade_source("s1", None, by="A. Analyst", why="to see the revision move")
    assert api.get(f"{API}/record/claims", headers={"If-None-Match": tag}).status_code == 200
    record.undo(line, by="A. Analyst", why="as it was")


def test_entities_and_documents_are_listed(get: Callable[..., Any]) -> None:
    front = get("record/entities", name="acme")["rows"]
    assert {one["name"] for one in front} == {"Acme Front"}
    assert get(f"record/entities/{front[0]['entity_id']}") == front[0]
    documents = get("record/documents")
    assert {row["verdict"] for row in documents["rows"]} == {"read", "scanned"}
    assert documents["total"] == 5
    assert get("record/claims", document=documents["rows"][0]["document_id"])["rows"]
