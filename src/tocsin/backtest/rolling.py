"""Forecast again and again, each time with only what could be seen then."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from tocsin.forecast.make import make_forecast

if TYPE_CHECKING:
    from tocsin.forecast.contract import Model
    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History
    from tocsin.vocabulary import Month

AsKnownOn = Callable[["Month"], "History"]
"""The history as it was known at an origin."""


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
    origin, and one at an origin of `refit_at` is the same as if it had been made alone.
    """
    fitted = None
    learned_at: Month | None = None
    for origin in sorted(origins):
        history = as_known_on(origin)
        if fitted is None or learned_at is None or origin - learned_at >= refit_every or origin in refit_at:
            fitted, learned_at = model.fit(history, horizons=horizons, seed=seed), origin
        yield history, make_forecast(history, model=model, horizons=horizons, draws=draws, seed=seed, fitted=fitted)
