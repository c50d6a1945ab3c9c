"""Beside the choices: dates with reach along the way, what sources and studies say, how often tripwires would have fired."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.brief.sections.decisions_found import choice_of, findings_with, iraq_decision
from tests.brief.sections.pages_found import as_brief, cells, headings, the_table, words

from tocsin.assess.decision import ChoiceFindings, DecisionFindings
from tocsin.brief.sections.tripwires import SECTION

if TYPE_CHECKING:
    from tocsin.brief import Block


def annex(*found: ChoiceFindings) -> tuple[Block, ...]:
    return SECTION.annex(findings_with(DecisionFindings((), found, None)))


def test_dated_steps_stand_with_what_is_reached_after_them() -> None:
    found = choice_of("nmi-drawdown-2026")
    rows = {row[1]: row for row in cells(the_table(annex(found), "Calendar and dated steps"))}
    assert rows["End by September 2026: close all sites"][3] == "none"
    assert found.schedule is not None
    slow = next(o for o in found.schedule.options if o.option == "slow").at[-1].reached
    assert slow is not None
    reached = rows["Smaller, and over a longer time: close Taji and Beshmaya"][3]
    assert reached.startswith(f"{100 * slow.low:.1f} % to {100 * slow.high:.1f} %")
    assert "inputs" in reached
    assert "other months" in reached
    assert rows["NATO summit in Ankara"] == ["2026-07", "NATO summit in Ankara", "stated, politico-digest", ""]


def test_what_sources_state_is_said_by_the_name_of_the_option() -> None:
    said = words(annex(choice_of("nmi-drawdown-2026"), choice_of("us-posture-2020")))
    assert "Smaller, and over a longer time (source politico-digest): most allies agree" in said
    assert "Separation, costs (source knights): most cooperation" in said
    assert "Source knights concludes: " in said


def test_studies_and_exits_are_counted_and_multiplied_into_nothing() -> None:
    said = words(annex(choice_of("nmi-drawdown-2026")))
    assert "6 of 12 effects name no study" in said
    assert "they contradict each other" in said
    assert "Of 12 past exits with 25 to 1,000 deaths a year before, 4 were worse and 5 better" in said
    bare = replace(choice_of("nmi-drawdown-2026"), evidence=None)
    assert "Studies" not in words(annex(bare))


def test_past_firings_are_counted_and_unknown_where_nobody_looked() -> None:
    rows = {row[0]: row for row in cells(the_table(annex(choice_of("nmi-drawdown-2026")), "Tripwires, and how often"))}
    assert rows["deaths in Ninewa over three months"][3].startswith("8 of 358 looked at")
    assert rows["the forecast for Iraq"][3].startswith("unknown")
    assert rows["deaths in Ninewa over three months"][4] == "unknown"


def test_each_choice_has_its_part_and_a_case_without_choices_none() -> None:
    whole = SECTION.annex(findings_with(iraq_decision()))
    assert as_brief(whole).annex
    assert [h for h in headings(whole) if h.startswith("beside-")] == [
        "beside-choices", *(f"beside-{c.compared.choice}" for c in iraq_decision().choices)
    ]  # fmt: skip
    assert SECTION.annex(findings_with(None)) == annex() == ()
