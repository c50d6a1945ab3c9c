"""What must be true, condition by condition, and which tripwires stand for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.decide.options.futures import Kind
from tocsin.decide.tripwires.findings import Condition, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.decide.options.findings import AlternativeFound, Comparison
    from tocsin.decide.options.findings import Condition as Bound
    from tocsin.decide.tripwires.findings import Watched

OWN_RANGE = "unwatched: it bounds what the option itself does, for which no tripwire can stand"
RESTS_ON_ITSELF = "refused: it rests on itself"
IN_TIME = {
    Verdict.ACCEPTED: "in time",
    Verdict.UNKNOWN: "whether in time is unknown",
    Verdict.REFUSED: "refused: too late",
    None: "set for other options",
}


def conditions(comparison: Comparison, watched: Sequence[Watched]) -> tuple[Condition, ...]:
    """Each condition under which an option does what is asked, with the tripwires that stand for it.

    A tripwire stands for a condition by its `uncertainty`. It does not measure it: an uncertainty has no figures. One that
    is refused, for all options or for those of the alternative, watches nothing.

    Args:
        comparison: with what must be true for each alternative.
        watched: the tripwires of the choice, as found.
    """
    return tuple(
        _condition(alternative, must.target, bound, watched)
        for alternative in comparison.alternatives
        for must in alternative.must_be_true
        for bound in must.conditions
    )


def _condition(
    alternative: AlternativeFound, target: str, bound: Bound, watched: Sequence[Watched]
) -> Condition:  # fmt: skip
    of = bound.of if bound.kind is Kind.UNCERTAINTY else None
    standing = {w.id: in_time(w, alternative.options) for w in watched if of is not None and w.uncertainty == of}
    kept = tuple(name for name, verdict in standing.items() if verdict is not Verdict.REFUSED)
    rings = {w.id for w in watched if w.circular is not None}
    named = ", ".join(f"{n} ({RESTS_ON_ITSELF if n in rings else IN_TIME[v]})" for n, v in standing.items())
    if of is None:
        says = OWN_RANGE
    elif not standing:
        says = f"unwatched: no tripwire stands for {of}"
    else:
        says = f"watched by {named}" if kept else f"unwatched: {named}"
    return Condition(
        alternative.name, alternative.options, target, of, bound.name, bound.low, bound.high, bound.span, kept, says
    )


def in_time(watched: Watched, options: Sequence[str]) -> Verdict | None:
    """The worst that a tripwire's timing is for some options; None where it is not set for any of them."""
    if watched.refused:
        return Verdict.REFUSED
    found = {t.verdict for t in watched.timing if t.option in options}
    order = (Verdict.REFUSED, Verdict.UNKNOWN, Verdict.ACCEPTED)
    return next((verdict for verdict in order if verdict in found), None)
