"""One shape for every error, with words that help and nothing of this machine in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.web.service.conftest import API

from tocsin.errors import FileProblem, InputError, SourceError, Where
from tocsin.web.service.faults import error_body, where_of, without_paths

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

REFUSALS = [
    ("GET", "/api/v1/nowhere", 404, "not-found"),
    ("GET", "/api/v1/cases/%0A", 404, "not-found"),
    ("GET", "/api/v1/cases/irak", 404, "not-found"),
    ("GET", "/api/v1/cases/irak/warnings", 404, "not-found"),
    ("GET", f"{API}/warnings?edition=20200101T000000Z-00000000", 404, "not-found"),
    ("GET", f"{API}/warnings?edition=../../etc", 404, "not-found"),
    ("GET", f"{API}/areas/IRQ/Atlantis", 404, "not-found"),
    ("GET", f"{API}/forecasts?area=XXX", 404, "not-found"),
    ("GET", f"{API}/reach?mission=none", 404, "not-found"),
    ("GET", f"{API}/settle?question=none", 404, "not-found"),
    ("GET", f"{API}/record/claims/none", 404, "not-found"),
    ("GET", f"{API}/record/claims?kind=none", 404, "not-found"),
    ("GET", f"{API}/draws?level=admin1", 404, "not-in-edition"),
    ("GET", f"{API}/warnings?budgt=5", 400, "unknown-parameter"),
    ("GET", "/api/v1/cases?limit=5", 400, "unknown-parameter"),
    ("GET", f"{API}/warnings?budget=5&budget=6", 400, "doubled-parameter"),
    ("GET", f"{API}/areas?cursor=zzz", 400, "bad-cursor"),
    ("GET", f"{API}/record/claims?q=a&status=accepted", 400, "bad-request"),
    ("GET", f"{API}/record/claims?q=%20", 400, "bad-request"),
    ("GET", f"{API}/record/claims?on=0", 422, "invalid"),
    ("GET", f"{API}/record/claims?on=2019-13-01", 422, "invalid"),
    ("POST", "/api/v1/match?as_of=1700000000", 422, "invalid"),
    ("GET", f"{API}/warnings?budget=0", 422, "invalid"),
    ("GET", f"{API}/areas?limit=1001", 422, "invalid"),
    ("GET", f"{API}/areas?limit=ten", 422, "invalid"),
    ("GET", f"{API}/areas?format=xml", 422, "invalid"),
    ("GET", f"{API}/series?format=geojson", 422, "invalid"),
    ("DELETE", f"{API}/warnings", 405, "method-not-allowed"),
    ("PUT", "/api/v1/match", 405, "method-not-allowed"),
    ("POST", "/api/v1/match/none", 422, "invalid"),
    ("POST", "/api/v1/match", 422, "invalid"),
]


@pytest.mark.parametrize(("method", "path", "status", "code"), REFUSALS, ids=str)
def test_every_refusal_has_one_shape(method: str, path: str, status: int, code: str, api: TestClient) -> None:
    answer = api.request(method, path)
    assert answer.status_code == status, answer.text
    assert list(answer.json()) == ["error"]
    told = answer.json()["error"]
    assert set(told) == {"code", "message", "where", "hint", "status"}
    assert (told["code"], told["status"]) == (code, status)
    assert told["message"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_misspelt_parameter_is_named_with_the_nearest(api: TestClient) -> None:
    told = api.get(f"{API}/warnings?budgt=5").json()["error"]
    assert told["where"] == "budgt"
    assert told["hint"].startswith("did you mean 'budget'?")


def test_what_cannot_be_accepted_is_refused_with_what_there_is(api: TestClient) -> None:
    answer = api.get(f"{API}/warnings", headers={"Accept": "image/png, application/json;q=0"})
    assert answer.status_code == 406
    assert "application/geo+json" in answer.json()["error"]["hint"]


def test_the_header_allow_names_every_method(api: TestClient) -> None:
    assert api.delete(f"{API}/warnings").headers["allow"] == "GET, HEAD"
    assert api.delete(f"{API}/settle").headers["allow"] == "GET, HEAD, POST"
    assert api.get("/api/v1/match").headers["allow"] == "POST"
    assert api.delete("/api/v1/docs").headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"queries": {}}', b'{"queries": []}', b'{"queries": {"q": 1}}',
             b'{"queries": {"q": {"schema": "Cat", "properties": {}}}}', b'{"queries": {"q": {"properties": {"name": [1]}}}}',
             b'{"queries": {"q": {"properties": {"name": ["\\ud800"]}}}}', b'{"queries": ' + b"[" * 5000],
)  # fmt: skip
def test_a_bad_body_is_refused_with_its_place(body: bytes, api: TestClient) -> None:
    answer = api.post("/api/v1/match", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 413, 422}
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_kind_is_refused(kind: str, api: TestClient) -> None:
    answer = api.post(
        "/api/v1/match", content=b'{"queries": {"q": {"properties": {"name": "a"}}}}', headers={"Content-Type": kind}
    )
    assert answer.status_code in {415, 422}


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError("no"), 400),
        (FileProblem("gone"), 503),
        (SourceError("down"), 503),
        (RuntimeError("secret words"), 500),
    ],
)
def test_a_fault_inside_is_said_without_its_insides(
    error: Exception, status: int, api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tocsin.web.service import trust  # noqa: PLC0415

    def broken(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(trust, "document_answer", broken)
    answer = api.get(f"{API}/scores")
    assert answer.status_code == status
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_a_damaged_edition_says_so_without_where_it_lies(
    desk: Path, api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tocsin.editions import Edition  # noqa: PLC0415

    def damaged(self: Edition, name: str) -> None:
        raise FileProblem(
            "the file is not the one that was written", where=Where(self.folder / name), hint=f"see {desk}/x"
        )

    monkeypatch.setattr(Edition, "json", damaged)
    answer = api.get(f"{API}/fit", params={"mission": "nmi"})
    assert answer.status_code == 503
    assert str(desk.parent) not in answer.text
    assert answer.json()["error"]["where"] in {"mission", "sources"}


def test_a_case_without_an_edition_or_record_says_how_to_make_one(tmp_path: Path) -> None:
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.testclient import TestClient  # noqa: PLC0415
    from tests.web.conftest import CASE_TOML  # noqa: PLC0415

    from tocsin.settings import Settings  # noqa: PLC0415
    from tocsin.web.service import mounted  # noqa: PLC0415
    from tocsin.web.workbench import Workbench  # noqa: PLC0415

    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "case.toml").write_text(CASE_TOML, encoding="utf-8")
    opened = Workbench.of([folder], settings=Settings(data_dir=tmp_path / "data"))
    api = TestClient(Starlette(routes=[mounted(opened, settings=opened.settings)]))
    for path, code, command in (
        ("warnings", "no-edition", "tocsin run"),
        ("record/claims", "no-record", "tocsin read"),
    ):
        told = api.get(f"/api/v1/cases/tiny/{path}").json()["error"]
        assert (told["code"], told["status"]) == (code, 404)
        assert command in told["hint"]
    assert api.get("/api/v1/cases").json()["rows"][0]["edition"] is None
    opened.close()


def test_words_of_errors_lose_folders_and_halves_of_characters() -> None:
    assert where_of(Where("/srv/cases/iraq/case.toml", (3,), "areas")) == "case.toml, row 3, field areas"
    assert without_paths("no file /srv/a b/c.toml") == "no file a b/c.toml"
    assert error_body(400, "half \ud800")["error"]["message"] == "half ?"
