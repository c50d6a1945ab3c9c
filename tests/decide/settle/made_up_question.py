"""Questions made up for tests."""

from __future__ import annotations

from typing import Any

from tocsin.case.questions import Question


def party(actor: str, position: Any, *, salience: Any = 0.5, influence: Any = 1.0, **more: Any) -> dict[str, Any]:
    """A position whose ranges may be given as one number."""

    def three(value: Any) -> list[float]:
        return list(value) if isinstance(value, (list, tuple)) else [value] * 3

    return {
        "actor": actor, "position": three(position), "salience": three(salience), "influence": three(influence),
        "basis": "judgement", **more,
    }  # fmt: skip


def question(*parties: dict[str, Any], low: float = 0, high: float = 100, **more: Any) -> Question:
    """A question under consensus, in points, unless said otherwise."""
    given = {
        "id": "made-up", "question": "How much should it be?", "scale": {"low": low, "high": high, "unit": "points"},
        "rule": "consensus", "positions": parties, **more,
    }  # fmt: skip
    return Question.model_validate(given)


def reversion(*value: float) -> dict[str, Any]:
    """What holds without a decision."""
    return {"value": list(value * 3 if len(value) == 1 else value), "basis": "judgement"}


WIDE = (
    party("a", [0, 7, 10], salience=[0.6, 0.8, 0.95], influence=[0.8, 1.0, 1.0]),
    party("b", [18, 30, 42], salience=[0.3, 0.5, 0.7], influence=[0.5, 0.7, 0.9], source_id="digest", basis="reported",
          judged=["salience", "influence"]),
    party("c", [36, 54, 60], salience=[0.4, 0.6, 0.8], influence=[0.3, 0.5, 0.7]),
)  # fmt: skip
"""Three parties with ranges, on a scale from 0 to 60 at least."""
