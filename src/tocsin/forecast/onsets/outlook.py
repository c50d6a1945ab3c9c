"""The ranking of countries at peace by the probability of an onset, each with its band and what moves it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange
from tocsin.forecast.onsets.model import OnsetSettings, fit_onset
from tocsin.forecast.onsets.record import OnsetRecord, Step, record_of
from tocsin.forecast.onsets.rolling import ask_again, model_ranker, since_ranker
from tocsin.forecast.onsets.signals import signals_of

if TYPE_CHECKING:
    from tocsin.forecast.onsets.model import FittedOnset
    from tocsin.forecast.onsets.question import Onset
    from tocsin.panel.history import History
    from tocsin.vocabulary import Month

LEARN_YEARS = 5
"""Years of passed windows that must lie before the first origin of a record."""


@dataclass(frozen=True, slots=True)
class OnsetDriver:
    """One signal of one country.

    Attributes:
        signal: its name.
        group: what a reader knows it under.
        words: what it measures, with its value; or that it is not known.
        value: as a reader measures it; None where not known.
        adds: what it adds to the logit, against a country with every signal at the mean.
    """

    signal: str
    group: str
    words: str
    value: float | None
    adds: float


@dataclass(frozen=True, slots=True)
class OnsetRow:
    """One country at peace.

    Attributes:
        rank: 1 is the highest probability.
        area: its Gleditsch-Ward number.
        name: its name.
        p: probability of an onset.
        lower: lower end of the 90 % band over resampled countries.
        upper: its upper end.
        seen: what came of past probabilities in the same step; None where there is no record of it.
        drivers: every signal, those that raise the risk most first; what they add and the level add up to p's logit.
    """

    rank: int
    area: str
    name: str
    p: float
    lower: float
    upper: float
    seen: Step | None
    drivers: tuple[OnsetDriver, ...]


@dataclass(frozen=True)
class OnsetOutlook:
    """All countries at peace, ranked, and how such rankings fared.

    Attributes:
        question: what is asked.
        origin: the last month seen.
        target: what is counted.
        vintage: which issue of the figures.
        data_hash: of everything the ranking could depend on.
        seed: of the resamples.
        level: logit of a country with every signal at the mean.
        base_rate: share of past situations of peace followed by an onset, of those learned from.
        rows: ranked.
        record: how such rankings fared; None where the history is too short for one.
    """

    question: Onset
    origin: Month
    target: str
    vintage: str
    data_hash: str
    seed: int
    level: float
    base_rate: float
    rows: tuple[OnsetRow, ...]
    record: OnsetRecord | None


def outlook_of(
    history: History, *, question: Onset, settings: OnsetSettings | None = None, record_years: int = 10, seed: int = 1
) -> OnsetOutlook:
    """Rank the countries at peace at the history's origin.

    Args:
        history: as made by `tocsin.panel.onsets.history`.
        question: what is asked.
        settings: how the model learns.
        record_years: years of monthly origins of the record, the last whose window has passed; 0 for none.
        seed: of the resamples.

    Raises:
        OutOfRange: nobody is at peace, or too few onsets came to learn from.
    """
    asked = settings or OnsetSettings()
    here = np.flatnonzero(question.at_peace(history)[:, -1])
    if not here.size:
        raise OutOfRange(
            f"no country has been at peace for {question.peace} months at {history.origin}",
            hint="ask for fewer months of peace, or a later origin",
        )
    fitted = fit_onset(history, question=question, settings=asked, seed=seed)
    record = _record(history, question=question, settings=asked, years=record_years, seed=seed)
    return OnsetOutlook(
        question, history.origin, history.target, history.vintage, history.data_hash, seed, fitted.level,
        fitted.base_rate, _rows(history, fitted, here.tolist(), record), record,
    )  # fmt: skip


def _rows(
    history: History, fitted: FittedOnset, here: list[int], record: OnsetRecord | None
) -> tuple[OnsetRow, ...]:  # fmt: skip
    values = signals_of(history, [s.name for s in fitted.signals]).values[here, -1]
    p, (low, high), adds = fitted.p(values), fitted.band(values), fitted.contributions(values)
    rows = []
    for rank, i in enumerate(np.argsort(-p, kind="stable"), start=1):
        area = here[i]
        rows.append(
            OnsetRow(
                rank,
                history.areas[area],
                history.names[area],
                float(p[i]),
                float(low[i]),
                float(high[i]),
                record.step_of(float(p[i])) if record else None,
                _drivers(fitted, values[i], adds[i]),
            )
        )
    return tuple(rows)


def _drivers(
    fitted: FittedOnset, values: np.ndarray[tuple[int], np.dtype[np.float64]], adds: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> tuple[OnsetDriver, ...]:  # fmt: skip
    found = []
    for signal, value, add in zip(fitted.signals, values, adds, strict=True):
        feature = signal.feature
        known = not np.isnan(value)
        words = feature.says(float(value)) if known else f"{feature.words}: not known"
        found.append(
            OnsetDriver(
                signal.name, feature.group, words, feature.measured(float(value)) if known else None, float(add)
            )
        )
    return tuple(sorted(found, key=lambda d: -d.adds))


def _record(
    history: History, *, question: Onset, settings: OnsetSettings, years: int, seed: int
) -> OnsetRecord | None:  # fmt: skip
    last = history.origin - question.last
    earliest = history.first + (12 * LEARN_YEARS + question.last)
    origins = [o for o in (last - i for i in reversed(range(12 * years))) if o >= earliest]
    if not origins:
        return None
    bare = replace(settings, bags=0)
    asked = ask_again(
        history, question=question, origins=origins, learn=model_ranker(question, settings=bare, seed=seed)
    )
    beside = ask_again(history, question=question, origins=origins, learn=since_ranker())
    return record_of(asked, beside, seed=seed)
