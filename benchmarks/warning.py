"""Early warning at a budget: the tables of docs/benchmarks/warning.md, made again.

    python benchmarks/warning.py                         # origins to 2016-10, about 140 s of one core's work
    python benchmarks/warning.py --series within         # another series that ships
    python benchmarks/warning.py --read warning.json     # from what `tocsin benchmark warning --json` printed

Prints Markdown, with the machine and the versions it was made by. Origins after 2016 are scored only with --judge-through.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from pathlib import Path
from typing import Any

import numpy as np
import sklearn

import tocsin
from tocsin.api.benchmark_warning import benchmark_warning
from tocsin.vocabulary import Month

BUDGET = 10
CLOSE = (("escalation_within_6", 0), ("total25_within_6", 12))
"""Questions whose budgets, values and areas are told in full."""


def main() -> None:
    """Make the tables and print them."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--series", default="sb", help="sb, within or all")
    asked.add_argument("--judge-through", help="the last origin of the span that judges, as 2020-12")
    asked.add_argument("--read", type=Path, help="print the tables of a JSON file instead")
    given = asked.parse_args()
    said = (
        json.loads(given.read.read_text(encoding="utf-8")) if given.read else _made(given.series, given.judge_through)
    )
    print(_versions(said))
    for span in (s for s in said["spans"] if s["origins"]):
        print(f"\n## Origins {span['first']} to {span['last']}, {span['origins']} of them: {span['words']}")
        _tables(said, span["name"])


def _made(series: str, judge_through: str | None) -> dict[str, Any]:
    through = Month.parse(judge_through) if judge_through else None
    return benchmark_warning(
        series=series, judge_through=through, tell=lambda words: print(words, file=sys.stderr)
    ).as_dict()


def _versions(said: dict[str, Any]) -> str:
    seconds = ", ".join(f"{one['model']} {one['s']:.0f} s" for one in said["seconds"])
    return (
        f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, scikit-learn {sklearn.__version__}, numpy "
        f"{np.__version__}, {platform.machine()}. Series {said['series']} ({said['target']}, {said['vintage']}); "
        f"{said['draws']} draws, seed {said['seed']}, an origin every {said['step_months']} months, learned anew every "
        f"{said['refit_months']}. Wall clock: {seconds}; peak memory {said['peak_memory_mb']} MB."
    )


def _tables(said: dict[str, Any], span: str) -> None:
    rows = [r for r in said["rows"] if r["span"] == span]
    whole = [r for r in rows if r["region"] == "all"]
    _rows(f"All countries, {BUDGET} alerts", [r for r in whole if not r["peace"] and r["budget"] == BUDGET])
    _rows(
        f"Hard onsets, {BUDGET} alerts among countries at peace",
        [r for r in whole if r["peace"] and r["budget"] == BUDGET],
    )
    for key, peace in CLOSE:
        of = [r for r in rows if (r["key"], r["peace"]) == (key, peace)]
        _rows(f"{_name(key, peace)}, by budget", [r for r in of if r["region"] == "all"], column="budget")
        _rows(
            f"{_name(key, peace)}, by region, {BUDGET} alerts over all",
            [r for r in of if r["region"] != "all" and r["budget"] == BUDGET], column="region",
        )  # fmt: skip
        _worth(
            f"{_name(key, peace)}, value",
            [v for v in said["values"] if (v["span"], v["key"], v["peace"]) == (span, key, peace)],
        )
        _areas(f"{_name(key, peace)}, who was alerted most, {BUDGET} alerts", of)
    _differences(said, span)


def _name(key: str, peace: int) -> str:
    return f"{key} after {peace} months of peace" if peace else key


def _rows(title: str, rows: list[dict[str, Any]], *, column: str = "") -> None:
    print(f"\n### {title}\n")
    head = [
        "question",
        *([column] if column else []),
        "model",
        "alerts",
        "hits",
        "base rate",
        "precision",
        "cases",
        "recall",
    ]
    _line([*head, "median lead", "false alarms an area-year"])
    _line(["---"] * (len(head) + 2))
    for r in sorted(
        rows, key=lambda r: (r["peace"], r["key"].split("_")[0], r["months"], str(r.get(column, "")).zfill(3))
    ):
        rate = "" if r["base_rate"] is None else f"{r['base_rate']:.4f}"
        begin = [_name(r["key"], r["peace"]), *([str(r[column])] if column else []), r["model"]]
        _line([*begin, r["alerts"], r["hits"], rate, _told(r["precision"]), r["cases"], _told(r["recall"], 2),
               _told(r["median_lead"], 1), _told(r["false_alarms"])])  # fmt: skip


def _worth(title: str, points: list[dict[str, Any]]) -> None:
    print(f"\n### {title}\n")
    models = list(dict.fromkeys(p["model"] for p in points))
    _line(["cost/loss", *(f"{m}, {how}" for m in models for how in ("stated", "chosen"))])
    _line(["---"] * (1 + 2 * len(models)))
    for ratio in dict.fromkeys(p["ratio"] for p in points):
        at = {p["model"]: p for p in points if p["ratio"] == ratio}
        _line([ratio, *(_told(at[m][how], 2) for m in models for how in ("stated", "chosen"))])


def _areas(title: str, rows: list[dict[str, Any]]) -> None:
    print(f"\n### {title}\n")
    _line(["model", "alerts and hits of the ten alerted most"])
    _line(["---", "---"])
    for r in (r for r in rows if r["region"] == "all" and r["budget"] == BUDGET):
        _line([r["model"], ", ".join(f"{a['name']} {a['alerts']}/{a['hits']}" for a in r["areas"][:10]) or "nobody"])


def _differences(said: dict[str, Any], span: str) -> None:
    print(f"\n### Less months since the last death, {BUDGET} alerts\n")
    _line(["question", "model", "precision", "recall"])
    _line(["---"] * 4)
    mine = [d for d in said["differences"] if d["span"] == span and d["budget"] == BUDGET]
    for d in sorted(mine, key=lambda d: (d["peace"], d["key"].split("_")[0], int(d["key"].rsplit("_", 1)[1]))):
        _line([_name(d["key"], d["peace"]), d["model"], _told(d["precision"], 3, "+"), _told(d["recall"], 2, "+")])


def _told(bounds: dict[str, float] | None, digits: int = 3, sign: str = "") -> str:
    if bounds is None:
        return "none"
    value, lower, upper = (f"{round(bounds[k], digits) + 0.0:{sign}.{digits}f}" for k in ("value", "lower", "upper"))
    return f"{value} [{lower}, {upper}]"


def _line(cells: list[object]) -> None:
    print(f"| {' | '.join(map(str, cells))} |")


if __name__ == "__main__":
    main()
