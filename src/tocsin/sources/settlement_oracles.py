"""Published worked examples of settlement models: emission standards of 1984, and an election among three options."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from tocsin.errors import FileProblem, TableProblem, Where, missing_columns

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

POSITIONS, PRINTED, ELECTION = "ec1984_emission_standards.csv", "ec1984_published.json", "ktab_pce_3option.json"
COLUMNS = ("Actor", "Capability", "Position", "Salience")


@dataclass(frozen=True, slots=True)
class Emissions:
    """The emission standards of 1984 (Bueno de Mesquita 1994): years by which states wanted them put off.

    Attributes:
        parties: names.
        influence: capabilities.
        position: years.
        salience: 0..1.
        actual: years, as decided.
        printed_first: first forecast that Bueno de Mesquita printed.
        printed_last: the one at which his model stood still.
        rounds_median: medians that Scholz, Calbert & Smith 2011 print, by round.
        rounds_mean: means that they print.
        rebuilt_median: medians of an open reconstruction, to three decimals.
        rebuilt_mean: its means.
    """

    parties: tuple[str, ...]
    influence: tuple[float, ...]
    position: tuple[float, ...]
    salience: tuple[float, ...]
    actual: float
    printed_first: float
    printed_last: float
    rounds_median: tuple[float, ...]
    rounds_mean: tuple[float, ...]
    rebuilt_median: tuple[float, ...]
    rebuilt_mean: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ThreeOptions:
    """The printed election of KTAB: strengths of coalitions, and the probabilities by chain."""

    coalitions: tuple[tuple[float, ...], ...]
    printed: Mapping[str, tuple[float, ...]]


def read_emissions(folder: Path) -> Emissions:
    """Read positions and printed figures of the emission standards.

    Raises:
        FileProblem: a file is missing, or not of its kind.
        TableProblem: a column or figure is missing or is no number.
    """
    path = _there(folder / POSITIONS)
    try:
        table = pl.read_csv(path)
    except pl.exceptions.PolarsError as error:
        raise FileProblem("this is no table", where=Where(path), hint="download it again") from error
    if not set(COLUMNS) <= set(table.columns):
        raise missing_columns(COLUMNS, table.columns, where=Where(path))
    numbers = {}
    for name in COLUMNS[1:]:
        value = table[name].cast(pl.Float64, strict=False)
        if value.null_count():
            rows = tuple(int(row) + 2 for row in value.is_null().arg_true())
            raise TableProblem("a value is no number", where=Where(path, rows, name), hint="write a number")
        numbers[name] = tuple(value)
    said, where = _json(folder / PRINTED), Where(folder / PRINTED)
    return Emissions(
        parties=tuple(table["Actor"]),
        influence=numbers["Capability"],
        position=numbers["Position"],
        salience=numbers["Salience"],
        actual=_figure(said, "actual", where),
        printed_first=_figure(said, "bdm_predicted_initial", where),
        printed_last=_figure(said, "bdm_predicted_stable", where),
        rounds_median=_figures(said, "median_by_round", where),
        rounds_mean=_figures(said, "mean_by_round", where),
        rebuilt_median=_figures(said, "port_medians_r1_r8", where),
        rebuilt_mean=_figures(said, "port_means_r1_r8", where),
    )


def read_three_options(folder: Path) -> ThreeOptions:
    """Read the election among three options.

    Raises:
        FileProblem: the file is missing, or not of its kind.
        TableProblem: a figure is missing or is no number.
    """
    path = folder / ELECTION
    said, where = _json(path), Where(path)
    rows, printed = said.get("coalitions"), said.get("expected")
    if not isinstance(rows, list) or not isinstance(printed, dict):
        raise TableProblem("coalitions or expected is missing", where=where, hint="download the file again")
    return ThreeOptions(
        tuple(_figures({"coalitions": row}, "coalitions", where) for row in rows),
        {name.removeprefix("markov_"): _figures(printed, name, where) for name in printed},
    )


def _there(path: Path) -> Path:
    if not path.is_file():
        raise FileProblem("a file of the benchmark is missing", where=Where(path), hint="see docs/settlement.md")
    return path


def _json(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(_there(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise FileProblem("this is no JSON", where=Where(path), hint="download it again") from error
    if not isinstance(said, dict):
        raise FileProblem("this holds no figures by name", where=Where(path), hint="download it again")
    return said


def _figure(said: Mapping[str, Any], key: str, where: Where) -> float:
    return _figures({key: [said.get(key)]}, key, where)[0]


def _figures(said: Mapping[str, Any], key: str, where: Where) -> tuple[float, ...]:
    values = said.get(key)
    if not isinstance(values, list) or not all(type(v) in {int, float} for v in values):
        raise TableProblem(f"{key} is missing or holds what is no number", where=where, hint="download the file again")
    return tuple(float(v) for v in values)
