"""What would have to change for a warning to go away.

Months to come are written into the history as they might be, and the forecast is drawn again from their end. Of a pool of
many members only the first forest is drawn again, and the pool's probability is taken to fall as many times. Every area
repeats its last months, except for what the change says. A change counts only if the past has seen it in situations alike;
where none does, that is said. It is a property of the model and of the record, and no advice: nothing here says how such a
change could be brought about.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING

from tocsin.forecast.explain.changed import capped, continued, neighbours_at
from tocsin.forecast.explain.redrawn import forest_in, redrawn
from tocsin.forecast.explain.unwarn_seen import Past, Seen, past_like
from tocsin.vocabulary import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.forecast.contract import Fitted
    from tocsin.forecast.explain.redrawn import Asked
    from tocsin.panel.history import History

DRAWS = 400
LEAST_FALL = 0.01
"""How far below the mark a probability must come: less is chance in the draws."""
SPANS = (3, 6)
"""Months to come that are written into the history."""

LEVELS = (1000, 500, 250, 100, 50, 25, 10, 5, 1, 0)
MOST_LEVELS = 4
NEAR = (0.5, 0.1)
"""Shares to which the neighbours' violence falls."""


class Kind(StrEnum):
    """What changes."""

    OWN = "its own deaths"
    NEIGHBOURS = "its neighbours' deaths"
    TIME = "time"
    PAIR = "its own and its neighbours' deaths"


NEEDS_NEIGHBOURS = (Kind.NEIGHBOURS, Kind.PAIR)


@dataclass(frozen=True, slots=True)
class Change:
    """Months to come as they might be.

    Attributes:
        months: how many.
        most: no month above so many deaths; None leaves the area's own deaths as they were.
        near: share of their last deaths to which the neighbours fall; None leaves them as they were.
    """

    months: int
    most: int | None = None
    near: float | None = None

    @property
    def kind(self) -> Kind:
        """What changes."""
        if self.most is not None:
            return Kind.OWN if self.near is None else Kind.PAIR
        return Kind.TIME if self.near is None else Kind.NEIGHBOURS

    @property
    def words(self) -> str:
        """The change as a sentence's part.

        Example:
            >>> Change(3, most=25).words
            '3 months without a month above 25 deaths'
            >>> Change(6, most=0, near=0.5).words
            '6 months without a death, its neighbours at half of the deaths they had'
        """
        told = f"{self.months} months"
        if self.most is not None:
            told += " without a death" if self.most == 0 else f" without a month above {_deaths(self.most)}"
        elif self.near is None:
            told += f" more like the last {self.months}"
        if self.near is not None:
            share = "half" if self.near == 0.5 else f"{100 * self.near:.0f} %"
            told += f"{', its' if self.most is not None else ' with its'} neighbours at {share} of the deaths they had"
        return told


def _deaths(most: int) -> str:
    return "1 death" if most == 1 else f"{most:,} deaths"


@dataclass(frozen=True, slots=True)
class Tried:
    """A change, the probability drawn again after it, and how often the past has seen it."""

    change: Change
    p: float
    seen: Seen

    def words(self, *, goal: str) -> str:
        """One sentence: the change, how often it was seen, and what it would do."""
        seen = f"seen after {percent(self.seen.share)} of {self.seen.among} past situations alike"
        return f"{self.change.words} ({seen}) would bring it to {percent(self.p)}, {goal}."


@dataclass(frozen=True, slots=True)
class Unwarn:
    """What would make one area's warning go away.

    Attributes:
        p: the warning's probability, 0..1.
        below: the probability it must fall below, 0..1.
        goal: what falling below means, in words.
        single: for each kind of change the one most often seen that is enough; may be empty.
        pair: the pair most often seen that is enough, where each half is milder than is enough alone; None without one.
        tried: how many changes were drawn again.
        nearest: of the plausible changes that are not enough, the one after which the probability is lowest; None where
            some change is enough, or none is plausible.
    """

    p: float
    below: float
    goal: str
    single: tuple[Tried, ...]
    pair: Tried | None
    tried: int
    nearest: Tried | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence a change; that it is unknown, where nothing plausible would do."""
        enough = (*self.single, *((self.pair,) if self.pair else ()))
        if enough:
            return tuple(_capital(t.words(goal=self.goal)) for t in enough)
        told = (
            f"Unknown: of {self.tried} changes drawn again, none that the past has seen in situations alike would bring it "
            f"{self.goal}."
        )
        if self.nearest is None:
            return (told,)
        return (told, f"Nearest: {self.nearest.change.words}, {percent(self.nearest.p)}.")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def unwarned(
    fitted: Fitted, history: History, *, area: str, asked: Asked, p: float, below: float, goal: str,
    draws: int = DRAWS, seed: int = 1,
) -> Unwarn:  # fmt: skip
    """Try changes of the months to come, each really drawn again.

    Args:
        fitted: the model that drew. Of a pool the first member forest is drawn again, and must fall by as many times as the
            pool's probability would have to.
        history: what the forecast was made from.
        area: id of an area present at the origin.
        asked: the question.
        p: its probability in the forecast.
        below: the probability it must fall below.
        goal: what that means, in words, as `below the 12 % of the first country without an alert`.
        draws: draws of every forecast made again.
        seed: the same for all.
    """
    index = history.areas.index(area)
    changes = changes_for(history, index)
    on = {months: continued(history, months=months) for months in SPANS}
    histories = [history, *(_after(on[change.months], index, change) for change in changes)]
    now, *after = redrawn(fitted, histories, area=index, asked=asked, draws=draws, seed=seed)
    pooled = forest_in(fitted) not in (None, fitted)
    scale = p / float(now) if pooled and now > 0 else 1.0
    pasts = {
        (months, kind): past_like(
            history, area=index, months=months, own=kind is not Kind.NEIGHBOURS, neighbours=kind in NEEDS_NEIGHBOURS
        )
        for months in SPANS
        for kind in Kind
    }
    tried = [
        Tried(change, min(1.0, scale * float(q)), _seen(pasts[change.months, change.kind], change))
        for change, q in zip(changes, after, strict=True)
    ]
    plausible = [t for t in tried if t.seen.plausible]
    enough = [t for t in plausible if t.p <= below - LEAST_FALL]
    single = tuple(best for kind in (Kind.TIME, Kind.OWN, Kind.NEIGHBOURS) if (best := _mildest(enough, kind)))
    milder = [t for t in enough if t.change.kind is Kind.PAIR and _needs_both(t, single)]
    nearest = None if enough else min(plausible, key=lambda t: t.p, default=None)
    return Unwarn(p, below, goal, single, _mildest(milder, Kind.PAIR), len(tried), nearest)


def changes_for(history: History, area: int) -> tuple[Change, ...]:
    """Changes to try: time alone, the area's own deaths, its neighbours', and both."""
    found: list[Change] = []
    near = NEAR if any(history.deaths[b, -max(SPANS) :].any() for b in history.neighbours[area]) else ()
    for months in SPANS:
        worst = int(history.deaths[area, -months:].max())
        levels = [level for level in LEVELS if level < worst][:MOST_LEVELS]
        found.append(Change(months))
        found += [Change(months, most=level) for level in levels]
        found += [Change(months, near=share) for share in near]
        found += [Change(months, most=level, near=share) for level, share in product(levels, near)]
    return tuple(found)


def _after(later: History, area: int, change: Change) -> History:
    if change.most is not None:
        later = capped(later, area=area, months=change.months, most=change.most)
    if change.near is not None:
        later = neighbours_at(later, area=area, months=change.months, share=change.near)
    return later


def _seen(past: Past, change: Change) -> Seen:
    return past.seen(most=change.most, near=change.near, steady=change.kind is Kind.TIME)


def _mildest(tried: Sequence[Tried], kind: Kind) -> Tried | None:
    """The change of a kind that the past has seen most often; of equals the one of fewer months."""
    return max(
        (t for t in tried if t.change.kind is kind), key=lambda t: (t.seen.share, -t.change.months), default=None
    )


def _needs_both(pair: Tried, single: Sequence[Tried]) -> bool:
    """Whether neither half of a pair is as strong as what is enough alone."""
    own = next((t.change for t in single if t.change.kind is Kind.OWN), None)
    near = next((t.change for t in single if t.change.kind is Kind.NEIGHBOURS), None)
    if any(t.change.kind is Kind.TIME for t in single):
        return False
    milder_own = own is None or (pair.change.most or 0) > (own.most or 0) or pair.change.months < own.months
    milder_near = near is None or (pair.change.near or 0) > (near.near or 0) or pair.change.months < near.months
    return milder_own and milder_near
