"""A small question, a small choice, and experts who answer them."""

from __future__ import annotations

from typing import Any

from tocsin.case.elicited import Elicited
from tocsin.case.options import Choice
from tocsin.case.questions import Question

ABC = ("a", "b", "c")


def question(**more: Any) -> Question:
    """Two parties at 0 and 10 on a scale of 0 to 10, alike in weight: the centre is 5."""
    party = {"salience": [0.5, 0.5, 0.5], "influence": [0.5, 0.5, 0.5], "basis": "judgement"}
    return Question.model_validate({
        "id": "when", "question": "When?", "scale": {"low": 0, "high": 10, "unit": "months"}, "rule": "consensus",
        "bands": [{"name": "soon", "low": 0, "high": 5}, {"name": "later", "low": 5, "high": 10}],
        "positions": [{"actor": "x", "position": [0, 0, 0], **party}, {"actor": "y", "position": [10, 10, 10], **party}],
        **more,
    })  # fmt: skip


def choice(**more: Any) -> Choice:
    """Two options and two criteria; on `cost` the first is better, on `gain` the second."""

    def effect(option: str, criterion: str, *values: float) -> dict[str, Any]:
        return {"option": option, "criterion": criterion, "range": list(values), "basis": "judgement"}

    return Choice.model_validate({
        "id": "what", "question": "What?", "options": [{"id": "stay", "name": "Stay"}, {"id": "go", "name": "Go"}],
        "criteria": [
            {"id": "cost", "name": "cost", "unit": "lives", "better": "down", "basis": "judgement"},
            {"id": "gain", "name": "gain", "unit": "percent", "better": "up", "basis": "judgement"},
        ],
        "effects": [
            effect("stay", "cost", 1, 2, 3), effect("go", "cost", 7, 8, 9), effect("stay", "gain", 10, 20, 30),
            effect("go", "gain", 70, 80, 90),
        ],
        "viewpoints": [{"id": "thrift", "name": "the thrifty", "order": ["cost", "gain"], "basis": "judgement"}],
        **more,
    })  # fmt: skip


def expert(name: str, about: str = "when", **given: Any) -> Elicited:
    return Elicited.model_validate({"expert": name, "about": about, "when": "2026-03-02", **given})


def at(actor: str, *position: float, **more: Any) -> dict[str, Any]:
    return {"actor": actor, "position": list(position), **more}


def ordered(name: str, *groups: Any, viewpoint: str | None = None) -> Elicited:
    return expert(name, "what", orders=[{"order": list(groups), "viewpoint": viewpoint}])
