"""Numbers and parties as the pages on decisions write them: three figures, what is not known in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.assess.decision import ways
from tocsin.decide.settle import Role

if TYPE_CHECKING:
    from tocsin.decide.settle import BreakEven, Settled

UNKNOWN = "unknown"
PLACEHOLDERS = "Demonstration: what is judgement here is a placeholder."


def points(value: float | None) -> str:
    """A number to three figures: what comes from judged ranges has no more.

    Example:
        >>> points(27.279), points(1684.2), points(60.0), points(None)
        ('27.3', '1,680', '60', 'unknown')
    """
    if value is None:
        return UNKNOWN
    kept = float(f"{value:.3g}")
    return f"{kept:,.0f}" if kept == round(kept) else f"{kept:,.3g}"


def span(low: float | None, high: float | None) -> str:
    """A range, or its one number.

    Example:
        >>> span(23.61, 29.8), span(0.0, 0.0)
        ('23.6 to 29.8', '0')
    """
    return points(low) if points(low) == points(high) else f"{points(low)} to {points(high)}"


def counted_share(share: float | None) -> str:
    """A share that was counted in futures, draws or weightings; all and none are such where every one was counted.

    Example:
        >>> counted_share(1.0), counted_share(0.0), counted_share(0.9996), counted_share(0.662), counted_share(None)
        ('all', 'none', '> 99 %', '66 %', 'unknown')
    """
    if share is None:
        return UNKNOWN
    if share in {0.0, 1.0}:
        return "all" if share else "none"
    return "< 1 %" if share < 0.005 else "> 99 %" if share >= 0.995 else f"{100 * share:.0f} %"


def would_need(settled: Settled, found: BreakEven) -> str:
    """The smallest change of one party that brings the centre into a band, and whether its own range holds it."""
    needed = ways(settled, found)
    role = min(needed, key=lambda way: needed[way])
    given = next(i for i in settled.inputs if i.actor == found.actor and i.role is role)
    value = {
        Role.POSITION: found.position_needed, Role.SALIENCE: found.salience_needed, Role.INFLUENCE: found.influence_needed,
    }[role]  # fmt: skip
    assert value is not None  # a way is only there where its value is
    within = ", within its range" if given.low <= value <= given.high else ""
    lower, name = value < given.mid, settled.parties[found.actor]
    if role is Role.POSITION:
        beyond = "or below" if lower else "or above"
        return f"{name} stood at {points(value)} {settled.unit} {beyond} (now {points(given.mid)}{within})"
    limit = "at most" if lower else "at least"
    return f"{name} had {role.value} of {limit} {value:.2f} (now {given.mid:.2f}{within})"


def sentence(words: str) -> str:
    """Words as a sentence: a capital first, a full stop last.

    Example:
        >>> sentence("each ally can leave"), sentence("Is it so?")
        ('Each ally can leave.', 'Is it so?')
    """
    return f"{words[:1].upper()}{words[1:]}" + ("" if words.endswith((".", "!", "?")) else ".")
