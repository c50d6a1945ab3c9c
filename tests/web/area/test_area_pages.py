"""*Area*: what was, what is likely, why, what came of its like, who is there, and what is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.vocabulary import Violence
from tocsin.web.area.charts import events_svg
from tocsin.web.area.events import Lain, events_in, sides_to
from tocsin.web.area.words import factor
from tocsin.web.figures.areas import areas_of

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from tocsin.editions import Edition


def area(client: TestClient, name: str, **query: str) -> str:
    answer = client.get(f"/c/tiny/area/{name}", params=query)
    assert answer.status_code == 200, answer.text
    text: str = answer.text
    return text.replace("\u00a0", " ")


def test_a_province_says_what_is_likely_and_how_such_alerts_did(client: TestClient) -> None:
    page = area(client, "IRQ/Anbar")
    assert "Escalation within 6 months of December 2018: unlikely (31 %), rank 1 of 3." in page
    assert "A month of 25 or more deaths by then: unlikely (31 %)." in page
    assert "Of 12 such alerts in the backtest, 1 at each origin, 25 % were right, against 5 % of all provinces." in page
    assert "Confidence is low: the model is experimental for provinces" in page


def test_drivers_are_signed_and_in_words(client: TestClient) -> None:
    page = area(client, "IRQ")
    assert "+1.20" in page
    assert "raised, times 3.3" in page
    assert "-0.30" in page
    assert "are no causes" in page


@pytest.mark.parametrize(
    ("move", "words"), [(0.6931, "raised, times 2.0"), (-0.6931, "lowered, times 0.50"), (0.0, "hardly moved")]
)
def test_a_move_of_log_deaths_is_a_factor(move: float, words: str) -> None:
    assert factor(move) == words


def test_nearest_situations_lead_to_their_areas_and_say_what_followed(client: TestClient) -> None:
    page = area(client, "IRQ")
    row = re.search(r'<a href="/c/tiny/area/JOR">Jordan</a>.*?</tr>', page, re.DOTALL)
    assert row
    assert "July 2016" in row[0]
    assert "0, 54, 3" in row[0]


def test_probabilities_stand_by_window_and_threshold(client: TestClient) -> None:
    page = area(client, "IRQ")
    assert page.count('scope="row" class="names">1 month</th>') == 1
    assert "1,000 or more" in page
    assert "12 months" in page


def test_events_stand_at_a_tenth_of_a_degree_and_lead_to_the_months_around(client: TestClient) -> None:
    page = area(client, "IRQ/Anbar")
    assert "Events of December 2018" in page
    assert "33.4, 42.7" in page
    assert "month=2018-11#events" in page
    earlier = area(client, "IRQ/Anbar", month="2018-11")
    assert "32.6, 41.3" in earlier
    assert "one-sided" in earlier
    assert "Government of Iraq" not in earlier


def test_a_country_holds_the_events_of_its_provinces(tiny_edition: Edition) -> None:
    country, province = (areas_of(tiny_edition)[a] for a in ("IRQ", "IRQ/Anbar"))
    assert events_in(tiny_edition, country, "2018-12") == events_in(tiny_edition, province, "2018-12") != ()


def test_sides_are_counted_over_twelve_months(tiny_edition: Edition) -> None:
    pairs = sides_to(tiny_edition, areas_of(tiny_edition)["IRQ/Anbar"], "2018-12")
    assert [(p.side_a, p.side_b, p.deaths) for p in pairs] == [("Government of Iraq", "IS", 12), ("IS", "Civilians", 4)]
    assert sides_to(tiny_edition, areas_of(tiny_edition)["IRQ/Anbar"], "2019-12") == ()


def test_finer_places_in_a_table_are_still_shown_to_a_tenth(
    tiny_edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = pl.DataFrame({
        "area_id": ["IRQ/Ninewa"], "month": ["2018-12"], "lat": [36.3456], "lon": [43.1512], "violence": ["sb"],
        "deaths_best": [3], "events": [1],
    })  # fmt: skip
    monkeypatch.setattr("tocsin.web.area.events.table_of", lambda *_: fine)
    shown = events_in(tiny_edition, areas_of(tiny_edition)["IRQ/Ninewa"], "2018-12")
    assert [(e.lat, e.lon) for e in shown] == [(36.3, 43.2)]


def test_a_month_without_events_is_refused_with_the_months_there_are(client: TestClient) -> None:
    answer = client.get("/c/tiny/area/IRQ/Anbar", params={"month": "2018-10"})
    assert answer.status_code == 400
    assert "2018-11, 2018-12" in answer.text


def test_what_is_not_known_is_said(client: TestClient) -> None:
    page = area(client, "JOR")
    assert "Where events lay within this area is unknown to this edition." in page
    assert "Which actors are here is unknown" in page
    assert "How well events are recorded and placed here is unknown." in page
    assert "How well events are recorded and placed here is unknown." not in area(client, "IRQ")


@pytest.mark.parametrize("typed", ["Dhi Qar", "dhi qar", "IRQ/Dhi Qar"])
def test_an_area_is_found_by_name_or_id(client: TestClient, typed: str) -> None:
    answer = client.get("/c/tiny/area", params={"name": typed}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/c/tiny/area/IRQ/Dhi%20Qar")
    assert "<h1>Dhi Qar</h1>" in client.get(answer.headers["location"]).text


def test_without_a_name_the_country_of_the_case_is_shown(client: TestClient) -> None:
    assert "<h1>Iraq</h1>" in client.get("/c/tiny/area").text


@pytest.mark.parametrize("address", ["/c/tiny/area?name=Atlantis", "/c/tiny/area/XXX", "/c/tiny/area/../../etc/passwd"])
def test_an_unknown_area_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_hostile_name_is_shown_as_text(client: TestClient) -> None:
    answer = client.get("/c/tiny/area", params={"name": "<img src=x onerror=alert(1)>"})
    assert answer.status_code == 404
    assert "<img src=x" not in answer.text


def test_the_history_tells_types_apart_and_hatches_what_is_unknown(client: TestClient) -> None:
    page = area(client, "IRQ/Anbar")
    assert "one-sided" in page
    assert "-unknown)" in page
    assert "experimental at this level" in page


def test_an_event_just_beyond_an_outline_stays_within_the_picture(
    tiny_edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    beyond = (Lain(33.0, 40.7, Violence.STATE_BASED, 5, 1),)
    monkeypatch.setattr("tocsin.web.area.charts.events_in", lambda *_: beyond)
    svg = events_svg(tiny_edition, areas_of(tiny_edition)["IRQ/Anbar"], "2018-10")
    assert svg is not None
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    dots = [tuple(map(float, at)) for at in re.findall(r'<circle cx="([\d.-]+)" cy="([\d.-]+)"', svg)]
    assert dots
    assert all(0 <= x <= width and 0 <= y <= height for x, y in dots)


def test_downloads_name_the_area_as_addresses_must(client: TestClient) -> None:
    page = area(client, "IRQ/Dhi Qar")
    assert "/api/v1/cases/tiny/series?level=admin1&amp;area=IRQ%2FDhi+Qar&amp;format=csv" in page
    for address in re.findall(r'href="(/api/[^"]+)"', page):
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_every_download_of_the_other_views_is_answered(client: TestClient) -> None:
    for view in ("now", "now?level=admin1&threshold=100", "replay"):
        found = re.findall(r'href="(/api/[^"]+)"', client.get(f"/c/tiny/{view}").text)
        assert len(found) >= 3
        for address in found:
            assert client.get(address.replace("&amp;", "&")).status_code == 200
