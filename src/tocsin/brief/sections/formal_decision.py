"""The formal decision in words: who can stop it, what nobody would lose by, and the break-even of deadlock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.sections.decision_words import UNKNOWN, points, sentence, span
from tocsin.brief.sections.wording import listed
from tocsin.case.questions import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.decide.settle import Settled


def formal_told(settled: Settled) -> str:
    """Who can stop it, where nobody is worse off than without a decision, and what losers would have to bear."""
    decided = settled.decision
    if decided.losers is None:
        return f"{_who(settled)} What holds without a decision is unknown, and so is who would rather have none."
    zone = (
        f"Nobody is worse off than without a decision from {span(decided.agreement_from, decided.agreement_to)} {settled.unit}."
        if decided.gain_for_all
        else "No settlement is better than no decision for all."
    )
    return f"{_who(settled)} {zone} {_deadlock(settled)}"


def _who(settled: Settled) -> str:
    """The parties that can stop it, those that may have a vote, and those that have none."""
    decided = settled.decision
    if decided.rule is Rule.SINGLE:
        return sentence(
            f"{settled.parties[decided.decider]} decides" if decided.decider else f"who decides is {UNKNOWN}"
        )
    said = []
    if decided.rule is Rule.CONSENSUS:
        said += [f"can stop it: {_named(settled, decided.blockers)}"] if decided.blockers else []
        said += (
            [f"could if it has a vote, which is unknown: {_named(settled, decided.may_block)}"]
            if decided.may_block
            else []
        )
    else:
        said += ["no party can stop it alone"]
    said += [f"no vote: {_named(settled, decided.voteless)}"] if decided.voteless else []
    return sentence("; ".join(said))


def _named(settled: Settled, actors: Iterable[str]) -> str:
    return listed(settled.parties[actor] for actor in actors)


def _deadlock(settled: Settled) -> str:
    """What would have to be borne: by any loser under consensus, by the decider, by losers together under a majority."""
    decided = settled.decision
    losing = [b for b in decided.bears if b.actor in (decided.losers or ()) and b.actor not in decided.voteless]
    if decided.rule is Rule.SINGLE:
        losing = [b for b in losing if b.actor == decided.decider]
    if not losing:
        return "At the centre nobody who could stop it is worse off than without a decision."
    who = {Rule.CONSENSUS: "one of these", Rule.SINGLE: "this party"}.get(decided.rule, "enough of these to stop it")
    bears = ", ".join(f"{settled.parties[b.actor]} {points(b.loss)}" for b in losing)
    return (
        f"Break-even of deadlock, which is not estimated: the centre does not hold once {who} will not bear being so much worse "
        f"off ({settled.unit}): {bears}."
    )
