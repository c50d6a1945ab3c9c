"""The case that ships with questions, sites and texts, beside two tiny made-up editions of it, and a client that asks it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.pages_made import brief_html, laid_pages
from tests.web.tiny_files import tiny_files

from tocsin.api.known import open_case
from tocsin.api.settle import settle_case
from tocsin.api.shapes.settle import question_as_json
from tocsin.editions import Edition, Editions, Manifest, write_edition
from tocsin.settings import Settings
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

DRAWS = 5000
SITES = [
    {"site": "union-iii", "name": "Union III", "mission": "nmi", "role": None, "lat": 33.3, "lon": 44.4, "from": "2018",
     "to": None, "state": "open", "entered_by_user": False},
    {"site": "by-hand", "name": "A site somebody typed", "mission": "nmi", "role": None, "lat": None, "lon": None,
     "from": None, "to": None, "state": "unknown", "entered_by_user": True},
]  # fmt: skip
FRESHNESS = [
    {"source": "UCDP GED made up", "newest_month": "2024-12", "expected_lag_days": 50, "stale": True, "due": "2025-02-19",
     "lag": "candidate events come about 20 days after a month"},
    {"source": "a closed release", "newest_month": "2018-12", "expected_lag_days": None, "stale": None, "due": None,
     "lag": "closed"},
]  # fmt: skip
SOURCES = [
    {"source": "UCDP GED made up", "title": "UCDP GED made up", "publisher": "UCDP", "licence": "CC-BY-4.0",
     "citation": "Sundberg & Melander (2013), doi:10.1177/0022343313484347", "url": "javascript:alert(1)", "vintage": "19.1",
     "lag": "yearly", "covers": {"IRQ": ["1989-01", "2018-12"]}, "newest_month": "2018-12",
     "faults": ["some events have no province"]},
]  # fmt: skip


def _tripwires() -> list[dict[str, Any]]:
    now = {"state": "tripped", "why": "the date is past", "since": "2026-06-01", "seen": "2026-06-02", "last": "tripped",
           "value": None}  # fmt: skip
    timing = {"option": "slow", "name": "Smaller, over a longer time", "verdict": "refused", "lead_days": 30.0,
              "need_days": 365.25, "spare_days": -335.25, "why": "too late"}  # fmt: skip
    wire = {"id": "summit", "watches": "the summit in Ankara", "indicator": "calendar", "lag_days": None,
            "condition": "30 days before 2026-07", "source_id": "bic",
            "basis": "judgement", "now": now, "for": [timing]}  # fmt: skip
    return [{"choice": "nmi-drawdown-2026", "question": "How should it draw down?", "on": "2026-06-02",
             "tripwires": [wire], "refused": []}]  # fmt: skip


def _calendar() -> list[dict[str, Any]]:
    due = {"kind": "calendar", "of": None, "source_id": "bic", "basis": "stated", "choices": ["nmi-drawdown-2026"]}
    return [
        {**due, "when": "2026-07", "day": "2026-07-01", "what": "a summit", "past": None},
        {**due, "when": "2026-09", "day": "2026-09-01", "what": "an end is wanted", "past": False},
    ]


@pytest.fixture(scope="session")
def iraq_files() -> dict[str, bytes]:
    """The files of a tiny edition of the case that ships."""
    settled = settle_case(open_case("iraq"), draws=DRAWS)
    decision = {
        "case": "iraq", "demo": True, "leads": "nmi-end", "settle": [question_as_json(one) for one in settled],
        "options": [], "tripwires": _tripwires(), "schedule": [], "calendar": _calendar(),
    }  # fmt: skip
    own = {
        "decision": decision,
        "sites": SITES,
        "freshness": FRESHNESS,
        "sources": SOURCES,
        "record": {"claims": 0},
        **laid_pages(),
    }
    made = {f"{name}.json": json.dumps(value, default=float).encode() for name, value in own.items()}
    return {**tiny_files(), **made, "brief.html": brief_html(), "brief.pdf": b"%PDF-1.7 tiny"}


def iraq_manifest(made: datetime, *, decided: str) -> Manifest:
    """What such an edition says of itself; `decided` is the fingerprint of its questions."""
    return Manifest(
        case="iraq", title="Iraq", place="Iraq", home="IRQ", demo=True, made=made, as_known_on=date(2024, 12, 31),
        origin="2024-12", provinces_origin="2018-12", tocsin="0.0", model="quantile_forest", seed=1, draws=100,
        target="deaths_all", inputs={"study": "a" * 64, "decision": decided * 64}, seconds={"study": 3.5, "decision": 0},
        notes=("Figures by province end with December 2018.",), commands=("tocsin run --case iraq --seed 1",),
    )  # fmt: skip


@pytest.fixture(scope="session")
def iraq_data(tmp_path_factory: pytest.TempPathFactory, iraq_files: dict[str, bytes]) -> Path:
    """A data folder with an earlier and a newest edition of the case that ships. Read it; do not write to it."""
    data = tmp_path_factory.mktemp("iraq") / "data"
    folder = data / "cases" / "iraq" / "editions"
    for day, decided in ((1, "b"), (2, "c")):
        write_edition(
            folder, manifest=iraq_manifest(datetime(2026, 6, day, tzinfo=UTC), decided=decided), files=iraq_files
        )
    return data


@pytest.fixture
def iraq_settings(tmp_path: Path, iraq_data: Path) -> Settings:
    """Settings whose data folder is a copy for this test alone."""
    return Settings(data_dir=copytree(iraq_data, tmp_path / "data"))


@pytest.fixture
def iraq_editions(iraq_settings: Settings) -> tuple[Edition, ...]:
    """The editions, newest first."""
    held = Editions(iraq_settings.data_dir / "cases" / "iraq" / "editions")
    return tuple(held.get(one) for one in held.ids())


@pytest.fixture
def iraq(iraq_settings: Settings) -> Iterator[TestClient]:
    """A browser of sorts that asks the workbench of the case that ships, on this machine."""
    testing = pytest.importorskip("starlette.testclient", reason="the web extra is not installed")
    app = pytest.importorskip("tocsin.web.app", reason="the web extra is not installed")
    workbench = Workbench.of(["iraq"], settings=iraq_settings)
    made = app.create_app(workbench, settings=iraq_settings)
    with testing.TestClient(made, base_url="http://127.0.0.1", follow_redirects=False) as opened:
        yield opened
