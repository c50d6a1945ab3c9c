"""From everything found of a case to one edition of it: files, manifest, and what changed."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import tocsin
from tocsin.api.edition_parts.ahead import ahead_part
from tocsin.api.edition_parts.areas import areas_part
from tocsin.api.edition_parts.brief import brief_part
from tocsin.api.edition_parts.decision import decision_part
from tocsin.api.edition_parts.form import Files, document
from tocsin.api.edition_parts.mission import mission_part
from tocsin.api.edition_parts.pages import pages_part
from tocsin.api.edition_parts.record import record_part
from tocsin.api.edition_parts.replays import replays_part
from tocsin.api.edition_parts.series import series_part
from tocsin.api.edition_parts.sources import sources_part
from tocsin.api.edition_parts.warnings import warnings_part
from tocsin.editions import Manifest, Unwritten, changes, write_edition
from tocsin.vocabulary import last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from tocsin.api.edition_parts.found import Found
    from tocsin.editions import Edition

PARTS: Mapping[str, Callable[[Found], Files]] = {
    "areas": areas_part, "warnings": warnings_part, "series": series_part, "ahead": ahead_part,
    "replays": replays_part, "mission files": mission_part, "decision files": decision_part, "sources": sources_part,
    "record files": record_part, "pages": pages_part, "brief": brief_part,
}  # fmt: skip
"""Every part of an edition, by the name under which the manifest says how long it took."""


def write_found(
    found: Found, folder: Path, *, stamp: datetime, inputs: Mapping[str, str], seconds: Mapping[str, float],
    commands: tuple[str, ...], previous: Edition | None = None,
) -> Edition:  # fmt: skip
    """Write an edition of what was found, with what changed since the one before.

    Args:
        found: everything found.
        folder: the folder of the case's editions.
        stamp: when the edition is made, UTC; its id begins with it.
        inputs: fingerprint of what each part was made from.
        seconds: how long finding each part took.
        commands: the commands that make it again.
        previous: the edition before; None where there is none.
    """
    files: Files = {}
    took = dict(seconds)
    for name, part in PARTS.items():
        begin = perf_counter()
        files |= part(found)
        took[name] = round(perf_counter() - begin, 2)
    manifest = manifest_of(found, files, stamp=stamp, inputs=inputs, seconds=took, commands=commands)
    told = [] if previous is None else [c.as_json() for c in changes(Unwritten(manifest, files), previous)]
    since = None if previous is None else previous.id
    files["changes.json"] = document(told)
    return write_edition(folder, manifest=manifest.model_copy(update={"since": since}), files=files)


def manifest_of(
    found: Found, files: Files, *, stamp: datetime, inputs: Mapping[str, str], seconds: Mapping[str, float],
    commands: tuple[str, ...],
) -> Manifest:  # fmt: skip
    """What the edition says of itself."""
    findings, forecast = found.findings, found.findings.outlook.forecast
    newest = None if found.provinces is None else str(found.provinces.origin)
    return Manifest(
        case=found.name, title=findings.title, place=findings.place, home=findings.home, demo=findings.demo,
        made=stamp, as_known_on=last_day(forecast.origin), origin=str(forecast.origin),
        provinces_origin=newest, tocsin=tocsin.__version__, model=forecast.model, seed=found.seed,
        draws=found.draws, target=forecast.target, inputs=inputs, seconds=seconds, notes=tuple(notes(found, files)),
        commands=commands,
    )  # fmt: skip


def notes(found: Found, files: Files) -> list[str]:
    """What the edition does not hold, and why."""
    said = []
    provinces, countries = found.provinces, found.findings.outlook.forecast
    if provinces is None:
        said.append(
            f"No figures by province are at hand for {found.findings.place}: nothing is forecast below countries."
        )
    elif provinces.origin < countries.origin:
        said.append(
            f"Figures by province end with {provinces.origin.words}: provinces are as known then, and countries as known at "
            f"the end of {countries.origin.words}."
        )
    lacking = {
        "replay.json": "The case asks for no replay: there is no track record by province.",
        "mission.json": "The case assesses no mission.",
        "decision.json": "The case has neither questions nor choices.",
        "record.json": "No document of the case was read: there is no record.",
        "brief.pdf": "The part that makes PDF is not installed: there is no brief on paper.",
    }
    said += [words for name, words in lacking.items() if name not in files]
    if "points.parquet" not in files and provinces is not None:
        said.append("Points and pairs of sides are held only of the figures that ship.")
    hidden = sum(1 for site in found.case.sites if site.origin.value == "user")
    if hidden:
        said.append(
            f"{hidden} sites entered by a user are named without their place, and left out of exports and feeds."
        )
    return said
