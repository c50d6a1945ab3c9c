"""Options compared under deep uncertainty: futures tested, thresholds, regret, dominance, weightings, what must be true."""

from tocsin.decide.options.comparison import compare
from tocsin.decide.options.findings import (
    QUANTILES,
    AlternativeFound,
    Comparison,
    Condition,
    Dominates,
    MustBeTrue,
    Preference,
)
from tocsin.decide.options.futures import FUTURES

__all__ = [
    "FUTURES",
    "QUANTILES",
    "AlternativeFound",
    "Comparison",
    "Condition",
    "Dominates",
    "MustBeTrue",
    "Preference",
    "compare",
]
