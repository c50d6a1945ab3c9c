"""A case that cannot be read keeps no other from being listed, shown or served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from tocsin.case import write_case
from tocsin.web.app import create_app
from tocsin.web.serving import _say_what_lacks
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.settings import Settings


@pytest.fixture
def two(tiny_folder: Path, tmp_path: Path, web_settings: Settings) -> Workbench:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "case.toml").write_text("garbage [", encoding="utf-8")
    return Workbench.of([tiny_folder, broken], settings=web_settings)


def test_the_list_names_the_fault_and_holds_the_rest(two: Workbench, web_settings: Settings) -> None:
    with TestClient(create_app(two, settings=web_settings), base_url="http://127.0.0.1") as client:
        answer = client.get("/api/v1/cases")
        assert answer.status_code == 200
        broken, tiny = answer.json()["rows"]
        assert (broken["case"], broken["edition"], broken["demo"]) == ("broken", None, None)
        assert broken["fault"]
        assert (tiny["title"], tiny["fault"]) == ("A tiny case", None)
        assert client.get("/c/tiny/now").status_code == 200
        assert client.get("/cases").status_code == 200


def test_a_server_says_which_case_cannot_be_shown_and_begins(two: Workbench) -> None:
    told: list[str] = []
    for name in two.names:
        _say_what_lacks(two, name, told.append)
    (words,) = told
    assert words.startswith("broken cannot be shown")
    assert "tocsin check" in words


def test_a_table_edited_in_place_is_read_again(tmp_path: Path, web_settings: Settings) -> None:
    folder = write_case("own", tmp_path / "own", start_from="iraq")
    workbench = Workbench.of([folder], settings=web_settings)
    workbench.look_seconds = 0
    first = workbench.case("own")
    assert workbench.case("own") is first
    with (folder / "missions.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert workbench.case("own") is not first
