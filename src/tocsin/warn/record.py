"""How such warnings fared: precision, recall, lead time and false alarms at a fixed number of alerts a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.vocabulary import Month
    from tocsin.warn.question import Question

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Answers:
    """Forecast probabilities and what came, for consecutive monthly origins.

    Attributes:
        question: what was asked.
        origins: months the forecasts were made on, length T, in order.
        areas: area ids, length A.
        p: probability, shape (T, A); NaN where the area was not forecast.
        came: whether it came, shape (T, A); False where not known.
        known: whether what came is known, shape (T, A).
    """

    question: Question
    origins: tuple[Month, ...]
    areas: tuple[str, ...]
    p: NDArray[np.float64]
    came: NDArray[np.bool_]
    known: NDArray[np.bool_]

    def __post_init__(self) -> None:
        shape = (len(self.origins), len(self.areas))
        assert self.p.shape == self.came.shape == self.known.shape == shape, "p, came, known must be (origins, areas)"

    @property
    def months_between(self) -> int:
        """Months from one origin to the next.

        Raises:
            OutOfRange: the origins are not evenly spaced.
        """
        steps = {b - a for a, b in zip(self.origins, self.origins[1:], strict=False)}
        if len(steps) > 1:
            raise OutOfRange("origins are not evenly spaced", hint="score every month, or every third, without gaps")
        return steps.pop() if steps else 1

    def before(self, origin: Month) -> Answers:
        """Only what had been answered by an origin: forecasts whose whole window had passed."""
        keep = [i for i, o in enumerate(self.origins) if o + self.question.months <= origin]
        return Answers(
            self.question, tuple(self.origins[i] for i in keep), self.areas,
            self.p[keep], self.came[keep], self.known[keep],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """A track record at one alert budget.

    Attributes:
        question: what was asked, in words.
        budget: alerts at each origin: the areas with the highest probability.
        origins: number of origins scored.
        alerts, hits: alerts given, and those after which it came.
        precision: hits / alerts; None without alerts.
        base_rate: share of all areas and origins in which it came.
        cases: new cases: it began to be true within the window after an origin at which it was not.
        recall: share of new cases with an alert before; None without cases.
        median_lead: months from the first alert to a new case, over the cases warned of; None without any.
        false_alarms_a_year: alerts that nothing followed, a year, over all areas together.
        false_alarms_an_area_year: the same for one area.
    """

    question: str
    budget: int
    origins: int
    alerts: int
    hits: int
    precision: float | None
    base_rate: float | None
    cases: int
    recall: float | None
    median_lead: float | None
    false_alarms_a_year: float | None
    false_alarms_an_area_year: float | None


def alerted(answers: Answers, *, budget: int) -> NDArray[np.bool_]:
    """Which areas are alerted at each origin: the `budget` highest probabilities above 0, shape (T, A).

    Ties are broken by the order of the areas, the same at every origin.
    """
    p = np.nan_to_num(answers.p, nan=-1.0)
    order = np.argsort(-p, axis=1, kind="stable")[:, :budget]
    alert = np.zeros(p.shape, dtype=bool)
    np.put_along_axis(alert, order, values=True, axis=1)
    return alert & (p > 0)


def new_cases(answers: Answers) -> list[tuple[int, int]]:
    """Origin index and area index at which a new case first comes into the window.

    The case itself begins `question.months` after that origin: had it begun earlier, the window of the origin
    before would have held it.
    """
    came, known = answers.came & answers.known, answers.known
    begins = came[1:] & ~came[:-1] & known[:-1]
    return [(int(t) + 1, int(a)) for t, a in np.argwhere(begins)]


def record(answers: Answers, *, budget: int) -> Record:
    """Score the alerts of a budget.

    An alert is a hit if the answer within its window was yes. A new case is warned of if an alert was given at an
    origin whose window held it; the lead runs from the first such alert to the case.
    """
    alert = alerted(answers, budget=budget) & answers.known
    hits = int((alert & answers.came).sum())
    alerts = int(alert.sum())
    step, window = answers.months_between, answers.question.months
    leads, cases = [], 0
    for t, a in new_cases(answers):
        held = alert[t : t + -(-window // step), a]
        cases += 1
        if held.any():
            leads.append(window - step * int(np.argmax(held)))
    origins = int(answers.known.any(axis=1).sum())
    years = origins * step / MONTHS_A_YEAR
    area_years = answers.known.sum() * step / MONTHS_A_YEAR
    return Record(
        question=answers.question.words, budget=budget, origins=origins, alerts=alerts, hits=hits,
        precision=hits / alerts if alerts else None,
        base_rate=float(answers.came[answers.known].mean()) if answers.known.any() else None,
        cases=cases, recall=len(leads) / cases if cases else None,
        median_lead=float(np.median(leads)) if leads else None,
        false_alarms_a_year=(alerts - hits) / years if years else None,
        false_alarms_an_area_year=float((alerts - hits) / area_years) if area_years else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """One area's own earlier alerts at a budget, and how many were followed by what they warned of."""

    budget: int
    alerts: int
    hits: int


def own_record(answers: Answers, *, area: str, budget: int) -> OwnRecord:
    """The earlier alerts and hits of one area."""
    alert = (alerted(answers, budget=budget) & answers.known)[:, answers.areas.index(area)]
    came = answers.came[:, answers.areas.index(area)]
    return OwnRecord(budget, int(alert.sum()), int((alert & came).sum()))
