"""A small made-up case with two editions, its workbench, and a client that asks it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from tests.web.iraq_case import iraq, iraq_data, iraq_editions, iraq_files, iraq_settings  # noqa: F401 - fixtures, found by their names
from tests.web.tiny_files import tiny_files

from tocsin.editions import Edition, Editions, Manifest, write_edition
from tocsin.settings import Settings
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

CASE_TOML = """
name = "tiny"
title = "A tiny case"
demo = true
level = "admin1"
target = "deaths_all"
thresholds = [25, 100, 300, 1000]
windows = [1, 3, 6, 12]
horizons = "1-6"

[areas]
countries = ["IRQ"]
provinces = ["Anbar", "Ninewa", "Dhi Qar"]

[data]
events = ["starter"]

[brief]
sections = ["forecast"]
"""


def tiny_manifest(made: datetime, *, inputs: str = "newest", since: str | None = None) -> Manifest:
    """What a tiny edition says of itself; another `inputs` gives another id; `since` is the edition before."""
    return Manifest(
        case="tiny", title="A tiny case", place="Iraq", home="IRQ", demo=True, made=made, as_known_on=date(2024, 12, 31),
        origin="2024-12", provinces_origin="2018-12", tocsin="0.0", model="quantile_forest", seed=1, draws=100,
        target="deaths_all", inputs={"data": inputs}, since=since, commands=("tocsin run --case tiny",),
    )  # fmt: skip


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a case called tiny, with an earlier and a newest edition. Read it; do not write to it."""
    folder = tmp_path_factory.mktemp("cases") / "tiny"
    folder.mkdir()
    (folder / "case.toml").write_text(CASE_TOML, encoding="utf-8")
    editions = folder / ".tocsin" / "editions"
    earlier = {**tiny_files(), "changes.json": json.dumps([]).encode()}
    before = write_edition(
        editions, manifest=tiny_manifest(datetime(2026, 1, 1, tzinfo=UTC), inputs="earlier"), files=earlier
    )
    newest = tiny_manifest(datetime(2026, 2, 1, tzinfo=UTC), since=before.id)
    write_edition(editions, manifest=newest, files=tiny_files())
    return folder


@pytest.fixture(scope="session")
def tiny_edition(tiny_folder: Path) -> Edition:
    """The newest edition of the tiny case."""
    found = Editions(tiny_folder / ".tocsin" / "editions").latest()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def earlier_edition(tiny_folder: Path) -> Edition:
    """The edition of the tiny case before the newest."""
    editions = Editions(tiny_folder / ".tocsin" / "editions")
    return editions.get(editions.ids()[-1])


@pytest.fixture
def web_settings(tmp_path: Path) -> Settings:
    """Settings whose data lie in a folder of this test alone."""
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def workbench(tiny_folder: Path, web_settings: Settings) -> Iterator[Workbench]:
    """A workbench that shows the tiny case."""
    opened = Workbench.of([tiny_folder], settings=web_settings)
    yield opened
    opened.close()


@pytest.fixture
def client(workbench: Workbench, web_settings: Settings) -> Iterator[TestClient]:
    """A browser of sorts: it asks the workbench of the tiny case, on this machine."""
    testing = pytest.importorskip("starlette.testclient", reason="the web extra is not installed")
    app = pytest.importorskip("tocsin.web.app", reason="the web extra is not installed")
    made = app.create_app(workbench, settings=web_settings)
    with testing.TestClient(made, base_url="http://127.0.0.1") as opened:
        yield opened
