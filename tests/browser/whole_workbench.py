"""One workbench with everything: a team of each role, a case with editions and a record, one without, one with faults."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from tests.browser.conftest import listening
from tests.web.cases.test_cases_pages import CASE, WRONG
from tests.web.conftest import CASE_TOML
from tests.web.iraq_case import iraq_manifest
from tests.web.record_told import tell
from tests.web.service.service_files import mission
from tests.web.team_client import PASSWORD, app_of, team_of_four

from tocsin.editions import Editions, write_edition
from tocsin.record.store import open_record
from tocsin.settings import Settings
from tocsin.web.walls import rates
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Page
    from starlette.applications import Starlette

RECORD = "/c/iraq/record"


@dataclass(frozen=True, slots=True)
class Whole:
    """A workbench that listens, and the names of what is in it.

    Attributes:
        address: where it listens.
        data: its data folder, with the record of the case iraq.
        cases: the folder that imported cases are put into.
        app: the application.
        newest, earlier: ids of the editions of the case iraq.
        claim: of a post, and of a document that can be read.
        disputed: of an alignment that another document denies.
        entity: a person who holds a post.
        document: in which the claim stands.
    """

    address: str
    data: Path
    cases: Path
    app: Starlette
    newest: str
    earlier: str
    claim: str
    disputed: str
    entity: str
    document: str


@contextmanager
def whole_workbench(folder: Path, *, files: Mapping[str, bytes]) -> Iterator[Whole]:
    """The workbench, listening until the block ends.

    Args:
        folder: an empty one, for everything that is written.
        files: of both editions of the case that ships.
    """
    data, cases = folder / "data", folder / "cases"
    for day, decided in ((1, "b"), (2, "c")):
        write_edition(
            data / "cases" / "iraq" / "editions",
            manifest=iraq_manifest(datetime(2026, 6, day, tzinfo=UTC), decided=decided),
            files={**files, "mission.json": json.dumps(mission()).encode()},
        )
    (data / "records").mkdir()
    tell(data / "records" / "iraq.db")
    for name, own in {"wrong": {"case.toml": CASE, "sites.csv": WRONG}, "empty": {"case.toml": CASE_TOML}}.items():
        (cases / name).mkdir(parents=True)
        for file, content in own.items():
            (cases / name / file).write_text(content.replace('"tiny"', f'"{name}"'), encoding="utf-8")
    settings = Settings(data_dir=data)
    workbench = Workbench.of(["iraq", cases / "wrong", cases / "empty"], settings=settings)
    workbench.imports = cases
    with pytest.MonkeyPatch.context() as patch, team_of_four(data) as team:
        patch.setattr(rates, "A_MINUTE", 100_000)  # a sweep asks faster than any person
        patch.setattr(rates, "UNKNOWN_A_MINUTE", 100_000)
        app = app_of(workbench, settings, team)
        with listening(app) as address:
            yield Whole(address, data, cases, app, *_editions(data), *_told(data))


def _editions(data: Path) -> tuple[str, str]:
    newest, earlier = Editions(data / "cases" / "iraq" / "editions").ids()
    return newest, earlier


def _told(data: Path) -> tuple[str, str, str, str]:
    with open_record(data / "records" / "iraq.db", create=False) as record:
        post = next(claim for claim in record.claims() if "Ada Alpha" in claim.quote.words)
        side = next(claim for claim in record.claims() if "is backed" in claim.quote.words)
        return post.claim_id, side.claim_id, quote(str(post.entities[0]), safe=":/"), post.document_id


def sign_in(page: Page, address: str, name: str) -> None:
    """Come in as one of the four."""
    page.goto(f"{address}/login")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/login" not in url)


def grave_faults(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it stands."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {json.dumps([node['html'][:120] for node in one['nodes'][:3]])}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]
