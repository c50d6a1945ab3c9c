"""Early warning at a budget: recall, precision, lead and false alarms, each with its interval over areas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tocsin.scores import Bounds
from tocsin.warn.question import ESCALATION_LEAST, ESCALATION_RATIO
from tocsin.warn.record import MONTHS_A_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.warn.question import Question
    from tocsin.warn.record import Answers

    Floats = NDArray[np.float64]
    Yes = NDArray[np.bool_]

LEVEL = 0.95
RESAMPLES = 1000
SEED = 1


@dataclass(frozen=True, slots=True)
class Caught:
    """What a rule of alerts came to, area by area.

    Attributes:
        known: answers known, shape (areas,).
        came: answers that were yes, shape (areas,).
        alerts: alerts given, shape (areas,).
        hits: alerts within whose window it came, shape (areas,).
        case_area: the area of every new case, shape (cases,).
        lead: months from the first alert whose window held the case to the month it began; 0 where none was given,
            shape (cases,).
        years: years one origin stands for.
    """

    known: Floats
    came: Floats
    alerts: Floats
    hits: Floats
    case_area: NDArray[np.intp]
    lead: NDArray[np.intp]
    years: float

    def among(self, areas: Yes) -> Caught:
        """The same for some areas, shape (areas,); the others count nothing."""
        of = areas[self.case_area]
        return Caught(
            self.known * areas, self.came * areas, self.alerts * areas, self.hits * areas,
            self.case_area[of], self.lead[of], self.years,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """How alerts fared, with 95 % bootstrap intervals over areas; None where there is nothing to count.

    Attributes:
        alerts, hits: alerts given, and those within whose window it came.
        cases, warned: new cases, and those with an alert before.
        base_rate: share of all answers that were yes.
        precision: hits / alerts.
        recall: warned / cases.
        median_lead: months from the first alert to a case, over the cases warned of.
        false_alarms: alerts that nothing followed, an area-year.
    """

    alerts: int
    hits: int
    cases: int
    warned: int
    base_rate: float | None
    precision: Bounds | None
    recall: Bounds | None
    median_lead: Bounds | None
    false_alarms: Bounds | None


def began(question: Question, ahead: NDArray[np.integer], last_year: Floats) -> NDArray[np.intp]:
    """Months ahead in which the answer begins to be yes, 1 and up; 0 where it is no, shape (areas,).

    A threshold: the first month that reaches it. A total: the month in which the sum does. Escalation: the first
    month at three times the last year's mean and at 25 deaths.

    Args:
        question: what was asked.
        ahead: deaths in the months asked about, shape (areas, months).
        last_year: mean deaths a month over the twelve months before, shape (areas,).
    """
    if question.threshold is None:
        reached = ahead >= np.maximum(ESCALATION_RATIO * last_year, ESCALATION_LEAST)[:, None]
    else:
        reached = np.stack(
            [question.holds(ahead[:, : m + 1], last_year) for m in range(ahead.shape[1])], axis=1
        )  # fmt: skip
    return np.where(question.holds(ahead, last_year), reached.argmax(axis=1) + 1, 0)


def caught(answers: Answers, alert: Yes, begins: NDArray[np.intp], *, from_peace: bool = False) -> Caught:
    """Count alerts, hits and new cases, and the lead of each.

    A new case: it came within the window of an origin, and not within that of the origin before.

    Args:
        answers: what was asked and what came.
        alert: alerts given, shape (origins, areas).
        begins: months from each origin to the case, 0 where none came, shape (origins, areas).
        from_peace: only areas at peace are asked, so that each case is new, also one at the first origin at which
            an area is asked.
    """
    given = alert & answers.known
    step = answers.months_between
    case_area, leads = [], []
    for t, a in np.argwhere(_new(answers, from_peace=from_peace)):
        month = t * step + begins[t, a]
        held = [s for s in range(t, len(answers.origins)) if s * step < month and given[s, a]]
        case_area.append(a)
        leads.append(month - held[0] * step if held else 0)
    known, came, alerts, hits = (
        x.sum(axis=0).astype(np.float64) for x in (answers.known, answers.came, given, given & answers.came)
    )
    of, lead = np.asarray(case_area, dtype=np.intp), np.asarray(leads, dtype=np.intp)
    return Caught(known, came, alerts, hits, of, lead, step / MONTHS_A_YEAR)


def _new(answers: Answers, *, from_peace: bool) -> Yes:
    came, known = answers.came & answers.known, answers.known
    first = np.full((1, len(answers.areas)), from_peace)
    before = np.concatenate([first, ~came[:-1] & (known[:-1] | from_peace)])
    return np.asarray(came & before)


def scored(found: Caught, *, seed: int = SEED, resamples: int = RESAMPLES) -> EarlyWarning:
    """Precision, recall, lead and false alarms with their intervals.

    Areas are drawn with replacement, as many as were asked about; all origins of one stay together, and the alerts
    stand as they were given. The same seed draws the same areas for every model and question.
    """
    asked = np.flatnonzero(found.known)
    times = _drawn(asked.size, seed, resamples)
    known, alerts, hits, came = (x[asked] for x in (found.known, found.alerts, found.hits, found.came))
    of_case = np.searchsorted(asked, found.case_area)
    warned, each = _by_area(found, asked)
    return EarlyWarning(
        alerts=int(alerts.sum()), hits=int(hits.sum()), cases=int(each.sum()), warned=int(warned.sum()),
        base_rate=float(came.sum() / known.sum()) if asked.size else None,
        precision=_ratio(hits, alerts, times), recall=_ratio(warned, each, times),
        median_lead=_median(found.lead, of_case, times),
        false_alarms=_ratio(alerts - hits, known * found.years, times),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One rule of alerts less another, area by area drawn together; None where one of the two has nothing to count."""

    precision: Bounds | None
    recall: Bounds | None


def difference(found: Caught, other: Caught, *, seed: int = SEED, resamples: int = RESAMPLES) -> Difference:
    """Precision and recall of one rule less those of another on the same answers, above 0 where the first is better."""
    asked = np.flatnonzero(found.known)
    times = _drawn(asked.size, seed, resamples)
    (warned, cases), (less, same) = _by_area(found, asked), _by_area(other, asked)
    hits, alerts = (found.hits[asked], other.hits[asked]), (found.alerts[asked], other.alerts[asked])
    return Difference(_apart(hits, alerts, times), _apart((warned, less), (cases, same), times))


def _by_area(found: Caught, asked: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """New cases warned of, and all, in each area asked; both of shape (areas asked,)."""
    of_case = np.searchsorted(asked, found.case_area)
    warned = np.bincount(of_case[found.lead > 0], minlength=asked.size).astype(np.float64)
    return warned, np.bincount(of_case, minlength=asked.size).astype(np.float64)


def _apart(above: tuple[Floats, Floats], below: tuple[Floats, Floats], times: Floats) -> Bounds | None:
    if not (below[0].sum() and below[1].sum()):
        return None
    with np.errstate(invalid="ignore", divide="ignore"):
        again = (times @ above[0]) / (times @ below[0]) - (times @ above[1]) / (times @ below[1])
    value = above[0].sum() / below[0].sum() - above[1].sum() / below[1].sum()
    return bounded(float(value), again, areas=times.shape[1])


@cache
def _drawn(areas: int, seed: int, resamples: int) -> Floats:
    """How often each area counts in each resample, shape (resamples, areas)."""
    rng = np.random.default_rng(seed)
    if not areas:
        return np.zeros((resamples, 0))
    drawn = [np.bincount(rng.integers(areas, size=areas), minlength=areas) for _ in range(resamples)]
    return np.stack(drawn).astype(np.float64)


def bounded(value: float, again: Floats, *, areas: int) -> Bounds | None:
    """A figure with the interval of its resamples, shape (resamples,), those not defined (NaN) left out."""
    fair = again[~np.isnan(again)]
    if np.isnan(value) or not fair.size:
        return None
    lower, upper = np.quantile(fair, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Bounds(float(value), float(lower), float(upper), LEVEL, areas, int(again.size - fair.size))


def resampled(areas: int, *, seed: int = SEED, resamples: int = RESAMPLES) -> Floats:
    """The draws of areas that every interval here rests on, shape (resamples, areas)."""
    return _drawn(areas, seed, resamples)


def _ratio(above: Floats, below: Floats, times: Floats) -> Bounds | None:
    if not below.sum():
        return None
    with np.errstate(invalid="ignore", divide="ignore"):
        again = (times @ above) / (times @ below)
    return bounded(float(above.sum() / below.sum()), again, areas=above.size)


def _median(lead: NDArray[np.intp], of_case: NDArray[np.intp], times: Floats) -> Bounds | None:
    """The median lead, each case counted as often as its area was drawn: the middle one, or the mean of two."""
    warned = lead > 0
    if not warned.any():
        return None
    order = np.argsort(lead[warned], kind="stable")
    rising = lead[warned][order].astype(np.float64)
    upto = np.cumsum(times[:, of_case[warned][order]], axis=1)
    total = upto[:, -1:]
    low = (upto < (total + 1) // 2).sum(axis=1)
    high = (upto < total // 2 + 1).sum(axis=1)
    most = rising.size - 1
    middle = (rising[np.minimum(low, most)] + rising[np.minimum(high, most)]) / 2
    return bounded(
        float(np.median(rising)), np.where(total[:, 0] > 0, middle, np.nan), areas=times.shape[1]
    )  # fmt: skip
