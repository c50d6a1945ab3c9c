"""Pages of rows: each row once, in order, whatever is added in between."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.conftest import tiny_manifest
from tests.web.service.conftest import API
from tests.web.service.service_files import service_files

from tocsin.editions import write_edition
from tocsin.settings import Settings
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient


def pages(api: TestClient, path: str, limit: int, key: str) -> Iterator[list[Any]]:
    """Keys of the rows, page by page."""
    found = api.get(f"{API}/{path}", params={"limit": limit}).json()
    while True:
        yield [row[key] for row in found["rows"]]
        if found["next"] is None:
            return
        found = api.get(found["next"]).json()


@pytest.mark.parametrize(
    ("path", "key"), [("areas", "area_id"), ("warnings", "area_id"), ("record/claims", "claim_id"),
                      ("record/entities", "entity_id"), ("record/documents", "document_id"), ("editions", "edition")],
)  # fmt: skip
def test_pages_put_together_are_the_whole(path: str, key: str, api: TestClient) -> None:
    whole = next(pages(api, path, 1000, key))
    parts = list(pages(api, path, 1, key))
    assert [one for part in parts for one in part] == whole
    assert len(whole) > 1
    assert all(len(part) <= 1 for part in parts)


def test_the_next_page_is_in_the_header_too(api: TestClient) -> None:
    answer = api.get(f"{API}/areas", params={"limit": 2})
    assert f'<{answer.json()["next"]}>; rel="next"' in answer.headers["link"]


def test_a_cursor_belongs_to_its_question(api: TestClient) -> None:
    after = api.get(f"{API}/areas", params={"limit": 2}).json()["next"].partition("cursor=")[2]
    refused = api.get(f"{API}/areas", params={"limit": 2, "level": "country", "cursor": after})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad-cursor")
    assert api.get(f"{API}/areas", params={"limit": 5, "cursor": after}).status_code == 200, "the limit may change"


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "WzEsMiwzXQ", "%00", "WyIiLCIiLC0xXQ", "A" * 499])
def test_what_is_no_cursor_is_refused(cursor: str, api: TestClient) -> None:
    for path in ("areas", "record/claims", "editions", "alerts"):
        assert api.get(f"{API}/{path}", params={"cursor": cursor}).status_code == 400


def test_pages_stay_with_their_edition_when_a_newer_one_is_made(desk: Path, tmp_path: Path) -> None:
    """The second page is of the edition that the first was of."""
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.testclient import TestClient  # noqa: PLC0415

    from tocsin.web.service import mounted  # noqa: PLC0415

    folder = tmp_path / "iraq"
    shutil.copytree(desk, folder)
    opened = Workbench.of([folder], settings=Settings(data_dir=tmp_path / "data"))
    api = TestClient(Starlette(routes=[mounted(opened, settings=opened.settings)]))
    first = api.get(f"{API}/areas", params={"limit": 3}).json()
    manifest = tiny_manifest(datetime(2026, 3, 1, tzinfo=UTC), inputs="newer").model_copy(update={"case": "iraq"})
    write_edition(folder / ".tocsin" / "editions", manifest=manifest, files={**service_files(), "areas.json": b"[]"})
    assert api.get(f"{API}/areas").json()["rows"] == []
    second = api.get(first["next"]).json()
    assert second["about"]["edition"] == first["about"]["edition"]
    assert len(second["rows"]) == 3
    opened.close()
