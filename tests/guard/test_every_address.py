"""Every page and every answer of the application is looked into: one that is added is looked into too, or a test fails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.guard.addresses import Gaps, described, every_answer, every_page, filled, senders, strangers
from tests.guard.looked_into import said, times_of_day, too_fine
from tests.guard.too_fine import BYSTANDER, LAT, OWN_NAME, OWN_SITE

if TYPE_CHECKING:
    from httpx import Response
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

FORMS_TAKEN = {
    "/login", "/logout", "/account/password", "/account/sessions/end", "/account/tokens", "/account/tokens/revoke",
    "/admin/users", "/admin/users/role", "/admin/users/disabled", "/admin/users/password",
    "/c/{case}/record/claim/{claim}/decide", "/c/{case}/record/entity/{entity:path}/judge", "/c/{case}/briefs",
    "/cases/import", "/cases/{case}/file",
}  # fmt: skip
"""Addresses that take a form; of these only a case's file hands something out, and a test below looks into it."""
QUESTIONS_SENT = {"/cases/{case}/settle", "/match", "/match/{dataset}"}
WHERE_A_USERS_SITE_IS_NAMED = {"/c/iraq/mission", "/c/iraq/mission?part=reach", "/c/iraq/area/IRQ/Ninewa"}
"""The workbench shows a site to those who entered it, without its place; what is handed out never does."""


@pytest.fixture(scope="session")
def answers(fine_app: Starlette, ask: TestClient, gaps: Gaps) -> dict[str, Response]:
    """What every address answers."""
    return {one: ask.get(one) for one in (*every_page(fine_app, gaps), *every_answer(ask, gaps))}


def test_everything_that_answers_is_known(fine_app: Starlette, ask: TestClient) -> None:
    assert strangers(fine_app) == []
    assert set(senders(fine_app)) == FORMS_TAKEN
    assert {path for path, of in described(ask)["paths"].items() if set(of) - {"get"}} == QUESTIONS_SENT


def test_an_address_that_nobody_filled_would_be_found(gaps: Gaps) -> None:
    with pytest.raises(AssertionError, match="nobody said what stands for 'cell'"):
        list(filled("/c/{case}/cell/{cell}", gaps))


def test_most_of_it_answers(answers: dict[str, Response]) -> None:
    """Only what answers can be looked into."""
    failed = {one: a.status_code for one, a in answers.items() if a.status_code >= 500}
    assert failed == {}
    given = [one for one, a in answers.items() if a.status_code == 200]
    assert len(given) > 120
    assert {"/c/iraq/now", "/c/iraq/area/IRQ/Ninewa?month=2018-12", "/api/v1/cases/iraq/events?format=parquet",
            "/api/v1/cases/iraq/sites?format=geojson", "/api/v1/cases/iraq/draws?format=arrow"} <= set(given)  # fmt: skip


def test_no_place_is_finer_than_a_tenth_of_a_degree(answers: dict[str, Response]) -> None:
    assert {one: found for one, a in answers.items() if (found := too_fine(said(a)))} == {}


DEATHS_OF_THE_BAND = re.compile(r"(?<![\d.,])7,?777(?!\d)")
"""The number as a whole one: a share of .47777 is another."""


def test_a_finer_place_would_be_found() -> None:
    for words in (f"{LAT}", '{"lat": 36.35}', "36.346 N", '"Point","coordinates":[43.16,36.3]', "at 43.1568"):
        assert too_fine(words), words
    assert not too_fine('{"lat": 36.3, "lon": 43.2}')


def test_a_site_that_a_user_entered_is_in_nothing_handed_out(answers: dict[str, Response]) -> None:
    named = {one for one, a in answers.items() if OWN_NAME in said(a) or OWN_SITE in said(a)}
    assert {one.partition("?month")[0] for one in named} <= WHERE_A_USERS_SITE_IS_NAMED


def test_no_feed_has_a_time_of_day(answers: dict[str, Response]) -> None:
    feeds = {one: said(a) for one, a in answers.items() if one.partition("?")[0].endswith((".atom", ".ics"))}
    assert len(feeds) == 8
    assert {one: found for one, text in feeds.items() if (found := times_of_day(text))} == {}


def test_nothing_tells_the_hour_of_what_happened(answers: dict[str, Response]) -> None:
    """The edition was given a tripwire that tripped at half past two."""
    assert {one for one, a in answers.items() if "14:30" in said(a)} == set()


def test_no_band_is_narrower_than_25_km(answers: dict[str, Response]) -> None:
    """The edition was given a band of one kilometre, with 7777 deaths that stand nowhere else."""
    assert {one for one, a in answers.items() if DEATHS_OF_THE_BAND.search(said(a))} == set()


def test_the_deaths_of_a_band_would_be_found() -> None:
    for words in ("7777 deaths", '"deaths": 7777}', "7,777", "(7777.0)"):
        assert DEATHS_OF_THE_BAND.search(words), words
    assert not DEATHS_OF_THE_BAND.search('{"share": 0.7777777, "level": 17777}')


def test_no_event_is_finer_than_a_month(answers: dict[str, Response]) -> None:
    """The edition was given events of two days of one month."""
    assert {one for one, a in answers.items() if "2018-12-24" in said(a)} == set()


def test_a_private_person_is_in_no_answer_of_the_api(answers: dict[str, Response]) -> None:
    given = {one for one, a in answers.items() if BYSTANDER in said(a) and one.startswith("/api/")}
    assert given == set()
