"""A client of an API in the same process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.service.conftest import desk, desk_workbench, service

from tocsin.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from starlette.applications import Starlette

__all__ = ["desk", "desk_workbench", "service"]


@pytest.fixture
def in_process(service: Starlette) -> Iterator[httpx.BaseTransport]:
    """Carries requests to the API without a network."""
    from starlette.testclient import TestClient  # noqa: PLC0415

    with TestClient(service, base_url="http://127.0.0.1") as opened:
        yield opened._transport


@pytest.fixture
def client(in_process: httpx.BaseTransport) -> Iterator[Client]:
    with Client("http://127.0.0.1:8000", transport=in_process) as made:
        yield made
