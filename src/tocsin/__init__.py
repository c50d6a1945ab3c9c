"""Tocsin: early warning and mission assessment for fragile states, from open sources, on one laptop.

The verbs of the command line, for Python. Each is loaded when it is first asked for, so `import tocsin` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.api.benchmark import benchmark_views
    from tocsin.api.forecast import write_forecast
    from tocsin.api.score import read_forecast, score_forecast
    from tocsin.api.study import replay_case, study_case
    from tocsin.api.verbs import brief_case, forecast_case, forecast_countries, forecast_series, warn_countries
    from tocsin.case import check_case, read_case, write_case
    from tocsin.forecast.contract import models
    from tocsin.sources.outlines import read_outlines
    from tocsin.sources.series import read_series
    from tocsin.sources.ucdp_ged import read_ged
    from tocsin.vocabulary import AreaIds, Level, Month

__version__ = "0.1.0"

__all__ = [
    "AreaIds",
    "Level",
    "Month",
    "__version__",
    "benchmark_views",
    "brief_case",
    "check_case",
    "forecast_case",
    "forecast_countries",
    "forecast_series",
    "models",
    "read_case",
    "read_forecast",
    "read_ged",
    "read_outlines",
    "read_series",
    "replay_case",
    "score_forecast",
    "study_case",
    "warn_countries",
    "write_case",
    "write_forecast",
]

_HOMES = {
    "tocsin.api.benchmark": ("benchmark_views",),
    "tocsin.api.forecast": ("write_forecast",),
    "tocsin.api.score": ("read_forecast", "score_forecast"),
    "tocsin.api.study": ("replay_case", "study_case"),
    "tocsin.api.verbs": ("brief_case", "forecast_case", "forecast_countries", "forecast_series", "warn_countries"),
    "tocsin.case": ("check_case", "read_case", "write_case"),
    "tocsin.forecast.contract": ("models",),
    "tocsin.sources.outlines": ("read_outlines",),
    "tocsin.sources.series": ("read_series",),
    "tocsin.sources.ucdp_ged": ("read_ged",),
    "tocsin.vocabulary": ("AreaIds", "Level", "Month"),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'tocsin' has no attribute '{name}'; it has: {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted(__all__)
