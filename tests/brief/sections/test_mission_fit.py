"""What the brief says of a mission's progress, its fit and what goes into it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.brief.sections.pages_found import changed, mission_of, pages
from tests.brief.sections.tables_found import column, table, tables

from tocsin.brief import Bullets, Figure, Heading, Table
from tocsin.brief.html import to_html
from tocsin.brief.sections.mission_fit import SECTION
from tocsin.case.assessed_rows import EffortKind
from tocsin.case.cells import Basis
from tocsin.mission.inputs import Input

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.brief import Brief
    from tocsin.mission.fit import FrameworkFit
    from tocsin.mission.progress import IndicatorProgress, MissionProgress, Series


def every_indicator(findings: Findings) -> list[IndicatorProgress]:
    return [i for line in mission_of(findings).progress.lines for i in line.indicators]


def every_series(findings: Findings) -> list[Series]:
    return [s for i in every_indicator(findings) for s in i.series]


def framework(findings: Findings, name: str) -> FrameworkFit:
    return next(f for f in mission_of(findings).fit.frameworks if f.framework == name)


def figures(brief: Brief) -> list[Figure]:
    return [block for block in brief.annex if isinstance(block, Figure)]


def with_indicators(findings: Findings, **parts: object) -> Findings:
    done = mission_of(findings).progress
    lines = tuple(
        replace(line, indicators=tuple(replace(i, **parts) for i in line.indicators))  # type: ignore[arg-type]
        for line in done.lines
    )
    return changed(findings, progress=replace(done, lines=lines))


def with_framework(findings: Findings, made: FrameworkFit) -> Findings:
    done = mission_of(findings).fit
    kept = tuple(made if f.framework == made.framework else f for f in done.frameworks)
    return changed(findings, fit=replace(done, frameworks=kept))


def silenced(done: MissionProgress) -> MissionProgress:
    """Progress of which no figure is published."""
    bare = tuple(
        replace(line, indicators=tuple(
            replace(i, series=tuple(replace(s, figures=(), first=None, last=None) for s in i.series))
            for i in line.indicators
        ))
        for line in done.lines
    )  # fmt: skip
    return replace(done, lines=bare)


def test_the_picture_holds_the_indicators_with_figures_and_no_other(findings: Findings) -> None:
    [drawn] = figures(pages(SECTION, findings))
    words = " ".join(drawn.words)
    for indicator in every_indicator(findings):
        assert (indicator.definition in words) is indicator.published
    assert "no published range" in words
    quiet = changed(findings, progress=silenced(mission_of(findings).progress))
    assert figures(pages(SECTION, quiet)) == []


def test_evidence_is_said_line_by_line(findings: Findings) -> None:
    shown = table(pages(SECTION, findings), title="Evidence", caption="line of effort")
    lines = mission_of(findings).progress.lines
    assert column(shown, "Evidence") == tuple("; ".join(line.evidence) for line in lines)
    assert column(shown, "Line of effort")[-1] == "the whole mission"
    assert "none" in column(shown, "Indicators")


def test_every_published_figure_is_in_the_table_with_its_source(findings: Findings) -> None:
    shown = table(pages(SECTION, findings), title="Published figures")
    said = column(shown, "Published figures")
    for series, words in zip(every_series(findings), said, strict=True):
        assert all(str(f.date) in words and f"{f.value:,.4g}" in words and f.source_id in words for f in series.figures)
        assert series.figures or words == "no published figure"


def test_a_baseline_or_target_nobody_filed_is_unknown_and_never_zero(findings: Findings) -> None:
    shown = table(pages(SECTION, with_indicators(findings, baseline=None, target=None)), title="Published figures")
    assert set(column(shown, "Baseline")) == set(column(shown, "Target")) == {"unknown"}
    zero = table(pages(SECTION, with_indicators(findings, baseline=0.0, target=0.0)), title="Published figures")
    assert set(column(zero, "Baseline")) == set(column(zero, "Target")) == {"0"}
    bare = table(pages(SECTION, with_indicators(findings, validity_threats=None)), title="Published figures")
    assert all("unknown and not none" in words for words in column(bare, "May mislead"))


def test_criteria_stand_with_verdict_evidence_reason_and_sources(findings: Findings) -> None:
    brief = pages(SECTION, findings)
    headings = framework(findings, "oecd").headings
    shown = table(brief, title="Verdict", caption=framework(findings, "oecd").title)
    filed = [(h, v) for h in headings for v in h.verdicts]
    assert column(shown, "Heading") == tuple(h.heading for h, _ in filed)
    assert column(shown, "Verdict") == tuple(v.verdict.value for _, v in filed)
    assert column(shown, "Evidence") == tuple(v.evidence.value for _, v in filed)
    assert column(shown, "Why") == tuple(v.why for _, v in filed)
    assert column(shown, "Would change it") == tuple(v.would_change for _, v in filed)
    assert column(shown, "Sources") == tuple(", ".join(v.sources) for _, v in filed)
    assert {c.title for c in shown.columns}.isdisjoint({"Score", "Mean", "Total"})


def test_a_criterion_without_a_verdict_stays_in_the_table_as_not_assessed(findings: Findings) -> None:
    made = framework(findings, "oecd")
    first = replace(made.headings[0], verdicts=(), said=("not assessed",))
    brief = pages(SECTION, with_framework(findings, replace(made, headings=(first, *made.headings[1:]))))
    shown = table(brief, title="Verdict")
    assert column(shown, "Verdict")[0] == "not assessed"
    assert column(shown, "Evidence")[0] == column(shown, "Would change it")[0] == "unknown"
    assert all(words in column(shown, "Why")[0] for words in first.bears)


def test_remarks_on_verdicts_are_printed(findings: Findings) -> None:
    made = framework(findings, "oecd")
    doubted = replace(made.headings[0], remarks=("verdicts differ and stand side by side: met, not met",))
    brief = pages(SECTION, with_framework(findings, replace(made, headings=(doubted, *made.headings[1:]))))
    assert doubted.remarks[0] in table(brief, title="Verdict").note


def test_frameworks_nobody_judged_are_lists_of_what_the_tables_hold(findings: Findings) -> None:
    brief = pages(SECTION, findings)
    lists = [b for b in brief.annex if isinstance(b, Bullets)]
    judged = [f for f in mission_of(findings).fit.frameworks if not any(h.verdicts for h in f.headings)]
    assert len(lists) == len(judged) > 0
    for shown, made in zip(lists, judged, strict=True):
        said = ["".join(span.text for span in item if not isinstance(span, str)) for item in shown.items]
        for words, heading in zip(said, made.headings, strict=True):
            assert words.casefold().startswith(f"{heading.heading}: ".casefold())
            assert all(bears.casefold() in words.casefold() for bears in heading.bears)
    assert to_html(brief).count("Not assessed: nobody filed a verdict") == len(judged)


def test_effort_that_nobody_published_is_unknown_on_every_line(findings: Findings) -> None:
    shown = table(pages(SECTION, findings), title="People")
    lines = mission_of(findings).effort.lines
    for kind in EffortKind:
        said = column(shown, kind.value.capitalize())
        assert [words == "unknown" for words in said] == [kind in line.unknown for line in lines]
    assert any("nothing published of" in words for words in column(shown, "Results published"))


def test_a_range_of_effort_is_printed_whole_with_its_dates_and_source(findings: Findings) -> None:
    done = mission_of(findings).effort
    people = Input(
        EffortKind.PEOPLE, 100, 200, ranged=True, unit="persons", start=None, end=None, source_id="budget",
        basis=Basis.STATED, note="a note to read",
    )  # fmt: skip
    money = replace(people, kind=EffortKind.MONEY, low=0, high=None, unit="EUR", source_id=None, note=None)
    line = replace(done.lines[0], inputs=(people, money), unknown=(EffortKind.TIME,))
    shown = table(pages(SECTION, changed(findings, effort=replace(done, lines=(line,)))), title="People")
    assert column(shown, "People") == ("100 to 200 persons, dates unknown (budget)",)
    assert column(shown, "Money") == ("0 to unknown EUR, dates unknown (stated)",)
    assert column(shown, "Time") == ("unknown",)
    assert shown.note == "A note to read."


def test_people_per_million_stand_beside_references_and_unknown_is_no_zero(findings: Findings) -> None:
    done = mission_of(findings).effort
    shown = table(pages(SECTION, findings), title="Per million")
    rates = (*done.strength, *done.references)
    assert column(shown, "Mission") == tuple(r.name for r in rates)
    for rate, words, people in zip(rates, column(shown, "Per million"), column(shown, "Persons"), strict=True):
        assert (words == "unknown") is (rate.per_million_low is None and rate.per_million_high is None)
        assert (people == "unknown") is (rate.people_low is None and rate.people_high is None)
    bare = tuple(
        replace(r, population=None, population_from="unknown: no host country", per_million_low=None,
                per_million_high=None, source_id=None, date=None)
        for r in done.references
    )  # fmt: skip
    gone = table(pages(SECTION, changed(findings, effort=replace(done, references=bare))), title="Per million")
    assert set(column(gone, "Per million")) == set(column(gone, "Source")) == {"unknown"}
    assert "unknown: no host country" in column(gone, "Population")


def test_what_is_known_of_worth_is_said_in_full(findings: Findings) -> None:
    page = to_html(pages(SECTION, findings)).replace("&#39;", "'").replace("&#x27;", "'")
    assert all(sentence in page for sentence in mission_of(findings).effort.worth)
    assert mission_of(findings).progress.attribution in page


def test_without_lines_of_effort_the_page_says_that_it_does_not_know(findings: Findings) -> None:
    found = mission_of(findings)
    bare = changed(findings, progress=replace(found.progress, lines=()), effort=replace(found.effort, lines=()))
    page = to_html(pages(SECTION, bare))
    assert "What the mission shows is unknown" in page
    assert "No line of effort is on file" in page


def test_every_table_has_at_most_seven_columns_and_says_its_day(findings: Findings) -> None:
    shown: list[Table] = tables(pages(SECTION, findings))
    assert shown
    assert all(len(t.columns) <= 7 for t in shown)
    assert all(f"{findings.made.year}" in t.caption for t in shown)


def test_headings_have_ids_of_their_own_and_no_mission_is_no_page(findings: Findings) -> None:
    ids = [b.anchor for b in SECTION.annex(findings) if isinstance(b, Heading)]
    assert len(ids) == len(set(ids)) == 4
    none = replace(findings, mission=None)
    assert SECTION.page(none) == SECTION.annex(none) == SECTION.page(findings) == ()
