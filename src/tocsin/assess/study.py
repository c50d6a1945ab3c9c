"""A replay over several origins: where each area stood, how early an alert would have come, and at what price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.warn.record import Answers, Record, alerted, record
from tocsin.warn.warning import ranked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tocsin.assess.replay import Replay
    from tocsin.panel.history import History
    from tocsin.vocabulary import Month


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an area stood at an origin: its probability and its rank among all areas."""

    origin: Month
    area: str
    p: float
    rank: int


@dataclass(frozen=True, slots=True)
class Lead:
    """How early an area would have been alerted before a month, at a budget.

    Attributes:
        area: area id.
        budget: alerts at each origin.
        onset: the month warned of.
        alerts: origins before the onset, within the months looked at, at which the area was alerted.
        origins: origins looked at.
    """

    area: str
    budget: int
    onset: Month
    alerts: tuple[Month, ...]
    origins: int

    @property
    def months(self) -> int | None:
        """Months from the first alert to the onset; None where there was none."""
        return self.onset - self.alerts[0] if self.alerts else None

    @property
    def unbroken(self) -> int | None:
        """Months from the first alert of the last unbroken run that reached the onset; None where none reached it."""
        run = None
        month = self.onset - 1
        while month in self.alerts:
            run, month = self.onset - month, month - 1
        return run


@dataclass(frozen=True)
class Study:
    """What would have been said, origin after origin, by two models.

    Attributes:
        replay: the origin that leads, in full.
        truth: final figures.
        answers: the model's probabilities of escalation beside what came, over the whole backtest.
        beside: the same for the simple model beside it.
        origins: the origins the study shows.
        onsets: areas of interest, and the month in which each fell into violence.
        budgets: alerts at each origin.
        spread: each area's best and worst rank in the leading replay over several seeds; ranks that move are luck.
        seeds: how many seeds.
    """

    replay: Replay
    truth: History
    answers: Answers
    beside: Answers
    origins: tuple[Month, ...]
    onsets: Mapping[str, Month]
    budgets: tuple[int, ...]
    spread: Mapping[str, tuple[int, int]]
    seeds: int

    def deaths_at_onset(self, area: str) -> int:
        """Deaths in the month a watched area fell, by the final figures."""
        return int(self.truth.deaths[self.truth.areas.index(area), self.onsets[area] - self.truth.first])

    def standings(self, area: str, *, beside: bool = False) -> tuple[Standing, ...]:
        """Where one area stood at each origin of the study."""
        answers = self.beside if beside else self.answers
        return tuple(standing(answers, area=area, origin=origin) for origin in self.origins)

    def records(self, *, beside: bool = False) -> tuple[Record, ...]:
        """Track record over the whole backtest at each budget."""
        return tuple(record(self.beside if beside else self.answers, budget=b) for b in self.budgets)

    def leads(self, *, beside: bool = False) -> tuple[Lead, ...]:
        """How early each area of interest would have been alerted, at each budget."""
        answers = self.beside if beside else self.answers
        return tuple(
            lead(answers, area=area, onset=onset, budget=b, origins=self.origins)
            for area, onset in self.onsets.items()
            for b in self.budgets
        )


def standing(answers: Answers, *, area: str, origin: Month) -> Standing:
    """Where an area stood at an origin of a backtest."""
    t, a = answers.origins.index(origin), answers.areas.index(area)
    order = ranked(np.nan_to_num(answers.p[t], nan=-1.0).tolist())
    return Standing(origin, area, float(answers.p[t, a]), order.index(a) + 1)


def lead(answers: Answers, *, area: str, onset: Month, budget: int, origins: Sequence[Month]) -> Lead:
    """How early an area would have been alerted before a month, at origins before it."""
    alert = alerted(answers, budget=budget)[:, answers.areas.index(area)]
    before = [o for o in origins if o < onset]
    alerts = tuple(o for o in before if alert[answers.origins.index(o)])
    return Lead(area, budget, onset, alerts, len(before))
