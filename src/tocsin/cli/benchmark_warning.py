"""Command: benchmark warning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.api.benchmark_warning import BUDGETS, DRAWS, EVERYWHERE, MODELS, SEED, WINDOWS, benchmark_warning
from tocsin.cli.app import err, out, print_json
from tocsin.cli.machines import on_machines
from tocsin.cli.printing import row, say, table
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from tocsin.assess.warning_rows import Row, WarningBenchmark
    from tocsin.scores import Bounds

NONE = "none"


def warning(
    *, data: Path | None = None, series: str = "sb", model: list[str] | None = None, budget: list[int] | None = None,
    within: list[int] | None = None, judge_through: str | None = None, draws: int = DRAWS, seed: int = SEED,
    cluster: str | None = None, json: bool = False,
) -> None:  # fmt: skip
    """Alerts at a budget over rolling origins: recall, precision, lead, false alarms, and the value of acting on them.

    Example: tocsin benchmark warning --model negative_binomial --budget 10

    Args:
        data: a series file of your own: month_id, an area column and the deaths.
        series: or one that ships: sb (state-based, 1990-2021), within (events within a month, 1989-2024), all (2010-2024).
        model: a registered model, or months_since_death; several may be given.
        budget: alerts at each origin; several may be given.
        within: months ahead asked about; several may be given.
        judge_through: the last origin of the span that judges, as 2020-12; without it that span is not scored.
        draws: draws of each forecast.
        seed: the same seed gives the same draws.
        cluster: address of an existing Dask scheduler whose workers make the backtests, as tcp://10.0.0.5:8786; this
            machine if not given. The numbers are the same.
        json: print JSON: also regions, and every area's own alerts and hits.
    """
    with on_machines(cluster):
        done = benchmark_warning(
            series=series, data=data, named=tuple(dict.fromkeys(model or MODELS)),
            budgets=tuple(dict.fromkeys(budget or BUDGETS)), windows=tuple(dict.fromkeys(within or WINDOWS)),
            judge_through=Month.parse(judge_through) if judge_through else None, draws=draws, seed=seed,
            tell=lambda words: err.print(words) if err.is_terminal else None,
        )  # fmt: skip
    if json:
        print_json(done.as_dict())
        return
    for span in done.spans:
        scored = (
            f"{len(span.origins)} origins, {span.origins[0]} to {span.origins[-1]}" if span.origins else "not scored"
        )
        say(f"{span.name}: {scored}; {span.words}")
        if span.origins:
            _show(done, span.name)
    say(
        f"{done.target}, {done.vintage}; {done.draws} draws, seed {done.seed}, learned anew every {done.refit} months; "
        f"intervals: bootstrap over areas, 95 %; peak memory {done.peak_mb:,.0f} MB"
    )


def _show(done: WarningBenchmark, span: str) -> None:
    mine = [r for r in done.rows if r.span == span and r.region == EVERYWHERE]
    for question, peace in dict.fromkeys((r.question, r.peace) for r in mine):
        after = f", after {peace} months without a death" if peace else ""
        made = table(
            f"{question.words.split(' (')[0]}{after}",
            "model", "alerts an origin", "precision", "base rate", "cases", "recall", "median lead", "false alarms an area-year",
        )  # fmt: skip
        for r in (r for r in mine if r.question == question and r.peace == peace):
            row(made, *_cells(r))
        out.print(made)
        _show_value(done, span, question.key, peace)


def _cells(r: Row) -> tuple[str, ...]:
    f = r.found
    return (
        r.model, str(r.budget), _told(f.precision), NONE if f.base_rate is None else f"{f.base_rate:.4f}", str(f.cases),
        _told(f.recall), _told(f.median_lead, digits=1), _told(f.false_alarms),
    )  # fmt: skip


def _told(bounds: Bounds | None, *, digits: int = 3) -> str:
    """A figure with its interval; a word where there is nothing to count."""
    if bounds is None:
        return NONE
    value, lower, upper = (round(x, digits) + 0.0 for x in (bounds.value, bounds.lower, bounds.upper))
    return f"{value:.{digits}f} [{lower:.{digits}f}, {upper:.{digits}f}]"


def _show_value(done: WarningBenchmark, span: str, key: str, peace: int) -> None:
    """Where on the curve a model is worth most, in a line a model."""
    points = [v for v in done.values if (v.span, v.question.key, v.peace) == (span, key, peace)]
    for name in dict.fromkeys(v.model for v in points):
        known = [(v.chosen, v.ratio) for v in points if v.model == name and v.chosen is not None]
        if known:
            best, ratio = max(known, key=lambda x: x[0].value)
            say(
                f"{name}: value at most {_told(best, digits=2)}, at cost/loss {ratio:g}, thresholds chosen on earlier answers"
            )
