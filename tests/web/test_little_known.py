"""A case that nobody asked much of: no edition yet, or one that holds neither mission nor decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.pages_made import content_of, words_of

from tocsin.settings import Settings
from tocsin.web.decide.parts import PARTS as DECIDE
from tocsin.web.mission.parts import PARTS as MISSION
from tocsin.web.trust.parts import PARTS as TRUST
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

VIEWS = ("mission", "decide", "trust", "briefs")
EVERY = [
    f"{view}?part={part.name}"
    for view, parts in (("mission", MISSION), ("decide", DECIDE), ("trust", TRUST))
    for part in parts
]


@pytest.mark.parametrize("address", [*EVERY, "briefs"])
def test_every_part_answers_where_little_is_known(client: TestClient, address: str) -> None:
    page = client.get(f"/c/tiny/{address}")
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert "What this page does not know" in words_of(content_of(page.text))


@pytest.mark.parametrize("view", VIEWS)
def test_a_case_without_an_edition_says_how_to_make_one(tmp_path: Path, view: str) -> None:
    testing = pytest.importorskip("starlette.testclient", reason="the web extra is not installed")
    app = pytest.importorskip("tocsin.web.app", reason="the web extra is not installed")
    settings = Settings(data_dir=tmp_path)
    with testing.TestClient(
        app.create_app(Workbench.of(["iraq"], settings=settings), settings=settings), base_url="http://127.0.0.1"
    ) as opened:
        page = opened.get(f"/c/iraq/{view}")
    assert page.status_code == 200
    assert "tocsin run --case iraq" in words_of(content_of(page.text))
