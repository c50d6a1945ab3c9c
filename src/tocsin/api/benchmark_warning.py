"""Early warning as analysts need it, measured: models and a plain ranking side by side over rolling origins."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.api.series import country_names, country_neighbours, history_of_series, with_drivers
from tocsin.assess.early_warning import REFIT_MONTHS, Judged, asked_of, model_answers, ranking_answers, value_points
from tocsin.assess.warning_rows import Against, Row, Span, WarningBenchmark, Worth
from tocsin.errors import OutOfRange, UnknownName, Where
from tocsin.forecast.contract import model_named, models
from tocsin.forecast.make import check_draws
from tocsin.panel.making import panel_of_series
from tocsin.sources.starter import starter_card, starter_table
from tocsin.vocabulary import AreaIds, Month
from tocsin.vocabulary.month import checked_horizons
from tocsin.warn.early import difference, scored
from tocsin.warn.hard import PEACE, Onset
from tocsin.warn.months_since import months_since_death
from tocsin.warn.question import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from tocsin.assess.early_warning import Asked
    from tocsin.panel.history import History
    from tocsin.warn.early import Caught
    from tocsin.warn.record import Answers

    Key = tuple[Question, int, int]

BUDGETS = (5, 10, 20)
WINDOWS = (3, 6, 12)
THRESHOLDS = (25, 100)
RANKINGS = {"months_since_death": months_since_death}
MODELS = ("quantile_forest", "negative_binomial", "conflictology", "months_since_death")
STEP = 3
DRAWS = 300
SEED = 1
EVERYWHERE = "all"
BESIDE = "months_since_death"
"""The ranking that every model is laid beside."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A series that ships: its table, its columns, and whose ids they are."""

    table: str
    area: str
    value: str
    ids: AreaIds


SERIES = {
    "sb": Shipped("country_month_sb", "country_id", "deaths_sb", AreaIds.VIEWS),
    "within": Shipped("country_month_within", "gwcode", "deaths_all_within", AreaIds.GW),
    "all": Shipped("country_month_all", "iso3", "deaths_all", AreaIds.ISO3),
}
"""State-based deaths 1990-2021; events within a month 1989-2024; all types 2010-2024."""


CHOOSING = (Month.of(2006, 1), Month.of(2016, 12))
JUDGING = Month.of(2017, 12)
WORDS = {
    "choosing": "every window closes before 2018; models and their settings were chosen on these years",
    "judging": "every window opens in 2018 or later; nothing was chosen on them",
}


def benchmark_warning(
    *, series: str = "sb", data: Path | None = None, named: Sequence[str] = MODELS, budgets: Sequence[int] = BUDGETS,
    windows: Sequence[int] = WINDOWS, judge_through: Month | None = None, draws: int = DRAWS, seed: int = SEED,
    tell: Callable[[str], None] = lambda _: None,
) -> WarningBenchmark:  # fmt: skip
    """Backtest warnings and count what came of them.

    Args:
        series: a series that ships: `sb`, `within` or `all`.
        data: a series file of one's own instead.
        named: registered models, or `months_since_death`.
        budgets: alerts at each origin.
        windows: months ahead asked about.
        judge_through: the last origin of the judging span; without it that span is not scored.
        draws: draws of each forecast.
        seed: the seed.
        tell: told what is being done.

    Raises:
        UnknownName: no series or model has that name.
        OutOfRange: a budget, a window, draws or seed make no sense, no origin lies within `judge_through`, or the
            series is too short for any.
    """
    _check(named, budgets, windows, draws, seed)
    truth = history_of_series(data) if data else shipped_history(series)
    spans = _spans(truth, named, judge_through=judge_through, longest=max(windows))
    if not any(span.origins for span in spans):
        raise OutOfRange(
            f"the series has no origin to score: it runs from {truth.first} to {truth.origin}",
            where=Where(data) if data else None,
            hint="origins lie from 2006-01 to 2016-12; for later ones say --judge-through 2020-12",
        )
    seconds: dict[str, float] = dict.fromkeys(named, 0.0)
    rows: list[Row] = []
    differences: list[Against] = []
    values: list[Worth] = []
    for span in (s for s in spans if s.origins):
        asked = _asked(truth, span, windows)
        beside: dict[Key, Caught] = {}
        for name in sorted(named, key=lambda n: n != BESIDE):
            tell(f"{name}: {len(span.origins)} origins, {span.origins[0]} to {span.origins[-1]}")
            began = perf_counter()
            said = _answers(truth, span, name, asked, draws=draws, seed=seed)
            judged = [Judged.of(said[one.question.key], one) for one in asked]
            found = {(j.asked.question, j.asked.peace, b): j.caught(b) for j in judged for b in budgets}
            beside = found if name == BESIDE else beside
            rows += [row for j in judged for row in _rows(truth, span, name, j, found)]
            differences += [
                Against(span.name, name, *key, difference(found[key], beside[key])) for key in beside if name != BESIDE
            ]
            values += [point for j in judged for point in _values(span, name, j)]
            seconds[name] += perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return WarningBenchmark(
        series=data.name if data else series, target=truth.target, vintage=truth.vintage, spans=spans, rows=tuple(rows),
        differences=tuple(differences), values=tuple(values), draws=draws, seed=seed, step=STEP, refit=REFIT_MONTHS,
        seconds=seconds, peak_mb=peak,
    )  # fmt: skip


def shipped_history(series: str) -> History:
    """The whole history of a series that ships.

    Raises:
        UnknownName: no series has that name.
    """
    if series not in SERIES:
        raise UnknownName.of("series", series, SERIES)
    ships = SERIES[series]
    table = starter_table(ships.table).rename({ships.area: "area", ships.value: "value"})
    vintage = starter_card(ships.table).vintage
    panel = panel_of_series(table, ids=ships.ids, target=ships.value, vintage=vintage)
    return with_drivers(
        panel.history(
            target=ships.value, origin=panel.last, neighbours=country_neighbours(ships.ids, panel.last),
            names=country_names(ships.ids),
        )
    )  # fmt: skip


def _check(
    named: Sequence[str], budgets: Sequence[int], windows: Sequence[int], draws: int, seed: int
) -> None:  # fmt: skip
    if not named:
        raise OutOfRange("no model is named", hint="as in --model quantile_forest")
    known = {**RANKINGS, **models()}
    for name in named:
        if name not in known:
            raise UnknownName.of("model", name, known)
    if wrong := [b for b in budgets if b < 1]:
        raise OutOfRange(f"a budget of {wrong[0]} alerts", hint="say 1 or more, as in --budget 10")
    checked_horizons(list(windows), hint="say how many months ahead, as in --within 6")
    check_draws(draws, seed=seed)


def _spans(
    truth: History, named: Sequence[str], *, judge_through: Month | None, longest: int
) -> tuple[Span, Span]:  # fmt: skip
    needs = max(model_named(name).contract.needs for name in named if name not in RANKINGS) if _drawn(named) else 12
    answered = truth.origin - longest
    first, last = max(CHOOSING[0], truth.first + (needs - 1)), min(CHOOSING[1], JUDGING - longest, answered)
    begin = max(JUDGING, truth.first + (needs - 1))
    end = min(judge_through, answered) if judge_through else None
    if end is not None and end < begin:
        raise OutOfRange(
            f"no origin can be judged through {judge_through}",
            hint=f"origins that judge begin with {begin}, and the last that the series answers is {answered}",
        )
    return (
        Span("choosing", WORDS["choosing"], _every(first, last)),
        Span("judging", WORDS["judging"], _every(begin, end) if end else ()),
    )


def _drawn(named: Sequence[str]) -> bool:
    return any(name not in RANKINGS for name in named)


def _every(first: Month, last: Month) -> tuple[Month, ...]:
    return tuple(first + i for i in range(0, last - first + 1, STEP))


def _asked(truth: History, span: Span, windows: Sequence[int]) -> tuple[Asked, ...]:
    everywhere = [Question(w, t) for w in windows for t in (None, *THRESHOLDS)]
    hard = [(Onset(w), peace) for peace in PEACE for w in windows]
    return tuple(
        asked_of(q, peace=peace, origins=span.origins, truth=truth, as_known_on=truth.until)
        for q, peace in (*((q, 0) for q in everywhere), *hard)
    )


def _answers(
    truth: History, span: Span, name: str, asked: Sequence[Asked], *, draws: int, seed: int
) -> dict[str, Answers]:  # fmt: skip
    questions = list({one.question.key: one.question for one in asked}.values())
    if name in RANKINGS:
        return ranking_answers(
            truth.until, score=RANKINGS[name], origins=span.origins, questions=questions, truth=truth
        )  # fmt: skip
    return model_answers(
        truth.until, model=model_named(name), origins=span.origins, questions=questions, truth=truth, draws=draws,
        seed=seed,
    )  # fmt: skip


def _rows(truth: History, span: Span, name: str, judged: Judged, found: Mapping[Key, Caught]) -> Iterator[Row]:
    where, (question, peace) = regions(truth), (judged.asked.question, judged.asked.peace)
    for budget in (b for q, p, b in found if (q, p) == (question, peace)):
        one = found[question, peace, budget]
        areas = tuple(
            {"area": a, "name": truth.names[truth.areas.index(a)], "alerts": o.alerts, "hits": o.hits}
            for a, o in sorted(judged.own(budget).items(), key=lambda x: (-x[1].alerts, x[0]))
        )
        yield Row(span.name, name, question, peace, EVERYWHERE, budget, scored(one), areas)
        for region, of in where.items():
            yield Row(span.name, name, question, peace, region, budget, scored(one.among(of)), ())


def regions(history: History) -> dict[str, NDArray[np.bool_]]:
    """Which areas lie in each region, by the names the table of countries gives them; none where areas are no countries."""
    table = starter_table("countries")
    column = {AreaIds.VIEWS: "views_id", AreaIds.GW: "gwcode", AreaIds.ISO3: "iso3"}.get(history.ids)
    if column is None:
        return {}
    region = dict(zip(table[column].cast(pl.String).to_list(), table["region"].to_list(), strict=True))
    found = np.array([region.get(a) or "none" for a in history.areas])
    return {name: found == name for name in sorted(set(found.tolist()))}


def _values(span: Span, name: str, judged: Judged) -> Iterator[Worth]:
    for point in value_points(judged.answers, probabilities=name not in RANKINGS):
        yield Worth(
            span.name, name, judged.asked.question, judged.asked.peace, point.ratio, point.stated, point.chosen
        )  # fmt: skip
