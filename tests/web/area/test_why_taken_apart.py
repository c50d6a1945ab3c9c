"""The page of an area shows what its probability is made of, and what would make its alert go away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tocsin.web.area import view
from tocsin.web.figures.outlook import outlook_of

if TYPE_CHECKING:
    import pytest
    from starlette.testclient import TestClient

    from tocsin.editions import Edition
    from tocsin.vocabulary import Level
    from tocsin.web.figures.outlook import Outlook

APART = {
    "p": 0.31, "base": 0.01, "words": "",
    "parts": [{"group": "its last 12 months", "share": 0.34}, {"group": "its neighbours", "share": -0.04}],
}  # fmt: skip
SENTENCE = (
    "3 months without a month above 25 deaths (seen after 18 % of 240 past situations alike) would bring it to 9 %."
)


def test_points_and_changes_stand_on_the_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    told = outlook_of

    def with_reasons(edition: Edition, level: Level) -> Outlook | None:
        found = told(edition, level)
        more: dict[str, Any] = {
            "apart": APART,
            "goes_away": {"below": 0.12, "tried": 30, "sentences": [SENTENCE], "changes": []},
        }
        return None if found is None else replace(found, rows=tuple({**row, **more} for row in found.rows))

    monkeypatch.setattr(view, "outlook_of", with_reasons)
    page = client.get("/c/tiny/area/IRQ").text.replace("\u00a0", " ")
    assert "+34.0" in page
    assert "-4.0" in page
    assert "31.0" in page
    assert SENTENCE in page
    assert "30 changes of the months to come" in page


def test_a_warning_not_taken_apart_says_nothing_of_it(client: TestClient) -> None:
    page = client.get("/c/tiny/area/IRQ").text
    assert "What the probability is made of" not in page
    assert "What would have to change" not in page
