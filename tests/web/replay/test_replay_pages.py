"""*Replay*: what would have been said, beside what came, for every month replayed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tocsin.vocabulary import Month
from tocsin.web.replay.replayed import Outcome, outcomes, told

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from tocsin.editions import Edition

FOREST = "quantile_forest"


def replay(client: TestClient, *, part: bool = False, **query: str) -> str:
    answer = client.get("/c/tiny/replay", params=query, headers={"HX-Request": "true"} if part else {})
    assert answer.status_code == 200, answer.text
    text: str = answer.text
    return text.replace("\u00a0", " ")


def test_it_begins_with_the_origin_that_leads(client: TestClient) -> None:
    page = replay(client)
    assert "At the end of May 2014 the pooled quantile forest would have alerted" in page
    assert "A replay is not a time machine" in page
    assert '<option value="2014-05" selected>May 2014</option>' in page


def test_the_address_carries_month_model_and_budget(client: TestClient) -> None:
    page = replay(client, origin="2014-02", model="negative_binomial", budget="2")
    assert "At the end of February 2014 the negative binomial on its own mean would have alerted" in page
    assert '<option value="2" selected>the first 2</option>' in page
    assert "/c/tiny/replay?origin=2014-01&amp;model=negative_binomial&amp;budget=2" in page
    assert "/c/tiny/replay?origin=2014-03&amp;model=negative_binomial&amp;budget=2" in page


def test_moving_the_slider_fetches_the_part_alone(client: TestClient) -> None:
    part, whole = replay(client, part=True, origin="2014-02"), replay(client, origin="2014-02")
    assert part.startswith('<div id="replayed">')
    assert "<html" not in part
    assert "<form" not in part
    assert part.strip() in whole


def test_what_was_said_stands_beside_what_came(tiny_edition: Edition) -> None:
    rows = {r.name: r for r in outcomes(tiny_edition, FOREST, Month.of(2014, 1))}
    assert (rows["Anbar"].rank, rows["Anbar"].p, rows["Anbar"].came, rows["Anbar"].peak) == (1, 0.3, True, 90)
    assert (rows["Ninewa"].came, rows["Ninewa"].peak) == (False, 3)
    assert rows["Anbar"].beside == (1, 0.3)


def test_what_is_not_yet_known_is_said_to_be_unknown(client: TestClient) -> None:
    page = replay(client, origin="2014-12")
    assert "What came in the 6 months after is not known in full." in page
    assert page.count('<span class="unknown">unknown</span>') >= 3


def outcome(name: str, rank: int, *, came: bool | None) -> Outcome:
    return Outcome(f"IRQ/{name}", name, rank, 0.5 / rank, came, 40, None, None)


@pytest.mark.parametrize(
    ("came", "sentence"),
    [
        ((True, False), "came in 1 of 2 provinces (Anbar): 1 of 1 alerts were right."),
        ((False, True), "came in 1 of 2 provinces (Ninewa): 0 of 1 alerts were right."),
        ((False, False), "came in none of 2 provinces: the one alert was false."),
        ((None, False), "is not known in full."),
    ],
)
def test_alerts_are_counted_against_what_came(came: tuple[bool | None, bool], sentence: str) -> None:
    rows = [outcome("Anbar", 1, came=came[0]), outcome("Ninewa", 2, came=came[1])]
    said = told(rows, origin=Month.of(2014, 5), budget=1, within=6, model=FOREST)
    assert said.endswith(sentence)
    assert "alerted Anbar (50 %)." in said


def test_the_price_in_false_alarms_stands_by_model(client: TestClient) -> None:
    row = re.search(r"<tr><th scope=\"row\">False alarms</th>(.*?)</tr>", replay(client))
    assert row
    assert row[1].count("1.80 a province-year") == 2


@pytest.mark.parametrize("query", [{"origin": "1999-01"}, {"origin": "x"}, {"model": "oracle"}, {"budget": "7"}])
def test_what_was_not_replayed_is_refused(client: TestClient, query: dict[str, str]) -> None:
    answer = client.get("/c/tiny/replay", params=query)
    assert answer.status_code == 400
    assert "it can be:" in answer.text


def test_the_list_works_without_the_slider(client: TestClient) -> None:
    page = replay(client)
    assert re.search(r'<div class="field slide" hidden>', page)
    assert 'name="slider"' not in page
    assert page.count('<option value="2014-') == 12
