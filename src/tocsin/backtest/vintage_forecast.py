"""One forecast from several histories that may each be true: their draws pooled, the model learned once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.make import check_draws, make_forecast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.forecast.contract import Model
    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History


def pooled_forecast(
    histories: Sequence[History], *, model: Model, horizons: tuple[int, ...], draws: int, seed: int
) -> Forecast:
    """Draws shared as evenly as can be among histories; each draw stays one course from one history.

    The model learns from the first history: they differ in few months, and what is learned hardly does.

    Args:
        histories: of the same areas and months, length N; those beyond the number of draws are not used.
        model: any registered model.
        horizons: months ahead of the origin.
        draws: draws in all.
        seed: the seed; history i draws with seed + i.

    Raises:
        OutOfRange: the histories are too short, or the draws or horizons lie outside what is possible.
    """
    check_draws(draws, seed=seed)
    used = histories[:draws]
    each = [draws // len(used) + (i < draws % len(used)) for i in range(len(used))]
    fitted = model.fit(used[0], horizons=horizons, seed=seed)
    parts = [
        make_forecast(history, model=model, horizons=horizons, draws=n, seed=(seed + i) % 2**32, fitted=fitted)
        for i, (history, n) in enumerate(zip(used, each, strict=True))
    ]
    return replace(parts[0], draws=np.concatenate([p.draws for p in parts], axis=2), seed=seed)
