"""The findings of the Iraq case at small cost: few draws, a short track record, three origins replayed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from tests.api.few_trees import few_trees
from tests.made_once import made_once

from tocsin.api.brief import compose, find
from tocsin.api.outlook import country_outlook
from tocsin.api.read import read_documents
from tocsin.api.record import record_address
from tocsin.api.study import study_case
from tocsin.api.world import World, provinces_of
from tocsin.case import Case, read_case
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.assess.outlook import Outlook
    from tocsin.assess.study import Study
    from tocsin.brief import Brief

DRAWS = 60
SEED = 1
ORIGINS = tuple(Month.of(2014, month) for month in (3, 4, 5))
RECORD_FROM, RECORD_TO = Month.of(2013, 6), Month.of(2014, 12)
MADE = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@cache
def small_case() -> Case:
    """The case that ships, replayed from three origins only."""
    case = read_case("iraq")
    assert case.settings.replay is not None
    replay = case.settings.replay.model_copy(update={"origins": ORIGINS, "lead": ORIGINS[-1]})
    return replace(case, settings=case.settings.model_copy(update={"replay": replay}))


@cache
def iraq_findings() -> Findings:
    """What the brief may say of the case; made once for all tests that ask, with the record it rests on in its place."""
    findings, record = made_once("iraq-findings", _with_their_record)
    here = _record()
    here.parent.mkdir(parents=True, exist_ok=True)
    if not here.exists():
        for name, content in record.items():
            (here.parent / name).write_bytes(content)
    return findings


def _record() -> Path:
    at = record_address(read_case("iraq"))
    assert isinstance(at, Path), "tests of the brief keep their record in a file"
    return at


def _with_their_record() -> tuple[Findings, dict[str, bytes]]:
    """The findings, and every file of the record: a database may keep part of itself beside its file."""
    findings, record = _found(), _record()
    return findings, {file.name: file.read_bytes() for file in record.parent.glob(f"{record.name}*")}


def _found() -> Findings:
    read_documents(read_case("iraq"))
    short_study = partial(study_case, record_from=RECORD_FROM, record_to=RECORD_TO, explained=2)
    with (
        patch("tocsin.api.study.SEEDS", 2),
        patch("tocsin.api.foundations.study_case", short_study),
        patch("tocsin.api.foundations.country_outlook", _short_outlook),
    ):
        return find(small_case(), draws=DRAWS, seed=SEED, made=MADE, commands=("tocsin demo --seed 1",))


def _short_outlook(**asked: Any) -> Outlook:
    with few_trees():
        return country_outlook(**asked, record_years=1, apart=1)


@cache
def iraq_brief() -> Brief:
    """The brief of those findings."""
    return compose(iraq_findings(), sections=small_case().settings.brief.sections)


def iraq_study() -> Study:
    """The replay in those findings."""
    study = iraq_findings().study
    assert study is not None
    return study


@cache
def iraq_provinces() -> World:
    """The provinces of the case: panel, neighbours and outlines."""
    return provinces_of(small_case())
