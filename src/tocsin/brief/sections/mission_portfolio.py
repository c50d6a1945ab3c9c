"""Missions side by side: mandate and strength, need where they are, and what leans on what. Nothing is ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Cell, Column, Heading, Paragraph, Table
from tocsin.brief.sections.figures_cited import figures_of
from tocsin.brief.sections.section import Section, nothing
from tocsin.brief.sections.wording import deaths_cell, p_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.assess.findings import Findings
    from tocsin.assess.portfolio import Portfolio
    from tocsin.brief.blocks import Block
    from tocsin.mission.portfolio import Line

UNKNOWN = "unknown"
SHORT = 4
"""An organisation's id of so few letters is its short name, written in capitals."""


def annex(findings: Findings) -> tuple[Block, ...]:
    """Mandate and strength by mission, need and forecast by host, sites and dependence by mission."""
    if findings.mission is None:
        return ()
    done = findings.mission.portfolio
    heading = Heading("Missions side by side", id="missions")
    if not done.lines:
        return heading, Paragraph("The case enters no mission.")
    names = {w.area: w.name for w in findings.outlook.warnings} | {findings.home: findings.place}
    return (
        heading,
        Paragraph(
            "The case's missions in the order it enters them; nothing is ranked. Need and forecast are those of the whole "
            "host country, not of what a mission does there. Unknown: no source entered says."
        ),
        _mandates(done, names),
        _need(done, names),
        *_dependence(done),
    )


def _mandates(done: Portfolio, names: Mapping[str, str]) -> Table:
    listed_on = f"; list of the United Nations of {done.listed}" if done.listed else ""
    return Table(
        f"Mandate and strength; as entered in the case{listed_on}",
        (
            Column("Mission"), Column("Led by"), Column("Host"), Column("Mandate"), Column("From and to"),
            Column("Mandate ends"), Column("Strength", unit="persons"),
        ),
        tuple(
            (
                Cell(line.name), Cell(_who(line.organisation)), Cell(_host(line, names)), Cell(line.purpose or UNKNOWN),
                Cell(_when(line)), Cell(_ends(line)), Cell(_strength(line), sort=line.personnel),
            )
            for line in done.lines
        ),
        note=_notes(done),
    )  # fmt: skip


def _who(organisation: str | None) -> str:
    if organisation is None:
        return UNKNOWN
    return organisation.upper() if len(organisation) <= SHORT else organisation


def _host(line: Line, names: Mapping[str, str]) -> str:
    host = UNKNOWN if line.host is None else names.get(line.host, line.host)
    return f"{host} ({line.host_note})" if line.host_note else host


def _when(line: Line) -> str:
    """When it began and ended; without an end entered, an end is not known."""
    return f"{line.start or UNKNOWN} to {line.end or UNKNOWN}"


def _ends(line: Line) -> str:
    return "; ".join((line.mandate_end or UNKNOWN, *line.mandate_dates))


def _strength(line: Line) -> str:
    number = UNKNOWN if line.personnel is None else f"{line.personnel:,}"
    return f"{number} ({line.personnel_note})" if line.personnel_note else number


def _notes(done: Portfolio) -> str:
    return " ".join(f"{line.name}: {line.note}." for line in done.lines if line.note)


def _need(done: Portfolio, names: Mapping[str, str]) -> Table:
    """One row a host, as the figures of missions with one host are the same."""
    by_host: dict[str | None, list[Line]] = {}
    for line in done.lines:
        by_host.setdefault(line.host, []).append(line)
    through = next((line.need.through for line in done.lines if line.need.through is not None), None)
    made = f"forecast by {done.model}, data through {done.origin}" if done.origin else "no forecast was made"
    return Table(
        f"Need by host: deaths of all three types in the twelve months to {through or 'an unknown month'}, best "
        f"estimates; {made}; {figures_of(done.sources)}",
        (
            Column("Host"), Column("Missions"), Column("Deaths", "right", "12 months"),
            Column("25 or more", "right", "in a month of six"), Column("Escalation", "right", "within six months"),
        ),
        tuple(_need_row(lines, names) for lines in by_host.values()),
        note="How such forecasts fared: see the track record." if done.origin else "",
    )  # fmt: skip


def _need_row(lines: list[Line], names: Mapping[str, str]) -> tuple[Cell, ...]:
    first = lines[0]
    ahead = first.ahead
    return (
        Cell(UNKNOWN if first.host is None else names.get(first.host, first.host)),
        Cell("; ".join(line.name for line in lines)),
        Cell(UNKNOWN) if first.need.deaths is None else deaths_cell(first.need.deaths),
        Cell(UNKNOWN) if ahead is None else p_cell(ahead.p25),
        Cell(UNKNOWN) if ahead is None else p_cell(ahead.escalation),
    )


def _dependence(done: Portfolio) -> tuple[Block, ...]:
    """The missions of which a site or a dependence is entered, and a sentence on the others."""
    known = {line.mission_id: line.name for line in done.lines}

    def named(ids: tuple[str, ...] | None) -> str:
        return UNKNOWN if ids is None else "; ".join(known.get(i, i) for i in ids)

    told = [line for line in done.lines if line.sites or line.depends_on or line.needed_by]
    untold = [line.name for line in done.lines if line not in told]
    table = Table(
        "Sites, and what leans on what; as entered in the case",
        (Column("Mission"), Column("Sites"), Column("Leans on"), Column("Leaned on by")),
        tuple(
            (
                Cell(line.name), Cell(UNKNOWN if line.sites is None else "; ".join(line.sites)),
                Cell(named(line.depends_on)), Cell(named(line.needed_by)),
            )
            for line in told
        ),
    )  # fmt: skip
    rest = f"Unknown, as no site and no dependence is entered: {'; '.join(untold)}."
    return (*([table] if told else []), *([Paragraph(rest)] if untold else []))


SECTION = Section("missions", nothing, annex)
