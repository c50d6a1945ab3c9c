"""Scores of forecasts that were closed: Brier for probabilities, CRPS for quantiles, by who and over all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.judgements.quantiles import curve, curve_crps, level_of
from tocsin.decide.judgements.standing import State
from tocsin.scores import brier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.decide.judgements.entry import Level
    from tocsin.decide.judgements.standing import Judgement

ALWAYS_HALF = 0.25
"""The Brier score of saying one half every time."""


class Score(StrEnum):
    """Which score a forecast has."""

    BRIER = "brier"
    CRPS = "crps"


@dataclass(frozen=True, slots=True)
class ScoredJudgement:
    """The score of one forecast, made when it was closed.

    Attributes:
        number, who: of the forecast.
        score: Brier score, or CRPS in `unit`; lower is better.
        by: which of the two.
        value: of the version that stood when the forecast closed.
        first: of the first version; equal to `value` where nothing was corrected.
        unit: of the CRPS; None for Brier scores.
        came: true, false or the number.
        level: level of the quantiles at which the number came, 0..1; None for probabilities.
    """

    number: int
    who: str
    by: Score
    value: float
    first: float
    unit: str | None
    came: bool | float
    level: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Mean scores of one forecaster, or over all.

    Attributes:
        who: None for all.
        by: which score.
        unit: of the CRPS; scores in different units are never averaged.
        n: forecasts scored.
        mean: mean score; lower is better.
        first: mean score of the first versions.
        base_rate: mean Brier score of saying, each time, the share of these n that came true; None for CRPS.
        inside: share whose number lies between the levels 0.1 and 0.9; four in five are expected. None for Brier.
    """

    who: str | None
    by: Score
    unit: str | None
    n: int
    mean: float
    first: float
    base_rate: float | None
    inside: float | None


@dataclass(frozen=True, slots=True)
class Unscored:
    """How many forecasts of one forecaster have no score, by how they stand."""

    who: str
    open: int
    due: int
    unknown: int
    late: int
    withdrawn: int


def scored(judgements: Sequence[Judgement]) -> tuple[ScoredJudgement, ...]:
    """The score of every forecast that was made in time and closed with what came."""
    return tuple(_scored(judgements))


def tallies(done: Sequence[ScoredJudgement]) -> tuple[Tally, ...]:
    """Means over all and by who, each forecast counting alike; CRPS for each unit apart."""
    kinds = sorted({(each.by, each.unit) for each in done}, key=lambda kind: (kind[0].value, kind[1] or ""))
    return tuple(
        _tally(who, by, unit, [each for each in done if (each.by, each.unit) == (by, unit) and who in {None, each.who}])
        for by, unit in kinds
        for who in (None, *sorted({each.who for each in done if (each.by, each.unit) == (by, unit)}))
    )


def unscored(judgements: Sequence[Judgement]) -> tuple[Unscored, ...]:
    """What is not scored, by who: forecasts that were late or withdrawn are counted, so that they cannot hide."""
    found = []
    for who in sorted({each.who for each in judgements}):
        states = [each.state for each in judgements if each.who == who]
        counted = (State.OPEN, State.DUE, State.UNKNOWN, State.LATE, State.WITHDRAWN)
        found.append(Unscored(who, *(states.count(state) for state in counted)))
    return tuple(found)


def _scored(judgements: Sequence[Judgement]) -> Iterator[ScoredJudgement]:
    for each in judgements:
        closing, stood, first = each.closing, each.standing, each.first
        if each.state is not State.SCORED or closing is None or closing.came is None or stood is None or first is None:
            continue
        if isinstance(closing.came, bool):
            value, began = (_brier(version.value, came=closing.came) for version in (stood, first))
            yield ScoredJudgement(each.number, each.who, Score.BRIER, value, began, None, closing.came, None)
            continue
        curves = [curve(_levels(version.value), low=each.low, high=each.high) for version in (stood, first)]
        value, began = (curve_crps(made, came=closing.came) for made in curves)
        level = level_of(curves[0], came=closing.came)
        yield ScoredJudgement(each.number, each.who, Score.CRPS, value, began, each.unit, closing.came, level)


def _brier(value: float | tuple[Level, ...] | None, *, came: bool) -> float:
    assert isinstance(value, float), "a probability that stands has a value"
    return float(brier(value, came))


def _levels(value: float | tuple[Level, ...] | None) -> tuple[Level, ...]:
    assert isinstance(value, tuple), "quantiles that stand have values"
    return value


def _tally(who: str | None, by: Score, unit: str | None, done: Sequence[ScoredJudgement]) -> Tally:
    mean, first = (float(np.mean([getattr(each, key) for each in done])) for key in ("value", "first"))
    if by is Score.BRIER:
        rate = float(np.mean([float(each.came) for each in done]))
        return Tally(who, by, unit, len(done), mean, first, rate * (1 - rate), None)
    inside = float(np.mean([0.1 <= each.level <= 0.9 for each in done if each.level is not None]))
    return Tally(who, by, unit, len(done), mean, first, None, inside)
