"""Province by province: need, who provides security, who deals with whom, who is present, and what is lacking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Bullets, Cell, Column, Heading, Paragraph, Strong, Table, Text
from tocsin.brief.sections.section import Section, nothing
from tocsin.brief.sections.wording import p_cell
from tocsin.case.rows import SecurityRole
from tocsin.mission.gap import tied_to
from tocsin.mission.in_force import Force
from tocsin.vocabulary import deaths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.assess.findings import Findings
    from tocsin.assess.gap import Gap
    from tocsin.brief.blocks import Block
    from tocsin.mission.engagement import Contact, SecurityActor
    from tocsin.mission.gap import MissionThere, Past, ProvinceGap

UNKNOWN = "unknown"


def annex(findings: Findings) -> tuple[Block, ...]:
    """The provinces that need and lack most, then both halves of the table."""
    if findings.mission is None:
        return ()
    gap, mission = findings.mission.gap, findings.mission.mission
    return (
        Heading(f"{mission.name}: need, and who is there", id="gap"),
        Paragraph((
            Strong("Provinces that need most and lack most. "),
            Text(f"No other province has both more deaths and a higher forecast and less of {mission.name}. This is no score: "
                 "a province that leads in one thing and not in another stays on the list."),
        )),
        Bullets(tuple(_lacking(gap))) if gap.lacking else Paragraph("None can be named: too much is unknown."),
        _need(gap),
        *_there(gap, mission.name),
        *_untied(gap),
    )  # fmt: skip


def _lacking(gap: Gap) -> Iterator[tuple[Strong | Text, ...]]:
    for one in gap.lacking:
        yield (Strong(one.name), Text(f" (seen: {one.visibility}): {'; '.join(one.reasons)}."))


def counted(past: Past | None) -> Cell:
    """Deaths with their low and high estimate; words where unknown."""
    if past is None:
        return Cell(UNKNOWN)
    ends = "" if past.low == past.best == past.high else f" ({deaths(past.low)}-{deaths(past.high)})"
    return Cell(f"{deaths(past.best)}{ends}", sort=past.best)


def _need(gap: Gap) -> Table:
    rows = tuple(_need_row(p) for p in sorted(gap.provinces, key=lambda p: -(p.past.best if p.past else -1)))
    ahead = gap.forecast
    when = f"the {len(ahead.forecast.horizons)} months after {ahead.origin.words}" if ahead else "not made"
    return Table(
        f"Need by province, {gap.window[0].words} to {gap.window[1].words}, and forecast: {when}",
        (
            Column("Province"), Column("Deaths", "right", "best (low-high)"), Column("Events", "right"),
            Column("Last 12 months", "right", "deaths"), Column("Ahead", "right", "deaths, 90 %"),
            Column("25 or more", "right", "in some month"), Column("Seen"),
        ),
        rows,
        note=f"{gap.vintage}. Seen: how well events there are seen; where it is thin or blind, few deaths may be few reports."
        + (f" {deaths(gap.unplaced.best)} deaths of the window have no province." if gap.unplaced else ""),
    )  # fmt: skip


def _need_row(p: ProvinceGap) -> tuple[Cell, ...]:
    return (
        Cell(p.name), counted(p.past), Cell(UNKNOWN if p.past is None else f"{p.past.events:,}"), counted(p.recent),
        Cell(UNKNOWN if p.ahead is None else f"{deaths(p.ahead.low)}-{deaths(p.ahead.high)}"),
        Cell(UNKNOWN) if p.ahead is None else p_cell(p.ahead.p25), Cell(p.visibility),
    )  # fmt: skip


def _there(gap: Gap, name: str) -> tuple[Block, ...]:
    """Provinces of which something is said, and one row for all of which nothing is."""
    said = [p for p in gap.provinces if _something(p)]
    silent = [p.name for p in gap.provinces if not _something(p)]
    rows = [_there_row(p) for p in said]
    if silent:
        rows.append((Cell(", ".join(silent)), *(Cell(UNKNOWN) for _ in range(2)), Cell("no site named"), Cell(UNKNOWN)))
    return (
        Table(
            f"Who is there, {gap.window[0].words} to {gap.window[1].words}",
            (
                Column("Province"), Column("Provides security"), Column("Threatens it, or role unknown"),
                Column("Sites", "left", "all missions"), Column("Who deals with whom"),
            ),
            tuple(rows),
            note=f"Unknown: no row of the case says it, which is not none. {name} may serve a province by mandate without being "
            "there: see the table of lines of effort.",
        ),
    )  # fmt: skip


def _something(p: ProvinceGap) -> bool:
    return bool(tied_to(p.area, p.security)) or any(m.sites or m.contacts for m in p.missions)


def _there_row(p: ProvinceGap) -> tuple[Cell, ...]:
    here = tied_to(p.area, p.security)
    provides = [a for a in here if a.security is SecurityRole.PROVIDES]
    others = [a for a in here if a.security is not SecurityRole.PROVIDES]
    return (
        Cell(p.name), Cell(_actors(provides)), Cell(_actors(others)), Cell(_sites(p.missions)), Cell(_contacts(p.missions)),
    )  # fmt: skip


def _actors(actors: Sequence[SecurityActor]) -> str:
    return "; ".join(_actor(a) for a in actors) or UNKNOWN


def _actor(a: SecurityActor) -> str:
    role = a.security.value if a.security else "role unknown"
    dates = ", dates unknown" if a.force is Force.UNKNOWN else ""
    return f"{a.name} ({a.standing.value if a.standing else 'standing unknown'}, {role}{dates})"


def _sites(missions: Sequence[MissionThere]) -> str:
    found = [
        f"{'a site entered by a user' if s.entered else s.name} ({m.mission_id}{'' if s.sure and s.months else ', perhaps'})"
        for m in missions
        for s in m.sites
    ]
    return "; ".join(dict.fromkeys(found)) or "no site named"


def _contacts(missions: Sequence[MissionThere]) -> str:
    return "; ".join(dict.fromkeys(contact(c) for m in missions for c in m.contacts)) or UNKNOWN


def contact(c: Contact) -> str:
    """One engagement in words."""
    through = f" through {c.through}" if c.through else ""
    how = f"{c.mode}, {c.how.value}{through}" if c.mode != c.how.value else c.mode
    level = c.level.value if c.level else "level unknown"
    dates = "; dates unknown" if c.force is Force.UNKNOWN else ""
    return f"{c.mission_id} with {c.counterpart or 'a counterpart unknown'} ({level}; {how}{dates})"


def _untied(gap: Gap) -> tuple[Block, ...]:
    said = [
        f"{a.area or 'place unknown'}: {_actor(a)}: {a.role} ({a.source_id or 'our own reading'})."
        for a in gap.untied_security
    ]
    said += [
        f"{c.area or 'place unknown'}: {contact(c)} ({c.source_id or 'our own reading'})." for c in gap.untied_contacts
    ]
    if not said:
        return ()
    return (Heading("Said of places that no province is named for", level=3, id="gap-untied"), Bullets(tuple(said)))


SECTION = Section("gap", nothing, annex)
