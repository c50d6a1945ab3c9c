"""A fan chart of one area's forecast, with what came where it is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.brief.blocks import Figure
from tocsin.brief.charts import Ahead, Band, Frame, Past, fan
from tocsin.brief.sections.wording import counted
from tocsin.vocabulary import deaths

if TYPE_CHECKING:
    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History
    from tocsin.vocabulary import Month

YEARS_SHOWN = 3
LEVELS = (0.9, 0.8, 0.5)
HEIGHT = 226.0
"""Pixels: low enough for two of them below a table of all provinces on one page."""


def fan_of(forecast: Forecast, history: History, area: str, *, truth: History | None = None) -> Figure:
    """Three years of history, the forecast's ranges, and what came.

    Args:
        forecast: the draws.
        history: what was seen.
        area: area id.
        truth: later figures; None where nothing has come yet.
    """
    i, j = forecast.areas.index(area), history.areas.index(area)
    seen = history.deaths[j, -12 * YEARS_SHOWN :]
    first = history.origin - (len(seen) - 1)
    name = forecast.names[i]
    came = _came(forecast, truth, area)
    tops = forecast.quantiles(0.95)[0, i]
    came_words = f" What came, worst month: {deaths(max(came.values()))}." if came else ""
    return Figure(
        fan(
            Past(first, tuple(float(x) for x in seen)), _ahead(forecast, i),
            frame=Frame(f"fan-{re.sub(r'[^a-z0-9]+', '-', area.lower())}-{forecast.origin}", name, height=HEIGHT),
            came={m: float(v) for m, v in came.items()} if came else None, counted=f"{counted(forecast.target)}, a month",
        ),
        caption=f"{name}: known through {forecast.origin.words} ({forecast.vintage}), then the forecast"
        f"{' beside what came' if came else ''}. 95 % of draws lie below {deaths(tops.max())} in the worst "
        f"month.{came_words}",
        alt=f"Fan chart for {name}: deaths a month to {forecast.origin.words}, forecast ranges for "
        f"{len(forecast.horizons)} months ahead.{came_words}",
    )  # fmt: skip


def _ahead(forecast: Forecast, i: int) -> Ahead:
    bands = []
    for level in LEVELS:
        lower, upper = forecast.quantiles((1 - level) / 2, (1 + level) / 2)
        bands.append(Band(level, tuple(map(float, lower[i])), tuple(map(float, upper[i]))))
    return Ahead(forecast.origin, forecast.horizons, tuple(map(float, forecast.quantiles(0.5)[0, i])), tuple(bands))


def _came(forecast: Forecast, truth: History | None, area: str) -> dict[Month, int]:
    if truth is None:
        return {}
    row = truth.deaths[truth.areas.index(area)]
    return {m: int(row[m - truth.first]) for m in forecast.months if m <= truth.origin}
