"""The page on exits says what was found, beside all country-years, and multiplies no study into a forecast."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import polars as pl
import pytest
from tests.brief.sections.pages_found import as_brief, cells, headings, the_table, words

from tocsin.brief import Figure
from tocsin.brief.sections.mission_exits import SECTION
from tocsin.mission.exits import outcomes

if TYPE_CHECKING:
    from tocsin.assess.exits import Exits
    from tocsin.assess.findings import Findings


def exits(findings: Findings) -> Exits:
    assert findings.mission is not None
    return findings.mission.exits


def changed(findings: Findings, done: Exits) -> Findings:
    assert findings.mission is not None
    return replace(findings, mission=replace(findings.mission, exits=done))


def test_every_comparison_stands_beside_all_country_years(findings: Findings) -> None:
    rows = cells(the_table(SECTION.annex(findings), "Exits beside all country-years"))
    compared = exits(findings).comparisons
    assert len(rows) == 2 * len(compared)
    for few, whole, found in zip(rows[::2], rows[1::2], compared, strict=True):
        worse = found.exits.worse
        assert few[3] == f"{worse.count} of {worse.n} ({100 * worse.lower:.0f}-{100 * worse.upper:.0f})"
        assert few[5] == f"{found.exits.median:.2f} ({found.exits.low:.2f}-{found.exits.high:.2f})"
        assert found.everywhere.better.share is not None
        assert whole[4] == f"{100 * found.everywhere.better.share:.0f} % of {found.everywhere.n:,}"
        assert (few[0], few[2], whole[2]) == (found.measure, "exits", "all country-years")


def test_what_each_comparison_says_is_said_once(findings: Findings) -> None:
    text = words(SECTION.annex(findings))
    for found in exits(findings).comparisons:
        assert text.count(f"{found.words}.") == 1


def test_all_exits_are_drawn_and_the_countrys_own_is_marked(findings: Findings) -> None:
    [figure] = [b for b in SECTION.annex(findings) if isinstance(b, Figure)]
    done = exits(findings)
    assert done.every is not None
    known = done.every.filter(measure="all organized").drop_nulls(["pre2", "log_ratio3"])
    band = known.filter((pl.col("pre2") >= 25) & (pl.col("pre2") < 1000))
    own = done.rows.filter(measure="all organized").row(0, named=True)
    told = f"{own['country']} {own['exit_year']}, {own['mission']}"
    assert figure.svg.count("<circle") == known.height + band.height - 1 + 1
    assert f"{told}: {math.exp(own['log_ratio3']):.2f}, with deaths before that lie outside the band." in figure.caption
    assert f"<title>{escape(told)}: " in figure.svg


def test_the_countrys_own_rows_say_before_and_after(findings: Findings) -> None:
    rows = cells(the_table(SECTION.annex(findings), "Missions of the class that left"))
    for row, found in zip(rows, exits(findings).rows.iter_rows(named=True), strict=True):
        assert row[0] == found["mission"]
        assert row[2:5] == [found["measure"], f"{found['pre2']:,.0f}", f"{found['post_mean3']:,.0f}"]
        assert row[6] == f"{math.exp(found['log_ratio3']):.2f}"


@pytest.mark.parametrize(("field", "at"), [("pre2", 3), ("post_mean3", 4), ("post_max3", 5), ("log_ratio3", 6)])
def test_a_figure_removed_reads_unknown(findings: Findings, field: str, at: int) -> None:
    done = exits(findings)
    bare = done.rows.with_columns(pl.lit(None, dtype=pl.Float64).alias(field))
    rows = cells(
        the_table(SECTION.annex(changed(findings, replace(done, rows=bare))), "Missions of the class that left")
    )
    assert all(row[at] == "unknown" for row in rows)


def test_years_that_have_not_passed_are_said(findings: Findings) -> None:
    done = exits(findings)
    short = done.rows.with_columns(n_post=pl.lit(2, dtype=pl.Int32))
    rows = cells(
        the_table(SECTION.annex(changed(findings, replace(done, rows=short))), "Missions of the class that left")
    )
    assert all(row[4].endswith(" (2 known)") for row in rows)


def test_an_empty_group_reads_unknown(findings: Findings) -> None:
    done = exits(findings)
    nobody = outcomes(done.rows.clear(), measure="all organized")
    empty = tuple(replace(c, exits=nobody, everywhere=nobody) for c in done.comparisons)
    blocks = SECTION.annex(changed(findings, replace(done, comparisons=empty, every=done.rows.clear())))
    rows = cells(the_table(blocks, "Exits beside all country-years"))
    assert {text for row in rows for text in row[3:]} == {"unknown"}
    assert not [b for b in blocks if isinstance(b, Figure)]


def test_a_country_no_mission_left_is_said_so(findings: Findings) -> None:
    done = exits(findings)
    text = words(SECTION.annex(changed(findings, replace(done, rows=done.rows.clear()))))
    assert f"No mission of the class left {findings.place}." in text
    assert f"No exit from {findings.place} is in the class." in text


def test_studies_stand_as_printed_and_enter_no_forecast(findings: Findings) -> None:
    blocks = SECTION.annex(findings)
    text = words(blocks)
    for card in exits(findings).cards:
        assert card.citation in text
        assert card.design in text
        assert card.reason in text
        assert f"On leaving: {card.withdrawal}." in text
    graded = [the_table(blocks, "Studies that carry over " + end) for end in ("to a few", "in part", "little")]
    assert sum(len(table.rows) for table in graded) == len(exits(findings).cards)
    assert "None is ever multiplied into one." in text
    assert "what they found is unknown" in words(SECTION.annex(changed(findings, replace(exits(findings), cards=()))))


def test_known_faults_stand_on_the_page(findings: Findings) -> None:
    text = words(SECTION.annex(findings))
    assert exits(findings).faults
    for fault in exits(findings).faults:
        assert fault[1:] in text


def test_headings_have_ids_of_their_own_and_no_mission_gives_nothing(findings: Findings) -> None:
    assert headings(SECTION.annex(findings)) == ["exits", "exits-studies"]
    assert as_brief(SECTION.annex(findings)).annex
    assert SECTION.annex(replace(findings, mission=None)) == ()
