"""Numbers and parties as the pages on decisions write them: three figures, what is not known in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.decide.settle import Role

if TYPE_CHECKING:
    from tocsin.decide.settle import BreakEven, Settled

UNKNOWN = "unknown"


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
    """What one party alone would need for the centre to enter a band: every way that is open to it."""
    now = {given.role: given.mid for given in settled.inputs if given.actor == found.actor}
    said = []
    if found.position_needed is not None:
        beyond = "or below" if found.position_needed < now[Role.POSITION] else "or above"
        said.append(
            f"stood at {points(found.position_needed)} {settled.unit} {beyond} (now {points(now[Role.POSITION])})"
        )
    for role, needed in ((Role.SALIENCE, found.salience_needed), (Role.INFLUENCE, found.influence_needed)):
        if needed is not None:
            limit = "at most" if needed < now[role] else "at least"
            said.append(f"had {role.value} of {limit} {needed:.2f} (now {now[role]:.2f})")
    return f"{settled.parties[found.actor]} {', or '.join(said)}"


def sentence(words: str) -> str:
    """Words as a sentence: a capital first, a full stop last.

    Example:
        >>> sentence("each ally can leave"), sentence("Is it so?")
        ('Each ally can leave.', 'Is it so?')
    """
    return f"{words[:1].upper()}{words[1:]}" + ("" if words.endswith((".", "!", "?")) else ".")
