"""The page of a country's slow drivers: drawn, tabled, downloaded; a name nobody knows is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_an_area_leads_to_the_slow_drivers_of_its_country(client: TestClient) -> None:
    page = client.get("/c/tiny/area/IRQ/Anbar").text
    assert 'href="/c/tiny/profile/IRQ"' in page
    assert "No slow figure that ships is finer than the country" in page


def test_the_page_draws_tables_and_says_what_it_does_not_know(client: TestClient) -> None:
    answer = client.get("/c/tiny/profile/IRQ")
    assert answer.status_code == 200
    page = answer.text.replace("\u00a0", " ")
    assert page.count("<svg") >= 2
    assert "violence is here" in page
    assert "no score of fragility and no rank" in page
    assert "months since the last death" in page.lower()
    assert "Make it again: <code>tocsin profile IRQ</code>" in page


def test_the_table_sorts(client: TestClient) -> None:
    page = client.get("/c/tiny/profile/IRQ", params={"by": "-_table-900.3"}).text
    assert 'aria-sort="descending"' in page


def test_the_data_are_downloaded(client: TestClient) -> None:
    table = client.get("/c/tiny/profile/IRQ.csv")
    assert table.headers["content-disposition"] == 'attachment; filename="profile-IRQ.csv"'
    assert "Income a head" in table.text
    whole = client.get("/c/tiny/profile/IRQ.json").json()
    assert whole["country"] == "IRQ"
    assert len(whole["drivers"]) == 22


def test_a_country_nobody_knows_is_refused(client: TestClient) -> None:
    assert client.get("/c/tiny/profile/NOWHERE").status_code == 404


def test_a_profile_leads_to_the_country_s_page_only_where_there_is_one(client: TestClient) -> None:
    home, elsewhere = (client.get(f"/c/tiny/profile/{country}").text for country in ("IRQ", "GHA"))
    assert client.get("/c/tiny/area/IRQ").status_code == 200
    assert 'href="/c/tiny/area/IRQ"' in home
    assert client.get("/c/tiny/area/GHA").status_code == 404
    assert 'href="/c/tiny/area/GHA"' not in elsewhere
    assert "Structural profile of Ghana" in elsewhere
