"""Every address of the API that a page of the workbench leads to is one that answers."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PAGES = ("now", "area/IRQ", "replay", "mission", "decide", "trust")
LINK = re.compile(r'href="(/api/v1/[^"#]+)"')
LACKING = {"not-in-edition", "no-record"}
"""The tiny case has no findings of a mission and no record, and says so."""


@pytest.mark.parametrize("page", PAGES)
def test_downloads_of_a_page_are_answered(page: str, client: TestClient) -> None:
    shown = client.get(f"/c/tiny/{page}")
    for link in dict.fromkeys(html.unescape(found) for found in LINK.findall(shown.text)):
        answer = client.get(link)
        assert answer.status_code == 200 or answer.json()["error"]["code"] in LACKING, (link, answer.text)


def test_some_page_has_a_download(client: TestClient) -> None:
    assert LINK.findall(client.get("/c/tiny/now").text)


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
@pytest.mark.parametrize(
    "resource", ["scores", "freshness", "sources", "settle", "options", "tripwires", "calendar", "reach", "gap", "overlap",
                 "instruments", "fit", "protection", "warnings", "series", "replays"],
)  # fmt: skip
def test_every_form_that_pages_offer_can_be_given(resource: str, form: str, api: TestClient) -> None:
    answer = api.get(f"/api/v1/cases/iraq/{resource}", params={"format": form})
    assert answer.status_code == 200, answer.text
    assert answer.content


def test_editions_take_the_form_they_have(api: TestClient) -> None:
    assert api.get("/api/v1/cases/iraq/editions", params={"format": "json"}).status_code == 200
    assert api.get("/api/v1/cases/iraq/editions", params={"format": "csv"}).status_code == 422
