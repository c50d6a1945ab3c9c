"""Published siting problems solved, beside their published optima and a plain heuristic."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import FileProblem, OutOfRange, Where
from tocsin.mission.covering import most_covered
from tocsin.mission.p_median import least_distance
from tocsin.sources.or_library import (
    OPTIMA_FILE,
    CoveringFile,
    PMedianFile,
    covering_files,
    p_median_files,
    read_covering,
    read_optima,
    read_p_median,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tocsin.mission.optimum import Optimum

RADIUS = 800.0
"""Metres within which a place is covered, in the published covering problems."""

COVERING_SITES = (1, 2, 3, 4, 5)
COVERING_OPTIMA = {"SJC324": (5461.0, 8790.0, 11604.0, 12106.0, 12152.0)}
"""Published optima at 800 m for 1 to 5 sites, by problem."""

SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class SitingRow:
    """One problem, solved.

    Attributes:
        family: `p-median` or `covering`.
        instance: name of the problem.
        n: places.
        p: sites.
        radius: metres within which a place is covered; None for p-median.
        published: the published optimum; None where none is at hand.
        solved: our plan with its proof.
        seconds: time to solve, reading left out.
    """

    family: str
    instance: str
    n: int
    p: int
    radius: float | None
    published: float | None
    solved: Optimum
    seconds: float

    @property
    def exact(self) -> bool | None:
        """Whether ours is proven and equals the published optimum; None where none is published."""
        if self.published is None:
            return None
        return self.solved.proven and abs(self.solved.objective - self.published) < 0.5

    def as_dict(self) -> dict[str, object]:
        """The row as JSON gives it."""
        return {
            "family": self.family, "instance": self.instance, "n": self.n, "p": self.p, "radius": self.radius,
            "optimum": self.solved.objective, "published": self.published, "proven": self.solved.proven,
            "bound": self.solved.bound, "gap": self.solved.gap, "status": self.solved.status,
            "heuristic": self.solved.heuristic, "seconds": round(self.seconds, 3), "exact": self.exact,
        }  # fmt: skip


def benchmark_siting(
    data: Path, *, seconds: float = SECONDS, tell: Callable[[str], None] = lambda _: None
) -> tuple[SitingRow, ...]:  # fmt: skip
    """Solve every p-median and covering problem of a folder.

    Args:
        data: the folder: pmed*.txt with pmedopt.txt, SJC*.txt with demand-SJC*.dat.
        seconds: time limit for each problem, above 0.
        tell: told what is being solved.

    Raises:
        FileProblem: the folder holds no problem, or a file is missing or cut short.
        TableProblem: a file holds what is no number.
        OutOfRange: the time limit is not above 0.
    """
    if not seconds > 0:
        raise OutOfRange(f"a time limit of {seconds:g} seconds", hint="say more than 0, as in --seconds 60")
    medians, coverings = p_median_files(data), covering_files(data)
    if not medians and not coverings:
        raise FileProblem(
            "the folder holds no problem", where=Where(data), hint="it needs files such as pmed1.txt or SJC324.txt"
        )
    optima = read_optima(data / OPTIMA_FILE)
    problems = [read_p_median(path, optima=optima) for path in medians]
    places = [read_covering(path) for path in coverings]
    rows = []
    for problem in problems:
        tell(f"{problem.name}: {len(problem.distance)} places, {problem.sites} sites")
        rows.append(_median(problem, seconds=seconds))
    for given in places:
        tell(f"{given.name}: {len(given.need)} places")
        rows += _coverings(given, seconds=seconds)
    return tuple(rows)


def _median(problem: PMedianFile, *, seconds: float) -> SitingRow:
    begin, places = perf_counter(), len(problem.distance)
    solved = least_distance(problem.distance, np.ones(places), add=problem.sites, seconds=seconds)
    return SitingRow(
        "p-median", problem.name, places, problem.sites, None, problem.published, solved, perf_counter() - begin
    )


def _coverings(given: CoveringFile, *, seconds: float) -> Iterator[SitingRow]:
    apart = np.hypot(*(np.subtract.outer(axis, axis) for axis in given.at.T))
    published = COVERING_OPTIMA.get(given.name)
    for sites in (p for p in COVERING_SITES if p <= len(given.need)):
        begin = perf_counter()
        solved = most_covered(apart <= RADIUS, given.need, add=sites, seconds=seconds)
        known = published[sites - 1] if published else None
        yield SitingRow(
            "covering", given.name, len(given.need), sites, RADIUS, known, solved, perf_counter() - begin
        )  # fmt: skip
