"""Studies beside a choice, the calendar beside its steps, and the institutions that missions advise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tocsin.api.evidence import evidence_for
from tocsin.api.known import open_case
from tocsin.assess.evidence import contradict
from tocsin.assess.tripwires import calendar_of, institutions_advised

if TYPE_CHECKING:
    from tocsin.case import Case
    from tocsin.case.options import Choice


@pytest.fixture(scope="module")
def iraq() -> Case:
    return open_case("iraq")


def chosen(case: Case, name: str) -> Choice:
    return next(c for c in case.choices if c.id == name)


def test_cards_named_stand_first_with_what_contradicts_them(iraq: Case) -> None:
    found = evidence_for(iraq, chosen(iraq, "nmi-drawdown-2026"))
    named = [card for card in found.cards if card.options]
    assert {card.id for card in named} == {"bmb2018", "bara2020", "fszw2021", "iraq-2011", "rand2018"}
    assert found.cards[: len(named)] == tuple(named)
    by_id = {card.id: card for card in found.cards}
    assert by_id["fszw2021"].options == ("fast", "slow")
    assert by_id["fszw2021"].contradicted_by == ()
    assert "rand2018" in by_id["iraq-2011"].contradicted_by
    assert (by_id["iraq-2011"].own, by_id["iraq-2011"].grade) == (True, "not graded")
    assert (by_id["iraq-2011"].estimate or "").startswith("1,611 a year before")
    assert by_id["rand2018"].applicability == "high"


def test_every_contradiction_is_mutual_and_of_cards_shown(iraq: Case) -> None:
    for choice in iraq.choices:
        cards = {card.id: card for card in evidence_for(iraq, choice).cards}
        for card in cards.values():
            assert all(card.id in cards[other].contradicted_by for other in card.contradicted_by)


def test_past_exits_stand_only_where_leaving_is_at_issue(iraq: Case) -> None:
    drawdown = evidence_for(iraq, chosen(iraq, "nmi-drawdown-2026"))
    (band,) = [b for b in drawdown.exits if b.band is not None and b.measure == "all organized"]
    assert (band.exits.worse.count, band.exits.better.count, band.exits.n) == (4, 5, 12)
    assert drawdown.faults
    policy = evidence_for(iraq, chosen(iraq, "pmf-policy"))
    assert policy.exits == ()
    assert {card.id for card in policy.cards} == {"bmb2018", "fhn2019", "rand2018", "ms2018"}
    assert (policy.without, policy.effects) == (18, 20)


def test_findings_that_exclude_each_other() -> None:
    assert contradict("better", "worse")
    assert contradict("slightly worse", "no effect")
    assert not contradict("worse", None)
    assert not contradict("mixed", "better")


def test_dates_in_order_with_past_ones_marked(iraq: Case) -> None:
    due, left_out = calendar_of(iraq, chosen(iraq, "nmi-drawdown-2026"), today=date(2026, 9, 10))
    assert [d.day for d in due] == sorted(d.day for d in due)
    assert {d.past for d in due if d.when == "2026-07"} == {True}
    assert {d.past for d in due if d.when == "2026-09"} == {None}
    assert {d.past for d in due if d.when == "2028-03"} == {False}
    assert sum(d.kind == "calendar" for d in due) == len(iraq.calendar) == 3
    assert left_out == 0
    none, others = calendar_of(iraq, chosen(iraq, "us-posture-2020"), today=date(2026, 9, 10))
    assert (none, others) == ((), 3)


def test_institutions_are_those_trained_or_advised_on_that_day(iraq: Case) -> None:
    found = institutions_advised(iraq, today=date(2026, 6, 10))
    assert found["Ministry of the Interior"] == (("nmi",), True)
    assert "a few high officials" not in found
    assert "Popular Mobilization Forces" not in found, "a source says that there is little"
    assert "Ministry of the Interior" not in institutions_advised(iraq, today=date(2019, 6, 10))
