"""The page of a choice counts futures and weightings, names who prefers what, and what must be true."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from tests.brief.sections.decisions_found import brief_of, choice_of, findings_with, iraq_decision
from tests.brief.sections.pages_found import cells, the_table, words

from tocsin.assess.decision import ChoiceFindings, DecisionFindings, shown_alternatives
from tocsin.brief import Figure, to_pdf
from tocsin.brief.sections.decision_words import counted_share
from tocsin.brief.sections.options import SECTION
from tocsin.brief.sections.settlement import SECTION as SETTLEMENT
from tocsin.decide.options import compare

if TYPE_CHECKING:
    from tocsin.brief import Block


def annex(found: ChoiceFindings) -> tuple[Block, ...]:
    return SECTION.annex(findings_with(DecisionFindings((), (found,), None)))


def test_thresholds_and_first_places_stand_as_counted() -> None:
    found = choice_of("nmi-drawdown-2026")
    rows = {row[0]: row[1:] for row in cells(the_table(annex(found), "Thresholds met, and preference"))}
    for alternative in found.compared.alternatives:
        first = [
            next(r.acceptability[0] for r in p.rows if r.alternative == alternative.id)
            for p in found.compared.preferences
        ]
        assert rows[alternative.name] == [counted_share(alternative.meets_all), *map(counted_share, first)]


def test_dissent_is_named() -> None:
    said = words(annex(choice_of("nmi-drawdown-2026")))
    assert (
        "Viewpoints differ: Smaller, and over a longer time for those who answer for the safety of staff and those who want "
        "allies to agree; Unchanged for those who want institutions built." in said
    )
    assert "Viewpoints agree: Include them in reform" in words(annex(choice_of("pmf-policy")))


def test_every_option_is_drawn_on_every_criterion_with_its_range() -> None:
    found = choice_of("us-posture-2020")
    [figure] = [b for b in annex(found) if isinstance(b, Figure)]
    for alternative in found.compared.alternatives:
        assert f"{alternative.name}: " in figure.alt
    drawn = " ".join(figure.words)
    assert "at most 1,500" in drawn
    assert figure.alt.count("met in") == 9


def test_conditions_stand_with_coverage_and_density_in_fresh_futures_too() -> None:
    found = choice_of("nmi-drawdown-2026")
    said = words(annex(found))
    must = next(a for a in found.compared.alternatives if a.id == "slow").must_be_true[0]
    assert f"Coverage {counted_share(must.coverage)}, density {counted_share(must.density)}" in said
    assert f"in fresh futures {counted_share(must.fresh_coverage)} and {counted_share(must.fresh_density)}" in said
    assert "In no future tested: \nEnd by September 2026 meets every threshold." in said


def test_tripwires_stand_with_state_lead_and_refusal() -> None:
    rows = {row[0]: row[1:] for row in cells(the_table(annex(choice_of("nmi-drawdown-2026")), "Tripwires on"))}
    summit = rows["the summit at which allies could decide otherwise"]
    assert summit == [
        "not tripped",
        "Unchanged (30 against 0)",
        "Smaller, and over a longer time (30 against 365)",
        "none",
    ]
    assert rows["deaths in Ninewa over three months"][0] == "unknown, last seen 2018-12"


def test_many_alternatives_are_cut_and_the_rest_is_counted() -> None:
    found = choice_of("pmf-policy")
    table = the_table(annex(found), "Thresholds met")
    assert len(table.rows) == len(shown_alternatives(found.compared)) == 6
    assert "10 more combinations are compared, and not shown" in table.note


def test_a_choice_without_effects_says_so() -> None:
    found = choice_of("us-posture-2020")
    bare = found.given.model_copy(
        update={"effects": (), "criteria": (), "uncertainties": (), "viewpoints": (), "tripwires": ()}
    )
    said = words(annex(replace(found, given=bare, compared=compare(bare), tripwires=None)))
    assert "Nothing is compared. No criteria and no effects are entered for us-posture-2020" in said
    assert "%" not in said


def test_without_thresholds_none_is_spoken_of_as_met() -> None:
    given = choice_of("us-posture-2020").given
    free = tuple(c.model_copy(update={"must_reach": None, "must_not_exceed": None}) for c in given.criteria)
    bare = given.model_copy(update={"criteria": free})
    blocks = annex(ChoiceFindings(bare, compare(bare, futures=200)))
    assert "No threshold is set." in words(blocks)
    assert "meets every threshold" not in words(blocks)
    assert "is first under most weightings" in words(blocks)
    table = the_table(blocks, "Preference by viewpoint")
    assert [c.title for c in table.columns][:2] == ["Option", "Those who answer for the safety of staff"]


def test_what_is_not_computed_is_said() -> None:
    assert "Not computed. Military strikes" in words(annex(choice_of("us-posture-2020"))).replace("\n", "")


def test_a_question_and_a_choice_take_two_pages() -> None:
    pytest.importorskip("typst", reason="the pdf extra is not installed")
    decision = iraq_decision()
    end = next(q for q in decision.questions if q.settled.id == "nmi-end")
    for name, most in (("nmi-drawdown-2026", 2), ("us-posture-2020", 2), ("pmf-policy", 3)):
        both = DecisionFindings((end,), (choice_of(name),), None)
        document = pypdfium2.PdfDocument(to_pdf(brief_of(findings_with(both), SETTLEMENT, SECTION)))
        pages = len(document)
        document.close()
        assert pages == 1 + most, f"{name}: the first page is the brief's own"
