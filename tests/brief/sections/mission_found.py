"""The pages on a mission, and findings changed in one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tocsin.brief import Brief

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.assess.mission import MissionFindings
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
