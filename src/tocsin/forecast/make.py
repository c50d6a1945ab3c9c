"""Make a forecast: a model, a history as known at the origin, horizons, draws and a seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.errors import OutOfRange
from tocsin.forecast.contract import Fitted, Model, check_fits
from tocsin.forecast.forecast import Forecast

if TYPE_CHECKING:
    from tocsin.panel.history import History

MOST_DRAWS = 100_000
MOST_SEED = 2**32 - 1


def check_draws(draws: int, *, seed: int) -> None:
    """Refuse a number of draws or a seed that no model can use.

    Raises:
        OutOfRange: draws are not within 1 to 100,000, or the seed not within 0 to 2^32 - 1.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise OutOfRange(f"{draws} draws are not within 1 to {MOST_DRAWS}", hint="1000 is usual")
    if not 0 <= seed <= MOST_SEED:
        raise OutOfRange(f"{seed} is no seed", hint=f"give a whole number from 0 to {MOST_SEED}")


def make_forecast(
    history: History, *, model: Model, horizons: tuple[int, ...], draws: int, seed: int, fitted: Fitted | None = None
) -> Forecast:
    """Draws of deaths for every area present at the history's origin.

    Args:
        history: what may be seen; its last month is the origin.
        model: any registered model.
        horizons: months ahead of the origin.
        draws: number of draws for each area and month.
        seed: the same seed gives the same draws, bit for bit.
        fitted: a fit made before, of the same model and horizons, to draw from again.

    Raises:
        OutOfRange: the history is too short, or the draws or horizons lie outside what is possible.
    """
    check_draws(draws, seed=seed)
    check_fits(model.contract, history, horizons=horizons)
    ready = fitted or model.fit(history, horizons=horizons, seed=seed)
    here = history.here
    return Forecast(
        model=model.contract.name, ids=history.ids, target=history.target, vintage=history.vintage,
        origin=history.origin, horizons=horizons,
        areas=tuple(history.areas[i] for i in here), names=tuple(history.names[i] for i in here),
        draws=ready.draw(history, draws=draws, seed=seed), seed=seed, data_hash=history.data_hash,
    )  # fmt: skip
