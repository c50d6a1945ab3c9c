"""What is and is not known of cost-effectiveness, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.case.assessed_rows import EffortKind
from tocsin.case.rows import ResultLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tocsin.mission.inputs import Input, Produced, UnitCost
    from tocsin.mission.strength import Rate

OUTPUT_IS_NO_OUTCOME = (
    "An output is not an outcome: this says what a person in a course cost, not what the course changed."
)
NO_COST_PER_OUTCOME = (
    "No cost per outcome is given: no figure shows that a change in an outcome was the mission's doing."
)


def worth(
    inputs: Sequence[Input], levels: Sequence[Produced], costs: Sequence[UnitCost], *, strength: Sequence[Rate]
) -> tuple[str, ...]:  # fmt: skip
    """What is and is not known of cost-effectiveness, from what is there.

    Args:
        inputs: what goes into all lines of effort.
        levels: what is published of each line's results.
        costs: what units of output cost, where money and output are published for one period.
        strength: people of the mission per million.
    """
    said = [_known_inputs(inputs, strength), *_known_results(levels)]
    said += list(_cost_sentences(costs)) if costs else [_no_cost(inputs, levels)]
    return (*said, NO_COST_PER_OUTCOME)


def _known_inputs(inputs: Sequence[Input], strength: Sequence[Rate]) -> str:
    known = [kind for kind in EffortKind if any(i.kind is kind and i.known for i in inputs)]
    if EffortKind.PEOPLE not in known and any(s.people_low is not None for s in strength):
        known.insert(0, EffortKind.PEOPLE)
    unknown = [kind.value for kind in EffortKind if kind not in known]
    have = (
        f"Published of what goes in: {', '.join(k.value for k in known)}"
        if known
        else "Nothing is published of what goes in"
    )
    return have + (f"; unknown, which is not none: {', '.join(unknown)}." if unknown else ".")


def _known_results(levels: Sequence[Produced]) -> Iterable[str]:
    with_figures = [lv for lv in ResultLevel if any(p.level is lv and _is_published(p) for p in levels)]
    without = [lv.value for lv in ResultLevel if lv not in with_figures]
    if with_figures:
        yield f"Published of what comes of it: figures of {', '.join(lv.value for lv in with_figures)}."
    if without:
        yield f"Nothing is published of {', '.join(without)}."


def _cost_sentences(costs: Sequence[UnitCost]) -> Iterable[str]:
    for key in sorted({(c.indicator_id, c.unit) for c in costs}):
        these = [c for c in costs if (c.indicator_id, c.unit) == key]
        periods = "; ".join(f"{c.period}: {_cost(c)}" for c in sorted(these, key=lambda c: (str(c.period), str(c))))
        notes = "; ".join(dict.fromkeys(n for c in these for n in c.notes))
        yield f"Money over output where both are published ({key[0]}, {key[1]}): {periods}." + (
            f" Read with it: {notes}." if notes else ""
        )
    yield OUTPUT_IS_NO_OUTCOME


def _cost(cost: UnitCost) -> str:
    low, high = ("unknown" if end is None else f"{end:,.0f}" for end in (cost.low, cost.high))
    return f"{low} to {high}" if cost.ranged else f"{low} (no published range)"


def _no_cost(inputs: Sequence[Input], levels: Sequence[Produced]) -> str:
    missing = []
    if not any(i.kind is EffortKind.MONEY and i.known for i in inputs):
        missing.append("the money is unknown")
    if not any(p.level is ResultLevel.OUTPUT and _is_published(p) for p in levels):
        missing.append("no output is published")
    why = " and ".join(missing) or "no money and output of one line of effort are published for the same period"
    return f"No cost per person or course can be given: {why}. Whether the mission is good value is therefore unknown."


def _is_published(produced: Produced) -> bool:
    return any(i.published for i in produced.indicators)
