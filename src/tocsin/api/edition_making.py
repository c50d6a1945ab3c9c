"""Make an edition whose inputs changed: what is kept is taken, the rest is found, and all of it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.brief import find_upon
from tocsin.api.edition_files import write_found
from tocsin.api.edition_parts.found import Found
from tocsin.api.foundations import foundations_of
from tocsin.backtest.log import Entry, append
from tocsin.forecast.make import check_draws

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from tocsin.api.foundations import Foundations, Parts
    from tocsin.case import Case
    from tocsin.editions import Edition
    from tocsin.settings import Settings


def made_anew(
    case: Case, *, settings: Settings, draws: int, seed: int, tell: Callable[[str], None], previous: Edition | None,
    made: datetime, stamp: datetime, inputs: Mapping[str, str], kept: Parts, folder: Path, commands: tuple[str, ...],
    processes: int | None = None,
) -> Edition:  # fmt: skip
    """Make what is not kept, and write the edition.

    Args:
        case: a checked case.
        settings: where the record is.
        draws: draws of every forecast.
        seed: the seed of every forecast.
        tell: told what is being computed.
        previous: the edition it is compared with; None where there is none.
        made: when, with time zone: the day on which missions and tripwires are looked at.
        stamp: the same, but later than any edition there is.
        inputs: fingerprint of what each part is made from.
        kept: parts made before.
        folder: the folder of the case's editions.
        commands: the commands that make it again.
        processes: as `foundations_of`.

    Raises:
        OutOfRange: draws or seed lie outside what is possible.
    """
    check_draws(draws, seed=seed)
    stands_on = foundations_of(case, draws=draws, seed=seed, kept=kept, processes=processes, tell=tell)
    findings = find_upon(
        stands_on, case, draws=draws, seed=seed, made=made, commands=commands, settings=settings, tell=tell
    )
    found = Found(
        case=case, findings=findings, countries=stands_on.countries, provincial=stands_on.provincial,
        provinces=stands_on.provinces, seed=seed, draws=draws,
    )  # fmt: skip
    _log(stands_on, settings.log_file)
    tell("writing the edition")
    return write_found(
        found, folder, stamp=stamp, inputs=inputs, seconds=stands_on.seconds, commands=commands, previous=previous
    )


def _log(stands_on: Foundations, log: Path) -> None:
    """Enter the forecasts made now into the log of forecasts; what was kept is in it already."""
    study, provinces = stands_on.study, stands_on.provinces
    made = {
        "outlook": stands_on.outlook.forecast,
        "study": None if study is None else study.replay.forecast,
        "provinces": None if provinces is None else provinces.forecast,
    }
    for part, forecast in made.items():
        if forecast is not None and stands_on.seconds[part] > 0:
            append(Entry.of(forecast), log=log)
