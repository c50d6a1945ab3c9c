"""What an edition is made from, as fingerprints by part: what has the same is not made again."""

from __future__ import annotations

import json
from functools import cache
from hashlib import file_digest, sha256
from typing import TYPE_CHECKING

import sqlalchemy as sa

import tocsin
from tocsin.api.own_events import own_events
from tocsin.api.record import has_record, open_record_of
from tocsin.record.store.tables import CLAIMS, HISTORY, REFUSALS, TEXTS
from tocsin.sources.starter import cards_text, starter_bytes, starter_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.settings import Settings

FORECAST = ("level", "target", "thresholds", "windows", "horizons", "areas", "data", "replay")
"""Settings of a case that a forecast or a backtest rests on."""

DECIDING = ("questions", "options", "elicited")
"""Folders of a case that only its questions and choices rest on."""

READ = (".csv", ".xlsx", ".yaml", ".yml", ".json", ".geojson")


def inputs_of(case: Case, *, settings: Settings, draws: int, seed: int, today: date) -> dict[str, str]:
    """The fingerprint of what each part of an edition is made from.

    Args:
        case: a checked case.
        settings: where the record is.
        draws: draws of every forecast.
        seed: the seed of every forecast.
        today: the day on which missions and tripwires are looked at.
    """
    said = case.settings.model_dump(mode="json")
    forecast = printed(tocsin.__version__, figures(), draws, seed, {k: said[k] for k in FORECAST}, _own_files(case))
    outlook = printed(
        tocsin.__version__,
        figures(),
        draws,
        seed,
        said["thresholds"],
        said["windows"],
        (said["replay"] or {}).get("within"),
    )
    tables = of_files(case.folder, (p for p in case.folder.glob("*") if p.suffix.lower() in READ))
    record = printed(record_revision(case, settings=settings), tables)
    mission = printed(forecast, outlook, said["mission"], tables, today)
    pages = of_files(case.folder, (p for name in DECIDING for p in (case.folder / name).rglob("*")))
    return {
        "study": forecast, "outlook": outlook, "provinces": forecast, "record": record, "mission": mission,
        "decision": printed(mission, record, pages), "brief": printed(said),
    }  # fmt: skip


def printed(*values: object) -> str:
    """The fingerprint of values, as 64 hexadecimal digits."""
    return sha256(json.dumps(values, default=str, sort_keys=True).encode()).hexdigest()


@cache
def figures() -> str:
    """The fingerprint of all figures that ship."""
    digest = sha256(cards_text().encode())
    for name in starter_names():
        digest.update(f"\n{name}\n".encode() + starter_bytes(name))
    return digest.hexdigest()


def _own_files(case: Case) -> Mapping[str, str]:
    """Event files and outlines that the case brings; what is not in its folder is the figures' that ship."""
    named = (*own_events(case), case.settings.data.outlines)
    return of_files(case.folder, (case.folder / name for name in named if name))


def of_files(folder: Path, files: Iterable[Path]) -> dict[str, str]:
    """The hash of each file, by its path in the folder."""
    found = {}
    for path in sorted(files):
        if path.is_file():
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = file_digest(file, "sha256").hexdigest()
    return found


def record_revision(case: Case, *, settings: Settings) -> object:
    """What tells one state of a case's record from another; None where there is no record."""
    if not has_record(case, settings=settings):
        return None
    keys = (CLAIMS.c.seq, HISTORY.c.entry, REFUSALS.c.refusal, TEXTS.c.text_id)
    with open_record_of(case, settings=settings) as record:
        with record.connection() as connection:
            ends = [
                tuple(connection.execute(sa.select(sa.func.count(), sa.func.max(key)).select_from(key.table)).one())
                for key in keys
            ]
        return [ends, [repr(document) for document in record.documents()]]
