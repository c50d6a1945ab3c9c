"""Commands: assess."""

from collections.abc import Iterator
from datetime import UTC, datetime
from json import dumps
from pathlib import Path

from tocsin.api.assess import assess_case
from tocsin.api.known import open_case
from tocsin.api.shapes.assess import as_json
from tocsin.assess.mission import MissionFindings
from tocsin.cli.app import out as screen
from tocsin.cli.app import print_json, progress
from tocsin.sources.tables import write_text

PARTS = (
    "reach",
    "gap",
    "overlap",
    "instruments",
    "progress",
    "fit",
    "effort",
    "siting",
    "transfer",
    "exits",
    "missions",
)
"""Commands that show a part in full."""


def assess(
    *, case: str = ".", mission: str | None = None, out: Path | None = None, draws: int = 1000, seed: int = 1,
    json: bool = False,
) -> None:  # fmt: skip
    """Everything Tocsin finds of a mission, in one document: each part has the shape of its own command.

    Nothing is averaged into one score.

    Example: tocsin assess --case iraq --mission nmi --out nmi.json

    Args:
        case: a case folder, or the name of one that ships.
        mission: the mission's id; the case's first assessed mission if not given.
        out: a file for the document; with --json it goes to stdout too.
        draws: draws of every forecast and interval.
        seed: the same seed gives the same draws.
        json: print JSON.
    """
    opened, today = open_case(case), datetime.now(UTC).date()
    with progress("assessing"):
        found = assess_case(opened, mission=mission, today=today, draws=draws, seed=seed)
    document = as_json(found, case=case, at=today, of=opened.settings.areas.countries)
    if out is not None:
        write_text(dumps(document, indent=1, ensure_ascii=False, allow_nan=False, default=str) + "\n", out)
    if json:
        print_json(document)
        return
    for line in said(found):
        screen.print(line, soft_wrap=True, markup=False)
    if out is not None:
        screen.print(f"wrote {out}", soft_wrap=True, markup=False)


def said(found: MissionFindings) -> Iterator[str]:
    """The assessment in a few lines, each naming the command that shows the rest."""
    name, key = found.mission.name, found.mission.mission_id
    reach = found.reach
    if reach is None:
        yield f"reach: {found.no_reach}"
    else:
        near = reach.curves["deaths_best"].at(reach.reach_km[1])
        words = "unknown" if near is None else f"{100 * near:.1f} % of deaths"
        low, high = reach.open_only[reach.reach_km[1]]
        range_words = "unknown" if low is None or high is None else f"{100 * low:.1f} to {100 * high:.1f} %"
        yield (
            f"reach: {words} within {reach.reach_km[1]:g} km of its sites taken as open throughout, {reach.first} to "
            f"{reach.last}; {range_words} while they were open, as far as dates are known"
        )
    lacking = ", ".join(one.name for one in found.gap.lacking) or "none can be named"
    yield f"gap: no other province needs more and has less of {name} than {lacking}"
    if found.overlap.silent:
        yield f"overlap: no task is on file for {', '.join(found.overlap.silent)}: what they do is unknown"
    named = sum(bool(cell.holdings) for row in found.instruments.rows for cell in row.cells)
    cells = sum(len(row.cells) for row in found.instruments.rows)
    yield f"instruments: {named} of {cells} cells of drivers and kinds name one in force, or perhaps; the others are unknown"
    for line in found.progress.lines:
        yield f"progress, {line.line_of_effort}: {'; '.join(line.evidence)}"
    for heading in (h for f in found.fit.frameworks for h in f.headings if h.verdicts):
        yield f"fit, {heading.heading}: {', '.join(heading.said)}"
    yield f"effort: {' '.join(found.effort.worth)}"
    yield f"in full, each with --case, most with --mission {key}: tocsin {'|'.join(PARTS)}"
