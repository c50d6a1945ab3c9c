"""Scores of province forecasts, kept by province so that whole provinces can be drawn again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tocsin.scores import Bounds, Ranking, bootstrap_areas, score_draws
from tocsin.warn.question import Question, last_year_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tocsin.panel.history import History

HORIZONS = tuple(range(1, 7))
WITHIN = 3
RECORDED = 24
"""Months of record a province needs before its forecasts are scored."""

FALSE_ALARMS = 0.5
"""False alarms a province-year at which precision is read, with one look a month."""

METRICS = ("crps", "log_crps", "ign", "mis")


@dataclass
class Book:
    """Every scored forecast of one model: one row for each province and origin."""

    area: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    units: dict[str, list[NDArray[np.float64]]] = field(default_factory=dict)
    p: list[float] = field(default_factory=list)
    came: list[bool] = field(default_factory=list)

    def add(self, areas: list[str], origin: int, draws: NDArray[np.int32], sight: Sight) -> None:
        """Score the draws of one origin, shape (areas, 6, draws)."""
        scored = score_draws(draws, sight.later, seed=1)
        for name in (*METRICS, "p25", "actual", "coverage90"):
            self.units.setdefault(name, []).extend(getattr(scored.units, name))
        self.escalation(areas, origin, sight.question.holds(draws[:, :WITHIN], sight.last_year).mean(axis=1), sight)

    def escalation(self, areas: list[str], origin: int, p: NDArray[np.float64], sight: Sight) -> None:
        """Keep one probability of escalation a province, beside what came."""
        self.area += areas
        self.origin += [origin] * len(areas)
        self.p += [float(x) for x in p]
        self.came += [bool(x) for x in sight.came]

    def more(self, other: Book) -> None:
        """Add another book's rows to these."""
        self.area.extend(other.area)
        self.origin.extend(other.origin)
        self.p.extend(other.p)
        self.came.extend(other.came)
        for name, values in other.units.items():
            self.units.setdefault(name, []).extend(values)

    def table(
        self,
        keep: Callable[[str, int], bool] = lambda _a, _t: True,
        *,
        block: Callable[[str, int], str] = lambda a, _t: a,
    ) -> Table:
        """The rows kept, as arrays.

        Args:
            keep: whether a province and origin are kept.
            block: what is drawn whole in an interval: the province, or a stretch of months.
        """
        rows = np.array([i for i, (a, t) in enumerate(zip(self.area, self.origin, strict=True)) if keep(a, t)])
        blocks = [block(self.area[i], self.origin[i]) for i in rows]
        names = sorted(set(blocks))
        place = np.array([names.index(b) for b in blocks])
        units = {name: np.array([values[i] for i in rows]) for name, values in self.units.items()}
        return Table(tuple(names), place, units, np.array(self.p)[rows], np.array(self.came)[rows])


@dataclass(frozen=True)
class Sight:
    """What is seen at an origin, and what came after it, for the provinces scored there."""

    last_year: NDArray[np.float64]
    later: NDArray[np.int64]
    since: NDArray[np.float64]
    question: Question = field(default_factory=lambda: Question(months=WITHIN))

    def kept(self, keep: NDArray[np.bool_]) -> Sight:
        """The same of some of the provinces."""
        return Sight(self.last_year[keep], self.later[keep], self.since[keep], self.question)

    @property
    def came(self) -> NDArray[np.bool_]:
        """Whether violence escalated."""
        return self.question.holds(self.later[:, :WITHIN], self.last_year)


def sight(history: History, truth: History) -> tuple[NDArray[np.intp], list[str], Sight]:
    """Which of the areas present at the origin are scored, their ids, and what they saw.

    Scored are provinces with two years of record behind the origin and all six months ahead inside their record.
    """
    t = history.deaths.shape[1] - 1
    last = t + max(HORIZONS)
    here = history.here
    fair = [
        i for i, a in enumerate(here)
        if history.present[a].sum() > RECORDED and last < truth.deaths.shape[1] and truth.present[a, last]
    ]  # fmt: skip
    rows = here[fair]
    deaths = history.deaths[rows]
    since = t - np.where(deaths.any(axis=1), deaths.shape[1] - 1 - np.argmax(deaths[:, ::-1] > 0, axis=1), -1)
    return (
        np.array(fair, dtype=np.intp), [history.areas[i] for i in rows],
        Sight(last_year_mean(history)[rows], truth.deaths[rows, t + 1 : last + 1], since.astype(float)),
    )  # fmt: skip


@dataclass(frozen=True)
class Table:
    """Rows of a book: index of the province or other block, scores of each month ahead, P(escalation) and whether it came."""

    names: tuple[str, ...]
    place: NDArray[np.intp]
    units: dict[str, NDArray[np.float64]]
    p: NDArray[np.float64]
    came: NDArray[np.bool_]

    def mean(self, metric: str) -> float:
        """Mean score over all rows and months ahead."""
        return float(self.units[metric].mean())

    def by_area(self, metric: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sum and count of a score, by province."""
        total = np.bincount(self.place, weights=self.units[metric].sum(axis=1), minlength=len(self.names))
        count = np.bincount(self.place, minlength=len(self.names)) * len(HORIZONS)
        return np.asarray(total, dtype=np.float64), np.asarray(count, dtype=np.float64)

    def ap25(self) -> float | None:
        """Average precision of P(>= 25 deaths), ties grouped."""
        p, came = self.units["p25"].ravel(), (self.units["actual"] >= 25).ravel()
        return Ranking.of(p, came).average_precision(np.ones(p.size))

    def ap(self) -> float | None:
        """Average precision of the probability of escalation, ties grouped."""
        return Ranking.of(self.p, self.came).average_precision(np.ones(self.p.size))

    def precision(self) -> float:
        """Precision of alerts at the threshold where false alarms reach the rate."""
        return self.precision_of()(np.ones(len(self.names)))

    def precision_of(self) -> Callable[[NDArray[np.float64]], float]:
        """The same when each province is counted as many times as is given, shape (provinces,)."""
        return _precision(self.p, self.came, self.place)


def precision_at(p: NDArray[np.float64], came: NDArray[np.bool_]) -> float:
    """Hits among alerts at the lowest threshold with at most `FALSE_ALARMS` a province-year, equal p together.

    Where one threshold gives fewer and the next more, the two are joined in a line.
    """
    return _precision(p, came, np.zeros(p.size, dtype=np.intp))(np.ones(1))


def _precision(
    p: NDArray[np.float64], came: NDArray[np.bool_], place: NDArray[np.intp]
) -> Callable[[NDArray[np.float64]], float]:
    order = np.argsort(-p, kind="stable")
    p, came, place = p[order], came[order], place[order]
    ends = np.flatnonzero(np.r_[p[1:] != p[:-1], True])

    def precision(times: NDArray[np.float64]) -> float:
        weight = times[place]
        hits, false = np.cumsum(weight * came)[ends], np.cumsum(weight * ~came)[ends]
        allowed = FALSE_ALARMS / 12 * weight.sum()
        found = float(np.interp(allowed, np.r_[0.0, false], np.r_[0.0, hits]))
        return float(found / (found + allowed))

    return precision


def difference(ours: Table, theirs: Table, metric: str) -> Bounds | None:
    """Mean score of ours less theirs, with its 95 % interval over provinces drawn whole."""
    (a, count), (b, _) = ours.by_area(metric), theirs.by_area(metric)
    return bootstrap_areas(lambda times: float(times @ (a - b) / (times @ count)), areas=len(a), seed=1)


def precision_difference(ours: Table, theirs: Table) -> Bounds | None:
    """Precision at the fixed rate of false alarms, ours less theirs, with its 95 % interval."""
    one, two = ours.precision_of(), theirs.precision_of()
    return bootstrap_areas(lambda times: one(times) - two(times), areas=len(ours.names), seed=1)
