"""The one app, its commands, how it prints, and the edge where errors become messages and exit codes."""

from __future__ import annotations

import json
import os
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from cyclopts import App, CycloptsError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

import tocsin
from tocsin.cli.shown import seen
from tocsin.errors import InputError, TocsinError, Where

COMMANDS = {
    "new": (
        "case:new",
        "Write a new case: a folder with a commented case.toml and a table for everything it can hold.",
    ),
    "check": ("case:check", "Check a case whole: file, row, column, problem and mend of everything that is wrong."),
    "case": ("case_file:case", "A case as one file: out of here, and into somebody else's Tocsin."),
    "data": ("data:data", "The starter set: figures that ship with Tocsin, each with its card."),
    "fetch": ("fetch:fetch", "Download from a publisher: resumable, verified, polite."),
    "forecast": ("forecast:forecast_command", "Forecast deaths by area and month as draws, and write them to a file."),
    "score": ("score:score", "Score a forecast file against what came."),
    "benchmark": ("benchmark:benchmark", "Published benchmarks made again, beside ours, in one run."),
    "replay": (
        "replay:replay",
        "What would have been said on a past date, beside what came or beside today's figures.",
    ),
    "warn": ("warn:warn", "Warnings for all countries: ranked, explained, with their track record."),
    "profile": (
        "profile:profile",
        "The slow drivers of a country's fragility: level, trend, standing, and what such conditions were followed by.",
    ),
    "onsets": (
        "onsets:onsets",
        "Countries at peace, ranked by the probability of an onset, and how such rankings fared.",
    ),
    "assess": ("assess:assess", "Everything found of a mission, in one document: reach to transfer, no score."),
    "missions": (
        "missions:missions",
        "Missions side by side: mandate and its end, strength, need, what depends on them.",
    ),
    "reach": (
        "reach:reach",
        "What lies within reach of a mission's sites: over distance, over time, with its intervals.",
    ),
    "gap": ("gap:gap", "Province by province: need, who provides security, who engages whom, who is present."),
    "overlap": ("gap:overlap", "Function by institution by province: uncovered, single, complementary or duplicate."),
    "instruments": (
        "instruments:instruments",
        "Drivers and armed actors against the instruments in place, and who holds them.",
    ),
    "progress": ("progress:progress", "Observations beside baseline and target, by level of result."),
    "fit": ("progress:fit", "Fit for purpose: criteria, verdicts, their evidence, and what would change them."),
    "effort": ("effort:effort", "People, money and time by line of effort, beside what they produced."),
    "siting": ("siting:siting", "Where sites would reach most: exact, with every plan nearly as good."),
    "transfer": ("transfer:transfer", "What a mission's model rests on, and whether it holds elsewhere."),
    "read": (
        "read:read",
        "Read a case's documents into its record: text, quotes, proposals; what is unchanged is not read again.",
    ),
    "record": ("record:record", "The record: search it, check its quotes, take it out as one file and put it back."),
    "review": (
        "review:review",
        "Look through what was proposed: accept, reject, correct, resolve; every decision keeps its reason.",
    ),
    "who": (
        "who:who",
        "Who held what, who answers to whom and which groups were where, as of a date; each with its quote.",
    ),
    "contradictions": ("who:contradictions", "Claims that exclude each other, both sides with their quotes."),
    "screen": ("screen:screen", "Compare names with the designation lists as of a date; a match is not a finding."),
    "settle": ("settle:settle", "Where parties will settle: one distribution, two ranges, what would change it."),
    "options": (
        "options:options",
        "Options compared over futures: thresholds, regret, weightings, what must be true.",
    ),
    "elicit": (
        "elicit:elicit",
        "Experts' ranges and orderings side by side: where they differ first; a form for each.",
    ),
    "judgements": (
        "judgements:judgements",
        "The judgement log: sealed entries, closed with what came, and scored.",
    ),
    "tripwires": (
        "tripwires:tripwires",
        "What a choice's tripwires say today, how often each would have fired, and whether it is in time.",
    ),
    "exits": ("missions:exits", "What followed when missions left, beside all country-years; and what studies found."),
    "brief": ("brief:brief", "Make a case's brief: brief.html, brief.pdf, forecast.parquet and warnings.json."),
    "backup": ("backup:backup", "Everything of one moment in one file: the team, and cases with their records."),
    "restore": ("backup:restore", "Put a backup back: all of it or nothing, every hash checked first."),
    "run": (
        "brief:run",
        "Check a case, then do everything it asks for: read, forecast, replay, warn, assess, settle, brief.",
    ),
    "editions": (
        "editions:editions",
        "The editions of a case: when each was made, how far its figures reach, and how much changed.",
    ),
    "changes": ("editions:changes", "What changed between two editions of a case, each change with what it rests on."),
    "serve": ("serve:serve", "Open the workbench: pages, an API and feeds of one case or several, on this machine."),
    "openapi": ("openapi:openapi", "Print the description of the workbench's API for programs: OpenAPI 3.1, as JSON."),
    "users": ("users:users", "Accounts of the workbench: who may come in, and what each may do."),
    "audit": ("users:audit", "The audit log: who did what; or whether every line is as it was written."),
    "watch": ("watch:watch", "Fetch, make again what changed, and ring: e-mail, webhook, feed; each alert once."),
    "alerts": ("alerts:alerts", "What the watch rang, and whether each channel took it; a test of the channels."),
    "demo": ("brief:demo", "The Iraq brief from the figures that ship, offline."),
}
"""Every command with the place it is imported from when it is used, and its line in the help."""

out = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
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
    signal.signal(signal.SIGTERM, _stop)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # libraries' warnings are for developers, who ask with python -W
        os.environ.setdefault("PYTHONWARNINGS", "ignore")  # so too in processes begun from here
    try:
        code = run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)


def app_for(argv: Sequence[str]) -> App:
    """The app, its commands imported only when used; the command asked for keeps the help of its docstring."""
    app = App(
        name="tocsin",
        help="Early warning and mission assessment for fragile states, from open sources, on one laptop.",
        version=tocsin.__version__,
        result_action="return_value",
        suppress_keyboard_interrupt=False,
    )
    for name, (place, line) in COMMANDS.items():
        app.command(f"tocsin.cli.{place}", name=name, help=None if name in argv[:1] else line)
    return app


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    as_json = "--json" in argv
    try:
        result = app_for(argv)(argv, exit_on_error=False, print_error=False)
    except TocsinError as error:
        return fail(error, as_json=as_json)
    except CycloptsError as error:
        command = f"{argv[0]} " if argv and argv[0] in COMMANDS else ""
        return fail(InputError(str(error), hint=f"tocsin {command}--help"), as_json=as_json)
    except BrokenPipeError:
        raise
    except OSError as error:
        return fail(_of_the_system(error), as_json=as_json)
    except MemoryError:
        return fail(TocsinError("there is not enough memory", hint="ask for fewer draws or months"), as_json=as_json)
    except KeyboardInterrupt:
        err.print("stopped; what was there before is untouched")
        return 1
    return result if isinstance(result, int) else 0


def fail(error: TocsinError, *, as_json: bool) -> int:
    """Print an error: words on stderr, and with --json its shape on stdout too. Gives back its exit code."""
    err.print("[bold red]error:[/] ", end="")
    err.print(seen(str(error), lines=True), markup=False, soft_wrap=True)
    if as_json:
        print_json(error.as_dict())
    return error.exit_code


def _of_the_system(error: OSError) -> TocsinError:
    """What the operating system refused, as an error of ours."""
    named = error.filename2 or error.filename
    return TocsinError(
        f"the system says: {(error.strerror or str(error) or type(error).__name__).lower()}",
        where=Where(None if named is None else os.fsdecode(named) if isinstance(named, bytes) else str(named)),
        hint="check that the folder exists and may be written to, and that the disk is not full",
    )


def _stop(*_: object) -> NoReturn:
    """Treat a request to end as an interruption, so that what was begun is put away."""
    raise KeyboardInterrupt
