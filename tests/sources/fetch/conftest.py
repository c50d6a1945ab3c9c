from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from tests.sources.fetch.publisher import BODY, Asker, Publisher, Shelf

from tocsin.sources.fetch import make_client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    server = Publisher()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    with make_client(timeout_seconds=0.5) as made:
        yield made


@pytest.fixture
def asker(client: httpx.Client) -> Asker:
    return Asker(client)


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "ged251-csv.zip"


@pytest.fixture
def url(publisher: Publisher) -> str:
    return publisher.put("ged/ged251-csv.zip", Shelf(BODY))
