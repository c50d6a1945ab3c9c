"""Command: benchmark options."""

from pathlib import Path

from tocsin.api.benchmark_options import benchmark_options
from tocsin.cli.app import out, print_json
from tocsin.cli.printing import row, table


def options(*, data: Path, json: bool = False) -> None:
    """PRIM on Bryant and Lempert's data; weightings, ranks, regret, dominance and futures against figures worked by hand.

    Example: tocsin benchmark options --data ../shared/data/oracles --json

    Args:
        data: the folder with bryant_lempert_2010.csv.
        json: print JSON.
    """
    rows = benchmark_options(data)
    if json:
        print_json({"rows": [found.as_dict() for found in rows]})
        return
    made = table(
        "Options: published and hand-worked figures, and ours", "part", "figure", "expected", "ours", "passes", "by"
    )
    for found in rows:
        row(
            made, found.part, found.figure, _figure(found.expected), _figure(found.ours), "yes" if found.ok else "no",
            found.source,
        )  # fmt: skip
    out.print(made)


def _figure(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.4f}"
