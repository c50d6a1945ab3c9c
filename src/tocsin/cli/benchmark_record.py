"""Command: benchmark record."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.table import Table

from tocsin.api.benchmark_re3d import Re3dRow, Re3dScores
from tocsin.api.benchmark_record import RecordBenchmark, benchmark_record
from tocsin.api.benchmark_treasury import TreasuryScores
from tocsin.api.overlap_scores import Score
from tocsin.api.shapes.plain import as_plain
from tocsin.api.treasury_scores import Counts
from tocsin.cli.app import err, out, print_json
from tocsin.cli.printing import UNKNOWN, row, say, table
from tocsin.cli.read import processes

ANNOTATIONS = Path("benchmarks/annotations/treasury")


def record(
    *, data: Path, annotations: Path = ANNOTATIONS, whole: bool = True,
    jobs: Annotated[int, Parameter(converter=processes)] = 2, json: bool = False,
) -> None:  # fmt: skip
    """Names, designations and posts read from texts that were marked by hand, and a whole reading with every quote checked.

    Names: re3d, with the same language model alone beside. Designations and posts: releases of the US Treasury, a half that
    the rules were made on and a half kept closed, with a second annotator beside.

    Example: tocsin benchmark record --data ../shared/data/documents --json

    Args:
        data: folder with re3d and the releases.
        annotations: folder with the annotation of the releases; that part is left out where it is not there.
        whole: read all releases into a record, which takes minutes; --no-whole leaves it out.
        jobs: processes that read side by side, a whole number from 1.
        json: print JSON.
    """
    done = benchmark_record(
        data, annotations=annotations if annotations.is_dir() else None, whole=whole, jobs=jobs,
        tell=lambda words: err.print(words) if err.is_terminal else None,
    )  # fmt: skip
    if json:
        print_json(benchmark_as_json(done))
        return
    if done.re3d is not None:
        _say_names(done.re3d)
    for half in (*done.treasury, *([done.annotators] if done.annotators else [])):
        out.print(_treasury_table(half))
    if not done.treasury:
        say(f"No annotation at {annotations}: designations and posts are left out.")
    if done.reading is not None:
        r = done.reading
        say(
            f"{r.read} of {r.documents} releases read in {r.seconds:.0f} s by {r.jobs} processes: {r.claims:,} claims, "
            f"{r.refused:,} proposals refused, {r.violations} violations."
        )


def benchmark_as_json(done: RecordBenchmark) -> dict[str, object]:
    """The benchmark as one JSON document; shares are 0 to 1."""
    names = done.re3d
    return {
        "names": None if names is None else {
            "model": names.model, "documents": names.documents, "words": names.words,
            "words_per_second": names.words_per_second, "peak_mb": names.peak_mb,
            "rows": [_names_row(line) for line in names.rows],
        },
        "treasury": [_half(half) for half in done.treasury],
        "annotators": None if done.annotators is None else _half(done.annotators),
        "reading": as_plain(done.reading),
    }  # fmt: skip


def _names_row(line: Re3dRow) -> dict[str, object]:
    return {
        "part": line.part, "gold": line.gold, "type": line.type, "target": line.target,
        "ours": _score(line.ours), "plain": _score(line.plain),
    }  # fmt: skip


def _score(score: Score) -> dict[str, float | None]:
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1}


def _half(half: TreasuryScores) -> dict[str, object]:
    return {
        "split": half.split, "releases": half.releases, "slots": dict(half.slots), "refused": half.refused,
        "whole": _counts(half.whole), "party": _counts(half.party), "posts": _counts(half.posts),
    }  # fmt: skip


def _counts(counts: Counts) -> dict[str, float | None]:
    return {"right": counts.right, "predicted": counts.predicted, "marked": counts.annotated,
            "precision": counts.precision, "recall": counts.recall}  # fmt: skip


def _say_names(done: Re3dScores) -> None:
    shown = table(
        "Names in re3d, overlap", "part", "gold", "type", "ours P / R / F1", "model alone P / R / F1", "target F1"
    )
    for line in done.rows:
        target = "" if line.target is None else f"{line.target:.2f}"
        row(shown, line.part, line.gold, line.type, _three(line.ours), _three(line.plain), target)
    out.print(shown)
    say(
        f"{done.model}; {done.words_per_second:,.0f} words a second on one core; peak memory {done.peak_mb or 0:,.0f} MB."
    )


def _three(score: Score) -> str:
    return " / ".join(
        UNKNOWN if value is None else f"{value:.3f}" for value in (score.precision, score.recall, score.f1)
    )


def _treasury_table(half: TreasuryScores) -> Table:
    who = "second annotator against the first" if half.split == "second" else f"rules, {half.split}"
    shown = table(
        f"Releases of the US Treasury: {who} ({half.releases} releases)", "what", "right", "read", "marked", "P", "R"
    )
    for name, counts in (
        ("designations, whole", half.whole),
        ("designations, party and state", half.party),
        ("posts", half.posts),
    ):
        shares = ("" if value is None else f"{value:.3f}" for value in (counts.precision, counts.recall))
        row(shown, name, str(counts.right), str(counts.predicted), str(counts.annotated), *shares)
    return shown
