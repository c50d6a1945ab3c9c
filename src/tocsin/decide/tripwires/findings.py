"""What is found of a tripwire: frozen values, no rendering."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class State(StrEnum):
    """Whether a tripwire's condition is met."""

    TRIPPED = "tripped"
    NOT = "not tripped"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """Whether an indicator shows itself early enough for an option."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Now:
    """What a tripwire says on a day.

    Attributes:
        state: on that day; unknown where what it looks at does not reach that day.
        why: what the state rests on, or why it is unknown.
        since: the day from which the condition has been met without a break; None where it is not, or not known.
        seen: the last day that what it looks at speaks of; None where there is none.
        last: its state on that last day; unknown where there is none.
        value: what was read there, in the unit of the level; None where nothing is counted.
    """

    state: State
    why: str
    since: date | None = None
    seen: date | None = None
    last: State = State.UNKNOWN
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """How often a tripwire would have fired.

    Attributes:
        why: what was looked at, or why nothing could be.
        first: first day looked at; None where nothing was.
        last: last day looked at.
        looked: at how many months, forecasts or dates it was looked; None where the past is unknown.
        met: at how many of them the condition was met.
        fired: how often it came to be met when it had not been before.
        on: the days on which it fired, the newest first.
        right: of forecasts: how many of those at which it fired were followed by what was forecast.
        judged: of how many of them that is known.
    """

    why: str
    first: date | None = None
    last: date | None = None
    looked: int | None = None
    met: int | None = None
    fired: int | None = None
    on: tuple[date, ...] = ()
    right: int | None = None
    judged: int | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """Whether a tripwire shows itself early enough for one option.

    Attributes:
        option: id of the option.
        name: its name.
        verdict: accepted, refused, or unknown, which is not accepted.
        lead_days: days at most by which it shows what is watched beforehand; below 0: days after; None is unknown.
        need_days: days from a warning to the option being in effect; None is unknown.
        why: the reason, in numbers.
    """

    option: str
    name: str
    verdict: Verdict
    lead_days: float | None
    need_days: float | None
    why: str

    @property
    def spare_days(self) -> float | None:
        """Days to spare, below 0 days too late; None where the lead or the need is unknown."""
        return None if self.lead_days is None or self.need_days is None else self.lead_days - self.need_days


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands behind a firing of the record: the words, who says them, and when it was."""

    what: str
    quote: str
    document: str
    source_id: str | None
    published: str | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Watched:
    """One tripwire and all that is found of it.

    Attributes:
        id: of the tripwire.
        watches: what it watches, as the case says.
        indicator: panel, forecast, record or calendar.
        condition: when it trips, in words.
        uncertainty: id of the uncertainty it stands for; None where it stands for none.
        source_id: the source that states the condition.
        basis: stated, reported or judgement.
        now: what it says.
        past: how often it would have fired.
        lag_days: days until the indicator shows what happened; None is unknown.
        lag: where the lag is from, in words.
        timing: one for each option it calls into question.
        quotes: what the record says; empty for others.
        circular: why it is refused whatever its timing; None where it rests on nothing of its own.
        note: what the case adds.
    """

    id: str
    watches: str
    indicator: str
    condition: str
    uncertainty: str | None
    source_id: str | None
    basis: str
    now: Now
    past: Past
    lag_days: float | None
    lag: str
    timing: tuple[Timing, ...]
    quotes: tuple[Quoted, ...] = ()
    circular: str | None = None
    note: str | None = None

    @property
    def refused(self) -> bool:
        """Whether no option can use it."""
        late = bool(self.timing) and all(t.verdict is Verdict.REFUSED for t in self.timing)
        return self.circular is not None or late


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of what must be true, and who watches it.

    Attributes:
        alternative: name of the alternative it must be true for.
        options: ids of its options; several where they are done together.
        target: what it must be true for, in words.
        uncertainty: id of the uncertainty; None where the condition is on an option's own range.
        name: what is bounded.
        low: it must be above this; None where not bounded below.
        high: it must be below this; None where not bounded above.
        span: lowest and highest value tested.
        watched_by: ids of tripwires that stand for it and are not refused.
        says: what follows, in words.
    """

    alternative: str
    options: tuple[str, ...]
    target: str
    uncertainty: str | None
    name: str
    low: float | None
    high: float | None
    span: tuple[float, float]
    watched_by: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class StatedTrigger:
    """A condition that a source states, and who watches it.

    Attributes:
        heading: under which it stands, as `separation_triggers`.
        words: the condition, as stated.
        source_id: who states it; None where the choice names no source.
        watched_by: ids of tripwires in the same words that are not refused.
        refused: ids of those that are.
    """

    heading: str
    words: str
    source_id: str | None
    watched_by: tuple[str, ...]
    refused: tuple[str, ...]
