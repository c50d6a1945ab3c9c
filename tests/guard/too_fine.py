"""A case whose places have five decimals, whose edition was given them too, and in whose sites a user entered one."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl
from tests.record.small_record import PERSON, WORDS, claim_of, document, small_record, text_of
from tests.web.conftest import tiny_manifest
from tests.web.pages_made import brief_html, laid_pages
from tests.web.service.service_files import decision, mission, parquet, service_files

from tocsin.case.folder import BUNDLED
from tocsin.editions import write_edition

if TYPE_CHECKING:
    from pathlib import Path

LAT, LON = 36.34567, 43.15678
OWN_SITE, OWN_NAME = "orchard-sentinel", "Orchard House Sentinel"
BYSTANDER = "Bob Bystander"
MADE = datetime(2026, 2, 1, 13, 45, 59, tzinfo=UTC)
SITES_CSV = (
    f"public-sentinel,nmi,Public barracks,hq,{LAT},{LON},1,published,2018,,bic,judgement,,made up\n"
    f"{OWN_SITE},nmi,{OWN_NAME},hq,{LAT},{LON},1,user,2018,,,judgement,,entered by hand\n"
)


def too_fine_case(folder: Path) -> Path:
    """The Iraq case in a folder of its own, with two such sites, one edition and a record with a private person."""
    home = folder / "iraq"
    shutil.copytree(BUNDLED / "iraq", home)
    with (home / "sites.csv").open("a", encoding="utf-8") as table:
        table.write(SITES_CSV)
    manifest = tiny_manifest(MADE, inputs="too fine").model_copy(update={"case": "iraq"})
    write_edition(home / ".tocsin" / "editions", manifest=manifest, files=too_fine_files())
    with small_record(home / ".tocsin" / "record.db") as record:
        told = document("private.txt")
        said = f"{BYSTANDER} met the Acme Front."
        text = text_of(told, said)
        roles = (("what", WORDS, "met the Acme Front"), ("actor", PERSON, BYSTANDER))
        record.add(told, text)
        record.enter(text, [claim_of(said, text, "event", said, *roles)], extractor="rules 1", by="tocsin read")
    return home


def too_fine_files() -> dict[str, bytes]:
    """An edition as none is made: points of five decimals on days, sites with their places, bands of one kilometre."""
    assessed = mission()
    assessed["reach"]["sites"] = _placed("site_id", "entered")
    assessed["reach"]["protection"]["past"] += [
        {"month": "2018-11", "from_km": 0.0, "to_km": 1.0, "events": 77, "deaths_best": 7777},
    ]  # fmt: skip
    decided = decision()
    choice = decided["tripwires"][0]
    choice |= {"question": "How should it draw down?", "on": "2026-06-02"}
    choice["tripwires"][0]["for"] = []
    documents = {
        "mission.json": assessed,
        "decision.json": decided,
        "sites.json": _placed("site", "entered_by_user"),
        **_pages(),
    }
    return {
        **service_files(), **{name: json.dumps(value).encode() for name, value in documents.items()},
        "points.parquet": parquet(_points()), "brief.html": brief_html(),
    }  # fmt: skip


def _pages() -> dict[str, Any]:
    return {f"{name}.json": page for name, page in laid_pages().items()}


def _placed(key: str, entered: str) -> list[dict[str, Any]]:
    common = {"mission": "nmi", "role": "hq", "lat": LAT, "lon": LON, "from": "2018", "to": None, "state": "open"}
    return [
        {key: "public-sentinel", "name": "Public barracks", **common, entered: False},
        {key: OWN_SITE, "name": OWN_NAME, **common, entered: True},
    ]


def _points() -> pl.DataFrame:
    common = {"area_id": "IRQ/Ninewa", "violence": "sb", "events": 1}
    return pl.DataFrame([
        {**common, "month": "2018-12-24", "lat": LAT, "lon": LON, "deaths_best": 12},
        {**common, "month": "2018-12-25", "lat": LAT + 0.00001, "lon": LON, "deaths_best": 5},
    ])  # fmt: skip
