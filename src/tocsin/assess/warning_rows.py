"""What the benchmark of early warning finds: rows of alerts, points of value, and the spans they are of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.scores import Bounds
    from tocsin.vocabulary import Month
    from tocsin.warn.early import Difference, EarlyWarning
    from tocsin.warn.question import Question


@dataclass(frozen=True, slots=True)
class Span:
    """Origins that are scored together.

    Attributes:
        name: `choosing` or `judging`.
        words: what the span may be used for.
        origins: the origins, evenly spaced; none where it was not asked for.
    """

    name: str
    words: str
    origins: tuple[Month, ...]


@dataclass(frozen=True)
class Row:
    """How one model's alerts fared: one span, question, kind of area, region and budget."""

    span: str
    model: str
    question: Question
    peace: int
    region: str
    budget: int
    found: EarlyWarning
    areas: tuple[Mapping[str, object], ...]

    def as_dict(self) -> dict[str, object]:
        """The row as JSON gives it."""
        return {
            "span": self.span, "model": self.model, "key": self.question.key, "question": self.question.words,
            "months": self.question.months, "peace": self.peace, "region": self.region, "budget": self.budget,
            **_counted(self.found), "areas": list(self.areas),
        }  # fmt: skip


@dataclass(frozen=True)
class Worth:
    """The value of acting on one model at one ratio of cost to loss."""

    span: str
    model: str
    question: Question
    peace: int
    ratio: float
    stated: Bounds | None
    chosen: Bounds | None

    def as_dict(self) -> dict[str, object]:
        """The point as JSON gives it."""
        return {
            "span": self.span, "model": self.model, "key": self.question.key, "peace": self.peace, "ratio": self.ratio,
            "stated": _bounds(self.stated), "chosen": _bounds(self.chosen),
        }  # fmt: skip


@dataclass(frozen=True)
class Against:
    """A model less the ranking by months since the last death, at one budget."""

    span: str
    model: str
    question: Question
    peace: int
    budget: int
    found: Difference

    def as_dict(self) -> dict[str, object]:
        """The difference as JSON gives it."""
        return {
            "span": self.span, "model": self.model, "key": self.question.key, "peace": self.peace, "budget": self.budget,
            "precision": _bounds(self.found.precision), "recall": _bounds(self.found.recall),
        }  # fmt: skip


@dataclass(frozen=True)
class WarningBenchmark:
    """Everything the benchmark found.

    Attributes:
        series, target, vintage: the figures.
        spans: the two spans; one without origins was not scored.
        rows: how alerts fared.
        differences: each model less the ranking by months since the last death, where that was asked for too.
        values: value curves.
        draws, seed, step, refit: how the forecasts were made: draws, seed, months between origins and between fits.
        seconds: time by model, over all spans.
        peak_mb: the largest memory the process held.
    """

    series: str
    target: str
    vintage: str
    spans: tuple[Span, ...]
    rows: tuple[Row, ...]
    differences: tuple[Against, ...]
    values: tuple[Worth, ...]
    draws: int
    seed: int
    step: int
    refit: int
    seconds: Mapping[str, float]
    peak_mb: float

    def as_dict(self) -> dict[str, object]:
        """The whole as JSON gives it."""
        return {
            "series": self.series, "target": self.target, "vintage": self.vintage, "draws": self.draws,
            "seed": self.seed, "step_months": self.step, "refit_months": self.refit,
            "spans": [
                {"name": s.name, "words": s.words, "origins": len(s.origins),
                 "first": str(s.origins[0]) if s.origins else None, "last": str(s.origins[-1]) if s.origins else None}
                for s in self.spans
            ],
            "rows": [row.as_dict() for row in self.rows],
            "differences": [one.as_dict() for one in self.differences],
            "values": [point.as_dict() for point in self.values],
            "seconds": [{"model": name, "s": round(s, 1)} for name, s in self.seconds.items()],
            "peak_memory_mb": round(self.peak_mb),
        }  # fmt: skip


def _counted(found: EarlyWarning) -> dict[str, object]:
    return {
        "alerts": found.alerts, "hits": found.hits, "cases": found.cases, "warned": found.warned,
        "base_rate": found.base_rate, "precision": _bounds(found.precision), "recall": _bounds(found.recall),
        "median_lead": _bounds(found.median_lead), "false_alarms": _bounds(found.false_alarms),
    }  # fmt: skip


def _bounds(bounds: Bounds | None) -> dict[str, float] | None:
    """A figure with its 95 % interval over areas; null where it is not defined."""
    return None if bounds is None else {"value": bounds.value, "lower": bounds.lower, "upper": bounds.upper}
