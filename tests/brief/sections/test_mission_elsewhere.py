"""The page on whether a mission's model would work elsewhere says what was found, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.brief.sections.pages_found import as_brief, cells, headings, the_table, words

from tocsin.brief.sections.mission_elsewhere import SECTION
from tocsin.mission.transfer import Finding, Standing

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.assess.transfer import Target, Transfer


def transfer(findings: Findings) -> Transfer:
    assert findings.mission is not None
    assert findings.mission.transfer is not None
    return findings.mission.transfer


def changed(findings: Findings, done: Transfer | None) -> Findings:
    assert findings.mission is not None
    return replace(findings, mission=replace(findings.mission, transfer=done))


def first_changed(findings: Findings, target: Target) -> Findings:
    done = transfer(findings)
    return changed(findings, replace(done, targets=(target, *done.targets[1:])))


def with_state(findings: Findings, standing: Standing) -> Findings:
    """The first target's first condition stands otherwise."""
    target = transfer(findings).targets[0]
    held = (replace(target.preconditions[0], target=standing), *target.preconditions[1:])
    return first_changed(findings, replace(target, preconditions=held))


def test_states_are_those_found_and_vetoes_stand_first(findings: Findings) -> None:
    done = transfer(findings)
    table = the_table(SECTION.annex(findings), "Conditions of")
    held = done.targets[0].preconditions
    for i, row in enumerate(cells(table)):
        there = [t.preconditions[i].target.state for t in done.targets]
        assert row == [held[i].statement, held[i].kind, held[i].origin.state, *there]
    kinds = [row[1] for row in cells(table)]
    assert kinds == sorted(kinds, key=lambda kind: kind != "veto")
    assert all(row[1].emphasis is (row[1].text == "veto") for row in table.rows)


def test_what_sources_say_stands_with_source_basis_and_date(findings: Findings) -> None:
    done = transfer(findings)
    said = cells(the_table(SECTION.annex(findings), "What the states rest on"))
    held = done.targets[0].preconditions[0].origin.findings[0]
    assert said[0][2:4] == [held.state, held.what]
    assert said[0][4] == f"{held.source_id}, {held.basis}, {held.date or 'date unknown'}"


def test_a_veto_that_fails_is_not_compensated_and_one_nobody_speaks_to_is_open(findings: Findings) -> None:
    statement = transfer(findings).targets[0].preconditions[0].statement
    for state, said in (
        ("unmet", "Does not hold, and nothing compensates it: "),
        ("unknown", "Open veto, as nobody says whether it holds: "),
        ("disputed", "Open veto, as sources differ: "),
        ("met", "Holds: "),
    ):
        text = words(SECTION.annex(with_state(findings, Standing(state, (Finding(state),)))))
        assert any(line.startswith(statement) for line in text.split(f"{said}\n")[1:]), state


def test_the_nearest_past_missions_stand_with_distance_and_outcome(findings: Findings) -> None:
    blocks = SECTION.annex(findings)
    for target in transfer(findings).targets:
        like = target.likeness
        assert like is not None
        name = {w.area: w.name for w in findings.outlook.warnings}[target.country]
        rows = cells(the_table(blocks, f"Past missions that began in a situation most like that of {name}"))
        assert len(rows) == len(like.nearest) + len(like.same_country)
        for row, near in zip(rows, like.nearest, strict=False):
            ratio = "unknown" if near.past.ratio is None else f"{near.past.ratio:.2f}"
            went = {None: "unknown", True: "worse", False: "not worse"}[near.past.worse]
            assert [row[0], row[3], row[5], row[6]] == [near.past.mission, f"{near.distance:.2f}", ratio, went]


@pytest.mark.parametrize(
    ("outside", "said"),
    [(True, "beyond it, so outside the cases"), (False, "not outside the cases"), (None, "is unknown")],
)
def test_whether_it_is_outside_the_cases_is_said(findings: Findings, said: str, *, outside: bool | None) -> None:
    target = transfer(findings).targets[0]
    assert target.likeness is not None
    other = replace(target, likeness=replace(target.likeness, outside=outside))
    alone = changed(findings, replace(transfer(findings), targets=(other,)))
    [line] = [w for w in words(SECTION.annex(alone)).split("\n") if f"{target.likeness.limit:.2f}" in w and said in w]
    assert f"{target.likeness.not_worse.count} of these did not go worse" in line


def test_the_check_is_told_even_though_it_fails(findings: Findings) -> None:
    check = transfer(findings).check
    text = words(SECTION.annex(findings))
    assert check.says[1:] in text
    assert f"Brier score {check.brier:.3f}, against {check.brier_base:.3f}" in text
    none = changed(findings, replace(transfer(findings), check=replace(check, auc=None)))
    assert "area under the curve unknown" in words(SECTION.annex(none))


def test_there_is_no_word_of_rank_or_score_of_countries(findings: Findings) -> None:
    text = words(SECTION.annex(findings))
    assert "There is no score, and countries are not ranked." in text
    assert [a for a in headings(SECTION.annex(findings)) if a.startswith("transfer-")] == [
        *(f"transfer-{t.country.lower()}" for t in transfer(findings).targets), "transfer-check",
    ]  # fmt: skip
    assert as_brief(SECTION.annex(findings)).annex


def test_a_target_without_conditions_or_figures_says_so(findings: Findings) -> None:
    target = replace(transfer(findings).targets[0], preconditions=(), likeness=None, notes=("nothing is known",))
    text = words(SECTION.annex(changed(findings, replace(transfer(findings), targets=(target,)))))
    assert "Nothing is known." in text
    assert "Conditions of" not in text


def test_source_basis_and_date_removed_read_unknown(findings: Findings) -> None:
    bare = Standing("met", (Finding("met", "somebody said so"),))
    said = cells(the_table(SECTION.annex(with_state(findings, bare)), "What the states rest on"))
    [row] = [row for row in said if row[3] == "somebody said so"]
    assert row[4] == "source unknown, basis unknown, date unknown"


def test_without_a_mission_or_a_country_nothing_is_made_up(findings: Findings) -> None:
    assert SECTION.annex(replace(findings, mission=None)) == ()
    assert SECTION.page(findings) == ()
    assert "No country to compare with" in words(SECTION.annex(changed(findings, None)))
