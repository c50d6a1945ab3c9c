"""What a section writes on findings, findings of a mission changed in one place, and ways to look into both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tocsin.brief import Brief, Heading, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.assess.findings import Findings
    from tocsin.assess.mission import MissionFindings
    from tocsin.brief import Block
    from tocsin.brief.sections.section import Section


def mission_of(findings: Findings) -> MissionFindings:
    """The mission in the findings."""
    assert findings.mission is not None
    return findings.mission


def pages(section: Section, findings: Findings) -> Brief:
    """A brief of one section alone; making it checks that ids are unique and levels in order."""
    return Brief(
        "Iraq", "test", date(2026, 1, 2), findings.made, blocks=section.page(findings), annex=section.annex(findings)
    )


def changed(findings: Findings, **parts: Any) -> Findings:
    """The findings with parts of the mission replaced."""
    return replace(findings, mission=replace(mission_of(findings), **parts))


def as_brief(blocks: Sequence[Block]) -> Brief:
    """A brief of these blocks alone; making it checks ids of headings, their order, and links."""
    return Brief("T", "S", date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), (), tuple(blocks))


def the_table(blocks: Sequence[Block], caption: str) -> Table:
    """The one table whose caption begins so."""
    fitting = [b for b in blocks if isinstance(b, Table) and b.caption.startswith(caption)]
    assert len(fitting) == 1, f"{len(fitting)} tables begin with {caption!r}"
    return fitting[0]


def cells(table: Table) -> list[list[str]]:
    """What every row says."""
    return [[cell.text for cell in row] for row in table.rows]


def words(blocks: Sequence[Block]) -> str:
    """Everything a reader can read, as one text; pictures by their words."""
    return "\n".join(_texts(blocks))


def headings(blocks: Sequence[Block]) -> list[str]:
    """The ids of all headings."""
    return [b.anchor for b in blocks if isinstance(b, Heading)]


def _texts(found: object) -> list[str]:
    if isinstance(found, str):
        return [found]
    if isinstance(found, list | tuple):
        return [text for part in found for text in _texts(part)]
    slots = [name for kind in type(found).__mro__ for name in getattr(kind, "__slots__", ())]
    return [text for name in slots if name != "svg" for text in _texts(getattr(found, name))]
