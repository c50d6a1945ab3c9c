"""Which question leads, which break-evens ask for least, what viewpoints prefer, which alternatives are shown."""

from __future__ import annotations

from typing import Any

import pytest

from tocsin.assess.decision import (
    DecisionFindings,
    QuestionFindings,
    change,
    dissent,
    leading,
    least_certain,
    nearest_break_evens,
    preferred,
    shown_alternatives,
    ways,
)
from tocsin.case.options import Choice
from tocsin.case.questions import Question
from tocsin.decide.options import compare
from tocsin.decide.settle import Role, settle_question


def question(name: str = "end", asked: str = "When should it end?", **more: Any) -> Question:
    """Two parties of equal weight at 10 and 50 on a scale of 0 to 100: the centre is 30."""
    given = {"salience": [0.5, 0.5, 0.5], "influence": [1.0, 1.0, 1.0], "basis": "judgement"}
    return Question.model_validate(
        {
            "id": name, "question": asked, "scale": {"low": 0, "high": 100, "unit": "months"}, "rule": "consensus",
            "bands": [{"name": "soon", "low": 0, "high": 25}, {"name": "late", "low": 25, "high": 100}],
            "positions": [
                {"actor": "a", "position": [5, 10, 15], **given}, {"actor": "b", "position": [20, 50, 90], **given},
            ],
            **more,
        }
    )  # fmt: skip


def choice(viewpoints: list[dict[str, Any]], *, options: int = 2, together: bool = False) -> Choice:
    """Option k is better on `safe` and worse on `strong` than option k - 1, in every future."""
    names = [f"o{k}" for k in range(options)]
    criteria = [
        {"id": "safe", "name": "safety", "unit": "points", "better": "up", "must_reach": 50, "basis": "judgement"},
        {"id": "strong", "name": "strength", "unit": "points", "better": "up", "basis": "judgement"},
    ]
    effects = [
        {"option": n, "criterion": c, "range": [v, v + 1, v + 2], "basis": "judgement"}
        for k, n in enumerate(names)
        for c, v in (("safe", 10 + 60 * k / max(options - 1, 1)), ("strong", 90 - 60 * k / max(options - 1, 1)))
    ]
    return Choice.model_validate(
        {
            "id": "way", "question": "Which way?", "options": [{"id": n, "name": n.upper()} for n in names],
            "criteria": criteria, "effects": effects, "viewpoints": viewpoints, "combinations_allowed": together,
        }
    )  # fmt: skip


SAFE = {"id": "s", "name": "the careful", "order": ["safe", "strong"], "basis": "judgement"}
STRONG = {"id": "t", "name": "the bold", "order": ["strong", "safe"], "basis": "judgement"}


def test_the_question_that_names_the_mission_leads() -> None:
    asked = (question("other"), question("mine", "When should Mission X end?"))
    assert leading(asked, named="mission x") == "mine"
    assert leading(asked, named="Mission Y") == "other"
    assert leading(asked) == "other"
    assert leading(()) is None


def test_the_lead_is_found_by_its_id() -> None:
    found = tuple(QuestionFindings(q, settle_question(q, draws=100)) for q in (question("one"), question("two")))
    assert DecisionFindings(found, (), "two").lead is found[1]
    assert DecisionFindings(found, (), None).lead is None


def test_the_break_even_that_asks_for_least_comes_first() -> None:
    """The centre is 30. To fall below 25, b moves from 50 to 40, a tenth of the scale, or its weight falls to
    0.5 (25 - 10) / (50 - 25) = 0.3; a cannot move below 0, and needs the weight 0.5 (50 - 25) / (25 - 10) = 0.833.
    """
    settled = settle_question(question(), draws=100)
    found = nearest_break_evens(settled)
    assert [f.actor for f in found] == ["b", "a"]
    assert change(settled, found[0]) == pytest.approx(0.10, abs=1e-6)
    assert change(settled, found[1]) == pytest.approx(0.8333333 - 0.5, abs=1e-6)
    of_b = ways(settled, found[0])
    assert of_b == {
        Role.POSITION: pytest.approx(0.1),
        Role.SALIENCE: pytest.approx(0.2),
        Role.INFLUENCE: pytest.approx(0.4),
    }
    assert list(ways(settled, found[1])) == [Role.SALIENCE]
    assert len(nearest_break_evens(settled, most=1)) == 1


def test_the_widest_input_is_the_least_certain() -> None:
    found = least_certain(settle_question(question(), draws=500))
    assert found is not None
    assert (found.actor, found.role) == ("b", Role.POSITION)
    sharp = question(positions=[
        {"actor": n, "position": [p, p, p], "salience": [1, 1, 1], "influence": [1, 1, 1], "basis": "judgement"}
        for n, p in (("a", 10), ("b", 50))
    ])  # fmt: skip
    assert least_certain(settle_question(sharp, draws=100)) is None


def test_viewpoints_that_put_different_options_first_differ() -> None:
    both = compare(choice([SAFE, STRONG]), futures=100)
    assert [(p.viewpoint, p.option) for p in preferred(both)] == [("the careful", "O1"), ("the bold", "O0")]
    assert dissent(both) is True
    assert dissent(compare(choice([SAFE, {**SAFE, "id": "u"}]), futures=100)) is False
    assert dissent(compare(choice([SAFE]), futures=100)) is None


def test_of_many_alternatives_the_options_alone_stay_and_the_best_of_the_rest() -> None:
    few = compare(choice([SAFE]), futures=100)
    assert shown_alternatives(few) == few.alternatives
    many = compare(choice([SAFE, STRONG], options=4, together=True), futures=100)
    assert len(many.alternatives) == 15
    shown = shown_alternatives(many, most=6)
    assert len(shown) == 6
    assert [a.id for a in shown if len(a.options) == 1] == ["o0", "o1", "o2", "o3"]
    left = [a for a in many.alternatives if a not in shown and a.meets_all is not None]
    kept = [a.meets_all for a in shown if len(a.options) > 1 and a.meets_all is not None]
    assert min(kept) >= max(a.meets_all or 0.0 for a in left)
    assert len(shown_alternatives(many, most=2)) == 4
