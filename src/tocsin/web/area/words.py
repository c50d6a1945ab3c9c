"""Sentences and rows about one area: what is likely, what moved it, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from tocsin.vocabulary import Level, Likelihood, percent
from tocsin.warn.question import Question
from tocsin.web.figures.asked import Asked, short, titled
from tocsin.web.figures.outlook import measured
from tocsin.web.now.words import Said, confidence, record_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tocsin.web.area.there import ActorThere, SiteThere
    from tocsin.web.figures.areas import KnownArea
    from tocsin.web.figures.outlook import Outlook, Row


@dataclass(frozen=True, slots=True)
class Move:
    """What one group of signs did to the forecast.

    Attributes:
        group: of signs.
        sign: the strongest of them, with its value.
        move: signed move of expected log(1 + deaths).
        words: raised or lowered, and by what factor 1 + deaths moved.
        share: length of its bar, -1 to 1, against the largest move.
    """

    group: str
    sign: str
    move: float
    words: str
    share: float


def said_of(outlook: Outlook, row: Row, *, made: datetime) -> Said:
    """The judgement on one area."""
    question = outlook.ranked_by
    p = row["probabilities"][question.key]
    least = next((q for q in outlook.questions if q.months == question.months and q.threshold is not None), None)
    also = ""
    if least is not None:
        crossing = row["probabilities"][least.key]
        also = f" A month of {least.threshold:,} or more deaths by then: {Likelihood.of(crossing).value} ({percent(crossing)})."
    what = short(question)
    likelihood = (
        f"{titled(what)} of {outlook.origin.words}: {Likelihood.of(p).value} ({percent(p)}), "
        f"rank {row['rank']} of {len(outlook.rows)}.{also}"
    )
    budget = outlook.budgets[0] if outlook.budgets else None
    return Said(likelihood, record_words(outlook, Asked(question, budget)), confidence(outlook, made=made))


def probabilities(outlook: Outlook, row: Row) -> dict[str, object]:
    """Probabilities by window and threshold: columns of thresholds, rows of windows; None where it was not asked."""
    known = {(q.months, q.threshold) for q in outlook.questions}
    thresholds = sorted({t for _, t in known}, key=lambda t: t or 0)
    windows = sorted({m for m, _ in known})
    rows = [
        (m, [row["probabilities"].get(Question(m, t).key) if (m, t) in known else None for t in thresholds])
        for m in windows
    ]
    return {"thresholds": thresholds, "rows": rows}


def moves(row: Row) -> tuple[Move, ...]:
    """What moved the forecast, the largest move first; nothing where the warning was not explained."""
    largest = max((abs(d["move"]) for d in row["drivers"]), default=0.0) or 1.0
    return tuple(
        Move(
            d["group"], f"{d['strongest']}: {measured(d['value'])}", d["move"], factor(d["move"]), d["move"] / largest,
        )
        for d in row["drivers"]
    )  # fmt: skip


def factor(move: float) -> str:
    """A move of expected log(1 + deaths) in words.

    Example:
        >>> factor(1.4413), factor(-0.3), factor(0.001)
        ('raised, times 4.2', 'lowered, times 0.74', 'hardly moved')
    """
    if abs(move) < 0.01:
        return "hardly moved"
    times = exp(move)
    return f"{'raised' if move > 0 else 'lowered'}, times {times:.1f}" if times >= 1 else f"lowered, times {times:.2f}"


def unknowns(
    area: KnownArea, outlook: Outlook | None, row: Row | None, *, parted: bool, months: Sequence[str],
    actors: Sequence[ActorThere], sites: Sequence[SiteThere],
) -> tuple[str, ...]:  # fmt: skip
    """What this page does not know, a sentence each."""
    told = []
    if outlook is None or row is None:
        told.append("What is likely here is unknown: the area has no series that could be forecast.")
    else:
        if not row["drivers"]:
            told.append("What moved the forecast is unknown: only the highest warnings are explained.")
        if row["visibility"] is None:
            told.append("How well events are recorded and placed here is unknown.")
    if not parted:
        told.append("The series of this area does not tell types of violence apart.")
    if not months:
        told.append("Where events lay within this area is unknown to this edition.")
    elif area.level is Level.ADMIN1:
        told.append("Events that the source places in the country but in no province are in no province's figures.")
    if not actors:
        told.append("Which actors are here is unknown: the case's tables place none.")
    if not sites:
        told.append("No site of a mission is known here; sites that nobody wrote down are unknown.")
    return tuple(told)
