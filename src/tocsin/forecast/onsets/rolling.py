"""Onsets asked again and again at past origins, each time with only what was known then."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tocsin.forecast.features import months_since
from tocsin.forecast.onsets.model import OnsetSettings, fit_onset
from tocsin.forecast.onsets.signals import signals_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from tocsin.forecast.onsets.question import Onset
    from tocsin.panel.history import History
    from tocsin.vocabulary import Month

    Floats = NDArray[np.float64]


class Ranker(Protocol):
    """Anything that gives countries a number by which onsets are ranked, month by month."""

    def __call__(self, history: History, /) -> Floats:
        """A number for every area and month, from that month and earlier ones alone, shape (areas, months)."""
        ...


@dataclass(frozen=True)
class Asked:
    """What was said at past origins and what came.

    Attributes:
        areas: area ids, length A.
        origins: length T.
        p: what was said, shape (T, A); NaN where the country was not at peace.
        came: whether an onset came, shape (T, A).
    """

    areas: tuple[str, ...]
    origins: tuple[Month, ...]
    p: Floats
    came: NDArray[np.bool_]

    @property
    def asked(self) -> NDArray[np.bool_]:
        """Where the question could be asked, shape (T, A)."""
        return ~np.isnan(self.p)

    def after(self, peace: NDArray[np.bool_]) -> Asked:
        """Only where a longer peace held, shape (T, A)."""
        return Asked(self.areas, self.origins, np.where(peace, self.p, np.nan), self.came)


def ask_again(
    history: History, *, question: Onset, origins: Sequence[Month], learn: Callable[[History], Ranker]
) -> Asked:
    """What a way of ranking would have said at past origins whose windows have passed.

    It learns anew at the first origin of each calendar year, from the history cut there, and ranks the year's origins
    on the history cut at the last of them.

    Args:
        history: what is known today; it must reach beyond the last window.
        question: what is asked.
        origins: in order.
        learn: gives a ranker from a history that ends where it learns.
    """
    ahead, peace = question.deaths_ahead(history), question.at_peace(history)
    said = []
    for _, year in groupby(origins, key=lambda origin: origin.year):
        months = list(year)
        ranked = learn(history.until(months[0]))(history.until(months[-1]))
        said.append(ranked[:, [origin - history.first for origin in months]].T)
    columns = [origin - history.first for origin in origins]
    known = (peace & ~np.isnan(ahead))[:, columns].T
    deaths = np.nan_to_num(ahead[:, columns]).T
    came = known & (deaths >= question.threshold)
    return Asked(history.areas, tuple(origins), np.where(known, np.concatenate(said), np.nan), came)


def model_ranker(question: Onset, *, settings: OnsetSettings, seed: int = 1) -> Callable[[History], Ranker]:
    """The onset model as something that learns and then ranks."""

    def learn(history: History) -> Ranker:
        fitted = fit_onset(history, question=question, settings=settings, seed=seed)
        return lambda seen: fitted.p_of(signals_of(seen, settings.signals))

    return learn


def since_ranker(*, long_ago: bool = False) -> Callable[[History], Ranker]:
    """The column everybody can sort: months since the last death, fewest first.

    Args:
        long_ago: whether the years of conflict before the series count too.
    """

    def rank(history: History) -> Floats:
        if long_ago:
            return -signals_of(history, ["since"]).values[:, :, 0]
        return -months_since(history.deaths > 0)

    return lambda _: rank
