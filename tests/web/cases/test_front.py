"""The way in leads to the only case, or to the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_the_only_case_is_shown_at_once(client: TestClient) -> None:
    for address in ("/", "/c/tiny", "/c/tiny/"):
        answer = client.get(address, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/c/tiny/now")


def test_several_cases_are_listed(client: TestClient) -> None:
    workbench = client.app.state.workbench  # type: ignore[attr-defined]
    folder = workbench.folders["tiny"]
    workbench.add(folder.parent / "other")
    try:
        assert client.get("/", follow_redirects=False).headers["location"] == "/cases"
    finally:
        workbench.folders.pop("other")


def test_a_case_that_is_not_there_is_said_with_words(client: TestClient) -> None:
    answer = client.get("/c/none/now")
    assert answer.status_code == 404
    assert "no case is called" in answer.text
