"""Forecast again and again, each time with only what could be seen then."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from tocsin.backtest.parcels import chosen_machines, one_sum, parcelled
from tocsin.forecast.make import make_forecast

if TYPE_CHECKING:
    from tocsin.forecast.contract import Model
    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History
    from tocsin.vocabulary import Month

AsKnownOn = Callable[["Month"], "History"]
"""The history as it was known at an origin."""


@dataclass(frozen=True)
class Stretch:
    """Origins that one fit serves: the model learns at the first and draws from the history of each.

    Attributes:
        as_known_on: the history as known at an origin.
        origins: rising.
        model: learns at the first origin.
        horizons: months ahead of each origin.
        draws: draws for each area and month.
        seed: of the fit and of the draws.
    """

    as_known_on: AsKnownOn
    origins: tuple[Month, ...]
    model: Model
    horizons: tuple[int, ...]
    draws: int
    seed: int

    def forecasts(self) -> Iterator[tuple[History, Forecast]]:
        """One forecast for every origin, beside the history it was made from."""
        fitted = None
        for origin in self.origins:
            history = self.as_known_on(origin)
            with one_sum():
                fitted = fitted or self.model.fit(history, horizons=self.horizons, seed=self.seed)
                forecast = make_forecast(
                    history, model=self.model, horizons=self.horizons, draws=self.draws, seed=self.seed, fitted=fitted
                )
            yield history, forecast


def rolling_forecasts(
    as_known_on: AsKnownOn,
    *,
    origins: Sequence[Month],
    model: Model,
    horizons: tuple[int, ...],
    draws: int,
    seed: int,
    refit_every: int = 12,
    refit_at: Collection[Month] = (),
) -> Iterator[tuple[History, Forecast]]:
    """One forecast for every origin, in order, beside the history it was made from.

    The model learns anew every `refit_every` months, and at every origin of `refit_at`, from what was known then; in
    between it draws from newer histories without learning from them. No forecast ever rests on anything later than its
    origin, and one at an origin of `refit_at` is the same as if it had been made alone. Each fit with its origins is
    one parcel of work for the machines of `working_on`; the draws are the same wherever they are made.
    """
    parts = [
        Stretch(as_known_on, part, model, horizons, draws, seed)
        for part in stretches(origins, refit_every=refit_every, refit_at=refit_at)
    ]
    if not chosen_machines().apart:
        return chain.from_iterable(part.forecasts() for part in parts)
    made = parcelled(_only_forecasts, parts)
    return ((as_known_on(f.origin), f) for f in chain.from_iterable(made))


def stretches(
    origins: Collection[Month], *, refit_every: int, refit_at: Collection[Month] = ()
) -> list[tuple[Month, ...]]:
    """The origins in order, parted where a model learns anew.

    Example:
        >>> from tocsin.vocabulary import Month
        >>> first = Month.of(2010, 1)
        >>> parts = stretches([first + i for i in (0, 6, 12, 13)], refit_every=12, refit_at=[first + 13])
        >>> [[str(origin) for origin in part] for part in parts]
        [['2010-01', '2010-07'], ['2011-01'], ['2011-02']]
    """
    parts: list[list[Month]] = []
    for origin in sorted(origins):
        if not parts or origin - parts[-1][0] >= refit_every or origin in refit_at:
            parts.append([])
        parts[-1].append(origin)
    return [tuple(part) for part in parts]


def _only_forecasts(part: Stretch) -> list[Forecast]:
    """Histories are made again where they are wanted: they are larger than what they are made of."""
    return [forecast for _, forecast in part.forecasts()]
