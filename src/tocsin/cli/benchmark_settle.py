"""Command: benchmark settle."""

import re
from pathlib import Path

from rich.table import Table

from tocsin.api.benchmark_settle import THIRDS, WHOLE_SET_MAE, Figure, SettleBenchmark, benchmark_settle
from tocsin.api.shapes.plain import as_plain
from tocsin.cli.app import err, out, print_json
from tocsin.cli.printing import UNKNOWN, row, say, table
from tocsin.decide.settlement.compare import ModelScore
from tocsin.scores import Bounds

GROUPS = {"all": "all issues", "unanimity": "the Council unanimous", "majority": "by qualified majority",
          "reversion known": "issues whose reversion is known"}  # fmt: skip


NUMBERED = re.compile(r",? (round|option) \d+")
"""What tells the figures of one series apart."""


def settle(*, data: Path, json: bool = False) -> None:
    """Models of settlement on laws of the European Union (DEU III), cross-validated by proposal, and printed examples.

    Example: tocsin benchmark settle --data ../shared/data/oracles --json

    Args:
        data: the folder: deu3_issues.tsv, ec1984_*.csv and .json, ktab_pce_3option.json.
        json: print JSON.
    """
    done = benchmark_settle(data, tell=lambda words: err.print(words) if err.is_terminal else None)
    if json:
        print_json(settle_as_json(done))
        return
    for group, words in GROUPS.items():
        out.print(_scores(f"Settlement on DEU III, {words}", [line for line in done.rows if line.by == group]))
    say(
        "Points of a scale of 0 to 100; in brackets 95 % intervals, proposals drawn anew. MAE: of the point. CRPS and cover: "
        "of the model's own distribution (own), or of its point with the errors it made in other folds (errors). Cover: share "
        "of outcomes in the central 80 % interval, both ends included; where much falls on 0 and 100 it may exceed 80 %."
    )
    for line in done.rows:
        if line.by in THIRDS:
            say(
                f"{line.model}, {line.by} ({line.n} issues): MAE {_two(line.mae)}, CRPS {_two(line.crps)}, "
                f"cover {_percent(line.cover80)}, width {_two(line.width80)}"
            )
    for end in done.ends:
        say(
            f"outcomes at exactly {end.point:g}: {_percent(end.came)}; tocsin gave that point {_percent(end.forecast)} on average"
        )
    for d in done.differences:
        say(f"{d.ours} less {d.theirs}, {d.metric.upper()}, {d.n} issues: {_signed(d.value)}")
    for deal in done.deals:
        say(
            f"folds dealt by seed {deal.seed}: MAE {_two(deal.mae)}, CRPS {_two(deal.crps)}, cover {_percent(deal.cover80)}"
        )
    out.print(_figures(done.figures))
    say(f"Issues: {done.citation}.")


def settle_as_json(done: SettleBenchmark) -> dict[str, object]:
    """The benchmark as one JSON document; errors in points of 0 to 100, cover80 a share."""
    return {
        "rows": [_row(line) for line in done.rows],
        "differences": [
            {"metric": d.metric, "ours": d.ours, "theirs": d.theirs, "n": d.n,
             "value": d.value.value if d.value else None, **_ends(d.value, "")}
            for d in done.differences
        ],
        "deals": as_plain(done.deals),
        "ends": as_plain(done.ends),
        "chosen": as_plain(done.chosen),
        "figures": [
            {"case": f.case, "what": f.what, "printed": f.printed, "ours": f.ours, "same": f.same, "source": f.source}
            for f in done.figures
        ],
        "citation": done.citation,
    }  # fmt: skip


def _row(line: ModelScore) -> dict[str, object]:
    return {
        "model": line.model, "by": line.by, "n": line.n, "proposals": line.proposals, "mae": line.mae, "crps": line.crps,
        "cover80": line.cover80, **_ends(line.mae_bounds, ""), **_ends(line.crps_bounds, "crps_"),
        "width80": line.width80, "crps_from": line.crps_from, "choices": line.choices,
        "whole_set_mae": WHOLE_SET_MAE.get(line.model) if line.by == "all" else None,
    }  # fmt: skip


def _ends(bounds: Bounds | None, prefix: str) -> dict[str, float | None]:
    return {
        f"{prefix}lower": bounds.lower if bounds else None,
        f"{prefix}upper": bounds.upper if bounds else None,
    }


def _scores(title: str, lines: list[ModelScore]) -> Table:
    whole = lines[0].by == "all"
    shown = table(
        title, "model", "n", "MAE", "CRPS", "of", "cover", "width", *(["MAE of all 351"] if whole else [])
    )  # fmt: skip
    shown.show_lines = False
    for line in lines:
        before = WHOLE_SET_MAE.get(line.model)
        row(
            shown, line.model, str(line.n), _with(line.mae, line.mae_bounds), _with(line.crps, line.crps_bounds),
            "own" if line.crps_from.startswith("its own") else "errors", _percent(line.cover80),
            UNKNOWN if line.width80 is None else f"{line.width80:.0f}",
            *(["" if before is None else f"{before:.2f}"] if whole else []),
        )  # fmt: skip
    return shown


def _figures(figures: tuple[Figure, ...]) -> Table:
    """One row a series: figures of the rounds of a model, or of the options of an election, side by side."""
    shown = table("Printed figures beside ours", "case", "figure", "printed", "ours", "same", "printed by")
    shown.show_lines = False
    series: dict[tuple[str, str, str], list[Figure]] = {}
    for f in figures:
        series.setdefault((f.case, NUMBERED.sub("", f.what), f.source), []).append(f)
    for (case, what, source), each in series.items():
        row(
            shown, case, what, " ".join(_as_printed(f.printed) for f in each), " ".join(_as_printed(f.ours) for f in each),
            _same(each), source,
        )  # fmt: skip
    return shown


def _same(figures: list[Figure]) -> str:
    if all(f.same is None for f in figures):
        return "only shown" if figures[0].ours is None else "only ours"
    return f"{sum(f.same is True for f in figures)} of {len(figures)}"


def _as_printed(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _two(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.2f}"


def _percent(value: float | None) -> str:
    return UNKNOWN if value is None else f"{100 * value:.0f} %"


def _with(value: float | None, bounds: Bounds | None) -> str:
    return _two(value) + (f" [{bounds.lower:.1f}, {bounds.upper:.1f}]" if bounds else "")


def _signed(bounds: Bounds | None) -> str:
    return UNKNOWN if bounds is None else f"{bounds.value:+.2f} [{bounds.lower:+.2f}, {bounds.upper:+.2f}]"
