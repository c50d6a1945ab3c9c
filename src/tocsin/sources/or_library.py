"""Published location problems: the p-median files of the OR-Library, and the covering files of Lorena and Pereira.

Beasley (1990) OR-Library, doi:10.1057/jors.1990.166; Lorena & Pereira (2002), "A Lagrangean/surrogate heuristic for the
maximal covering location problem using Hillsman's edition".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from tocsin.errors import FileProblem, TableProblem, Where

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

OPTIMA_FILE = "pmedopt.txt"
_P_MEDIAN = re.compile(r"pmed(\d+)\.txt")
_COVERING = re.compile(r"SJC(\d+[a-z]?)\.txt")


@dataclass(frozen=True)
class PMedianFile:
    """A p-median problem on a road net.

    Attributes:
        name: the file's name without its ending.
        distance: shortest way from each place to each other, shape (place, place).
        sites: how many sites are chosen.
        published: the published optimum; None where none is at hand.
    """

    name: str
    distance: NDArray[np.float64]
    sites: int
    published: float | None


@dataclass(frozen=True)
class CoveringFile:
    """A covering problem: places with their need, each of which can be a site.

    Attributes:
        name: the file's name without its ending.
        at: coordinates, shape (place, 2), metres.
        need: demand of each place, shape (place,).
    """

    name: str
    at: NDArray[np.float64]
    need: NDArray[np.float64]


def p_median_files(folder: Path) -> list[Path]:
    """Files pmed1.txt, pmed2.txt ... of a folder, in the order of their numbers."""
    return _numbered(folder, _P_MEDIAN)


def covering_files(folder: Path) -> list[Path]:
    """Files SJC324.txt, SJC402.txt ... of a folder, in the order of their sizes."""
    return _numbered(folder, _COVERING)


def _numbered(folder: Path, pattern: re.Pattern[str]) -> list[Path]:
    if not folder.is_dir():
        raise FileProblem("the folder of the benchmark is missing", where=Where(folder), hint="see docs/siting.md")
    found = [(m.group(1), path) for path in folder.iterdir() if (m := pattern.fullmatch(path.name))]
    return [path for _, path in sorted(found, key=lambda f: (int(re.sub(r"\D", "", f[0])), f[0]))]


def read_p_median(path: Path, *, optima: Mapping[str, float] | None = None) -> PMedianFile:
    """Read one p-median file: places, ways and sites in the first row, then one way a row with its cost.

    Where a way is listed more than once its last cost stands, as the published optima have it.

    Args:
        path: the file.
        optima: published optima by name.

    Raises:
        FileProblem: the file is missing, empty or cut short.
        TableProblem: a row is not of whole numbers, a place does not exist, or a place cannot be reached.
    """
    rows = _rows(path, fields=3)
    (places, ways, sites), listed = rows[0][1], rows[1:]
    if places < 1 or not 1 <= sites <= places or ways < 0:
        raise TableProblem(
            f"{places} places, {ways} ways and {sites} sites make no problem",
            where=Where(path, (rows[0][0],)),
            hint="the first row holds places, ways and sites, with sites no more than places",
        )
    _checked_count(path, said=ways, found=len(listed), what="ways", last=rows[-1][0])
    cost: dict[tuple[int, int], int] = {}
    for row, (a, b, length) in listed:
        if not (1 <= a <= places and 1 <= b <= places):
            raise TableProblem(f"a way from {a} to {b}", where=Where(path, (row,)), hint=f"places are 1 to {places}")
        if length < 0:
            raise TableProblem(f"a way of length {length}", where=Where(path, (row,)), hint="lengths are 0 or more")
        cost[min(a, b) - 1, max(a, b) - 1] = length
    distance = _shortest(cost, places)
    if not np.isfinite(distance).all():
        lost = 1 + int(np.flatnonzero(~np.isfinite(distance[0]))[0])
        raise TableProblem(
            f"no way leads from place 1 to place {lost}", where=Where(path), hint="the file may lack rows"
        )
    return PMedianFile(path.stem, distance, sites, (optima or {}).get(path.stem))


def _shortest(cost: Mapping[tuple[int, int], int], places: int) -> NDArray[np.float64]:
    """All-pairs shortest ways; a way of length 0 is kept as one too short to matter, since 0 means no way in a net."""
    if not cost:
        return np.where(np.eye(places, dtype=bool), 0.0, np.inf)
    ends = np.asarray(list(cost), dtype=np.int32)
    lengths = np.maximum(np.asarray(list(cost.values()), dtype=np.float64), 1e-9)
    net = csr_array((lengths, (ends[:, 0], ends[:, 1])), shape=(places, places))
    found: NDArray[np.float64] = shortest_path(net, directed=False)
    return np.round(found)


def read_optima(path: Path) -> dict[str, float]:
    """Published optima by problem, from pmedopt.txt; none where the file is absent.

    Raises:
        TableProblem: a row does not hold a name and a number.
    """
    if not path.is_file():
        return {}
    optima = {}
    for row, line in _lines(path):
        words = line.split()
        if len(words) != 2 or not words[0].startswith("pmed"):
            if row == 1:
                continue  # the header is words
            raise TableProblem(f"'{line}' is no name and optimum", where=Where(path, (row,)), hint="as in: pmed1 5819")
        optima[words[0]] = float(_whole(path, row, words[1]))
    return optima


def read_covering(path: Path) -> CoveringFile:
    """Read the places of SJC324.txt, with their need from demand-SJC324.dat beside it.

    Raises:
        FileProblem: a file is missing, empty or cut short, or the two are not of one length.
        TableProblem: a row is not of numbers, or a need is negative.
    """
    head, *lines = _lines(path)
    places = _whole(path, head[0], head[1])
    at = [_numbers(path, row, line, fields=2) for row, line in lines]
    _checked_count(path, said=places, found=len(at), what="places", last=(lines or [head])[-1][0])
    beside = path.with_name(f"demand-{path.stem}.dat")
    needs = [(row, _numbers(beside, row, line, fields=1)[0]) for row, line in _lines(beside)]
    _checked_count(beside, said=places, found=len(needs), what="needs", last=needs[-1][0])
    if negative := tuple(row for row, need in needs if need < 0):
        raise TableProblem("a need is negative", where=Where(beside, negative), hint="needs are 0 or more")
    return CoveringFile(path.stem, np.asarray(at).reshape(-1, 2), np.asarray([need for _, need in needs]))


def _lines(path: Path) -> list[tuple[int, str]]:
    """Lines that say something, with the row in which they stand, from 1."""
    if not path.is_file():
        raise FileProblem("a file of the benchmark is missing", where=Where(path), hint="see docs/siting.md")
    try:
        text = path.read_text(encoding="ascii")
    except UnicodeDecodeError as error:
        raise FileProblem("this is no text of numbers", where=Where(path), hint="download the file again") from error
    lines = [(row, line.strip()) for row, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise FileProblem("the file is empty", where=Where(path), hint="download the file again")
    return lines


def _rows(path: Path, *, fields: int) -> list[tuple[int, list[int]]]:
    return [(row, [_whole(path, row, w) for w in _split(path, row, line, fields)]) for row, line in _lines(path)]


def _split(path: Path, row: int, line: str, fields: int) -> list[str]:
    words = line.split()
    if len(words) != fields:
        raise TableProblem(
            f"the row holds {len(words)} numbers and not {fields}: '{line[:40]}'",
            where=Where(path, (row,)),
            hint="the file may be cut short or mixed up",
        )
    return words


def _whole(path: Path, row: int, word: str) -> int:
    try:
        return int(word)
    except ValueError:
        raise TableProblem(
            f"'{word[:40]}' is not a whole number", where=Where(path, (row,)), hint="write digits only"
        ) from None


def _numbers(path: Path, row: int, line: str, *, fields: int) -> list[float]:
    values = []
    for word in _split(path, row, line, fields):
        try:
            values.append(float(word))
        except ValueError:
            values.append(np.nan)
        if not np.isfinite(values[-1]):
            raise TableProblem(f"'{word[:40]}' is not a number", where=Where(path, (row,)), hint="write digits only")
    return values


def _checked_count(path: Path, *, said: int, found: int, what: str, last: int) -> None:
    if found != said:
        raise FileProblem(
            f"{found} {what} stand in the file and not {said}",
            where=Where(path, (last,)),
            hint="it is cut short: download it again" if found < said else "rows were added: download it again",
        )
