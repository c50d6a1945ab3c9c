"""A small choice whose figures can be worked out by hand."""

from __future__ import annotations

from typing import Any

from tocsin.case.cells import Basis, Better, Range
from tocsin.case.options import Choice, Criterion, Effect, Option, Together, Uncertainty, Viewpoint

JUDGED = Basis.JUDGEMENT


def option(name: str, **more: Any) -> Option:
    return Option(id=name, name=f"Option {name}", **more)


def criterion(name: str, *, better: Better = Better.UP, **more: Any) -> Criterion:
    return Criterion(id=name, name=f"criterion {name}", unit="points", better=better, basis=JUDGED, **more)


def effect(of: str, on: str, low: float, mid: float, high: float, **more: Any) -> Effect:
    return Effect(option=of, criterion=on, range=Range(low, mid, high), basis=JUDGED, **more)


def viewpoint(name: str, *order: tuple[str, ...]) -> Viewpoint:
    return Viewpoint(id=name, name=f"view {name}", order=order, basis=JUDGED)


def small(**more: Any) -> Choice:
    """Go trades safety, which hangs on the weather, against gain; stay is always the same."""
    given: dict[str, Any] = {
        "id": "small", "question": "Go or stay?",
        "options": (option("go"), option("stay")),
        "criteria": (criterion("gain"), criterion("harm", better=Better.DOWN, must_not_exceed=50.0)),
        "uncertainties": (Uncertainty(id="storm", name="how hard it storms", low=0, high=10, basis=JUDGED),),
        "effects": (
            effect("go", "gain", 10, 20, 30), effect("stay", "gain", 0, 0, 0),
            effect("go", "harm", 0, 50, 100, rises_with="storm"), effect("stay", "harm", 10, 10, 10),
        ),
    }  # fmt: skip
    return Choice(**(given | more))


def three(**more: Any) -> Choice:
    """Three options that can be done together."""
    given: dict[str, Any] = {
        "id": "three", "question": "Which?", "combinations_allowed": True,
        "options": (option("a"), option("b"), option("c")),
        "criteria": (
            criterion("either"), criterion("most", together=Together.HIGHEST), criterion("least", together=Together.LOWEST),
            criterion("sum", together=Together.SUM, base=10.0),
        ),
        "effects": tuple(
            effect(name, on, value, value, value)
            for name, value in (("a", 12.0), ("b", 15.0), ("c", 4.0))
            for on in ("either", "most", "least", "sum")
        ),
    }  # fmt: skip
    return Choice(**(given | more))
