"""The view *Mission* as a visitor meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.pages_made import column_of, content_of, has_no_inline, links_of, words_of

from tocsin.api.known import open_case
from tocsin.web.mission.parts import PARTS
from tocsin.web.mission.sites import sites_table
from tocsin.web.place import Place

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from tocsin.editions import Edition
    from tocsin.web.shell.parts import Part


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_each_part_says_what_it_answers_what_it_does_not_know_and_how_to_make_it_again(
    iraq: TestClient, part: Part
) -> None:
    page = iraq.get("/c/iraq/mission", params={"part": part.name})
    assert page.status_code == 200
    words = words_of(content_of(page.text))
    assert page.text.count("<h1") == 1
    assert part.answers in words
    assert part.does_not in words
    assert part.again.format(case="iraq") in words
    assert links_of(page.text)["How such numbers did before"] == "/c/iraq/trust"
    assert "Its own heading" not in words, "the view's own heading takes its place"
    assert "Said on the first page" not in words
    assert has_no_inline(page.text)


def test_the_first_part_has_the_views_own_address(iraq: TestClient) -> None:
    plain = iraq.get("/c/iraq/mission")
    assert PARTS[0].answers in words_of(plain.text)
    assert links_of(plain.text)["Reach"] == "/c/iraq/mission"
    assert links_of(plain.text)["Gap"] == "/c/iraq/mission?part=gap"
    assert plain.text.count('aria-current="page"') == 2, "the view, and the part"


def test_a_province_leads_to_its_page_and_a_source_to_its_row(iraq: TestClient) -> None:
    links = links_of(content_of(iraq.get("/c/iraq/mission?part=gap").text))
    assert links["Anbar"] == "/c/iraq/area/IRQ/Anbar"
    assert links["bic"] == "/c/iraq/trust?part=texts#source-bic"
    assert 'id="source-bic"' in iraq.get("/c/iraq/trust?part=texts").text


def test_a_table_is_sorted_by_the_numbers_behind_it_and_what_is_unknown_comes_last(iraq: TestClient) -> None:
    head = links_of(content_of(iraq.get("/c/iraq/mission?part=gap").text))["Deaths"]
    assert head == "/c/iraq/mission?part=gap&by=-_table-1.1#_table-1"
    down = iraq.get(head).text
    assert column_of(down, 0) == ["Ninewa", "Anbar", "Basra", "Dhi Qar"]
    assert 'aria-sort="descending"' in down
    up = links_of(content_of(down))["Deaths"]
    assert column_of(iraq.get(up).text, 0) == ["Basra", "Anbar", "Ninewa", "Dhi Qar"]


@pytest.mark.parametrize("by", ["x", "_table-1", "_table-1.99", "<script>"])
def test_an_order_that_is_none_is_refused_in_words(iraq: TestClient, by: str) -> None:
    page = iraq.get("/c/iraq/mission", params={"part": "gap", "by": by})
    assert page.status_code == 400
    assert "sort by the links" in page.text
    assert "<script>" not in page.text


def test_rows_are_cut_to_those_with_the_words_asked_for(iraq: TestClient) -> None:
    page = iraq.get("/c/iraq/mission?part=gap&only=ANB+bic").text
    assert column_of(page, 0) == ["Anbar"]
    assert "No row holds these words" in iraq.get("/c/iraq/mission?part=gap&only=nowhere").text


def test_a_part_that_is_none_is_not_found_and_the_parts_are_named(iraq: TestClient) -> None:
    page = iraq.get("/c/iraq/mission?part=reech")
    assert page.status_code == 404
    assert "Did you mean" in page.text or "reach" in page.text


def test_words_that_lead_to_another_part_lead_there(iraq: TestClient) -> None:
    assert links_of(content_of(iraq.get("/c/iraq/mission?part=overlap").text))["gap"] == "/c/iraq/mission?part=gap#gap"


def test_drivers_and_instruments_are_shown_for_the_year_asked_for(iraq: TestClient) -> None:
    then = words_of(iraq.get("/c/iraq/mission?part=instruments&year=2017").text)
    assert "Who holds an instrument against each driver, 2017" in then
    assert "advice on the national security strategy" in then
    assert "advice to the Ministry of the Interior and the Federal Police (" in words_of(
        iraq.get("/c/iraq/mission?part=instruments&year=2022").text
    )
    assert iraq.get("/c/iraq/mission?part=instruments&year=1066").status_code == 400
    assert iraq.get("/c/iraq/mission?part=instruments&year=٢٠١٩").status_code == 400


def test_a_site_that_a_user_entered_is_marked_without_its_place_and_only_shown_to_somebody_signed_in(
    iraq: TestClient, iraq_editions: tuple[Edition, ...]
) -> None:
    words = words_of(iraq.get("/c/iraq/mission").text)
    assert "A site somebody typed\nNATO Mission Iraq\nunknown" in words
    assert "entered by a user: in no download" in words
    assert "33.3 N, 44.4 E" in words
    at = Place("iraq", open_case("iraq"), iraq_editions[0], iraq_editions[0].id)
    assert "somebody typed" not in repr(sites_table(at, signed_in=False))
    assert "somebody typed" in repr(sites_table(at, signed_in=True))


def test_an_earlier_edition_stays_the_one_shown(iraq: TestClient, iraq_editions: tuple[Edition, ...]) -> None:
    earlier = iraq_editions[1].id
    page = iraq.get("/c/iraq/mission", params={"part": "gap", "edition": earlier}).text
    assert "An earlier edition" in page
    links = links_of(content_of(page))
    assert {earlier in links[name] for name in ("Reach", "Fit", "Anbar", "Deaths", "CSV")} == {True}


def test_a_case_whose_edition_holds_nothing_of_a_mission_says_so(client: TestClient) -> None:
    page = client.get("/c/tiny/mission")
    assert page.status_code == 200
    assert "This edition holds nothing on it" in page.text


@pytest.mark.parametrize("part", ["transfer", "exits"])
def test_a_part_without_data_in_the_api_hands_out_its_tables(iraq: TestClient, part: str) -> None:
    address = links_of(content_of(iraq.get(f"/c/iraq/mission?part={part}").text))["CSV"]
    file = iraq.get(address)
    assert file.headers["content-disposition"] == f'attachment; filename="iraq-20260602-{part}.csv"'
    assert file.text.splitlines()[:3] == ["Deaths by province", "Province,Deaths,Rests on", "Anbar,310,bic; foggo"]
    assert '"1,200"' in file.text


@pytest.mark.parametrize("name", ["reach", "sites", "missions", "..%2f..%2fsites", "x"])
def test_no_other_part_is_handed_out_so(iraq: TestClient, name: str) -> None:
    assert iraq.get(f"/c/iraq/mission/{name}.csv").status_code == 404
