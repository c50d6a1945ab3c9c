"""Commands: benchmark."""

from dataclasses import asdict
from pathlib import Path

from cyclopts import App
from rich.table import Table

from tocsin.api.benchmark import ViewsBenchmark, benchmark_views
from tocsin.api.benchmark_reach import benchmark_reach
from tocsin.api.benchmark_screening import PLAIN_PROBES, SEED, Measured, benchmark_screening
from tocsin.api.benchmark_siting import SECONDS, SitingRow, benchmark_siting
from tocsin.cli.app import err, out, print_json
from tocsin.cli.benchmark_options import options
from tocsin.cli.benchmark_record import record
from tocsin.cli.benchmark_settle import settle
from tocsin.cli.benchmark_warning import warning
from tocsin.cli.machines import on_machines

benchmark = App(name="benchmark", help="Published benchmarks made again, beside ours, in one run.")
benchmark.command(record)
benchmark.command(settle)
benchmark.command(options)
benchmark.command(warning)


@benchmark.command
def views(*, data: Path, cluster: str | None = None, json: bool = False) -> None:
    """The VIEWS prediction challenge, countries, windows 2018-2021: official draws recomputed, and ours beside them.

    Example: tocsin benchmark views --data benchmarks/ --json

    Args:
        data: the folder with the challenge's files.
        cluster: address of an existing Dask scheduler whose workers make our forecasts, as tcp://10.0.0.5:8786; this
            machine if not given. The numbers are the same.
        json: print JSON.
    """
    with on_machines(cluster):
        done = benchmark_views(data, tell=lambda words: err.print(words) if err.is_terminal else None)
    if json:
        print_json({
            "vintage": "challenge v1 (2023)", "seed": 1, "peak_memory_mb": round(done.peak_mb),
            "rows": done.rows(),
            "differences": [one.as_dict() for one in done.differences],
        })  # fmt: skip
        return
    out.print(_table(done))
    for one in done.differences:
        if b := one.bounds:
            words = f"{one.ours} less {one.theirs}, {one.metric}"
            out.print(f"{words}: {b.value:+.4f} [{b.lower:+.4f}, {b.upper:+.4f}]")
    out.print(f"peak memory {done.peak_mb:,.0f} MB; intervals: bootstrap over countries, 95 %")


@benchmark.command(name="siting")
def siting_problems(*, data: Path, seconds: float = SECONDS, json: bool = False) -> None:
    """Published siting problems solved to proven optima: p-median (OR-Library) and maximal covering (SJC).

    Example: tocsin benchmark siting --data ../shared/data/oracles --json

    Args:
        data: the folder: pmed*.txt with pmedopt.txt, SJC*.txt with demand-SJC*.dat.
        seconds: time limit for each problem; what is not proven by then says so, with its bound.
        json: print JSON.
    """
    rows = benchmark_siting(data, seconds=seconds, tell=lambda words: err.print(words) if err.is_terminal else None)
    if json:
        print_json({"rows": [row.as_dict() for row in rows]})
        return
    out.print(_siting_table(rows))


@benchmark.command
def reach(*, events: Path | None = None, json: bool = False) -> None:
    """Deaths within reach of NATO Mission Iraq's three sites: from events, from what ships, by plain arithmetic.

    Example: tocsin benchmark reach --events ged_iraq.parquet --json

    Args:
        events: a UCDP GED file that holds Iraq 2017-2018; without it only the points that ship are used.
        json: print JSON.
    """
    rows = [row.as_dict() for row in benchmark_reach(events)]
    if json:
        print_json({"rows": rows})
        return
    table = Table(title="Share of deaths within reach of three sites, percent")
    for name in rows[0]:
        table.add_column(name.replace("_", " "), justify="right")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    out.print(table)


@benchmark.command
def screening(
    *, data: Path, aliases: int = 3000, misses: int = 2000, seed: int = SEED, plain: int = PLAIN_PROBES,
    json: bool = False,
) -> None:  # fmt: skip
    """Designation lists searched for aliases taken out of them in turn, and for near-miss names that none has.

    Example: tocsin benchmark screening --data ../shared/data/designations --json

    Args:
        data: the folder with the lists.
        aliases: aliases asked, each taken out of the index.
        misses: near-miss names asked.
        seed: of the samples.
        plain: how many of the names rapidfuzz alone is asked too, which takes most of the time; 0 for none.
        json: print JSON.
    """
    done = benchmark_screening(
        data, aliases=aliases, misses=misses, seed=seed, plain=plain,
        tell=lambda words: err.print(words) if err.is_terminal else None,
    )  # fmt: skip
    if json:
        print_json(asdict(done) | {"seed": seed})
        return
    out.print(_screening_table((done.ours, done.respelt, *done.beside)))
    for half in done.half:
        recall, precision = ("unknown" if v is None else f"{v:.3f}" for v in (half.recall, half.precision))
        out.print(
            f"half of the words, {half.share}: recall {recall} at precision {precision}, {half.aliases:,} aliases"
        )
    out.print(f"near misses that are a listed name in another spelling: {done.respelt_near_misses:,}")
    out.print(
        f"{done.names:,} names, read and indexed in {done.load_s:.1f} s; {done.names_per_s:,.0f} names a second; "
        f"peak memory {done.peak_mb:,.0f} MB; the rows after the second: {done.beside_names} of the names"
    )


def _screening_table(rows: tuple[Measured, ...]) -> Table:
    table = Table(title="Aliases found by words shared with the entry's other names, and how often a hit is right")
    shown = ("method", "threshold", "recall >= .5", "recall < .5", "precision", "any", "precision >= .5")
    for name in shown:
        table.add_column(name, justify="left" if name == "method" else "right")
    for m in rows:
        numbers = (m.recall_half, m.recall_rest, m.precision, m.precision_any, m.precision_half)
        table.add_row(m.method, f"{m.threshold:.2f}", *("unknown" if v is None else f"{v:.3f}" for v in numbers))
    return table


def _siting_table(rows: tuple[SitingRow, ...]) -> Table:
    table = Table(title="Siting: exact optima beside the published ones and a greedy interchange heuristic")
    for name in ("problem", "places", "sites", "optimum", "published", "exact", "proven", "bound", "heuristic", "s"):
        table.add_column(name, justify="left" if name in {"problem", "exact", "proven"} else "right")
    for row in rows:
        solved, known = row.solved, "unknown" if row.published is None else f"{row.published:,.0f}"
        table.add_row(
            f"{row.family} {row.instance}", str(row.n), str(row.p), f"{solved.objective:,.0f}", known,
            {True: "yes", False: "no", None: "unknown"}[row.exact], "yes" if solved.proven else "no",
            f"{solved.bound:,.1f}", f"{solved.heuristic:,.0f}", f"{row.seconds:.1f}",
        )  # fmt: skip
    return table


def _table(done: ViewsBenchmark) -> Table:
    table = Table(title="VIEWS challenge, countries, first-issued (v1, 2023) actuals")
    names = ("model", "by", "window", "crps", "log_crps", "ign", "mis", "ap25", "coverage90_deaths", "draws", "seconds",
             "published crps")  # fmt: skip
    for name in names:
        table.add_column(name, justify="left" if name in {"model", "by"} else "right")
    for row in done.rows():
        published = row["published"]
        assert isinstance(published, dict)
        cells = [row[name] for name in names[:-1]] + [published.get("crps", "")]
        table.add_row(*(f"{c:.3f}" if isinstance(c, float) else str(c) for c in cells))
    return table
