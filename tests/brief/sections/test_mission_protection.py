"""The page of force protection sums what was found by band, never finer, and keeps unknown dates unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.brief.sections.pages_found import as_brief, cells, headings, the_table, words

from tocsin.brief.sections.mission_protection import MONTHS_SHOWN, SECTION
from tocsin.case.dates import Precision
from tocsin.mission.protection import Chain, Sequences, Step

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.assess.reach import Protection, Reach


def reach(findings: Findings) -> Reach:
    assert findings.mission is not None
    assert findings.mission.reach is not None
    return findings.mission.reach


def protection(findings: Findings) -> Protection:
    found = reach(findings).protection
    assert found is not None
    return found


def changed(findings: Findings, found: Protection | None, **fields: object) -> Findings:
    assert findings.mission is not None
    other = replace(reach(findings), protection=found, **fields)  # type: ignore[arg-type]  # any field of Reach
    return replace(findings, mission=replace(findings.mission, reach=other))


def test_the_newest_months_stand_one_by_one_and_older_ones_by_year(findings: Findings) -> None:
    done = protection(findings)
    table = the_table(SECTION.annex(findings), "Events and deaths around the sites")
    months = sorted({row.month for row in done.past})
    years = sorted({month.year for month in months[:-MONTHS_SHOWN]})
    assert len(table.rows) == len(years) + MONTHS_SHOWN
    assert [row[0].text for row in table.rows][-MONTHS_SHOWN:] == [str(m) for m in months[-MONTHS_SHOWN:]]


def test_no_event_and_no_death_is_lost_in_summing(findings: Findings) -> None:
    done = protection(findings)
    table = the_table(SECTION.annex(findings), "Events and deaths around the sites")
    bands = sorted({(row.near_km, row.far_km) for row in done.past})
    assert [c.title for c in table.columns[1:]] == [f"{near:g} to {far:g} km" for near, far in bands]
    for i, band in enumerate(bands, start=1):
        there = [row for row in done.past if (row.near_km, row.far_km) == band]
        assert sum(row[i].sort or 0 for row in table.rows) == sum(row.deaths[1] for row in there)
        told = [int(row[i].text.split(":")[0].replace(",", "")) for row in table.rows]
        assert sum(told) == sum(row.events for row in there)


def test_a_band_of_which_nothing_is_known_is_unknown_and_not_nought(findings: Findings) -> None:
    done = protection(findings)
    last = max(row.month for row in done.past)
    fewer = tuple(row for row in done.past if not (row.month == last and row.near_km == 0))
    table = the_table(SECTION.annex(changed(findings, replace(done, past=fewer))), "Events and deaths around the sites")
    assert table.rows[-1][1].text == "unknown"


def test_the_forecast_is_a_median_with_its_range(findings: Findings) -> None:
    done = protection(findings)
    rows = cells(the_table(SECTION.annex(findings), "Deaths forecast around the sites"))
    first = done.ahead[0]
    assert rows[0][0] == str(first.month)
    assert rows[0][1] == f"{first.middle:,.0f} ({first.low:,.0f} to {first.high:,.0f})"
    assert len(rows) == len({row.month for row in done.ahead})
    fewer = the_table(SECTION.annex(changed(findings, replace(done, ahead=done.ahead[1:]))), "Deaths forecast")
    assert cells(fewer)[0][1] == "unknown"


def test_forecast_deaths_without_a_place_are_told(findings: Findings) -> None:
    risk = reach(findings).risk
    assert risk is not None
    for unplaced, said in ((7.2, True), (0.0, False)):
        other = changed(findings, protection(findings), risk=replace(risk, unplaced=unplaced))
        note = the_table(SECTION.annex(other), "Deaths forecast around the sites").note
        assert (f"7 of {risk.expected:,.0f} expected deaths" in note) is said


def test_no_forecast_gives_its_reason(findings: Findings) -> None:
    none = changed(findings, replace(protection(findings), ahead=()), no_forecast="too few months", forecast=None)
    assert "What is ahead around the sites is unknown: too few months." in words(SECTION.annex(none))


def test_sequences_tell_dates_as_given_and_gaps_in_days(findings: Findings) -> None:
    text = words(SECTION.annex(findings))
    steps = [step for chain in protection(findings).sequences.chains for step in chain.steps[1:]]
    assert any(step.gap_days for step in steps)
    for step in steps:
        gap = "after an unknown number of days" if step.gap_days is None else f"{step.gap_days} days later"
        assert f"{gap}, {step.event.date}, {step.event.kind}: {step.event.what}" in text
    for event in protection(findings).sequences.undated:
        assert event.date.precision is Precision.YEAR
        assert f"{event.date}, {event.kind}: {event.what}" in text


def test_gaps_of_no_day_and_one_day_read_as_words_and_a_kind_removed_is_unknown(findings: Findings) -> None:
    done = protection(findings)
    event = done.sequences.chains[0].steps[0].event.model_copy(update={"kind": None, "source_id": None})
    steps = tuple(Step(event, gap) for gap in (None, 0, 1, None))
    text = words(SECTION.annex(changed(findings, replace(done, sequences=Sequences((Chain(steps),), ())))))
    for said in (
        "the same day, ",
        "; 1 day later, ",
        "after an unknown number of days, ",
        ", unknown: ",
        "(source unknown)",
    ):
        assert said in text


def test_it_says_that_nothing_finer_is_given(findings: Findings) -> None:
    assert "Nothing finer than 25 km and a month is given." in words(SECTION.annex(findings))
    assert all(row.far_km - row.near_km >= 25 for row in protection(findings).past)


def test_what_was_not_computed_is_unknown_and_no_mission_gives_nothing(findings: Findings) -> None:
    assert findings.mission is not None
    unplaced = replace(findings, mission=replace(findings.mission, reach=None, no_reach="no site has a place"))
    assert "Unknown: no site has a place." in words(SECTION.annex(unplaced))
    assert "bands around the sites were not computed" in words(SECTION.annex(changed(findings, None)))
    empty = replace(protection(findings), past=(), sequences=Sequences((), ()))
    assert "the figures cover no month" in words(SECTION.annex(changed(findings, empty)))
    assert "enters no attack, incident or response" in words(SECTION.annex(changed(findings, empty)))
    assert SECTION.annex(replace(findings, mission=None)) == ()


def test_headings_have_ids_of_their_own(findings: Findings) -> None:
    assert headings(SECTION.annex(findings)) == ["protection", "protection-sequences"]
    assert as_brief(SECTION.annex(findings)).annex
