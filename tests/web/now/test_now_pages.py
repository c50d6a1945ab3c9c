"""*Now*: leads with likelihood and record, confidence apart; every order, filter and question has an address."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from tocsin.vocabulary import Likelihood

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from tocsin.editions import Edition


class Cells(HTMLParser):
    """The text of every cell of the table of warnings, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside, self._cell = False, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._inside = ("class", "warned") in attrs
        elif tag == "tr" and self._inside:
            self.rows.append([])
        elif tag in {"td", "th"} and self._inside:
            self.rows[-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._inside = False
        elif tag in {"td", "th"}:
            self._cell = False

    def handle_data(self, data: str) -> None:
        if self._inside and self._cell:
            self.rows[-1][-1] += data


def now(client: TestClient, **query: str) -> str:
    answer = client.get("/c/tiny/now", params=query)
    assert answer.status_code == 200, answer.text
    text: str = answer.text
    return text


def rows(page: str) -> list[list[str]]:
    read = Cells()
    read.feed(page)
    return [row for row in read.rows[1:] if row]


def named(page: str) -> list[str]:
    return [row[1].strip() for row in rows(page)]


def test_it_leads_with_the_likeliest_in_words_and_figures(client: TestClient) -> None:
    said = re.search(r'<p class="said">(.*?)</p>', now(client), re.DOTALL)
    assert said
    text = said[1].replace("\u00a0", " ")
    assert text.startswith(
        "Escalation within 6 months of December 2024 is likeliest in Iraq (likely, 62 %), Syria (unlikely, 31 %)"
    )
    assert "Of 48 such alerts in the backtest, 2 at each origin, 25 % were right, against 5 % of all countries." in text


def test_confidence_stands_in_no_sentence_with_likelihood(client: TestClient) -> None:
    for level in ("country", "admin1"):
        text = re.sub(r"<[^>]+>", " ", now(client, level=level))
        sentences = [s for s in re.split(r"(?<=[.:])\s", text) if "onfidence" in s]
        assert sentences
        assert not [s for s in sentences for word in Likelihood if word.value in s.lower()]


def test_the_table_ranks_and_says_why_and_how_own_alerts_did(client: TestClient) -> None:
    first = rows(now(client))[0]
    assert [cell.strip() for cell in first[:6]] == ["1", "Iraq", "62 %", "likely", "31", "26"]
    assert first[6].strip() == "raised by its recent months (deaths last month: 31)"
    assert first[7].strip() == "1 of 5"


def test_another_question_ranks_by_its_own_probability_and_shows_its_own_record(client: TestClient) -> None:
    page = now(client, threshold="100", within="12", budget="3")
    assert "A month of 100 or more deaths within 12 months" in page
    assert rows(page)[0][2].strip() == "17 %"
    assert "the first 3 alerted" in page
    assert "Own alerts" not in page


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ({}, ["Iraq", "Syria", "Jordan", "Kuwait", "Iran"]),
        ({"sort": "area"}, ["Iran", "Iraq", "Jordan", "Kuwait", "Syria"]),
        ({"name": "ir"}, ["Iraq", "Iran"]),
        ({"name": "IR", "sort": "area"}, ["Iran", "Iraq"]),
        ({"region": "Middle East", "name": "syr"}, ["Syria"]),
        ({"threshold": "escalation", "within": "6", "budget": "2", "region": "", "name": "syr"}, ["Syria"]),
        ({"level": "admin1"}, ["Anbar", "Ninewa", "Dhi Qar"]),
    ],
)
def test_orders_and_filters_are_addresses(client: TestClient, query: dict[str, str], order: list[str]) -> None:
    assert named(now(client, **query)) == order


def test_nothing_found_is_said(client: TestClient) -> None:
    assert "No area of that name here." in now(client, name="Atlantis")


@pytest.mark.parametrize(
    "query",
    [{"sort": "p; drop"}, {"within": "5"}, {"threshold": "26"}, {"budget": "99"}, {"level": "cell"}, {"region": "Mars"},
     {"within": "1", "level": "admin1"}],
)  # fmt: skip
def test_what_the_edition_does_not_hold_is_refused_with_what_it_holds(
    client: TestClient, query: dict[str, str]
) -> None:
    answer = client.get("/c/tiny/now", params=query)
    assert answer.status_code == 400
    assert "it can be:" in answer.text


def test_provinces_say_the_month_their_figures_end(client: TestClient) -> None:
    page = now(client, level="admin1")
    assert "As known at the end of December 2018" in page
    assert "experimental" in page
    assert "in Iraq" in page


def test_changes_since_the_edition_before_are_listed_with_their_pages(
    client: TestClient, earlier_edition: Edition
) -> None:
    assert '<a href="/c/tiny/area/SYR">Syria crossed 20 %: escalation within 6 months.</a>' in now(client)
    earlier = now(client, edition=earlier_edition.id)
    assert "there is no edition before this one to compare with" in earlier
    assert "An earlier edition" in earlier


def test_a_change_shows_what_it_rests_on_and_how_it_stood(client: TestClient) -> None:
    page = now(client)
    assert "18 %, rank 4 before; 31 %, rank 2 now" in page
    assert '<a href="/c/tiny/trust">how such alerts fared</a>' in page


def test_links_of_an_earlier_edition_stay_in_it(client: TestClient, earlier_edition: Edition) -> None:
    page = now(client, edition=earlier_edition.id)
    links = re.findall(r'href="(/c/tiny/area/[^"]+)"', page)
    assert links
    assert all(f"edition={earlier_edition.id}" in link for link in links)


def values(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="map-values">(.*?)</script>', page, re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_the_map_has_a_picture_a_legend_and_every_value(client: TestClient, tiny_edition: Edition) -> None:
    page = now(client)
    held = values(page)
    assert held["areas"]["IRQ"] == {
        "name": "Iraq", "says": "likely (62 %), rank 1 of 5", "step": 4, "rank": 1, "middle": [44.0, 33.0],
        "url": "/c/tiny/area/IRQ",
    }  # fmt: skip
    assert held["areas"]["JOR"]["rank"] is None
    assert 'role="img"' in page
    assert "hatched: unknown" in page
    outlines = client.get(f"/c/tiny/map/country.json?edition={tiny_edition.id}")
    assert outlines.headers["content-type"] == "application/geo+json"
    assert "immutable" in outlines.headers["cache-control"]
    assert len(outlines.json()["features"]) == 5


@pytest.mark.parametrize("name", ["cell", "nothing", "..%2Fmanifest", "areas"])
def test_no_other_file_is_served_as_outlines(client: TestClient, name: str) -> None:
    assert client.get(f"/c/tiny/map/{name}.json").status_code == 404


def test_downloads_ask_the_api_for_the_same_question(client: TestClient) -> None:
    page = now(client, threshold="100", within="3")
    assert "/api/v1/cases/tiny/warnings?level=country&amp;question=p100_within_3&amp;budget=2&amp;format=csv" in page


def test_text_of_a_page_cannot_end_the_element_that_holds_the_values(client: TestClient) -> None:
    page = now(client, name="</script><script>alert(1)</script>")
    assert "<script>alert" not in page


def test_an_answer_seen_before_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/c/tiny/now")
    again = client.get("/c/tiny/now", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_no_style_and_no_script_stands_in_the_page(client: TestClient) -> None:
    for address in ("/c/tiny/now", "/c/tiny/area/IRQ/Anbar", "/c/tiny/replay"):
        page = client.get(address).text
        assert " style=" not in page
        assert "<style" not in page
        assert not re.search(r"\son[a-z]+=", page)
        assert re.findall(r"<script(?![^>]*src=)(?![^>]*application/json)", page) == []
