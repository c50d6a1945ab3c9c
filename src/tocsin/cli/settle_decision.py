"""Who gains by a settlement, who can stop it, and what losers would have to bear, as settle prints it."""

from rich.table import Table

from tocsin.case.questions import Rule
from tocsin.cli.printing import UNKNOWN, row, say, table
from tocsin.cli.settle_words import NAMED, at, counted, heaviest, points, side, signed, span
from tocsin.decide.settle import Bears, Role, Settled
from tocsin.vocabulary import percent


def reversion_words(done: Settled) -> str:
    """What holds without a decision, and what that rests on."""
    given = next((i for i in done.inputs if i.role is Role.REVERSION), None)
    if given is None:
        return "Without a decision: unknown."
    why = f": {done.reversion_why}" if done.reversion_why else ""
    basis = "judgement" if given.judgement else "stated or reported"
    spread = "" if given.low == given.high else f" ({span(given.low, given.high)})"
    return f"Without a decision: {at(done, given.mid)}{spread}, {basis}{why}."


def stances_table(done: Settled) -> Table:
    """Each party, its distances, and what it gains or loses."""
    made = table(
        f"{done.id}: who is for the centre, and who for no decision ({done.unit})", "party", "from the centre",
        "from no decision", "at the centre it", "over the draws (80 %)", "gains in, of the draws",
    )  # fmt: skip
    found = {stance.actor: stance for stance in done.stances}
    for actor in heaviest(done):
        stance = found[actor]
        row(
            made, done.parties[actor], points(stance.to_centre), points(stance.to_reversion), side(stance),
            f"{signed(stance.gain_low)} to {signed(stance.gain_high)}" if stance.gain_low is not None else UNKNOWN,
            counted(stance.gains_in),
        )  # fmt: skip
    return made


def say_decision(done: Settled) -> None:
    """The formal decision, and the break-even of deadlock."""
    found, named = done.decision, done.parties
    say(_formal(done))
    if found.losers is None:
        say("Who would rather have no decision: unknown, since what holds without one is not said.")
        return
    if found.gain_for_all:
        say(
            "Nobody is worse off than without a decision if it is settled from "
            f"{span(found.agreement_from, found.agreement_to)} {done.unit}."
        )
    else:
        say("No settlement is better than no decision for all: wherever else it is settled, somebody loses.")
    _say_deadlock(done, [b for b in found.bears if b.actor in found.losers and b.actor not in found.voteless])
    room = [b for b in found.bears if b.actor not in found.losers and b.actor not in found.voteless]
    limits = [f"{named[b.actor]} {_beyond(done, b)}" for b in room][:NAMED]
    if limits:
        say(
            f"Where the others would rather have no decision than a settlement there ({done.unit}): {', '.join(limits)}."
        )


def _say_deadlock(done: Settled, losing: list[Bears]) -> None:
    """What would have to be borne: by any loser under consensus, by the decider, by losers together under a majority."""
    found, named = done.decision, done.parties
    bears = ", ".join(f"{named[b.actor]} {points(b.loss)}" for b in losing[:NAMED])
    head = f"Break-even of deadlock, no estimate ({done.unit}): at the centre no agreement holds once"
    if found.rule is Rule.CONSENSUS and bears:
        say(f"{head} one of these will not bear being so much worse off: {bears}.")
    elif found.rule is Rule.CONSENSUS and found.losers:
        say("Break-even of deadlock, no estimate: no party that has a vote is worse off at the centre.")
    elif found.rule is Rule.SINGLE and found.decider is not None:
        own = next((b for b in losing if b.actor == found.decider), None)
        who = named[found.decider]
        say(
            f"{head} {who} will not bear being {points(own.loss)} worse off."
            if own
            else f"Break-even of deadlock, no estimate: {who}, who decides, is no worse off at the centre."
        )
    elif bears:
        say(f"{head} enough of these to stop it will not bear being so much worse off: {bears}.")


def _beyond(done: Settled, bears: Bears) -> str:
    ends = [
        f"{word} {points(point)}"
        for word, point, end in (("below", bears.accepts_from, done.low), ("above", bears.accepts_to, done.high))
        if point != end
    ]
    return " and ".join(ends) or "nowhere on the scale"


def _formal(done: Settled) -> str:
    found, named = done.decision, done.parties
    losers = None if found.losers is None else ", ".join(named[a] for a in found.losers) or "nobody"
    head = f"Formal decision, by {found.rule}: "
    loses = "" if losers is None else f" At the centre {losers} would lose against no decision."
    if found.voteless and found.rule is not Rule.CONSENSUS:
        loses = f" {_and([named[a] for a in found.voteless])} has no vote.{loses}"
    if found.rule is Rule.CONSENSUS:
        return f"{head}{_blocking(done)}.{loses}"
    if found.rule is Rule.SINGLE:
        if found.decider is None:
            return f"{head}who decides is unknown, since several parties share the most influence.{loses}"
        return f"{head}{named[found.decider]} decides, as the party with the most influence.{loses}"
    share = "" if found.weight_for is None or found.weight_against is None else (
        f" Gains: {percent(found.weight_for)} of the weight; loses: {percent(found.weight_against)} (influence x salience, "
        "which are not votes)."
    )  # fmt: skip
    return f"{head}no party can block alone.{loses}{share}"


def _blocking(done: Settled) -> str:
    """Who can stop it under consensus: those with a vote, those of whom that is unknown, and those without one."""
    found = done.decision
    sure, may, without = (
        _and([done.parties[a] for a in actors]) for actors in (found.blockers, found.may_block, found.voteless)
    )
    if not (sure or without):
        return f"any party that has a vote can block; who has one is {UNKNOWN}, since the question does not say"
    parts = [f"{sure} can {'each ' if len(found.blockers) > 1 else ''}block"] if sure else []
    votes = "they have votes" if len(found.may_block) > 1 else "it has a vote"
    parts += [f"whether {may} can is {UNKNOWN}, since the question does not say whether {votes}"] if may else []
    parts += [f"{without} cannot, having no vote"] if without else []
    return "; ".join(parts)


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
