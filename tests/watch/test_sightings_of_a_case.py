"""What a case's own record says of posts at the institutions that its missions engage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.api.known import open_case
from tocsin.api.read import read_documents
from tocsin.api.watch_sightings import claims_gone, institutions, sightings_of
from tocsin.settings import Settings
from tocsin.watch.alert import Kind
from tocsin.watch.bell import Bell
from tocsin.watch.sightings import sightings_rung

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.watch.sightings import Sighting

BELL = Bell("small", demo=True, command="tocsin run --case small", data="edition x")
NEW = "A. Newcomer,,commander,Federal Police,fedpol,,,2026-09,,foggo,stated,,\n"


TABLES = {
    "sources": ["source_id,title,date,date_origin,kind", "foggo,A text,2025,inferred,opinion"],
    "missions": ["mission_id,name,host,source_id,basis", "nmi,NATO Mission Iraq,IRQ,foggo,stated"],
    "actors": ["actor_id,name,type,source_id,basis", "fedpol,Federal Police,police,foggo,stated"],
    "engagements": ["mission_id,actor_id,level,mode,source_id,basis", "nmi,fedpol,institution,advise,foggo,stated"],
    "posts": [
        "person,aliases,post,organisation,actor_id,seen,end_reason,start,end,source_id,basis,judged,note",
        "B. Former,,commander,Federal Police,fedpol,,,2020,2026-08,foggo,stated,,",
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    case = 'name = "small"\ntitle = "Small"\nlevel = "country"\n[areas]\ncountries = ["IRQ"]\n'
    (tmp_path / "case.toml").write_text(case, encoding="utf-8")
    for name, lines in TABLES.items():
        (tmp_path / f"{name}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return tmp_path


def seen(folder: Path) -> tuple[Sighting, ...] | None:
    return sightings_of(open_case(folder), settings=Settings.load())


def test_a_new_holder_of_a_post_at_an_institution_that_is_advised_rings(folder: Path) -> None:
    assert "Federal Police" in institutions(open_case(folder))
    assert seen(folder) is None, "there is no record yet"
    read_documents(open_case(folder), extractors=("dataset",), jobs=1)
    first = seen(folder) or ()
    known = sightings_rung([s for s in first if s.kind is Kind.POST], None, bell=BELL)[1]
    with (folder / "posts.csv").open("a", encoding="utf-8") as file:
        file.write(NEW)
    read_documents(open_case(folder), extractors=("dataset",), jobs=1)
    posts = [s for s in seen(folder) or () if s.kind is Kind.POST]
    (alert,), _ = sightings_rung(posts, known, bell=BELL)
    assert alert.title == "The record says something new of a post at Federal Police"
    assert "A. Newcomer" in alert.says
    assert "Whether it is so: nobody has reviewed the claim." in alert.unknown
    (quoted,) = alert.evidence
    assert quoted.quote is not None
    assert "A. Newcomer" in quoted.quote
    assert quoted.claim_id is not None
    held = {quoted.claim_id, "gone"}
    assert claims_gone(open_case(folder), held, settings=Settings.load()) == {"gone"}
