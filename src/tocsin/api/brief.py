"""From a case to its brief: findings, blocks, and the files a reader is handed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tocsin.api.assess import assess_case
from tocsin.api.brief_files import Made
from tocsin.api.decision import findings_of_decision
from tocsin.api.forecast import DRAWS, SEED
from tocsin.api.foundations import foundations_of
from tocsin.api.profile import profiles
from tocsin.api.record import findings_of_record
from tocsin.api.world import has_own_events, provinces_of
from tocsin.assess.as_json import outlook_json, study_json
from tocsin.assess.findings import Findings
from tocsin.backtest.log import Entry, append
from tocsin.brief.blocks import Brief, Callout
from tocsin.brief.html import to_html
from tocsin.brief.pdf import to_pdf
from tocsin.brief.sections.section import Section, section_named
from tocsin.forecast.layout import metadata, to_table
from tocsin.forecast.make import check_draws
from tocsin.sources.tables import write_bytes, write_table, write_text
from tocsin.vocabulary import last_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from tocsin.api.foundations import Foundations
    from tocsin.api.world import World
    from tocsin.assess.mission import MissionFindings
    from tocsin.brief.blocks import Block
    from tocsin.case import Case
    from tocsin.settings import Settings
    from tocsin.sources.reading import Card

WATERMARK = "Demonstration: judgements are placeholders"


def find(
    case: Case, *, draws: int = DRAWS, seed: int = SEED, made: datetime | None = None, commands: tuple[str, ...] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> Findings:  # fmt: skip
    """Everything the brief of a case may say, found in one process.

    Args:
        case: a checked case.
        draws: draws of every forecast.
        seed: the seed of every forecast.
        made: when; now where not given.
        commands: the commands that make the findings again.
        tell: told what is being computed.
    """
    check_draws(draws, seed=seed)
    stands_on = foundations_of(case, draws=draws, seed=seed, processes=1, provinces_too=has_own_events(case), tell=tell)
    return find_upon(stands_on, case, draws=draws, seed=seed, made=made, commands=commands, tell=tell)


def find_upon(
    stands_on: Foundations, case: Case, *, draws: int = DRAWS, seed: int = SEED, made: datetime | None = None,
    commands: tuple[str, ...] = (), settings: Settings | None = None, tell: Callable[[str], None] = lambda _: None,
) -> Findings:  # fmt: skip
    """Everything else the brief of a case may say, where study and forecasts are at hand: it takes seconds.

    Args:
        stands_on: study and forecasts.
        case: a checked case.
        draws: draws of every forecast.
        seed: the seed of every forecast.
        made: when; now where not given.
        commands: the commands that make the findings again.
        settings: where the record is.
        tell: told what is being computed.
    """
    outlook, study, world = stands_on.outlook, stands_on.study, stands_on.countries
    home = case.settings.areas.countries[0]
    made = made or datetime.now(UTC).replace(microsecond=0)
    assessed = case.settings.mission is not None
    needed = study is not None or assessed or has_own_events(case)
    provinces = stands_on.provincial if needed else None
    mission = None
    if assessed:
        provinces = provinces or provinces_of(case)
        mission = assess_case(
            case, today=made.date(), draws=draws, seed=seed, world=provinces, outlook=outlook, tell=tell
        )  # fmt: skip
    tell("where the parties settle, and what the options do")
    decision = findings_of_decision(
        case, today=made.date(), mission=mission.mission.name if mission else None, seed=seed, world=provinces,
        forecast=outlook.forecast,
    )  # fmt: skip
    unplaced = 0
    if study and provinces:
        unplaced = sum(provinces.panel.unknown_deaths(target=provinces.target, origin=study.replay.origin).values())
    return Findings(
        title=case.settings.title, place=world.names.get(home, home), home=home, demo=case.settings.demo,
        made=made, study=study, outlook=outlook,
        shapes={**world.shapes, **(provinces.shapes if provinces else {})},
        cards=_cards(provinces, world, mission), commands=commands,
        unplaced=unplaced, newest=stands_on.provinces if has_own_events(case) else None, mission=mission,
        record=findings_of_record(case, settings=settings), decision=decision,
        profiles=profiles(case.settings.areas.countries) if "profile" in case.settings.brief.sections else (),
    )  # fmt: skip


def _cards(provinces: World | None, world: World, mission: MissionFindings | None) -> tuple[Card, ...]:
    """The card of every source, each once."""
    every = (*(provinces.cards if provinces else ()), *world.cards, *(mission.cards if mission else ()))
    return tuple({card.source: card for card in every}.values())


def compose(findings: Findings, *, sections: tuple[str, ...]) -> Brief:
    """Lay out a brief: the first page of every section, then their annexes.

    Raises:
        UnknownName: no section has a name asked for.
    """
    chosen = [section_named(name) for name in sections]
    return brief_of(
        findings,
        tuple(b for s in chosen for b in s.page(findings)),
        (*(b for s in chosen for b in s.annex(findings)), *_left_out(chosen, findings)),
    )


def brief_of(findings: Findings, blocks: tuple[Block, ...], annex: tuple[Block, ...]) -> Brief:
    """A brief of these blocks, with the title, dates and watermark of the findings."""
    newest = max(f.origin for f in (findings.outlook.forecast, findings.newest) if f)
    return Brief(
        title=findings.title,
        subtitle=_subtitle(findings),
        as_known_on=last_day(newest), made=findings.made,
        blocks=blocks, annex=annex,
        watermark=WATERMARK if findings.demo else None,
    )  # fmt: skip


def _left_out(chosen: list[Section], findings: Findings) -> tuple[Block, ...]:
    """Sections asked for that have nothing to say, so that nobody takes their absence for a finding."""
    empty = [s.name for s in chosen if not s.page(findings) and not s.annex(findings)]
    if not empty:
        return ()
    mend = "" if findings.mission else " A mission is assessed where case.toml has [mission]."
    return (Callout("note", f"Left out, as the case gives them nothing to say: {', '.join(empty)}.{mend}"),)


def _subtitle(findings: Findings) -> str:
    if findings.study is None:
        return f"The newest forecast of all countries, data through {findings.outlook.forecast.origin.words}"
    more = [word for word, found in (("the mission", findings.mission), ("the decision", findings.decision)) if found]
    return (
        f"{findings.study.replay.origin.words} replayed beside what came; {', '.join(['the newest forecast', *more])}"
    )


def write_brief(findings: Findings, brief: Brief, folder: Path, *, log: Path | None = None) -> Made:
    """Write brief.html, brief.pdf, forecast.parquet and warnings.json: all four, or none.

    The files are made beside the folder's own and take their places only when all are whole; then the forecasts enter
    the log.

    Raises:
        MissingExtra: the part that makes PDF is not installed.
    """
    forecast = findings.outlook.forecast
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".making-") as name:
        fresh = Made.within(Path(name))
        write_text(to_html(brief), fresh.html)
        write_bytes(to_pdf(brief), fresh.pdf)
        write_table(to_table(forecast), fresh.forecast, metadata=metadata(forecast))
        write_text(
            json.dumps(_warnings(findings), indent=1, ensure_ascii=False, allow_nan=False) + "\n", fresh.warnings
        )
        made = Made.within(folder)
        for new, old in zip(fresh.files, made.files, strict=True):
            new.replace(old)
    for one in (forecast, *((findings.study.replay.forecast,) if findings.study else ())):
        if log is not None:
            append(Entry.of(one), log=log)
    return made


def _warnings(findings: Findings) -> dict[str, object]:
    return {
        "case": findings.title, "made": findings.made.isoformat(), "demo": findings.demo,
        "newest": outlook_json(findings.outlook),
        "replay": study_json(findings.study) if findings.study else None,
    }  # fmt: skip
