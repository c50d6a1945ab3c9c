"""The workbench of a case that is too fine, and everything there is to ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guard.addresses import Gaps
from tests.guard.too_fine import too_fine_case

from tocsin.settings import Settings
from tocsin.team import open_team
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.applications import Starlette
    from starlette.testclient import TestClient


@pytest.fixture(scope="session")
def fine_workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """Shows the case. Read it; do not write to it."""
    folder = tmp_path_factory.mktemp("fine")
    opened = Workbench.of([too_fine_case(folder)], settings=Settings(data_dir=folder / "data"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def fine_app(fine_workbench: Workbench, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starlette]:
    """The whole workbench with its walls; whoever asks is the one user of this machine."""
    web = pytest.importorskip("tocsin.web.app", reason="the web extra is not installed")
    with open_team(tmp_path_factory.mktemp("team") / "team.db") as team:
        yield web.create_app(fine_workbench, settings=fine_workbench.settings, team=team)


@pytest.fixture(scope="session")
def ask(fine_app: Starlette) -> TestClient:
    from starlette.testclient import TestClient  # noqa: PLC0415 - needs the web extra

    return TestClient(fine_app, base_url="http://127.0.0.1", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def gaps(fine_workbench: Workbench) -> Gaps:
    """Ids of the record's things, those of a private person among them."""
    record = fine_workbench.record("iraq")
    assert record is not None
    private = next(e for e in record.entities(name="Bystander") if e.type.value == "person")
    public = next(e for e in record.entities(name="Acme") if e.type.value == "organisation")
    claims = [record.claims(entity=one.entity_id)[0].claim_id for one in (private, public)]
    documents = [one.document_id for one in record.documents()][:2]
    return Gaps(claims, [private.entity_id, public.entity_id], documents)
