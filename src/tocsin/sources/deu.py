"""DEU III: what member states and institutions of the European Union wanted of a law, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.errors import FileProblem, TableProblem, Where, missing_columns
from tocsin.sources.reading import Card, Dropped

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FILE = "deu3_issues.tsv"

CARD = Card(
    source="The European Union Decides, third issue (DEU III)",
    publisher="Arregui & Perarnaud; CORA, Repositori de Dades de Recerca",
    licence="CC-BY-4.0",
    citation="Arregui & Perarnaud (2021) DEU III, doi:10.34810/data53",
    lag="a closed set: proposals from 1999 to about 2019",
    faults=(
        "only proposals that were concluded: what came to nothing is not in it, so nothing is said of deadlock",
        "positions and salience are estimates of experts, taken after the event",
        "31 % of outcomes lie at exactly 0 or 100",
        "a position is missing where a state was no member yet or took none; some issues have no outcome",
        "dates are mixed up in the file (years such as 1930) and are not read",
        "the size of a state is that of its economy in the second line of the file, one figure for all years",
    ),
    url="https://doi.org/10.34810/data53",
)

UNANIMITY = "Unan"
PARTIES = (
    "com", "ep", "at", "be", "bu", "cr", "cy", "cz", "dk", "ee", "fi", "fr", "de", "el", "hu", "ie", "it", "lv", "lt",
    "lu", "mt", "nl", "pl", "pt", "ro", "si", "sk", "es", "se", "uk",
)  # fmt: skip
"""Commission, Parliament and member states, as the columns name them after p (position) and s (salience)."""


@dataclass(frozen=True, slots=True, eq=False)
class DeuIssues:
    """Issues with an outcome; positions, salience and outcomes on the publisher's scale from 0 to 100.

    Attributes:
        issue: the publisher's id, shape (issues,).
        proposal: the proposal it belongs to, shape (issues,).
        position: shape (issues, parties); NaN where there is none, or no salience.
        salience: shape (issues, parties), 0 where there is no position.
        size: of the economies, shape (parties,).
        reversion: what holds without the law, shape (issues,); NaN where unknown.
        outcome: shape (issues,).
        unanimous: whether the Council had to be unanimous, shape (issues,).
        rows_in: issues in the file.
        dropped: those left out, and why.
    """

    issue: tuple[str, ...]
    proposal: tuple[str, ...]
    position: Floats
    salience: Floats
    size: Floats
    reversion: Floats
    outcome: Floats
    unanimous: NDArray[np.bool_]
    rows_in: int
    dropped: tuple[Dropped, ...]
    card: Card = CARD


def read_deu(path: Path) -> DeuIssues:
    """Read the issues of DEU III that have an outcome and a party with both position and salience.

    Args:
        path: the publisher's table, tab separated; its second line holds the sizes of the economies.

    Raises:
        FileProblem: the file is missing, is no table, or holds no issue with an outcome.
        TableProblem: columns are missing, a value is no number, or lies outside 0 to 100.
    """
    table = _table(path)
    numbered = [*(f"{kind}{p}" for kind in "ps" for p in PARTIES), "rp", "out"]
    needed = ["isnr", "prnr", "counvte", *numbered]
    if not set(needed) <= set(table.columns):
        raise missing_columns(needed, table.columns, where=Where(path))
    if not table.height:
        raise FileProblem("the file holds no issue", where=Where(path), hint="download it again")
    size = _numbers(table[:1], [f"p{p}" for p in PARTIES], path=path, first_row=2, most=np.inf)[0]
    if not (np.isfinite(size) & (size > 0)).all():
        raise TableProblem(
            "the second line does not hold the size of every economy",
            where=Where(path, (2,)),
            hint="download the file again",
        )
    issues = table[1:]
    values = _numbers(issues, numbered, path=path, first_row=3, most=100.0)
    n = len(PARTIES)
    position, salience, reversion, outcome = values[:, :n], values[:, n : 2 * n], values[:, -2], values[:, -1]
    both = np.isfinite(position) & np.isfinite(salience)
    nobody = ~(both & (np.nan_to_num(salience) > 0)).any(axis=1)
    unsettled = np.isnan(outcome)
    kept = ~unsettled & ~nobody
    if not kept.any():
        raise FileProblem(
            "no issue has an outcome and a party", where=Where(path), hint="it is cut short: download it again"
        )
    return DeuIssues(
        tuple(issues.filter(kept)["isnr"]), tuple(issues.filter(kept)["prnr"]),
        np.where(both, position, np.nan)[kept], np.where(both, salience, 0.0)[kept], size, reversion[kept],
        outcome[kept], (issues["counvte"] == UNANIMITY).fill_null(value=False).to_numpy()[kept], issues.height,
        tuple(Dropped(why, tuple(int(row) for row in np.flatnonzero(which) + 2))
              for why, which in (("no outcome", unsettled), ("no party with position and salience", nobody & ~unsettled))
              if which.any()),
    )  # fmt: skip


def _table(path: Path) -> pl.DataFrame:
    if not path.is_file():
        raise FileProblem(
            "the file of DEU III is missing", where=Where(path), hint="docs/settlement.md says where it comes from"
        )
    try:
        return pl.read_csv(path, separator="\t", infer_schema_length=0)
    except pl.exceptions.PolarsError as error:
        raise FileProblem(
            f"this is no table: {str(error).splitlines()[0][:120]}", where=Where(path), hint="download the file again"
        ) from error


def _numbers(table: pl.DataFrame, names: list[str], *, path: Path, first_row: int, most: float) -> Floats:
    """Columns as numbers from 0 to `most`, NaN where empty, shape (rows, columns)."""
    found = np.full((table.height, len(names)), np.nan)
    for k, name in enumerate(names):
        said = table[name].str.strip_chars()
        empty = said.is_null() | (said == "")
        value = said.cast(pl.Float64, strict=False)
        wrong = ~empty & ~value.is_between(0, most).fill_null(value=False)
        if wrong.any():
            at = int(wrong.arg_max() or 0)
            raise TableProblem(
                f"'{said[at][:40]}' is no number from 0 to {most:g}",
                where=Where(path, tuple(int(i) + first_row for i in wrong.arg_true()), name),
                hint="write a number, or leave the cell empty",
            )
        found[:, k] = value.fill_null(np.nan).to_numpy()
    return found
