"""Published benchmarks made again, beside ours, in one run."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from tocsin.api.series import history_of_series
from tocsin.backtest.challenge import HORIZONS, TEST_WINDOWS, Scored, Window, actuals_of, draws_of
from tocsin.backtest.parcels import parcelled
from tocsin.errors import FileProblem, Where
from tocsin.forecast.contract import model_named
from tocsin.forecast.make import make_forecast
from tocsin.scores import Bounds, Scores, difference, score_draws
from tocsin.sources.tables import read_table
from tocsin.vocabulary import AreaIds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import polars as pl
    from numpy.typing import NDArray

    from tocsin.panel.history import History

    Areas = tuple[str, ...]

OFFICIAL = {
    "last_poisson": "views_last_poisson_1000_2018_2021.parquet",
    "bootstrap": "views_bootstrap_1000_2018_2021.parquet",
    "conflictology": "views_conflictology_12_2018_2021.parquet",
}
PUBLISHED_NAMES = {"last_poisson": "last_poisson", "bootstrap": "bootstrap_from_actuals"}
ACTUALS = "views_cm_actuals_v1_2018_2021.parquet"
SERIES = "views_cm_ged_sb_1990_2021.parquet"
PUBLISHED = "views_published_scores.parquet"
OURS = {"conflictology_1000": "conflictology", "negative_binomial": "negative_binomial",
        "quantile_forest": "quantile_forest", "ensemble": "ensemble"}  # fmt: skip
METRICS = ("crps", "log_crps", "ign", "mis", "ap25")
COMPARED = (
    ("quantile_forest", "conflictology_1000"),
    ("ensemble", "conflictology_1000"),
    ("ensemble", "quantile_forest"),
)
"""Of ours, which less which."""
SEED = 1


@dataclass(frozen=True, slots=True)
class Compared:
    """One of our models less another, mean over the windows, with a bootstrap interval over countries.

    Attributes:
        bounds: of the difference; None where the metric is not defined.
    """

    ours: str
    theirs: str
    metric: str
    bounds: Bounds | None

    def as_dict(self) -> dict[str, object]:
        """As printed: value, lower and upper; no bounds where it is not defined."""
        b = self.bounds
        found = {"value": b.value, "lower": b.lower, "upper": b.upper} if b else {"value": None}
        return {"metric": self.metric, "ours": self.ours, "theirs": self.theirs, **found}


@dataclass(frozen=True)
class ViewsBenchmark:
    """The challenge's windows 2018-2021, first-issued (v1, 2023) actuals.

    Attributes:
        scored: every model and window, official draws first.
        published: published figures by model and window (0 for the mean).
        differences: our models less one another, in the order of `COMPARED` and `METRICS`.
        peak_mb: the largest memory that a process held.
    """

    scored: tuple[Scored, ...]
    published: Mapping[tuple[str, int], Mapping[str, float]]
    differences: tuple[Compared, ...]
    peak_mb: float

    def rows(self) -> list[dict[str, object]]:
        """One row a model and window, then one a model for the mean of its windows."""
        rows = [self._row(s.model, s.by, s.window, _values(s.scores), s.seconds) for s in self.scored]
        for model in dict.fromkeys(s.model for s in self.scored):
            mine = [s for s in self.scored if s.model == model]
            every = [_values(s.scores) for s in mine]
            mean = {key: _mean([row[key] for row in every]) for key in every[0]}
            rows.append(self._row(model, mine[0].by, 0, mean, sum(s.seconds for s in mine)))
        return rows

    def _row(
        self, model: str, by: str, window: int, values: Mapping[str, float | int | None], seconds: float
    ) -> dict[str, object]:
        return {
            "model": model, "by": by, "window": window or "mean",
            **{key: values[key] for key in (*METRICS, "coverage90", "coverage90_deaths")},
            "draws": values["draws"], "seconds": round(seconds, 2),
            "published": dict(self.published.get((model, window), {})),
        }  # fmt: skip


def _values(scores: Scores) -> dict[str, float | int | None]:
    came = scores.units.known & (scores.units.actual > 0)
    covered = float(scores.units.coverage90[came].mean()) if came.any() else None
    return {**scores.as_dict(), "coverage90_deaths": covered}


def _mean(values: list[float | int | None]) -> float | None:
    known = [v for v in values if v is not None]
    return float(np.mean(known)) if len(known) == len(values) else None


def benchmark_views(data: Path, *, tell: Callable[[str], None] = lambda _: None) -> ViewsBenchmark:
    """Score the official draws and ours on the four windows.

    Args:
        data: the folder with the challenge's files.
        tell: told what is being scored.

    Raises:
        FileProblem: a file is missing.
    """
    actuals, _ = read_table(_there(data / ACTUALS))
    history = history_of_series(_there(data / SERIES), target="ged_sb", ids=AreaIds.VIEWS)
    areas = tuple(str(a) for a in actuals["country_id"].unique().sort().to_list())
    scored = []
    for model, file in OFFICIAL.items():
        tell(f"official draws: {model}")
        table, _ = read_table(_there(data / file))
        for window in map(Window, TEST_WINDOWS):
            draws = draws_of(table, window=window, areas=areas, file=data / file)
            scored.append(_official(model, draws, actuals, window=window, areas=areas))
    tell(f"our models: {', '.join(OURS)}")
    ours = [
        Entered(name, window, history.until(window.origin), actuals, areas)
        for name in OURS for window in map(Window, TEST_WINDOWS)
    ]  # fmt: skip
    made = parcelled(Entered.scored, ours)
    scored += [one for one, _ in made]
    return ViewsBenchmark(
        tuple(scored), _published(data / PUBLISHED),
        tuple(Compared(one, other, metric, difference(_of(scored, one), _of(scored, other), metric, seed=SEED))
              for one, other in COMPARED for metric in METRICS),
        peak_mb=max(_peak_mb(), *(peak for _, peak in made)),
    )  # fmt: skip


def _there(path: Path) -> Path:
    if not path.is_file():
        raise FileProblem("a file of the benchmark is missing", where=Where(path), hint="see docs/benchmarks.md")
    return path


def _of(scored: list[Scored], model: str) -> list[Scores]:
    return [s.scores for s in scored if s.model == model]


def _score(draws: NDArray[np.int32], actuals: pl.DataFrame, window: Window, areas: Areas) -> Scores:
    came, known = actuals_of(
        actuals, months=window.months, areas=areas, area_column="country_id", value_column="outcome"
    )
    return score_draws(draws, came, seed=SEED, known=known)


def _official(model: str, draws: NDArray[np.int32], actuals: pl.DataFrame, *, window: Window, areas: Areas) -> Scored:
    begin = perf_counter()
    scores = _score(draws, actuals, window, areas)
    return Scored(model, "official draws", window.year, scores, perf_counter() - begin)


@dataclass(frozen=True)
class Entered:
    """One of our models in one window, with all it may see."""

    name: str
    window: Window
    history: History
    actuals: pl.DataFrame
    areas: Areas

    def scored(self) -> tuple[Scored, float]:
        """Forecast and score; also the largest memory that the process held, in 10^6 bytes."""
        begin = perf_counter()
        forecast = make_forecast(
            self.history, model=model_named(OURS[self.name]), horizons=HORIZONS, draws=1000, seed=SEED
        )
        order = [forecast.areas.index(a) for a in self.areas]
        scores = _score(forecast.draws[order], self.actuals, self.window, self.areas)
        return Scored(self.name, "tocsin", self.window.year, scores, perf_counter() - begin), _peak_mb()


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _published(path: Path) -> dict[tuple[str, int], dict[str, float]]:
    table, _ = read_table(_there(path))
    names = {published: ours for ours, published in PUBLISHED_NAMES.items()}
    return {
        (names[row["model"]], row["window"] or 0): {key: row[key] for key in ("crps", "ign", "mis")}
        for row in table.iter_rows(named=True)
        if row["level"] == "cm" and row["model"] in names
    }
