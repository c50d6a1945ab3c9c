"""Forecasts of an edition: their quantiles and probabilities by month, and the draws themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.api.edition_parts.form import Files, table
from tocsin.forecast.layout import metadata, to_table
from tocsin.vocabulary import THRESHOLDS

if TYPE_CHECKING:
    from tocsin.api.edition_parts.found import Found
    from tocsin.forecast.forecast import Forecast

LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)


def ahead_part(found: Found) -> Files:
    """`ahead`, `draws`, and `draws-admin1` where there are provinces."""
    countries = found.findings.outlook.forecast
    made = [countries, *(() if found.provinces is None else (found.provinces.forecast,))]
    files = {
        "ahead.parquet": table(pl.concat([read_off(one) for one in made]), metadata=metadata(countries)),
        "draws.parquet": table(to_table(countries), metadata=metadata(countries)),
    }
    if found.provinces is not None:
        forecast = found.provinces.forecast
        files["draws-admin1.parquet"] = table(to_table(forecast), metadata=metadata(forecast))
    return files


def read_off(forecast: Forecast) -> pl.DataFrame:
    """Mean, quantiles and probabilities of each area and month, read off the draws."""
    areas, horizons, _ = forecast.draws.shape
    quantiles = forecast.quantiles(*LEVELS)
    return pl.DataFrame(
        {
            "level": [forecast.level.value] * (areas * horizons),
            "area_id": np.repeat(forecast.areas, horizons),
            "origin": [str(forecast.origin)] * (areas * horizons),
            "month": np.tile([str(m) for m in forecast.months], areas),
            "horizon": np.tile(np.array(forecast.horizons, dtype=np.int32), areas),
            "mean": forecast.draws.mean(axis=2).ravel(),
            **{f"q{round(100 * level):02d}": quantiles[i].ravel() for i, level in enumerate(LEVELS)},
            **{f"p_{threshold}": forecast.p_month(threshold).ravel() for threshold in THRESHOLDS},
        }
    )
