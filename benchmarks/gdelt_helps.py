"""Does the forest forecast better with news than without? Rolling origins, paired, with intervals over areas.

    python benchmarks/gdelt_helps.py --series deaths.csv --news news.parquet --first 2016-12 --last 2017-09 --horizons 1-3
    python benchmarks/gdelt_helps.py --made-up leading      # news that run ahead of deaths: must be found to help
    python benchmarks/gdelt_helps.py --made-up noise        # news that mean nothing: must not

Both forests have the same settings, seeds, origins and months; the one with news has a few features more. News enter a model
only if they pass: the intervals of CRPS and of log1p-CRPS below 0, for every seed. Months from 2018 on are kept for judging:
they are read only with --read-kept-months, and what is chosen by them cannot be judged by them.
"""

from __future__ import annotations

import argparse
import os
import platform
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

import tocsin
from tocsin.api.series import country_ids, history_of_series
from tocsin.backtest.challenge import FIRST_TEST_MONTH
from tocsin.errors import OutOfRange, TocsinError
from tocsin.forecast.forest import QUANTILE_FOREST, QuantileForest
from tocsin.forecast.make import make_forecast
from tocsin.panel.history import History
from tocsin.panel.news import Gaps, with_news
from tocsin.scores import score_draws
from tocsin.scores.comparison import difference
from tocsin.sources.gdelt_news import read_news
from tocsin.vocabulary import AreaIds, Level, Month, parse_horizons

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tocsin.scores import Scores

METRICS = ("crps", "log_crps", "ign", "mis", "ap25")
MADE_UP = ("leading", "noise")
WORLD_MONTHS, WORLD_AREAS, LEAD = 180, 40, 2


def origins_of(first: Month, last: Month, *, every: int, horizons: tuple[int, ...], kept: bool) -> list[Month]:
    """Rolling origins whose months may be read.

    Raises:
        OutOfRange: there are none, or a month forecast is kept for judging.
    """
    origins = [first + n for n in range(0, last - first + 1, every)]
    if not origins:
        raise OutOfRange(f"{last} is before {first}", hint="give the first origin as --first")
    latest = origins[-1] + max(horizons)
    if latest >= FIRST_TEST_MONTH and not kept:
        raise OutOfRange(
            f"the last origin's months reach {latest}; from {FIRST_TEST_MONTH} on they are kept for judging",
            hint="end earlier; or give --read-kept-months, and choose nothing by what is printed",
        )
    return origins


def scored(
    history: History, whole: History, *, model: QuantileForest, horizons: tuple[int, ...], draws: int, seed: int
) -> Scores:
    """Scores of one origin over all areas; those absent at the origin or later are not known."""
    forecast = make_forecast(history, model=model, horizons=horizons, draws=draws, seed=seed)
    months = np.array([history.origin + h - whole.first for h in horizons])
    shape = (len(whole.areas), len(horizons))
    every, known = np.zeros((*shape, draws), dtype=np.int64), np.zeros(shape, dtype=bool)
    every[history.here] = forecast.draws
    known[history.here] = True
    return score_draws(every, whole.deaths[:, months], seed=seed, known=known & whole.present[:, months])


def compared(
    whole: History, add_news: Callable[[History], History], *, origins: Sequence[Month], model: QuantileForest,
    horizons: tuple[int, ...], draws: int, seeds: Sequence[int],
) -> dict[int, tuple[list[Scores], list[Scores]]]:  # fmt: skip
    """By seed, the scores of every origin with and without news; the news are added to what was known at the origin."""
    found: dict[int, tuple[list[Scores], list[Scores]]] = {}
    for seed in seeds:
        beside: tuple[list[Scores], list[Scores]] = ([], [])
        for origin in origins:
            seen = whole.until(origin)
            for history, scores in zip((add_news(seen), seen), beside, strict=True):
                scores.append(scored(history, whole, model=model, horizons=horizons, draws=draws, seed=seed))
        found[seed] = beside
    return found


def print_table(found: dict[int, tuple[list[Scores], list[Scores]]]) -> None:
    """With, without, and the difference, by seed and for all seeds."""
    print("| seed | metric | with news | without | difference | 95 % interval over areas |\n|---|---|---|---|---|---|")
    everything = tuple([s for both in found.values() for s in both[side]] for side in (0, 1))
    passes = True
    for name, (ours, theirs) in [*((str(seed), both) for seed, both in found.items()), ("all", everything)]:
        for metric in METRICS:
            means = [_mean(side, metric) for side in (ours, theirs)]
            bounds = difference(ours, theirs, metric, seed=1)
            if bounds is None or None in means:
                print(f"| {name} | {metric} | not defined: no month of 25 deaths | | | |")
                continue
            print(
                f"| {name} | {metric} | {means[0]:.4f} | {means[1]:.4f} | {bounds.value:+.4f} "
                f"| [{bounds.lower:+.4f}, {bounds.upper:+.4f}] |"
            )
            passes &= metric not in {"crps", "log_crps"} or bounds.upper < 0
    verdict = ("pass", "") if passes else ("do not pass", "not ")
    print(f"\nNews {verdict[0]}: CRPS and log1p-CRPS {verdict[1]}lower beyond chance for every seed.")


def _mean(scores: list[Scores], metric: str) -> float | None:
    values = [getattr(s, metric) for s in scores]
    return None if None in values else float(np.mean(values))


def made_up(kind: str, *, seed: int = 0) -> tuple[History, pl.DataFrame]:
    """A made-up world of flare-ups, and news of it: protest that runs two months ahead of them, or of nothing."""
    rng = np.random.default_rng(seed)
    starts = rng.random((WORLD_AREAS, WORLD_MONTHS + LEAD)) < 0.03
    fire = np.zeros(starts.shape, dtype=bool)
    for months in range(3):
        fire[:, months:] |= starts[:, : starts.shape[1] - months]
    ahead, now = starts[:, LEAD:], fire[:, :WORLD_MONTHS]
    deaths = rng.poisson(np.where(now, 60.0, 0.3) * rng.gamma(2, 0.5, now.shape))
    told = ahead if kind == "leading" else rng.permuted(ahead, axis=1)
    coverage = rng.poisson(np.linspace(200, 2000, WORLD_MONTHS) * rng.gamma(4, 0.25, (WORLD_AREAS, 1)))
    protest = rng.binomial(coverage, np.where(told, 0.12, 0.03))
    names = tuple(f"X{n:02d}" for n in range(WORLD_AREAS))
    first = Month.of(2003, 1)
    history = History(
        ids=AreaIds.ISO3, target="deaths_all", vintage="made up", areas=names, names=names, first=first,
        deaths=deaths.astype(np.int64), present=np.ones(deaths.shape, dtype=bool), neighbours=((),) * WORLD_AREAS,
    )  # fmt: skip
    rows = [
        (Level.COUNTRY.value, area, first.id + m, what, int(grid[a, m]), int(coverage[a, m]), 1, 1)
        for a, area in enumerate(names) for m in range(WORLD_MONTHS) for what, grid in (("all", coverage), ("protest", protest))
    ]  # fmt: skip
    columns = ["level", "area", "month_id", "kind", "events", "all_events", "exports", "exports_expected"]
    return history, pl.DataFrame(rows, schema=columns, orient="row").cast({"month_id": pl.Int32})


def options() -> argparse.Namespace:
    """What the command line asks."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--series", type=Path, help="deaths by area and month, as tocsin forecast takes them")
    asked.add_argument("--target", help="the column of deaths, where there are several")
    asked.add_argument(
        "--ids", type=AreaIds, choices=list(AreaIds), help="whose ids name the areas, where columns do not say"
    )
    asked.add_argument("--news", type=Path, help="the table tocsin fetch gdelt writes")
    asked.add_argument("--made-up", choices=MADE_UP, help="a made-up world and news in place of files")
    asked.add_argument("--first", default="2016-12", help="first origin")
    asked.add_argument("--last", default="2017-09", help="last origin")
    asked.add_argument("--every", type=int, default=1, help="months between origins")
    asked.add_argument("--horizons", default="1-3", help="months ahead")
    asked.add_argument("--draws", type=int, default=500)
    asked.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    asked.add_argument("--trees", type=int, default=QUANTILE_FOREST.settings.trees)
    asked.add_argument(
        "--gaps", type=Gaps, choices=list(Gaps), default=Gaps.MARK, help="what becomes of months without news"
    )
    asked.add_argument("--read-kept-months", action="store_true", help="read months from 2018 on")
    return asked.parse_args()


def main() -> None:
    """Compare, and print the table."""
    asked = options()
    if asked.made_up is None and None in (asked.series, asked.news):
        raise OutOfRange("there is nothing to compare", hint="give --series and --news, or --made-up")
    horizons = parse_horizons(asked.horizons)
    span = Month.parse(asked.first), Month.parse(asked.last)
    origins = origins_of(*span, every=asked.every, horizons=horizons, kept=asked.read_kept_months)
    if asked.made_up:
        whole, news = made_up(asked.made_up)
    else:
        whole, news = history_of_series(asked.series, target=asked.target, ids=asked.ids), read_news(asked.news).table
    countries = country_ids() if whole.level is Level.COUNTRY else None
    model = QUANTILE_FOREST.with_settings(replace(QUANTILE_FOREST.settings, trees=asked.trees))
    wall, busy = perf_counter(), process_time()
    found = compared(
        whole, lambda seen: with_news(seen, news, gaps=asked.gaps, countries=countries), origins=origins, model=model,
        horizons=horizons, draws=asked.draws, seeds=asked.seeds,
    )  # fmt: skip
    print(
        f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores; "
        f"{perf_counter() - wall:.0f} s, {process_time() - busy:.0f} s of processor\n"
        f"{len(origins)} origins {origins[0]} to {origins[-1]}, months ahead {asked.horizons}, {len(whole.areas)} areas, "
        f"{asked.draws} draws, {asked.trees} trees, gaps: {asked.gaps}\n"
    )
    print_table(found)


if __name__ == "__main__":
    try:
        main()
    except TocsinError as error:
        raise SystemExit(f"error: {error}") from error
