"""What it costs to make Iraq's provinces add up to Iraq: CRPS at both levels, before and after.

    .venv/bin/python benchmarks/reconcile.py --data ../shared/data/benchmarks --windows 2008-2012

State-based deaths: provinces from the figures that ship, countries from the series of the VIEWS challenge. Windows run
from January to December, from data to October of the year before (3 to 14 months ahead), none later than 2012. Provinces
are forecast by the model named, deaths without a province by a repeat of their own last year; Iraq is forecast among all
countries. Both models learn at the first origin and draw anew at each. Ways compared: forecast apart; provinces made to
add up to the country (what `--reconcile` does); the same without the order of past courses; brought to the country's count
in the order they were drawn; and the country as the sum of provinces.
"""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import tocsin
from tocsin.api.known import open_case
from tocsin.api.reconciled import only, with_unknown
from tocsin.api.series import history_of_series
from tocsin.api.world import provinces_of
from tocsin.backtest.challenge import HORIZONS, Window
from tocsin.forecast.contract import model_named
from tocsin.forecast.make import make_forecast
from tocsin.forecast.reconciled.reconcile import adding_up, past_courses, reconciled_draws
from tocsin.scores import crps, log_crps
from tocsin.vocabulary import AreaIds

if TYPE_CHECKING:
    from numpy.typing import NDArray

COUNTRY, TARGET = "60", "deaths_sb"
"""Iraq, by its VIEWS id, and what is counted."""
SERIES = "views_cm_ged_sb_1990_2021.parquet"
LATEST = 2012
"""No window after this one is scored here: later ones are for judging models."""


def ways(
    parts: NDArray[np.int64], whole: NDArray[np.int64], template: NDArray[np.int64], unknown: NDArray[np.float64]
) -> dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Draws of the provinces and of the country by each way."""
    rng = np.random.default_rng(1)
    return {
        "apart": (parts, whole),
        "reconciled": (reconciled_draws(parts, whole, template=template, fallback=unknown, seed=1), whole),
        "without past courses": (reconciled_draws(parts, whole, fallback=unknown, seed=1), whole),
        "not put in step": (adding_up(parts, whole, fallback=unknown, rng=rng), whole),
        "sum of provinces": (parts, parts.sum(axis=0)),
    }


def main() -> None:
    """Score every window and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help=f"folder with {SERIES}")
    parser.add_argument("--windows", default=f"2008-{LATEST}", help="first and last year")
    parser.add_argument("--model", default="negative_binomial")
    parser.add_argument("--draws", type=int, default=1000)
    given = parser.parse_args()
    first, last = (int(year) for year in given.windows.split("-"))
    if last > LATEST:
        parser.error(f"no window after {LATEST} is scored here")
    model, fine = model_named(given.model), provinces_of(open_case("iraq"))
    coarse = history_of_series(given.data / SERIES, target="ged_sb", ids=AreaIds.VIEWS)
    found: dict[str, list[NDArray[np.float64]]] = {}
    fits = None
    for year in range(first, last + 1):
        origin = Window(year).origin
        world = coarse.until(origin)
        known = fine.panel.history(target=TARGET, origin=origin, neighbours=fine.neighbours)
        everywhere = fine.panel.history(target=TARGET, origin=origin, neighbours=fine.neighbours, include_unknown=True)
        fits = fits or [model.fit(history, horizons=HORIZONS, seed=1) for history in (world, known)]
        made = [
            make_forecast(history, model=model, horizons=HORIZONS, draws=given.draws, seed=1, fitted=fitted)
            for history, fitted in zip((world, known), fits, strict=True)
        ]
        apart, whole = with_unknown(made[1], everywhere), only(made[0], (COUNTRY,))
        rows = [everywhere.areas[i] for i in everywhere.here]
        every = past_courses(everywhere, horizons=HORIZONS, draws=given.draws, seed=1)
        template = every[[rows.index(area) for area in apart.areas]]
        unknown = np.array([float(area.endswith("unknown")) for area in apart.areas])
        came = fine.panel.actuals(TARGET, Window(year).months, areas=apart.areas).deaths
        parts, total = apart.draws.astype(np.int64), whole.draws[0].astype(np.int64)
        for name, (lower, upper) in ways(parts, total, template, unknown).items():
            scores = [crps(lower, came).mean(), log_crps(lower, came).mean()]
            scores += [crps(upper, came.sum(axis=0)).mean(), log_crps(upper, came.sum(axis=0)).mean()]
            off = (lower.sum(axis=0) != upper).mean()
            found.setdefault(name, []).append(np.array([*scores, off]))
    print(
        f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()},"
    )
    print(f"{os.cpu_count()} cores; {given.model}, {given.draws} draws, windows {given.windows}\n")
    print("| way | provinces CRPS | provinces log CRPS | country CRPS | country log CRPS | draws that do not add up |")
    print("|---|---|---|---|---|---|")
    for name, every_year in found.items():
        mean = np.mean(every_year, axis=0)
        print(f"| {name} | {mean[0]:.3f} | {mean[1]:.4f} | {mean[2]:.2f} | {mean[3]:.4f} | {100 * mean[4]:.1f} % |")


if __name__ == "__main__":
    main()
