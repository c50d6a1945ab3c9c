"""The page of a question says what was found, both ranges side by side, and what is not known in words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from tests.brief.sections.decisions_found import brief_of, findings_with, iraq_decision, question_of
from tests.brief.sections.pages_found import cells, headings, the_table, words

from tocsin.assess.decision import DecisionFindings
from tocsin.brief import Figure, PageBreak, to_html, to_pdf
from tocsin.brief.sections.settlement import SECTION
from tocsin.brief.sections.settlement_strip import strip_of
from tocsin.decide.settle import settle_question
from tocsin.vocabulary import Likelihood, percent

if TYPE_CHECKING:
    from tocsin.brief import Block


def of(name: str, *, demo: bool = True) -> tuple[Block, ...]:
    found = DecisionFindings((question_of(name),), (), name)
    return SECTION.annex(findings_with(found, demo=demo))


def without_reversion() -> DecisionFindings:
    """The end of the mission, where nobody says what holds without a decision."""
    found = question_of("nmi-end")
    asked = found.asked.model_copy(update={"reversion": None, "unilateral": ()})
    return DecisionFindings((replace(found, asked=asked, settled=settle_question(asked, draws=200)),), (), asked.id)


def test_the_judgement_holds_centre_both_ranges_and_the_likeliest_band_and_confidence_apart() -> None:
    settled = question_of("nmi-end").settled
    said = words(of("nmi-end"))
    ranges = settled.ranges
    for number in (settled.centre, *ranges.input_noise, *ranges.model_error):
        assert f"{float(f'{number:.3g}'):g}" in said
    assert said.index("from noise in the inputs") < said.index("from past errors of the model")
    best = max(settled.bands, key=lambda b: b.probability)
    assert f"is {Likelihood.of(best.probability).value} ({percent(best.probability)})" in said
    assert (
        f"Confidence is {settled.confidence.value}: {settled.judged} of {len(settled.inputs)} inputs are judgement"
        in said
    )
    sentences = re.split(r"\.\s", said)
    assert not [s for s in sentences if "Confidence" in s and "likely" in s]


def test_every_band_is_in_the_picture_with_its_number() -> None:
    found = question_of("nmi-end")
    drawn = " ".join(text for b in of("nmi-end") if isinstance(b, Figure) for text in b.words)
    for band in found.settled.bands:
        assert f"{band.name} (" in drawn
        assert f"{Likelihood.of(band.probability).value} ({percent(band.probability)})" in drawn
    strip = strip_of(found)
    assert [p.name for p in strip.parties] == list(found.settled.parties.values())
    assert sum(p.weight or 0.0 for p in strip.parties) == pytest.approx(1.0)
    assert strip.without is not None
    assert (strip.without.low, strip.without.mid, strip.without.high) == (40, 60, 60)


def test_parties_stand_with_side_and_weight() -> None:
    settled = question_of("nmi-end").settled
    rows = {row[0]: row for row in cells(the_table(of("nmi-end"), "Parties and levers"))}
    assert set(rows) == set(settled.parties.values())
    for stance in settled.stances:
        assert rows[settled.parties[stance.actor]][3].startswith({"gains": "for", "loses": "against"}[str(stance.side)])
    assert rows["United States"][5] == "politico-digest; salience and influence"


def test_what_must_be_said_is_said() -> None:
    said = words(of("nmi-end"))
    for part in (
        "What would change it. ", "Least certain input. ", "The formal decision, by consensus. ", "Alone, whatever is decided. ",
        "Break-even of deadlock, which is not estimated", "weighted median 30", "status quo 60", "Nash point 49.8",
        "take it as a floor for the error", "No party alone brings it into 'by September 2026' or 'no end in view'",
        "whether it is, they do not say", "All positions rest on one source: politico-digest.",
    ):  # fmt: skip
        assert part in said, part
    assert "placeholder" in said
    assert "placeholder" not in words(of("nmi-end", demo=False))


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    said = words(SECTION.annex(findings_with(without_reversion())))
    assert "What holds without a decision is unknown" in said
    assert {row[3] for row in cells(the_table(SECTION.annex(findings_with(without_reversion())), "Parties"))} == {
        "unknown"
    }
    assert "Alone, whatever is decided" not in said


def test_the_first_page_has_three_lines_on_the_question_that_names_the_mission() -> None:
    found = findings_with(iraq_decision())
    said = words(SECTION.page(found)).replace("\n", " ")
    assert "In how many months from early 2026 should NATO Mission Iraq end?" in said
    assert "27.3 months, 80 % range 23.3 to 30 (noise in the inputs), 7.2 to 48 (past errors)" in said
    assert "It enters 'within two years' if majority of allies stood at 13.1 months or below (now 30)." in said
    assert len(said) < 3 * 125, "three lines of the page"
    assert "question-nmi-end" in headings(SECTION.annex(found))


def test_a_case_without_questions_says_nothing() -> None:
    assert SECTION.page(findings_with(None)) == SECTION.annex(findings_with(None)) == ()
    assert SECTION.page(findings_with(DecisionFindings((), (), None))) == ()


def test_each_question_takes_one_page() -> None:
    pytest.importorskip("typst", reason="the pdf extra is not installed")
    found = findings_with(iraq_decision())
    breaks = sum(isinstance(block, PageBreak) for block in SECTION.annex(found))
    assert breaks == len(iraq_decision().questions) == 3
    document = pypdfium2.PdfDocument(to_pdf(brief_of(found, SECTION)))
    pages = [document[i].get_textpage().get_text_bounded() for i in range(len(document))]
    document.close()
    assert len(pages) == 1 + breaks
    assert "Notes. All positions rest on one source" in " ".join(pages[2].split())


def test_the_page_reads_on_screen_too() -> None:
    page = to_html(brief_of(findings_with(iraq_decision()), SECTION))
    assert 'href="#question-nmi-end"' in page
    assert page.count("<svg") == 3
