"""Editions that hold less than they might, and text that means harm: pages stand, and say what is unknown."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import CASE_TOML, tiny_manifest
from tests.web.record_told import case_with_record
from tests.web.tiny_files import tiny_files

from tocsin.api.known import open_case
from tocsin.case.cells import Basis
from tocsin.case.rows import Actor, Presence, Site, SiteOrigin
from tocsin.editions import Edition, write_edition
from tocsin.errors import FileProblem
from tocsin.web.area.there import actors_in, sites_in
from tocsin.web.figures.areas import areas_of
from tocsin.web.figures.per_edition import per_edition
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from starlette.testclient import TestClient

    from tocsin.settings import Settings

    Asking = Callable[[Mapping[str, bytes]], TestClient]

HOSTILE = "</script><img src=x onerror=alert(1)> & \"Co\" 'y'"


@pytest.fixture
def asking(tmp_path: Path, web_settings: Settings) -> Asking:
    """A client of the tiny case with one edition of the given files; with none, where no file is given."""
    testing = pytest.importorskip("starlette.testclient", reason="the web extra is not installed")
    app = pytest.importorskip("tocsin.web.app", reason="the web extra is not installed")
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "case.toml").write_text(CASE_TOML, encoding="utf-8")

    def ask(files: Mapping[str, bytes]) -> TestClient:
        if files:
            write_edition(folder / ".tocsin" / "editions", manifest=tiny_manifest(datetime.now(UTC)), files=files)
        made = app.create_app(Workbench.of([folder], settings=web_settings), settings=web_settings)
        client: TestClient = testing.TestClient(made, base_url="http://127.0.0.1")
        return client

    return ask


@pytest.mark.parametrize("view", ["now", "area", "area/IRQ", "replay"])
def test_a_case_without_an_edition_says_how_to_make_one(asking: Asking, view: str) -> None:
    answer = asking({}).get(f"/c/tiny/{view}")
    assert answer.status_code == 200
    assert "tocsin run --case tiny" in answer.text


def test_an_edition_of_names_alone_says_what_is_unknown(asking: Asking) -> None:
    client = asking({"areas.json": tiny_files()["areas.json"]})
    assert "what is likely is unknown" in client.get("/c/tiny/now").text
    assert "is unknown" in client.get("/c/tiny/replay").text
    page = client.get("/c/tiny/area/IRQ/Anbar").text
    for said in (
        "What is likely here is unknown", "The history is unknown", "No forecast of this area",
        "Where events lay within Anbar is unknown", "this area's alerts were not counted apart",
    ):  # fmt: skip
        assert said in page
    assert client.get("/c/tiny/map/country.json").status_code == 404


def test_without_outlines_the_table_stands_alone(asking: Asking) -> None:
    files = {k: v for k, v in tiny_files().items() if not k.startswith("outlines")}
    client = asking(files)
    page = client.get("/c/tiny/now").text
    assert "there is no map" in page
    assert 'class="warned"' in page
    assert "there is no map" in client.get("/c/tiny/replay").text


def test_a_question_that_was_not_backtested_has_no_record_and_says_so(asking: Asking) -> None:
    files = tiny_files()
    outlook = json.loads(files["outlook.json"])
    outlook["track_record"], outlook["called"] = [], None
    page = asking({**files, "outlook.json": json.dumps(outlook).encode()}).get("/c/tiny/now").text
    assert "How often such alerts were right is unknown" in page
    assert "Alerts given" not in page


def test_hostile_names_are_text_everywhere(asking: Asking) -> None:
    files = {
        name: content.replace(b'"Jordan"', json.dumps(HOSTILE).encode()) if name.endswith(".json") else content
        for name, content in tiny_files().items()
    }
    client = asking(files)
    for address in ("/c/tiny/now", "/c/tiny/area/JOR", "/c/tiny/area/IRQ", "/c/tiny/now?sort=area"):
        page = client.get(address).text
        assert "<img src=x" not in page
        assert "</script><img" not in page
    held = client.get("/c/tiny/now").text.split('id="map-values">')[1].split("</script>")[0]
    assert json.loads(held)["areas"]["JOR"]["name"] == HOSTILE


def test_no_place_on_a_page_is_finer_than_a_tenth_of_a_degree(client: TestClient) -> None:
    held = client.get("/c/tiny/now").text.split('id="map-values">')[1].split("</script>")[0]
    middles = [a["middle"] for a in json.loads(held)["areas"].values()]
    assert middles
    assert all(round(x, 1) == x for middle in middles for x in middle)


def site(name: str, *, origin: SiteOrigin, lat: float) -> Site:
    return Site.model_construct(
        site_id=name, mission_id="tiny", name=name, role="train", lat=lat, lon=42.0, origin=origin, start=None, end=None,
    )  # fmt: skip


def test_a_site_that_a_user_entered_is_marked(tiny_folder: Path, tiny_edition: Edition) -> None:
    given = (
        site("s1", origin=SiteOrigin.PUBLISHED, lat=33.0), site("s2", origin=SiteOrigin.USER, lat=33.0),
        site("far", origin=SiteOrigin.PUBLISHED, lat=60.0), site("s3", origin=SiteOrigin.PUBLISHED, lat=34.02),
    )  # fmt: skip
    case = replace(open_case(tiny_folder), sites=given)
    found = sites_in(case, tiny_edition, areas_of(tiny_edition)["IRQ/Anbar"])
    assert [(s.name, s.entered_by_user, s.state) for s in found] == [
        ("s1", False, "open"), ("s2", True, "unknown"), ("s3", False, "unknown"),
    ]  # fmt: skip
    assert found[0].span == "unknown to unknown"


def test_actors_stand_where_a_source_places_them(tiny_folder: Path, tiny_edition: Edition) -> None:
    rows = tuple(
        Presence.model_construct(
            actor_id="isf", provinces=names, role="guards", security=None, source_id="bic", basis=Basis.STATED, area=None,
        )
        for names in (("Anbar",), ())
    )  # fmt: skip
    actor = Actor.model_construct(actor_id="isf", name="Made-up forces", standing=None)
    case = replace(open_case(tiny_folder), presence=rows, actors=(actor,))
    known = areas_of(tiny_edition)
    assert len(actors_in(case, known["IRQ/Anbar"])) == 1
    assert actors_in(case, known["IRQ/Ninewa"]) == ()
    assert len(actors_in(case, known["IRQ"])) == 2
    assert actors_in(case, known["SYR"]) == ()
    assert actors_in(case, known["IRQ"])[0].security == "unknown"


def test_what_is_worked_out_is_kept_by_edition_and_value(tiny_edition: Edition, earlier_edition: Edition) -> None:
    asked: list[tuple[str, int]] = []

    @per_edition(2)
    def doubled(edition: Edition, n: int) -> int:
        asked.append((edition.id, n))
        return 2 * n

    for edition, n in (
        (tiny_edition, 1),
        (tiny_edition, 1),
        (earlier_edition, 1),
        (tiny_edition, 1),
        (tiny_edition, 2),
    ):
        assert doubled(edition, n) == 2 * n
    assert len(asked) == 3
    doubled(earlier_edition, 1)
    assert len(asked) == 4, "the oldest of three is put away when two are kept"


def test_a_record_that_cannot_be_reached_takes_no_page_with_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise FileProblem("the database does not answer")

    assert "no document of this case was read yet" in client.get("/c/tiny/area/IRQ/Anbar").text
    assert "What the record says" not in client.get("/c/tiny/area/SYR").text
    monkeypatch.setattr(Workbench, "record", gone)
    answer = client.get("/c/tiny/area/IRQ/Anbar")
    assert answer.status_code == 200
    assert "the record cannot be reached just now" in answer.text


@pytest.mark.parametrize(
    ("name", "said"),
    [("Basra", "opened a bridge"), ("wall", "No claim names wall."), ("bridge", "Their words hold the name")],
)
def test_an_area_shows_what_the_record_says_and_of_persons_only_holders_of_posts(
    tmp_path: Path, web_settings: Settings, name: str, said: str
) -> None:
    testing = pytest.importorskip("starlette.testclient", reason="the web extra is not installed")
    app = pytest.importorskip("tocsin.web.app", reason="the web extra is not installed")
    home = case_with_record(tmp_path)
    renamed = tiny_files()["areas.json"].replace(b'"name": "Dhi Qar"', b'"name": "%s"' % name.encode())
    files = {**tiny_files(), "areas.json": renamed}
    write_edition(home / ".tocsin" / "editions", manifest=tiny_manifest(datetime.now(UTC)), files=files)
    made = app.create_app(Workbench.of([home], settings=web_settings), settings=web_settings)
    with testing.TestClient(made, base_url="http://127.0.0.1") as client:
        page = client.get("/c/told/area/IRQ/Dhi Qar").text
    assert said in page
    assert "Di Delta" not in page
    assert "<script>alert" not in page


def test_provinces_come_first_where_their_figures_are_as_new_as_those_of_countries(asking: Asking) -> None:
    files = tiny_files()
    provinces = {**json.loads(files["provinces.json"]), "origin": "2024-12"}
    page = asking({**files, "provinces.json": json.dumps(provinces).encode()}).get("/c/tiny/now").text
    assert "Every province" in page
    assert "Every country" in asking(files).get("/c/tiny/now?level=country").text


def test_a_model_is_called_experimental_where_its_contract_says_so(asking: Asking) -> None:
    files = tiny_files()
    verified = {**json.loads(files["provinces.json"]), "status": "verified", "origin": "2025-12"}
    client = asking({**files, "provinces.json": json.dumps(verified).encode()})
    assert "experimental" not in client.get("/c/tiny/now?level=admin1").text
