"""The record measured: names found, designations and posts read, releases read whole, every quote checked."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import polars as pl

from tocsin.api.annotators import between_annotators
from tocsin.api.benchmark_re3d import Re3dScores, benchmark_re3d, peak_mb
from tocsin.api.benchmark_treasury import RELEASES, TreasuryScores, benchmark_treasury
from tocsin.api.read import read_documents
from tocsin.api.record import open_record_of
from tocsin.case import read_case
from tocsin.errors import FileProblem, Where
from tocsin.record.document import Verdict
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

HALVES = ("dev", "more", "check", "later", "last", "test")
"""Sets of annotated releases: four that the rules were made on, two whose errors nobody looked at."""


@dataclass(frozen=True, slots=True)
class WholeReading:
    """All releases read as a case's documents.

    Attributes:
        documents, read: files, and how many of them were read.
        jobs: processes side by side.
        seconds: wall clock, with starting the processes and loading the model.
        claims: claims that entered; `by_kind` counts them by kind.
        refused: proposals that the gate turned away.
        violations: stored spans that are not their text's own words: 0 is the promise.
        peak_mb: most memory that one of the processes held, 10^6 bytes; None is unknown.
    """

    documents: int
    read: int
    jobs: int
    seconds: float
    claims: int
    by_kind: dict[str, int]
    refused: int
    violations: int
    peak_mb: float | None


@dataclass(frozen=True, slots=True)
class RecordBenchmark:
    """What was measured; None where a part was left out or its files are not there."""

    re3d: Re3dScores | None
    treasury: tuple[TreasuryScores, ...]
    annotators: TreasuryScores | None
    reading: WholeReading | None


def benchmark_record(
    data: Path,
    *,
    annotations: Path | None,
    whole: bool = True,
    jobs: int = 2,
    tell: Callable[[str], None] | None = None,
) -> RecordBenchmark:
    """Measure the record on texts that others marked.

    Args:
        data: folder with re3d and the releases of the US Treasury.
        annotations: folder with a folder of annotated releases for each half; None leaves that part out.
        whole: read all releases into a record, which takes minutes.
        jobs: processes that read side by side.
        tell: called with what is begun.

    Raises:
        FileProblem: a file is not there.
    """
    say = tell or (lambda _: None)
    say("names in re3d")
    names = benchmark_re3d(data)
    halves = [half for half in HALVES if annotations is not None and (annotations / half).is_dir()]
    treasury = []
    for half in halves:
        say(f"designations and posts, {half}")
        assert annotations is not None
        treasury.append(benchmark_treasury(data, annotations, half))
    if whole:
        say("all releases, whole")
    return RecordBenchmark(
        re3d=names,
        treasury=tuple(treasury),
        annotators=between_annotators(data, annotations) if annotations is not None else None,
        reading=read_releases(data, jobs=jobs) if whole else None,
    )


def read_releases(data: Path, *, jobs: int) -> WholeReading:
    """Read every release as a document of a case, into a record of its own, and check every quote.

    Raises:
        FileProblem: the releases are not there.
    """
    path = data / RELEASES
    if not path.is_file():
        raise FileProblem(
            "the releases are not there", where=Where(path), hint="give the folder that holds the documents"
        )
    with tempfile.TemporaryDirectory() as folder:
        case = read_case(_case_of(pl.read_parquet(path), Path(folder)))
        begin = perf_counter()
        done = read_documents(case, extractors=("rules",), jobs=jobs, settings=Settings())
        seconds = perf_counter() - begin
        documents = [o for o in done.outcomes if not o.name.startswith("tables/")]
        with open_record_of(case, settings=Settings()) as record:
            kinds = pl.Series([claim.proposal.kind for claim in record.claims()], dtype=pl.String)
            violations = sum(1 for _ in record.violations())
        return WholeReading(
            documents=len(documents), read=sum(o.verdict is Verdict.READ for o in documents), jobs=jobs,
            seconds=round(seconds, 1), claims=done.claims, by_kind=dict(kinds.value_counts().sort(kinds.name or "").iter_rows()),
            refused=sum(o.refused for o in documents), violations=violations, peak_mb=peak_mb(),
        )  # fmt: skip


def _case_of(releases: pl.DataFrame, folder: Path) -> Path:
    """A case whose documents are the releases, dated as the publisher dates them."""
    (folder / "documents").mkdir()
    (folder / "case.toml").write_text(
        'name = "releases"\ntitle = "Releases"\nlevel = "country"\ntarget = "deaths_all"\nthresholds = [25]\n'
        'windows = [3]\nhorizons = "1-6"\n[areas]\ncountries = ["IRQ"]\n'
    )
    rows = []
    for number, row in enumerate(releases.iter_rows(named=True)):
        name = f"{number:04d}-{Path(row['path']).stem[:60]}.md"
        (folder / "documents" / name).write_text(row["text"], encoding="utf-8", newline="")
        rows.append({"source_id": f"release-{number}", "title": row["title"] or name, "date": row["date"],
                     "publisher": "US Treasury", "files": name})  # fmt: skip
    pl.DataFrame(rows).write_csv(folder / "sources.csv")
    return folder
