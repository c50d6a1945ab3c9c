"""Words of settle: numbers to three figures, what a party would need, what it gains."""

from tocsin.cli.printing import UNKNOWN, between, number
from tocsin.decide.settle import Beside, BreakEven, Role, Settled, Side, Stance
from tocsin.vocabulary import percent

SHOWN = 20
"""Parties shown in a table at most, the heaviest first; all are in the JSON."""

NAMED = 5
"""Inputs, and parties of a break-even, named at most; all are in the JSON."""


def points(value: float | None) -> str:
    """A number to three figures: what comes from judged ranges has no more."""
    return number(None if value is None else float(f"{value:.3g}") + 0.0)


def at(done: Settled, value: float | None) -> str:
    """A point or distance with the unit of the scale."""
    return f"{points(value)} {done.unit}"


def span(low: float | None, high: float | None) -> str:
    """A range to three figures."""
    return UNKNOWN if low is None or high is None else between(float(f"{low:.3g}"), float(f"{high:.3g}"))


def beside_words(other: Beside) -> str:
    """Another answer with its draws; where they lie to one side of it, why, and where their middle is."""
    drawn = "" if other.low is None else f" ({span(other.low, other.high)})"
    why = f", with ranges that lean to one side: the middle draw is {points(other.median)}" if other.leans else ""
    return f"{other.model} {points(other.point)}{drawn}{why}"


def signed(value: float | None) -> str:
    """A change with its sign; a weight at the end of 0..1 has no room for it."""
    return "no room" if value is None else f"{'+' if value > 0 else ''}{points(value)}"


def needs(done: Settled, found: BreakEven) -> str:
    """What one party alone would need for a band to be entered: every way that is open to it."""
    given = {i.role: i.mid for i in done.inputs if i.actor == found.actor}
    strict = found.edge <= done.centre
    ways = []
    for role, needed in ((Role.INFLUENCE, found.influence_needed), (Role.SALIENCE, found.salience_needed)):
        if needed is not None:
            ways.append(
                f"had {role} {_limit(needed, now=given[role], strict=strict)} {needed:.2f} (now {given[role]:.2f})"
            )
    if found.position_needed is not None:
        now = given[Role.POSITION]
        limit = _limit(found.position_needed, now=now, strict=strict)
        ways.append(f"stood {limit} {points(found.position_needed)} (now {points(now)})")
    return f"{done.parties[found.actor]} {', or '.join(ways)}"


def _limit(needed: float, *, now: float, strict: bool) -> str:
    """An edge belongs to the band above it: coming from there, the centre must go beyond it."""
    if needed < now:
        return "below" if strict else "at or below"
    return "above" if strict else "at or above"


def side(stance: Stance) -> str:
    """What a party gains or loses, in words."""
    if stance.side is None or stance.gain is None:
        return UNKNOWN
    return "neither gains nor loses" if stance.side is Side.EVEN else f"{stance.side} {points(abs(stance.gain))}"


def counted(share: float | None) -> str:
    """A share that was counted, so that none and all are said where it is none and all."""
    if share is None:
        return UNKNOWN
    return {0.0: "none", 1.0: "all"}.get(share, percent(share))


def heaviest(done: Settled) -> list[str]:
    """Parties, the heaviest first where they are many."""
    if len(done.parties) <= SHOWN:
        return list(done.parties)
    return [lever.actor for lever in sorted(done.levers, key=lambda x: (-x.share, x.actor))[:SHOWN]]
