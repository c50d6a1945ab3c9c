"""The findings of the Iraq case at small cost: few draws, a short track record, three origins replayed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from tests.api.few_trees import few_trees
from tests.made_once import made_once

from tocsin.api.brief import compose, find
from tocsin.api.home import home_of
from tocsin.api.outlook import country_outlook
from tocsin.api.read import read_documents
from tocsin.api.study import study_case
from tocsin.api.world import World, provinces_of
from tocsin.case import Case, read_case
from tocsin.settings import Settings
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from pathlib import Path

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
    home = _home()
    home.mkdir(parents=True, exist_ok=True)
    for name, content in record.items():
        if not (home / name).exists():
            (home / name).write_bytes(content)
    return findings


def _home() -> Path:
    return home_of(read_case("iraq"), settings=Settings.load())


def _with_their_record() -> tuple[Findings, dict[str, bytes]]:
    findings = _found()
    return findings, {file.name: file.read_bytes() for file in _home().iterdir() if file.is_file()}


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
