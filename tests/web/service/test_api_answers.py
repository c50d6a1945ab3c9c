"""Answers of the API: what they hold, what they say of where it is from, and how they are kept."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from tests.web.service.conftest import API

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

Get = "Callable[..., Any]"
ROWS = ("forecasts", "warnings", "areas", "series", "events", "replays", "sites", "changes", "questions", "tripwires",
        "calendar", "sources", "freshness", "record/contradictions")  # fmt: skip
DOCUMENTS = ("reach", "protection", "gap", "overlap", "instruments", "fit", "scores", "settle", "options", "schedule")


@pytest.mark.parametrize("path", [*ROWS, *DOCUMENTS])
def test_every_answer_says_what_it_was_made_from_and_where_its_record_stands(
    path: str, get: Callable[..., Any]
) -> None:
    about = get(path)["about"]
    assert about["edition"] == "20260201T134500Z-5249253c"
    assert about["commands"] == ["tocsin run --case tiny"]
    assert about["licences"] == ["CC0"]
    assert about["track_record"] == f"{API}/scores?edition={about['edition']}"
    assert about["watermark"] == "Demonstration: judgements are placeholders"


@pytest.mark.parametrize("path", ROWS)
@pytest.mark.parametrize("form", ["csv", "parquet", "arrow"])
def test_rows_come_as_files_with_the_same_rows(path: str, form: str, api: TestClient, get: Callable[..., Any]) -> None:
    answer = api.get(f"{API}/{path}", params={"format": form})
    assert answer.status_code == 200
    assert (
        f"iraq-{path.rsplit('/', maxsplit=1)[-1]}-20260201T134500Z-5249253c.{form}"
        in answer.headers["content-disposition"]
    )
    assert 'rel="license"' in answer.headers["link"]
    read = {"csv": pl.read_csv, "parquet": pl.read_parquet, "arrow": pl.read_ipc_stream}[form]
    assert read(BytesIO(answer.content)).height == get(path, limit=1000)["total"]  # type: ignore[operator]


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_a_file_carries_licence_citation_and_command_in_its_metadata(form: str, api: TestClient) -> None:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    held = BytesIO(api.get(f"{API}/series", params={"format": form}).content)
    schema = pq.read_schema(held) if form == "parquet" else pa.ipc.open_stream(held).schema
    assert schema.metadata[b"licences"] == b"CC0"
    assert schema.metadata[b"citations"] == b"Nobody (2024)"
    assert schema.metadata[b"commands"] == b"tocsin run --case tiny"
    assert schema.metadata[b"track_record"].startswith(b"/api/v1/cases/iraq/scores")


def test_forecasts_are_chosen_by_level_area_and_horizon(get: Callable[..., Any]) -> None:
    rows = get("forecasts", level="country", area="SYR", horizon=2)["rows"]
    assert [(r["area"], r["month"], r["q90"], r["p_25"]) for r in rows] == [("Syria", "2025-02", 44.0, 0.22)]


def test_several_areas_may_be_asked_for(get: Callable[..., Any]) -> None:
    rows = get("series", area=["IRQ", "SYR"], **{"from": "2024-12"})["rows"]
    assert {(r["area_id"], r["month"]) for r in rows} == {("IRQ", "2024-12"), ("SYR", "2024-12")}


def test_warnings_are_ranked_by_the_question_and_come_with_the_record_of_such_alerts(get: Callable[..., Any]) -> None:
    found = get("warnings", question="p100_within_6", budget=2)
    assert [r["alert"] for r in found["rows"]] == [True, True, False, False, False]
    assert [r["p"] for r in found["rows"]] == sorted((r["p"] for r in found["rows"]), reverse=True)
    assert found["question"] == "100 or more deaths in some month within 6 months"
    assert [(r["budget"], r["alerts"], r["hits"]) for r in found["track_record"]] == [(2, 48, 12), (3, 72, 18)]


def test_a_question_that_was_not_asked_is_unknown(api: TestClient) -> None:
    answer = api.get(f"{API}/warnings", params={"question": "p7_within_6"})
    assert answer.status_code == 404
    assert "escalation_within_1" in answer.json()["error"]["hint"]


def test_warnings_have_outlines_in_geojson(api: TestClient) -> None:
    found = api.get(f"{API}/warnings", params={"level": "admin1"}, headers={"Accept": "application/geo+json"}).json()
    assert found["features"][0]["geometry"]["type"] == "Polygon"
    assert found["features"][0]["properties"]["area"] == "Anbar"
    assert found["about"]["licences"] == ["CC0"]


def test_an_area_leads_to_what_is_told_of_it(api: TestClient, get: Callable[..., Any]) -> None:
    links = get("areas/IRQ/Dhi Qar")["links"]
    assert sorted(links) == ["events", "forecasts", "replays", "series", "warnings"]
    assert all(api.get(link).status_code == 200 for name, link in links.items() if name != "warnings")


def test_an_earlier_edition_is_asked_for_by_its_id(api: TestClient, get: Callable[..., Any]) -> None:
    earlier = get("editions")["rows"][-1]["edition"]
    answer = api.get(f"{API}/warnings", params={"edition": earlier})
    assert answer.json()["about"]["edition"] == earlier == answer.headers["tocsin-edition"]
    assert answer.headers["cache-control"] == "private, max-age=3600"


def test_an_answer_that_is_known_is_not_sent_again(api: TestClient) -> None:
    first = api.get(f"{API}/warnings")
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    again = api.get(f"{API}/warnings", headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert api.get(f"{API}/warnings", params={"budget": 1}).headers["etag"] != tag
    assert api.get(f"{API}/warnings", headers={"Accept": "text/csv"}).headers["etag"] != tag


def test_an_answer_is_made_once_and_kept(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from tocsin.web.service import forecasts  # noqa: PLC0415

    whole = api.get(f"{API}/series", params={"limit": 7}).content
    monkeypatch.setattr(forecasts, "table_of", None)
    assert api.get(f"{API}/series", params={"limit": 7}).content == whole


def test_head_answers_as_get_without_a_body(api: TestClient) -> None:
    got, head = (api.request(method, f"{API}/warnings") for method in ("GET", "HEAD"))
    assert head.content == b""
    assert head.status_code == 200
    assert {k: head.headers[k] for k in ("etag", "content-length", "content-type")} == {
        k: got.headers[k] for k in ("etag", "content-length", "content-type")
    }


def test_every_answer_says_its_version(api: TestClient) -> None:
    import tocsin  # noqa: PLC0415

    for path in (f"{API}/warnings", "/api/v1/nowhere", "/api/v1/openapi.json", "/api/v1/docs"):
        assert api.get(path).headers["tocsin-version"] == tocsin.__version__


def test_accept_chooses_the_form(api: TestClient) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for accept, kind in (
        (browser, "application/json"), ("text/csv;q=0.9, application/json;q=0.1", "text/csv; charset=utf-8"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"), ("text/*", "text/csv; charset=utf-8"),
    ):  # fmt: skip
        assert api.get(f"{API}/series", headers={"Accept": accept}).headers["content-type"] == kind


def test_draws_come_as_parquet_or_arrow_alone(api: TestClient) -> None:
    answer = api.get(f"{API}/draws")
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    assert pl.read_parquet(BytesIO(answer.content))["outcome"].to_list() == [3, 9]
    assert api.get(f"{API}/draws", headers={"Accept": "application/json"}).status_code == 406
    assert api.get(f"{API}/draws", params={"level": "admin1"}).json()["error"]["code"] == "not-in-edition"


def test_the_brief_is_given_as_it_was_made(api: TestClient) -> None:
    pdf, page = (api.get(f"{API}/brief.{kind}") for kind in ("pdf", "html"))
    assert (pdf.content, pdf.headers["content-type"]) == (b"%PDF-1.7 made up", "application/pdf")
    assert "sandbox" in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_page_of_operations_lists_each_and_loads_no_script(api: TestClient) -> None:
    page = api.get("/api/v1/docs").text
    described = api.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert all(f"<code>{path}</code>" in page for path in described["paths"])
    assert "<script" not in page
    assert "://" not in page.replace("http://www.w3.org", "")


def test_cases_name_their_newest_edition(api: TestClient) -> None:
    row = api.get("/api/v1/cases").json()["rows"][0]
    assert (row["case"], row["edition"], row["has_record"]) == ("iraq", "20260201T134500Z-5249253c", True)
    assert len(api.get(row["url"]).json()["editions"]) == 2


def test_no_cell_of_csv_acts_as_a_formula() -> None:
    from tocsin.web.service.formats import as_csv  # noqa: PLC0415

    table = pl.DataFrame({"about": ["=cmd|' /C calc'!A0", "Badr", None], "n": [-4, 5, 6]})
    assert as_csv(table).decode().splitlines() == ["about,n", "'=cmd|' /C calc'!A0,-4", "Badr,5", ",6"]
