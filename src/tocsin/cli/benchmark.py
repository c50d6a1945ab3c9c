"""Commands: benchmark."""

from pathlib import Path

from cyclopts import App
from rich.table import Table

from tocsin.api.benchmark import ViewsBenchmark, benchmark_views
from tocsin.cli.app import err, out, print_json

benchmark = App(name="benchmark", help="Published benchmarks made again, beside ours, in one run.")


@benchmark.command
def views(*, data: Path, json: bool = False) -> None:
    """The VIEWS prediction challenge, countries, windows 2018-2021: official draws recomputed, and ours beside them.

    Example: tocsin benchmark views --data benchmarks/ --json

    Args:
        data: the folder with the challenge's files.
        json: print JSON.
    """
    done = benchmark_views(data, tell=lambda words: err.print(words) if err.is_terminal else None)
    if json:
        print_json({
            "vintage": "challenge v1 (2023)", "seed": 1, "peak_memory_mb": round(done.peak_mb),
            "rows": done.rows(),
            "differences": [
                {"metric": metric, "ours": "quantile_forest", "theirs": "conflictology_1000",
                 **({"value": b.value, "lower": b.lower, "upper": b.upper} if b else {"value": None})}
                for metric, b in done.differences.items()
            ],
        })  # fmt: skip
        return
    out.print(_table(done))
    for metric, b in done.differences.items():
        if b:
            out.print(
                f"quantile_forest less conflictology_1000, {metric}: {b.value:+.4f} [{b.lower:+.4f}, {b.upper:+.4f}]"
            )
    out.print(f"peak memory {done.peak_mb:,.0f} MB; intervals: bootstrap over countries, 95 %")


def _table(done: ViewsBenchmark) -> Table:
    table = Table(title="VIEWS challenge, countries, first-issued (v1, 2023) actuals")
    names = ("model", "by", "window", "crps", "log_crps", "ign", "mis", "ap25", "draws", "seconds", "published crps")
    for name in names:
        table.add_column(name, justify="left" if name in {"model", "by"} else "right")
    for row in done.rows():
        published = row["published"]
        assert isinstance(published, dict)
        cells = [row[name] for name in names[:-1]] + [published.get("crps", "")]
        table.add_row(*(f"{c:.3f}" if isinstance(c, float) else str(c) for c in cells))
    return table
