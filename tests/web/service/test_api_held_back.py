"""Attempts to get finer than the API may give: places, months, bands, sites of a user, private persons, times in feeds."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.service.conftest import API
from tests.web.service.service_files import OWN_SITE

from tocsin.settings import Settings
from tocsin.web.service.held_back import held_back
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.testclient import TestClient

EVERYTHING = (
    "forecasts", "warnings", "warnings?level=admin1", "areas", "series", "events", "events?format=geojson", "replays", "reach",
    "protection", "gap", "overlap", "instruments", "fit", "sites", "sites?format=geojson", "sites?format=csv", "questions",
    "settle", "options", "schedule", "tripwires", "calendar", "sources", "freshness", "scores", "changes", "feed.atom",
    "alerts.atom", "calendar.ics", "tripwires.ics", "record/claims", "record/entities", "record/documents", "alerts",
    "record/contradictions", "sites?format=arrow", "gap?mission=nmi",
)  # fmt: skip


@pytest.mark.parametrize("path", EVERYTHING)
def test_a_site_that_a_user_entered_is_in_no_answer(path: str, api: TestClient) -> None:
    answer = api.get(f"{API}/{path}")
    assert answer.status_code == 200
    for word in (OWN_SITE, "House of a user", "32.3141", "41.4213"):
        assert word.encode() not in answer.content


def test_no_site_of_a_user_can_be_asked_for(get: Callable[..., Any]) -> None:
    assert [row["site"] for row in get("sites")["rows"]] == ["s1"]
    assert [site["site_id"] for site in get("gap")["document"]["rows"][0]["missions"][0]["sites"]] == ["s1"]


def test_events_are_added_up_to_a_tenth_of_a_degree_and_a_month(get: Callable[..., Any]) -> None:
    """The edition was given two finer points of different days: they come out as one."""
    rows = get("events", area="IRQ/Anbar")["rows"]
    assert [(r["month"], r["lat"], r["lon"], r["deaths_best"], r["events"]) for r in rows] == [
        ("2018-12", 33.4, 42.7, 17, 4)
    ]


@pytest.mark.parametrize("path", EVERYTHING)
def test_no_place_is_finer_than_a_tenth_of_a_degree(path: str, api: TestClient) -> None:
    text = api.get(f"{API}/{path}").text
    found = re.findall(r'"(?:lat|lon)":(-?\d+(?:\.\d+)?)', text) + re.findall(
        r'"Point","coordinates":\[([\d.,-]+)\]', text
    )
    for pair in found:
        assert all(len(value.partition(".")[2]) <= 1 for value in pair.split(","))


@pytest.mark.parametrize("asked", [{"level": "pgm"}, {"level": "cell"}, {"level": "admin2"}])
def test_no_level_finer_than_a_province_can_be_asked_for(asked: dict[str, str], api: TestClient) -> None:
    for path in ("forecasts", "warnings", "series", "areas", "draws"):
        assert api.get(f"{API}/{path}", params=asked).status_code == 422


@pytest.mark.parametrize("asked", [{"from": "2018-12-24"}, {"to": "2018-12-24"}, {"day": "2018-12-24"}, {"week": "51"},
                                   {"resolution": "0.01"}, {"from": "2018-52"}])  # fmt: skip
def test_nothing_finer_than_a_month_can_be_asked_for(asked: dict[str, str], api: TestClient) -> None:
    for path in ("events", "series", "forecasts"):
        assert api.get(f"{API}/{path}", params=asked).status_code in {400, 422}


def test_a_band_under_25_km_is_not_given(get: Callable[..., Any]) -> None:
    for past in (get("protection")["document"]["past"], get("reach")["document"]["protection"]["past"]):
        assert [(band["from_km"], band["to_km"]) for band in past] == [(0.0, 25.0)]


def test_a_private_person_is_in_no_answer(api: TestClient, get: Callable[..., Any]) -> None:
    names = [row["name"] for row in get("record/entities", type="person")["rows"]]
    assert names == ["Ada Example"]
    assert "Bystander" not in api.get(f"{API}/record/claims").text
    assert api.get(f"{API}/record/claims", params={"q": "bystander"}).json()["rows"] == []
    assert get("record/claims", q="Acme")["rows"], "claims that name nobody in private are given"


def test_a_private_person_cannot_be_asked_for_by_id(api: TestClient, desk_workbench: Any) -> None:
    record = desk_workbench.record("iraq")
    bystander = next(e for e in record.entities(name="Bystander") if e.name == "Bob Bystander")
    claim = record.claims(entity=bystander.entity_id)[0]
    assert api.get(f"{API}/record/entities/{bystander.entity_id}").status_code == 404
    assert api.get(f"{API}/record/claims/{claim.claim_id}").status_code == 404


def test_the_text_of_documents_is_not_given(get: Callable[..., Any]) -> None:
    for row in get("record/documents")["rows"]:
        assert "text" not in row
        assert "Nobody else came." not in str(row)


@pytest.mark.parametrize("path", ["feed.atom", "alerts.atom", "calendar.ics", "tripwires.ics"])
def test_no_feed_is_finer_than_a_day(path: str, api: TestClient) -> None:
    """The edition was made at a quarter to two, and a tripwire tripped at half past two."""
    text = api.get(f"{API}/{path}").text.replace("\r\n ", "")
    text = re.sub(r"\d{8}T\d{6}Z-[0-9a-f]{8}", "the id of an edition", text)
    times = re.findall(r"T(\d\d:?\d\d:?\d\d)", text)
    assert set(times) <= {"00:00:00", "000000"}
    assert times, "it has days"
    assert "14:30" not in text
    assert "1345" not in text


def test_what_is_held_back_is_held_back_at_any_depth() -> None:
    deep = {"a": [{"b": {"c": [{"site_id": "mine"}, {"site_id": "theirs", "lat": -1.26}]}}], "ids": ["mine", "theirs"]}
    assert held_back(deep, own_sites=frozenset({"mine"})) == {
        "a": [{"b": {"c": [{"site_id": "theirs", "lat": -1.3}]}}], "ids": ["theirs"],
    }  # fmt: skip


@pytest.mark.parametrize("path", ["record/contradictions", "brief.pdf", "brief.html", "changes", "feed.atom"])
def test_what_names_persons_is_held_back_when_one_was_taken_out_of_the_record_since(
    path: str, desk: Path, tmp_path: Path
) -> None:
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.testclient import TestClient  # noqa: PLC0415

    from tocsin.web.service import mounted  # noqa: PLC0415

    shutil.copytree(desk, tmp_path / "iraq")
    opened = Workbench.of([tmp_path / "iraq"], settings=Settings(data_dir=tmp_path / "data"))
    api = TestClient(Starlette(routes=[mounted(opened, settings=opened.settings)]))
    assert api.get(f"{API}/{path}").status_code == 200
    record = opened.record("iraq")
    assert record is not None
    person = next(e for e in record.entities(name="Ada Example") if e.type.value == "person")
    record.remove_person(person.entity_id, by="A. Analyst", why="asked for it")
    answer = api.get(f"{API}/{path}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "withdrawn")
    assert "Ada Example" not in api.get(f"{API}/record/claims").text
    opened.close()
