"""What can be checked at once: an edition's files against their hashes, the log of forecasts, and the claims of a record."""

from __future__ import annotations

import json
from collections import deque
from functools import lru_cache
from time import time
from typing import TYPE_CHECKING, Any, NamedTuple

from tocsin.backtest.log import verify
from tocsin.errors import TocsinError
from tocsin.web.figures.per_edition import per_edition

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.editions import Edition
    from tocsin.record.store import Record
    from tocsin.settings import Settings
    from tocsin.web.place import Place

SHOWN = 100
"""Forecasts of the log that a page shows."""

CHECKED_AT_ONCE = 1000
"""Claims up to which a record is checked while somebody waits."""


FRESH_SECONDS = 60
"""For how long the check of a record stands."""


class Check(NamedTuple):
    """One check: what was looked at, what was found, and whether it is well; None where that is unknown."""

    what: str
    found: str
    well: bool | None


def checks(at: Place, *, settings: Settings, record: Record | None) -> tuple[Check, ...]:
    """Every check that takes no time."""
    assert at.edition is not None, "the page is shown for an edition"
    return _files(at.edition), _log(settings.log_file), _claims(at, record)


@per_edition(8)
def _faults(edition: Edition) -> tuple[str, ...]:
    return edition.faults()


def _files(edition: Edition) -> Check:
    faults = _faults(edition)
    every = len(edition.manifest.files)
    if faults:
        return Check(
            "Files of the edition",
            f"{len(faults)} of {every} are not those written: {', '.join(faults[:5])}",
            well=False,
        )
    return Check("Files of the edition", f"all {every} have the hash that was written down", well=True)


def _log(log: Path) -> Check:
    if not log.is_file():
        return Check("Log of forecasts", "no forecast has been logged on this machine", well=None)
    try:
        held = verify(log)
    except TocsinError as error:
        return Check("Log of forecasts", error.what, well=False)
    return Check("Log of forecasts", f"{held:,} forecasts in an unbroken chain", well=True)


def _claims(at: Place, record: Record | None) -> Check:
    if record is None:
        return Check("Record check", "no document of the case has been read", well=None)
    claims = at.edition.json("record")["claims"] if at.edition and at.edition.has("record") else None
    if claims is None or claims > CHECKED_AT_ONCE:
        return Check(
            "Record check", f"too many claims to check while you wait: tocsin record check --case {at.name}", None
        )
    found = _violations(record, int(time() // FRESH_SECONDS))
    return Check("Record check", f"{found:,} violations: quotes that do not stand in their documents", well=found == 0)


@lru_cache(maxsize=8)
def _violations(record: Record, _moment: int) -> int:
    """Claims that their documents do not bear out, counted once in a minute however many look."""
    return sum(1 for _ in record.violations())


def logged(log: Path, *, most: int = SHOWN) -> tuple[dict[str, Any], ...]:
    """The newest entries of the log of forecasts, newest first; a line that is not one of ours is left to the check."""
    if not log.is_file():
        return ()
    with log.open(encoding="utf-8") as file:
        newest = deque(file, maxlen=most)
    entries = []
    for line in reversed(newest):
        try:
            entries.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return tuple(entry for entry in entries if isinstance(entry, dict) and "draws_hash" in entry)
