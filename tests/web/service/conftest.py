"""The API of a made-up case: an edition of every part, a record made by hand, and a client that asks it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.record.small_record import PERSON, WORDS, claim_of, document, small_record, text_of
from tests.web.conftest import tiny_manifest
from tests.web.service.service_files import OWN_SITE, service_files

from tocsin.case.folder import BUNDLED
from tocsin.editions import write_edition
from tocsin.settings import Settings
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from tocsin.record.store import Record

BYSTANDER = "Bob Bystander met the Acme Front."
API = "/api/v1/cases/iraq"


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case folder of its own: the Iraq case with a site that a user entered, two made-up editions, and a record."""
    folder = tmp_path_factory.mktemp("desk") / "iraq"
    shutil.copytree(BUNDLED / "iraq", folder)
    with (folder / "sites.csv").open("a", encoding="utf-8") as table:
        table.write(f"{OWN_SITE},nmi,House of a user,hq,32.3141,41.4213,1,user,2018,,,judgement,,entered by hand\n")
    editions = folder / ".tocsin" / "editions"
    for month, inputs in ((1, "earlier"), (2, "newest")):
        manifest = tiny_manifest(datetime(2026, month, 1, 13, 45, tzinfo=UTC), inputs=inputs)
        write_edition(editions, manifest=manifest.model_copy(update={"case": "iraq"}), files=service_files())
    with small_record(folder / ".tocsin" / "record.db") as record:
        add_bystander(record)
    return folder


def add_bystander(record: Record) -> None:
    """A claim that names a person who holds no post and stands on no list."""
    told = document("c.txt")
    text = text_of(told, BYSTANDER)
    roles = (("what", WORDS, "met the Acme Front"), ("actor", PERSON, "Bob Bystander"))
    record.add(told, text)
    record.enter(text, [claim_of(BYSTANDER, text, "event", BYSTANDER, *roles)], extractor="rules 1", by="tocsin read")


@pytest.fixture(scope="session")
def desk_workbench(desk: Path) -> Iterator[Workbench]:
    opened = Workbench.of([desk], settings=Settings(data_dir=desk.parent / "data"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def service(desk_workbench: Workbench) -> Starlette:
    """The API where the workbench mounts it, without walls."""
    pytest.importorskip("fastapi", reason="the web extra is not installed")
    from starlette.applications import Starlette  # noqa: PLC0415

    from tocsin.web.service import mounted  # noqa: PLC0415

    return Starlette(routes=[mounted(desk_workbench, settings=desk_workbench.settings)])


@pytest.fixture
def api(service: Starlette) -> Iterator[TestClient]:
    """A program that asks the API."""
    from starlette.testclient import TestClient  # noqa: PLC0415

    with TestClient(service, base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def get(api: TestClient) -> Callable[..., Any]:
    """Gives the JSON of an address of the case."""

    def ask(path: str, **parameters: Any) -> Any:
        answer = api.get(f"{API}/{path}", params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return ask
