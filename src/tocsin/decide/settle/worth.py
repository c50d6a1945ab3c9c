"""What such forecasts were worth: the errors of the weighted mean on settlements that came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.case.questions import Rule
from tocsin.decide.settlement import past_settlements

if TYPE_CHECKING:
    from tocsin.case.questions import Question
    from tocsin.decide.settlement import PastSettlements


@dataclass(frozen=True, slots=True)
class Worth:
    """Errors of the weighted mean on past settlements.

    Attributes:
        n: settlements.
        mae: mean absolute error, points of a scale of 100.
        mae_here: the same share of the question's scale, in its unit.
        error_low, error_high: lowest and highest tenth of outcome less forecast, points of a scale of 100.
        rule: `unanimity` under consensus, else `majority`; None for a single decider, of whom there was none.
        n_rule, mae_rule: the same for settlements under that rule; None where there was none.
    """

    n: int
    mae: float
    mae_here: float
    error_low: float
    error_high: float
    rule: str | None
    n_rule: int
    mae_rule: float | None


def worth(question: Question, *, past: PastSettlements | None = None) -> Worth:
    """The errors of the weighted mean on the settlements that ship (laws of the European Union, DEU III)."""
    past = past or past_settlements()
    error = past.outcome - past.centre
    low, high = np.quantile(error, [0.1, 0.9])
    mae = float(np.abs(error).mean())
    unanimous = question.rule is Rule.CONSENSUS
    these = past.unanimous == unanimous
    alike = None if question.rule is Rule.SINGLE or not these.any() else "unanimity" if unanimous else "majority"
    return Worth(
        error.size, mae, mae * (question.scale.high - question.scale.low) / 100, float(low), float(high), alike,
        int(these.sum()) if alike else 0, float(np.abs(error[these]).mean()) if alike else None,
    )  # fmt: skip
