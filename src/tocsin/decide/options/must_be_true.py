"""What must be true for an alternative: the box of at most three conditions that holds most of its good futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.options.findings import Condition, MustBeTrue, Step
from tocsin.decide.options.futures import Kind
from tocsin.decide.options.prim import find_box
from tocsin.decide.options.sensitivity import first_place_shares

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from tocsin.decide.options.futures import Futures, Input
    from tocsin.decide.options.prim import Box, Found, Limit

CONDITIONS = 3
MEETS = "meets every threshold"
INPUTS = 20
"""Inputs searched at most: those that by themselves tell most."""

FEW = 20
"""Futures of a kind below which no conditions are looked for."""


def what_must_be_true(
    target: NDArray[np.bool_], fresh: NDArray[np.bool_], *, futures: Futures, again: Futures, inputs: Collection[int],
    words: str = MEETS, viewpoint: str | None = None,
) -> MustBeTrue:  # fmt: skip
    """Find the conditions under which an alternative does what is asked.

    Args:
        target: whether each future is one in which it does, shape (future,).
        fresh: the same in other futures, on which the box is tried.
        futures: those of `target`.
        again: those of `fresh`, with the same inputs.
        inputs: rows of the inputs that can matter.
        words: what is asked.
        viewpoint: whose, where it is to come first.
    """
    share = float(target.mean())
    rows = _most_telling(target, futures, np.array(sorted(inputs), dtype=np.int64))
    found = None
    few = min(int(target.sum()), int((~target).sum())) < FEW
    if not few and rows.size:
        found = find_box(_values(futures, rows), target, conditions=CONDITIONS)
    if found is None:
        says = _without(target, share=share, few=few)
        return MustBeTrue(words, viewpoint, share, (), None, None, None, None, (), says)
    held = found.box.holds(_values(again, rows))
    return MustBeTrue(
        words, viewpoint, share, tuple(_condition(limit, futures.inputs[rows[limit.dimension]]) for limit in found.box.limits),
        found.box.coverage, found.box.density, _share(held & fresh, fresh), _share(held & fresh, held), _steps(found), None,
    )  # fmt: skip


def _most_telling(target: NDArray[np.bool_], futures: Futures, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The inputs that by themselves tell most of whether a future is one asked about, INPUTS at most."""
    if len(rows) <= INPUTS:
        return rows
    shares = first_place_shares(target[None].astype(float), futures.rank[rows])
    return np.sort(rows[np.argsort(-shares, kind="stable")[:INPUTS]])


def unknown_because(names: str, *, words: str = MEETS) -> MustBeTrue:
    """Nothing can be said, since a value that decides it is unknown."""
    return MustBeTrue(
        words, None, None, (), None, None, None, None, (), f"unknown: there is no value for {names}"
    )  # fmt: skip


def inputs_of(futures: Futures, *, alternative: str, effects: Collection[tuple[str, str]], uncertainties: Collection[str]
) -> list[int]:  # fmt: skip
    """Rows of the inputs that an alternative's values hang on.

    Args:
        futures: with all inputs.
        alternative: its id.
        effects: option and criterion of each effect it has.
        uncertainties: ids of those that one of its effects is tied to.
    """

    def matters(given: Input) -> bool:
        if given.kind is Kind.UNCERTAINTY:
            return given.of in uncertainties
        if given.kind is Kind.TOGETHER:
            return given.of == alternative
        return (given.of, given.criterion) in effects

    return [row for row, given in enumerate(futures.inputs) if matters(given)]


def _values(futures: Futures, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.stack([futures.inputs[row].values(futures.rank[row]) for row in rows])


def _without(target: NDArray[np.bool_], *, share: float, few: bool) -> str:
    if share == 1:
        return "in every future tested"
    if share == 0:
        return "in no future tested"
    if few:
        count, kind = min((int(target.sum()), "do"), (int((~target).sum()), "do not"))
        return f"only {count} of {len(target):,} futures {kind}: too few to find conditions in"
    return "no conditions of this kind say more than the share of futures does"


def _condition(limit: Limit, given: Input) -> Condition:
    quasi = [p for p in (limit.quasi_p_low, limit.quasi_p_high) if p is not None]
    return Condition(
        given.kind, given.of, given.criterion, given.name, given.unit, limit.low, limit.high, (given.low, given.high),
        max(quasi),
    )  # fmt: skip


def _steps(found: Found) -> tuple[Step, ...]:
    def step(box: Box) -> Step:
        return Step(len(box.limits), box.coverage, box.density, box.mass)

    return tuple(step(box) for box in found.trajectory)


def _share(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> float | None:
    return int(part.sum()) / int(whole.sum()) if whole.any() else None
