"""The page of missions side by side says what is entered, and writes out what is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.brief.sections.pages_found import as_brief, cells, headings, the_table, words

from tocsin.brief.sections.mission_portfolio import SECTION
from tocsin.mission.portfolio import Need
from tocsin.vocabulary import percent

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.mission.portfolio import Line


def lines(findings: Findings) -> tuple[Line, ...]:
    assert findings.mission is not None
    return findings.mission.portfolio.lines


def changed(findings: Findings, found: tuple[Line, ...]) -> Findings:
    assert findings.mission is not None
    portfolio = replace(findings.mission.portfolio, lines=found)
    return replace(findings, mission=replace(findings.mission, portfolio=portfolio))


def bare(line: Line) -> Line:
    return replace(
        line, organisation=None, host=None, purpose=None, start=None, end=None, mandate_end=None, mandate_dates=(),
        personnel=None, personnel_note=None, sites=None, need=Need(None, None), ahead=None, depends_on=None, needed_by=None,
    )  # fmt: skip


def test_mandates_stand_in_the_order_of_the_case(findings: Findings) -> None:
    rows = cells(the_table(SECTION.annex(findings), "Mandate and strength"))
    assert [row[0] for row in rows] == [line.name for line in lines(findings)]
    for row, line in zip(rows, lines(findings), strict=True):
        assert row[3] == (line.purpose or "unknown")
        assert row[4] == f"{line.start or 'unknown'} to {line.end or 'unknown'}"
        assert row[5] == "; ".join((line.mandate_end or "unknown", *line.mandate_dates))
        assert row[6].startswith("unknown" if line.personnel is None else f"{line.personnel:,}")


def test_need_is_said_once_a_host(findings: Findings) -> None:
    rows = cells(the_table(SECTION.annex(findings), "Need by host"))
    hosts = list(dict.fromkeys(line.host for line in lines(findings)))
    assert len(rows) == len(hosts)
    for row, host in zip(rows, hosts, strict=True):
        there = [line for line in lines(findings) if line.host == host]
        assert row[1] == "; ".join(line.name for line in there)
        assert row[2] == f"{there[0].need.deaths:,}"
        assert there[0].ahead is not None
        assert row[3:] == [percent(there[0].ahead.p25), percent(there[0].ahead.escalation)]


def test_what_leans_on_what_is_told_by_name_and_the_rest_is_unknown(findings: Findings) -> None:
    blocks = SECTION.annex(findings)
    names = {line.mission_id: line.name for line in lines(findings)}
    rows = {row[0]: row for row in cells(the_table(blocks, "Sites, and what leans on what"))}
    told = [line for line in lines(findings) if line.sites or line.depends_on or line.needed_by]
    assert list(rows) == [line.name for line in told]
    for line in told:
        assert rows[line.name][1] == ("; ".join(line.sites) if line.sites else "unknown")
        assert rows[line.name][2] == ("; ".join(names[i] for i in line.depends_on) if line.depends_on else "unknown")
        assert rows[line.name][3] == ("; ".join(names[i] for i in line.needed_by) if line.needed_by else "unknown")
    [rest] = [line for line in words(blocks).split("\n") if line.startswith("Unknown, as no site")]
    assert [name for name in names.values() if name not in rows] == rest.removesuffix(".").split(": ", 1)[1].split("; ")


def test_a_mission_of_which_nothing_is_entered_is_unknown_throughout(findings: Findings) -> None:
    alone = changed(findings, (bare(lines(findings)[0]),))
    blocks = SECTION.annex(alone)
    [mandate] = cells(the_table(blocks, "Mandate and strength"))
    assert mandate[1:] == ["unknown", "unknown", "unknown", "unknown to unknown", "unknown", "unknown"]
    [need] = cells(the_table(blocks, "Need by host"))
    assert [need[0], *need[2:]] == ["unknown"] * 4
    assert f"no site and no dependence is entered: {lines(findings)[0].name}." in words(blocks)


@pytest.mark.parametrize(("field", "at"), [("organisation", 1), ("host", 2), ("purpose", 3)])
def test_a_field_removed_reads_unknown(findings: Findings, field: str, at: int) -> None:
    first = next(line for line in lines(findings) if getattr(line, field) is not None)
    before = cells(the_table(SECTION.annex(changed(findings, (first,))), "Mandate and strength"))[0][at]
    removed = replace(first, **{field: None})  # type: ignore[arg-type]  # one of three fields that may be None
    gone = changed(findings, (removed,))
    assert before != "unknown"
    assert cells(the_table(SECTION.annex(gone), "Mandate and strength"))[0][at] == "unknown"


def test_no_forecast_is_said(findings: Findings) -> None:
    assert findings.mission is not None
    portfolio = replace(findings.mission.portfolio, origin=None, model=None)
    blocks = SECTION.annex(replace(findings, mission=replace(findings.mission, portfolio=portfolio)))
    assert "no forecast was made" in the_table(blocks, "Need by host").caption


def test_headings_have_ids_of_their_own_and_no_mission_gives_nothing(findings: Findings) -> None:
    assert headings(SECTION.annex(findings)) == ["missions"]
    assert as_brief(SECTION.annex(findings)).annex
    assert SECTION.annex(replace(findings, mission=None)) == ()
    assert "enters no mission" in words(SECTION.annex(changed(findings, ())))
