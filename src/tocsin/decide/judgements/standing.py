"""What a judgement log says today: every forecast with its versions, whether each was in time, and what came."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tocsin.decide.judgements.entry import Came, Correction, Note, Probability, Quantiles
from tocsin.decide.judgements.rules import allowed_entries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from tocsin.decide.judgements.entry import About, Entry, Forecast, Level


class State(StrEnum):
    """How a forecast stands."""

    OPEN = "open"
    DUE = "due"
    """Its day has passed, and nobody has said what came."""
    SCORED = "scored"
    UNKNOWN = "unknown"
    """Closed, and what came will never be known: not scored."""
    LATE = "late"
    """Made on the day or after it: not scored."""
    WITHDRAWN = "withdrawn"
    """Withdrawn in time: not scored."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a forecast said from one entry on.

    Attributes:
        number: of the entry.
        time: when it was made.
        value: the probability, or the quantiles; None where it was withdrawn.
        late: made on or after the day on which the forecast closes or its answer came.
        why: the reason of a correction.
    """

    number: int
    time: datetime
    value: float | tuple[Level, ...] | None
    late: bool
    why: str | None


@dataclass(frozen=True, slots=True)
class Closing:
    """What came.

    Attributes:
        number: of the entry that says so, the last where it was corrected.
        who: who says so.
        came: true or false, or the number; None where it will never be known.
        on: the day on which it came.
        source: where that can be read.
    """

    number: int
    who: str
    came: bool | float | None
    on: date
    source: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One forecast with everything that was said of it since.

    Attributes:
        number: of the entry that made it.
        who, about, statement, unit, closes, low, high, note: as it was made; no unit and bounds for a probability.
        versions: what it said, the first first.
        closing: what came; None where nobody has said.
        state: how it stands.
    """

    number: int
    who: str
    about: About
    statement: str
    unit: str | None
    closes: date
    low: float | None
    high: float | None
    note: str | None
    versions: tuple[Version, ...]
    closing: Closing | None
    state: State

    @property
    def standing(self) -> Version | None:
        """The last version made in time; None where none was."""
        return next((version for version in reversed(self.versions) if not version.late), None)

    @property
    def first(self) -> Version | None:
        """The first version made in time; None where none was."""
        return next((version for version in self.versions if not version.late), None)

    @property
    def shown(self) -> Version:
        """The version to show: the one that stands, or the first where all were late."""
        return self.standing or self.versions[0]


@dataclass(frozen=True, slots=True)
class Noted:
    """A note as it stands; `words` is None where it was withdrawn."""

    number: int
    who: str
    time: datetime
    about: About | None
    of: int | None
    words: str | None


def judgements(entries: Sequence[Entry], *, today: date) -> tuple[Judgement, ...]:
    """Every forecast of a log as it stands, in the order in which they were made.

    A version counts where it was made on a day (UTC) before the one on which the forecast closes, and before the one on
    which the answer came. Corrections by others than the forecaster do not count, nor does a second close.

    Args:
        entries: those of the log, in order.
        today: the day, in UTC.
    """
    allowed = allowed_entries(entries)
    closings = _closings(allowed)
    forecasts = [entry for entry in allowed if isinstance(entry, Probability | Quantiles)]
    answered = _answered(forecasts, closings)
    changes: dict[int, list[Correction]] = {}
    for entry in allowed:
        if isinstance(entry, Correction):
            changes.setdefault(entry.of, []).append(entry)
    return tuple(
        _judgement(made, changes.get(made.number, []), closings.get(made.number), answered[_same(made)], today=today)
        for made in forecasts
    )


def notes(entries: Sequence[Entry]) -> tuple[Noted, ...]:
    """Every note of a log as it stands."""
    allowed = allowed_entries(entries)
    words: dict[int, str | None] = {}
    for entry in allowed:
        if isinstance(entry, Correction) and entry.changes & {"note", "withdrawn"}:
            words[entry.of] = entry.note
    return tuple(
        Noted(e.number, e.who, e.time, e.about, e.of, words.get(e.number, e.note))
        for e in allowed
        if isinstance(e, Note)
    )


def same_statement(one: Forecast, other: Forecast) -> bool:
    """Whether two forecasts are of the same thing: one answer closes either."""
    return _same(one) == _same(other)


def _same(entry: Forecast) -> tuple[str, str, str, str]:
    return entry.kind, str(entry.about), " ".join(entry.statement.lower().split()), entry.closes.isoformat()


def _closings(entries: Sequence[Entry]) -> dict[int, Closing]:
    """What came, by the number of the forecast, with corrections in it."""
    found: dict[int, Closing] = {}
    forecast_of: dict[int, int] = {}
    for entry in entries:
        if isinstance(entry, Came):
            forecast_of[entry.number] = entry.of
            found[entry.of] = Closing(entry.number, entry.who, entry.came, entry.on, entry.source)
        elif isinstance(entry, Correction) and entry.of in forecast_of:
            past = found[forecast_of[entry.of]]
            found[forecast_of[entry.of]] = Closing(
                entry.number, entry.who, entry.came if "came" in entry.model_fields_set else past.came,
                entry.on or past.on, past.source,
            )  # fmt: skip
    return found


def _answered(
    forecasts: Sequence[Forecast], closings: dict[int, Closing]
) -> dict[tuple[str, str, str, str], date | None]:
    """The first day on which anybody says that the answer to the same statement came."""
    found: dict[tuple[str, str, str, str], date | None] = {_same(made): None for made in forecasts}
    for made in forecasts:
        closing = closings.get(made.number)
        if closing is not None:
            known = found[_same(made)]
            found[_same(made)] = closing.on if known is None else min(known, closing.on)
    return found


def _judgement(
    made: Forecast, changes: Sequence[Correction], closing: Closing | None, answered: date | None, *, today: date
) -> Judgement:
    last = made.closes if answered is None else min(made.closes, answered)
    versions = (
        Version(made.number, made.time, _value(made), made.time.date() >= last, None),
        *(Version(c.number, c.time, _value(c), c.time.date() >= last, c.why) for c in changes),
    )
    in_time = [version for version in versions if not version.late]
    unit, low, high = (made.unit, made.low, made.high) if isinstance(made, Quantiles) else (None, None, None)
    return Judgement(
        made.number, made.who, made.about, made.statement, unit, made.closes, low, high, made.note, versions, closing,
        _state(in_time, closing, closes=made.closes, today=today),
    )  # fmt: skip


def _value(entry: Forecast | Correction) -> float | tuple[Level, ...] | None:
    if isinstance(entry, Probability):
        return entry.probability
    if isinstance(entry, Quantiles):
        return entry.quantiles
    return entry.probability if entry.probability is not None else entry.quantiles


def _state(in_time: Sequence[Version], closing: Closing | None, *, closes: date, today: date) -> State:
    if not in_time:
        return State.LATE
    if in_time[-1].value is None:
        return State.WITHDRAWN
    if closing is None:
        return State.DUE if today >= closes else State.OPEN
    return State.UNKNOWN if closing.came is None else State.SCORED
