"""The one app, how it prints, and the edge where errors become messages and exit codes."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from cyclopts import App, CycloptsError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

import tocsin
from tocsin.errors import TocsinError

GROUPS = ("case", "data", "fetch", "forecast", "score", "benchmark", "replay", "warn", "brief")
"""The files of this folder, each of which adds its commands to the app when it is imported."""

app = App(
    name="tocsin",
    help="Early warning and mission assessment for fragile states, from open sources, on one laptop.",
    version=tocsin.__version__,
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def print_json(value: object) -> None:
    """Print one JSON document on stdout; NaN and infinity are never written."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False, default=str) + "\n")


@contextmanager
def progress(words: str, *, total: float | None = None) -> Iterator[Progress]:
    """A progress bar on stderr, silent when stderr is not a terminal."""
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=err, transient=True,
                   disable=not err.is_terminal)  # fmt: skip
    with bar:
        bar.add_task(words, total=total)
        yield bar


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code: 0 done, 2 the input is wrong, 1 anything else."""
    for group in GROUPS:
        importlib.import_module(f"tocsin.cli.{group}")
    sys.exit(run(sys.argv[1:] if argv is None else argv))


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        result = app(argv, exit_on_error=False, print_error=False)
    except TocsinError as error:
        fail(error, as_json="--json" in argv)
        return error.exit_code
    except CycloptsError as error:
        err.print(f"[bold red]error:[/] {error}", soft_wrap=True)
        err.print(f"  hint: tocsin {' '.join(argv[:1])} --help", markup=False)
        return 2
    except KeyboardInterrupt:
        err.print("stopped; what was there before is untouched")
        return 1
    return result if isinstance(result, int) else 0


def fail(error: TocsinError, *, as_json: bool) -> None:
    """Print an error: words on stderr, and with --json its shape on stdout too."""
    err.print("[bold red]error:[/] ", end="")
    err.print(str(error), markup=False, soft_wrap=True)
    if as_json:
        print_json(error.as_dict())
