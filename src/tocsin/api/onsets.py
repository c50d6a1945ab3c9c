"""Countries at peace, ranked by the probability of an onset of violence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.api.onset_series import onset_cards, state_based_now
from tocsin.errors import OutOfRange, Where
from tocsin.forecast.contract import Status
from tocsin.forecast.onsets.model import OnsetSettings
from tocsin.forecast.onsets.outlook import OnsetOutlook, OnsetRow, outlook_of
from tocsin.forecast.onsets.question import THRESHOLD, Onset
from tocsin.vocabulary import Likelihood, Month

if TYPE_CHECKING:
    from tocsin.forecast.onsets.record import OnsetRecord, Step
    from tocsin.forecast.onsets.scores import OnsetScores
    from tocsin.panel.history import History

RECORD_YEARS = 10
SHOWN = {(1, 12): (12, 24), (3, 14): (24, 24)}
"""Windows with the lengths of peace, from and to, at which average precision lay above that of months since the last
death on origins nobody chose on, the 95 % interval over countries clear of 0: docs/benchmarks/onsets.md."""


def status_of(question: Onset) -> Status:
    """Whether the model's lead over months since the last death was shown for this question.

    Example:
        >>> status_of(Onset(1, 12, peace=12)).value, status_of(Onset(1, 12, peace=60)).value
        ('verified', 'experimental')
    """
    low, high = SHOWN.get((question.first, question.last), (1, 0))
    shown = question.threshold == THRESHOLD and low <= question.peace <= high
    return Status.VERIFIED if shown else Status.EXPERIMENTAL


def onset_outlook(
    *, first: int = 1, last: int = 12, peace: int = 12, threshold: int = THRESHOLD, origin: Month | None = None,
    history: History | None = None, record_years: int = RECORD_YEARS, seed: int = 1,
) -> OnsetOutlook:  # fmt: skip
    """Countries at peace by the probability of an onset, with what moves it and how such rankings fared.

    Args:
        first: first month of the window, ahead of the origin.
        last: its last month.
        peace: months without a death of state-based violence.
        threshold: deaths over the whole window.
        origin: the last month seen; the newest that ships where not given.
        history: made before, as by `tocsin.panel.onsets.history`; that of the figures that ship where not given.
        record_years: years of monthly origins in the record; 0 for none.
        seed: of the resamples of countries the bands are read from.

    Raises:
        OutOfRange: the window, the peace or the origin is not possible, or too little came to learn from.
    """
    if peace < 1:
        raise OutOfRange(
            "an onset is asked of countries at peace", where=Where(field="peace"), hint="ask for 1 month or more"
        )
    if record_years < 0:
        raise OutOfRange(f"a record of {record_years} years", where=Where(field="record_years"), hint="give 0 or more")
    question = Onset(first, last, peace=peace, threshold=threshold)
    known = history or state_based_now()
    seen = known if origin is None else known.until(origin)
    return outlook_of(seen, question=question, settings=OnsetSettings(), record_years=record_years, seed=seed)


def onset_json(done: OnsetOutlook, *, most: int | None = None) -> dict[str, Any]:
    """An outlook as JSON has it; `most` rows with their drivers, all where not given."""
    q = done.question
    return {
        "question": str(q), "first": q.first, "last": q.last, "peace": q.peace, "threshold": q.threshold,
        "origin": str(done.origin), "target": done.target, "vintage": done.vintage, "data_hash": done.data_hash,
        "seed": done.seed, "status": status_of(q).value, "level": done.level, "base_rate": done.base_rate,
        "rows": [_row(row) for row in done.rows[:most]],
        "record": None if done.record is None else _record(done.record),
        "sources": [{"source": card.source, "licence": card.licence, "vintage": card.vintage} for card in onset_cards()],
    }  # fmt: skip


def _row(row: OnsetRow) -> dict[str, Any]:
    return {
        "rank": row.rank, "area": row.name, "area_id": row.area, "p": row.p, "lower": row.lower, "upper": row.upper,
        "likelihood": Likelihood.of(row.p).value, "seen": None if row.seen is None else _step(row.seen),
        "drivers": [
            {"signal": d.signal, "group": d.group, "words": d.words, "value": d.value, "adds": d.adds} for d in row.drivers
        ],
    }  # fmt: skip


def _step(step: Step) -> dict[str, Any]:
    return {
        "p_from": step.p_from, "p_to": step.p_to, "cases": step.cases, "countries": step.countries, "said": step.said,
        "came": step.came, "lower": step.lower, "upper": step.upper,
    }  # fmt: skip


def _record(record: OnsetRecord) -> dict[str, Any]:
    gap = record.gap
    return {
        "first_origin": str(record.first), "last_origin": str(record.last), "model": _scores(record.scores),
        "months_since": _scores(record.beside),
        "gap": None if gap is None else {"value": gap.value, "lower": gap.lower, "upper": gap.upper},
        "steps": [_step(s) for s in record.steps],
        "budgets": [
            {"budget": b.budget, "alerts": b.alerts, "hits": b.hits, "onsets": b.onsets, "precision": b.precision,
             "recall": b.recall} for b in record.budgets
        ],
    }  # fmt: skip


def _scores(scores: OnsetScores) -> dict[str, Any]:
    return {
        "cases": scores.cases, "onsets": scores.onsets, "countries": scores.countries, "base_rate": scores.base_rate,
        "average_precision": scores.average_precision, "auc": scores.auc,
    }  # fmt: skip
