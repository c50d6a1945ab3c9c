"""Verdicts as filed: refused without a source, side by side where they differ, never counted."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from tocsin.case import check_case, write_case
from tocsin.case.assessed_rows import Effort, Verdict
from tocsin.case.rows import Indicator, Mission, Observation, SiteStatus, Task
from tocsin.errors import CaseProblem
from tocsin.mission.fit import FrameworkFit, HeadingFit, Tables, fit
from tocsin.mission.frameworks import DOD, FRAMEWORKS, NATO, OECD

if TYPE_CHECKING:
    from pathlib import Path

MISSION = Mission.model_validate({"mission_id": "m", "name": "Mission", "host": "IRQ", "basis": "judgement"})


def verdict(**changes: Any) -> Verdict:
    row: dict[str, Any] = {
        "mission_id": "m", "framework": "OECD DAC", "criterion": "relevance", "verdict": "met", "why": "a reason",
        "evidence": "weak", "would_change": "a needs assessment", "source_id": "s", "basis": "judgement",
    }  # fmt: skip
    return Verdict(**(row | changes))


def indicator(name: str, **changes: Any) -> Indicator:
    row: dict[str, Any] = {
        "indicator_id": name, "mission_id": "m", "line_of_effort": "police", "level": "outcome", "definition": "deaths",
        "unit": "deaths a year", "better": "down", "basis": "judgement",
    }  # fmt: skip
    return Indicator(**(row | changes))


def headings(*verdicts: Verdict, tables: Tables | None = None, which: Any = OECD) -> dict[str, HeadingFit]:
    [shown] = fit(MISSION, verdicts, tables=tables or Tables(), frameworks=(which,)).frameworks
    return {h.heading: h for h in shown.headings}


def test_a_heading_nobody_filed_a_verdict_for_is_not_assessed() -> None:
    found = headings(verdict())
    assert list(found) == ["relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability"]
    assert found["relevance"].said == ("met",)
    assert all(h.said == ("not assessed",) and not h.verdicts for name, h in found.items() if name != "relevance")


@pytest.mark.parametrize("field", ["verdict", "why", "evidence", "would_change", "criterion", "source_id"])
def test_a_verdict_lacking_anything_is_refused(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        verdict(**{field: None})


def test_a_verdict_made_past_its_checks_is_refused_too() -> None:
    with pytest.raises(CaseProblem, match="names no source") as found:
        headings(verdict().model_copy(update={"source_id": None}))
    assert (str(found.value.where), bool(found.value.hint)) == ("verdicts.csv, field source_id", True)


def test_a_verdict_without_a_source_is_refused_when_a_case_is_read(tmp_path: Path) -> None:
    folder = write_case("own", tmp_path / "own", start_from="iraq")
    path = folder / "verdicts.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    assert ",bic,judgement," in rows[1]
    rows[1] = rows[1].replace(",bic,judgement,", ",,judgement,")
    path.write_text("\n".join(rows), encoding="utf-8")
    [found] = [f for f in check_case(folder) if f.file == "verdicts.csv"]
    assert (found.row, found.column, found.problem) == (2, "source_id", "a verdict names no source")


def test_verdicts_that_differ_stand_side_by_side() -> None:
    found = headings(
        verdict(), verdict(verdict="not met", source_id="t"), verdict(criterion="Relevance", source_id="u")
    )
    assert found["relevance"].said == ("met", "not met")
    assert [v.sources for v in found["relevance"].verdicts] == [("s",), ("u",), ("t",)]
    assert found["relevance"].remarks == ("verdicts differ and stand side by side: met, not met",)


def test_a_verdict_on_no_evidence_is_said_to_be() -> None:
    assert headings(verdict(evidence="none"))["relevance"].remarks == ("the verdict 'met' rests on no evidence",)
    assert headings(verdict(evidence="none", verdict="unknown"))["relevance"].remarks == ()


def test_a_verdict_of_not_assessed_is_no_verdict_of_unknown() -> None:
    assert headings(verdict(verdict="unknown"))["relevance"].said == ("unknown",)
    assert headings(verdict(verdict="not assessed"))["relevance"].said == ("not assessed",)


def test_no_verdict_is_dropped() -> None:
    odd = verdict(criterion="value for money", source_id="a")
    own = verdict(framework="House rules", criterion="morale", source_id="b")
    other = verdict(mission_id="other", source_id="c")
    shown: tuple[FrameworkFit, ...] = fit(MISSION, (odd, own, other), tables=Tables()).frameworks
    kept = {(f.framework, h.heading): v.sources for f in shown for h in f.headings for v in h.verdicts}
    assert kept == {("oecd", "value for money"): ("a",), ("House rules", "morale"): ("b",)}


@pytest.mark.parametrize(
    ("words", "owner"),
    [("OECD DAC", OECD), ("OECD/DAC 2019", OECD), ("oecd-dac", OECD), ("DoDI 5132.14", DOD), ("US DoD", DOD),
     ("NATO Operations Assessment", NATO)],
)  # fmt: skip
def test_a_framework_is_known_by_its_words(words: str, owner: Any) -> None:
    assert [f for f in FRAMEWORKS.values() if f.owns(words)] == [owner]


def test_words_within_words_name_no_framework() -> None:
    assert not any(f.owns("Senator's dodge") for f in FRAMEWORKS.values())


def test_what_of_the_tables_bears_on_a_heading() -> None:
    tables = Tables(
        indicators=(indicator("a", baseline=3), indicator("b"), indicator("c", level="output"),
                    indicator("d", mission_id="other", baseline=1, target=1)),
        observations=(Observation.model_validate(
            {"indicator_id": "c", "date": "2020", "value": 0, "source_id": "s", "basis": "stated"}
        ),),
        tasks=tuple(Task.model_validate(
            {"task_id": name, "mission_id": "m", "line_of_effort": line, "function": "advice", "basis": "judgement"}
        ) for name, line in (("t", "police"), ("u", "logistics"))),
        site_status=(SiteStatus.model_validate(
            {"mission_id": "m", "status": "paused", "start": "2020-01", "basis": "judgement"}
        ),),
    )  # fmt: skip
    found = headings(tables=tables, which=DOD)
    assert found["baseline"].bears == ("baseline: 1 of 3 indicators has one",)
    assert found["indicators and targets"].bears == (
        "indicators: 1 of 2 lines of effort has an indicator", "target: 0 of 3 indicators have one",
    )  # fmt: skip
    assert found["performance monitoring"].bears == (
        "inputs and outputs: 1 of 1 indicator has a published figure", "effort: no people, money or time published",
    )  # fmt: skip
    assert found["outcome monitoring"].bears[0] == "outcomes and impact: 0 of 2 indicators have a published figure"
    assert found["independent evaluation"].bears[0].startswith("nothing in the tables of a case")
    assert headings(tables=tables)["sustainability"].bears[0] == "sites: paused 2020-01"


def test_an_effort_row_without_a_number_is_not_published() -> None:
    given = {"mission_id": "m", "line_of_effort": "all", "kind": "money", "unit": "EUR", "basis": "judgement"}
    row, priced = Effort.model_validate(given), Effort.model_validate(given | {"best": 0})
    assert "effort: no people, money or time published" in headings(tables=Tables(efforts=(row,)))["efficiency"].bears
    assert "effort: money published" in headings(tables=Tables(efforts=(priced,)))["efficiency"].bears


def test_with_no_tables_nothing_is_claimed() -> None:
    found = headings(which=DOD)
    assert found["baseline"].bears == ("baseline: no indicator is on file, so none has one",)


def test_an_unknown_host_leaves_other_missions_unknown() -> None:
    nowhere = MISSION.model_copy(update={"host": None})
    [shown] = fit(nowhere, (), tables=Tables(missions=(nowhere,)), frameworks=(OECD,)).frameworks
    assert shown.headings[1].bears == ("other missions: unknown, as the host country is",)


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [verdict(), verdict(verdict="not met", source_id="t"), verdict(criterion="other"), verdict(framework="own")]
    assert len({repr(fit(MISSION, order, tables=Tables())) for order in permutations(rows)}) == 1
