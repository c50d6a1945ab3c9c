"""What must be true, condition by condition, and which tripwires stand for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.decide.options.futures import Kind
from tocsin.decide.tripwires.findings import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.case.tripwires import Tripwire
    from tocsin.decide.options.findings import Comparison
    from tocsin.decide.options.findings import Condition as Bound

OWN_RANGE = "unwatched: it bounds what the option itself does, for which no tripwire can stand"


def conditions(
    comparison: Comparison, tripwires: Sequence[Tripwire], *, refused: frozenset[str]
) -> tuple[Condition, ...]:
    """Each condition under which an option does what is asked, with the tripwires that stand for it.

    A tripwire stands for a condition by its `uncertainty`. It does not measure it: an uncertainty has no figures.

    Args:
        comparison: with what must be true for each alternative.
        tripwires: those of the choice.
        refused: ids of tripwires that are refused, which watch nothing.
    """
    found = []
    for alternative in comparison.alternatives:
        for must in alternative.must_be_true:
            for bound in must.conditions:
                found.append(_condition(alternative.name, must.target, bound, _standing(bound, tripwires), refused))
    return tuple(found)


def _standing(bound: Bound, tripwires: Sequence[Tripwire]) -> Iterator[Tripwire]:
    if bound.kind is Kind.UNCERTAINTY:
        yield from (t for t in tripwires if t.uncertainty == bound.of)


def _condition(
    alternative: str, target: str, bound: Bound, standing: Iterator[Tripwire], refused: frozenset[str]
) -> Condition:  # fmt: skip
    every = [t.id for t in standing]
    kept = tuple(name for name in every if name not in refused)
    if bound.kind is not Kind.UNCERTAINTY:
        says = OWN_RANGE
    elif kept:
        says = f"watched by {', '.join(kept)}"
    elif every:
        says = f"unwatched: of the tripwires that stand for it all are refused ({', '.join(every)})"
    else:
        says = f"unwatched: no tripwire stands for {bound.of}"
    return Condition(
        alternative, target, bound.of if bound.kind is Kind.UNCERTAINTY else None, bound.name, bound.low, bound.high,
        bound.span, kept, says,
    )  # fmt: skip
