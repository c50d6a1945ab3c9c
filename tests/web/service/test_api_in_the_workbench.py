"""The API where visitors meet it: mounted in the workbench, behind its walls."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from tocsin.web.workbench import Workbench


@pytest.fixture
def asked(client: TestClient) -> TestClient:
    """The workbench of the tiny case, whole."""
    return client


def test_the_api_answers_in_the_workbench(asked: TestClient) -> None:
    answer = asked.get("/api/v1/cases/tiny/warnings", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()["rows"][0]["area"] == "Iraq"


def test_its_refusals_keep_their_shape_behind_the_walls(asked: TestClient) -> None:
    for path, status in (
        ("/api/v1/nowhere", 404),
        ("/api/v1/cases/tiny/warnings?x=1", 400),
        ("/api/v1/cases/%0A", 404),
    ):
        answer = asked.get(path)
        assert answer.status_code == status
        assert set(answer.json()["error"]) == {"code", "message", "where", "hint", "status"}


def test_a_program_on_this_machine_may_post(asked: TestClient) -> None:
    answer = asked.post("/api/v1/match", json={"queries": {"q": {"properties": {"name": ["Kassem Suleimani"]}}}})
    assert answer.status_code == 200
    assert answer.json()["responses"]["q"]["results"]


def test_a_page_elsewhere_may_not(asked: TestClient) -> None:
    body = {"queries": {"q": {"properties": {"name": ["a"]}}}}
    answer = asked.post("/api/v1/match", json=body, headers={"Origin": "http://elsewhere.example"})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "forbidden"


def test_a_body_too_large_is_refused_in_the_same_shape(asked: TestClient) -> None:
    answer = asked.post("/api/v1/match", content=b" " * 1_100_000, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too-large")


def test_the_page_of_operations_stands_in_the_workbench(asked: TestClient) -> None:
    page = asked.get("/api/v1/docs")
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "<h1>The API</h1>" in page.text
    assert 'style="' not in page.text


def test_many_first_visitors_have_the_api_described_once(
    desk_workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.testclient import TestClient  # noqa: PLC0415

    from tocsin.web.service import asking, mounted  # noqa: PLC0415

    described: list[int] = []
    real = asking._described

    def counted(whole: Any) -> Any:
        described.append(1)
        return real(whole)

    monkeypatch.setattr(asking, "_described", counted)
    app = Starlette(routes=[mounted(desk_workbench, settings=desk_workbench.settings)])

    def ask(_: int) -> int:
        status: int = TestClient(app).get("/api/v1/cases").status_code
        return status

    with ThreadPoolExecutor(8) as visitors:
        assert set(visitors.map(ask, range(8))) == {200}
    assert described == [1]
