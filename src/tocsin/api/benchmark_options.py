"""The parts of the comparison of options against published and hand-worked figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.decide.options.dominance import dominance
from tocsin.decide.options.futures import latin_hypercube
from tocsin.decide.options.prim import find_box
from tocsin.decide.options.regret import regret
from tocsin.decide.options.smaa import smaa
from tocsin.decide.options.weights import ordinal_weights
from tocsin.errors import FileProblem, TableProblem, Where, missing_columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

PRIM_FILE = "bryant_lempert_2010.csv"
CASES = "Greater than 90%"
"""The column that marks the cases of interest: policy cost in the highest tenth."""
INPUTS = (
    "Cellulosic cost", "Total biomass", "Feedstock distribution", "Cellulosic yield", "Oil elasticity",
    "Demand elasticity", "Electricity coproduction", "oil supply shift", "Biomass backstop price",
)  # fmt: skip
DIMENSIONS = ("Biomass backstop price", "Cellulosic cost", "Demand elasticity", "Total biomass")
"""What the box of the EMA workbench bounds."""
CONDITIONS = 4
DRAWS = 200_000


@dataclass(frozen=True, slots=True)
class OptionsRow:
    """One figure.

    Attributes:
        part: which part of the comparison.
        figure: what is compared.
        expected: as published or worked out by hand; words where it is no number.
        ours: ours.
        low: least that passes; None where it must be the same.
        high: most that passes.
        source: where the expected figure is from.
    """

    part: str
    figure: str
    expected: float | str
    ours: float | str
    low: float | None
    high: float | None
    source: str

    @property
    def ok(self) -> bool:
        """Whether ours lies where it must."""
        if self.low is None or self.high is None or isinstance(self.ours, str):
            return self.ours == self.expected
        return self.low <= self.ours <= self.high

    def as_dict(self) -> dict[str, object]:
        """The row as JSON gives it."""
        return {
            "part": self.part, "figure": self.figure, "expected": self.expected, "ours": self.ours, "low": self.low,
            "high": self.high, "source": self.source, "ok": self.ok,
        }  # fmt: skip


def benchmark_options(data: Path) -> tuple[OptionsRow, ...]:
    """Hold PRIM against Bryant and Lempert's data, and the other parts against cases worked out by hand.

    Args:
        data: the folder with bryant_lempert_2010.csv.

    Raises:
        FileProblem: the file is not there.
        TableProblem: a column is missing, or a value is no number.
    """
    x, target = read_cases(data / PRIM_FILE)
    return (*_prim(x, target), *_weights(), *_smaa(), *_regret(), *_dominance(), *_futures())


def read_cases(path: Path) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The inputs, shape (input, case), and which cases are of interest, shape (case,).

    Raises:
        FileProblem: the file is not there.
        TableProblem: a column is missing, or a value is no number.
    """
    if not path.is_file():
        raise FileProblem("there is no such file", where=Where(path), hint="name the folder that holds it with --data")
    given = pl.read_csv(path)
    if not {*INPUTS, CASES} <= set(given.columns):
        raise missing_columns((*INPUTS, CASES), given.columns, where=Where(path))
    if not all(given[name].dtype.is_numeric() and not given[name].null_count() for name in (*INPUTS, CASES)):
        raise TableProblem("a value is no number", where=Where(path), hint="download the file again")
    return given.select(INPUTS).to_numpy().T.astype(np.float64), given[CASES].to_numpy() == 1


def _prim(x: NDArray[np.float64], target: NDArray[np.bool_]) -> Iterator[OptionsRow]:
    found = find_box(x, target, conditions=CONDITIONS)
    box = None if found is None else found.box
    bounded = "none" if box is None else ", ".join(sorted(INPUTS[limit.dimension] for limit in box.limits))
    source = "EMA workbench 2.5.3 on Bryant & Lempert (2010), doi:10.1016/j.techfore.2009.08.002"
    yield OptionsRow("prim", "dimensions bounded", ", ".join(DIMENSIONS), bounded, None, None, source)
    yield OptionsRow("prim", "coverage", 0.7528, 0.0 if box is None else box.coverage, 0.75, 0.80, source)
    yield OptionsRow("prim", "density", 0.7701, 0.0 if box is None else box.density, 0.72, 0.78, source)
    wider = find_box(x, target, conditions=len(INPUTS))
    count = float(0 if wider is None else len(wider.box.limits))
    yield OptionsRow("prim", "dimensions bounded where nine may be", 4.0, count, 4.0, 4.0, source)


def _weights() -> Iterator[OptionsRow]:
    """Means of the ordered simplex: 11/18, 5/18 and 2/18 for three criteria (rank order centroid)."""
    drawn = ordinal_weights([[0], [1], [2]], criteria=3, draws=DRAWS, rng=np.random.default_rng(1)).mean(axis=0)
    source = "rank order centroid, by hand: (1 + 1/2 + 1/3) / 3, (1/2 + 1/3) / 3, (1/3) / 3"
    for number, mean in enumerate((11 / 18, 5 / 18, 2 / 18)):
        yield OptionsRow(
            "weights", f"mean of weight {number + 1} of 3 in order", mean, float(drawn[number]), mean - 0.003, mean + 0.003,
            source,
        )  # fmt: skip


def _smaa() -> Iterator[OptionsRow]:
    """Two options that each lead on one criterion by 1 and by 0.6: the first is first where its weight is above 3/8."""
    partial = np.repeat(np.array([[[1.0], [0.0]], [[0.0], [0.6]]]), DRAWS, axis=2)
    for words, groups, expected in (
        ("every weighting: weight above 3/8 of an even draw on 0 to 1", [], 5 / 8),
        ("the second criterion counts more: weight between 3/8 and 1/2 of 0 to 1/2", [[1], [0]], 1 / 4),
        ("the first criterion counts more: always above 3/8", [[0], [1]], 1.0),
    ):
        weights = ordinal_weights(groups, criteria=2, draws=DRAWS, rng=np.random.default_rng(2))
        ours = float(smaa(partial, weights=weights).acceptability[0, 0])
        yield OptionsRow("smaa", "first-rank acceptability", expected, ours, expected - 0.005, expected + 0.005, words)
    weights = ordinal_weights([], criteria=2, draws=DRAWS, rng=np.random.default_rng(3))
    ours = float(smaa(partial, weights=weights).central[0, 0])
    yield OptionsRow(
        "smaa", "central weight of the first criterion", 11 / 16, ours, 11 / 16 - 0.005, 11 / 16 + 0.005,
        "middle of 3/8 and 1",
    )  # fmt: skip


def _regret() -> Iterator[OptionsRow]:
    """A table of pay-offs: worst regrets 4, 2 and 5, so that the second is the choice of least regret."""
    short = regret(np.array([[10.0, 2.0, 5.0], [8.0, 4.0, 7.0], [5.0, 6.0, 3.0]]), up=True).max(axis=1)
    for number, worst in enumerate((4.0, 2.0, 5.0)):
        yield OptionsRow(
            "regret", f"worst of option {number + 1}", worst, float(short[number]), worst, worst, "by hand"
        )


def _dominance() -> Iterator[OptionsRow]:
    share, always = dominance(np.array([[[2.0, 2.0], [1.0, 1.0]], [[1.0, 3.0], [1.0, 1.0]], [[0.0, 2.0], [1.0, 0.0]]]))
    yield OptionsRow("dominance", "share in which 1 dominates 2", 0.5, float(share[0, 1]), 0.5, 0.5, "by hand")
    yield OptionsRow(
        "dominance", "1 dominates 3 throughout", "yes", "yes" if always[0, 2] else "no", None, None, "by hand"
    )


def _futures() -> Iterator[OptionsRow]:
    ranks = latin_hypercube([f"input {number}" for number in range(20)], futures=1000, seed=1)
    once = (np.sort((ranks * 1000).astype(int), axis=1) == np.arange(1000)).all()
    words = "McKay, Beckman & Conover (1979), doi:10.2307/1268522"
    yield OptionsRow(
        "futures", "each of 1,000 strata of 20 inputs met once", "yes", "yes" if once else "no", None, None, words
    )
