"""Which entries of a judgement log count, and why the others do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.decide.judgements.entry import Came, Correction, Note, Probability, Quantiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from tocsin.decide.judgements.entry import Entry, Forecast


@dataclass(frozen=True, slots=True)
class Breach:
    """An entry that the rules do not let count: its number and why."""

    number: int
    why: str


def breaches(entries: Sequence[Entry]) -> tuple[Breach, ...]:
    """Entries that do not count, each with the reason: they stand in the log, and nothing follows from them.

    Late versions are none: they are shown with their forecast, marked late.
    """
    return tuple(_breaches(entries))


def allowed_entries(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that count, in order."""
    barred = {breach.number for breach in _breaches(entries)}
    return [entry for entry in entries if entry.number not in barred]


def _breaches(entries: Iterable[Entry]) -> Iterator[Breach]:
    before: dict[int, Entry] = {}
    closed: dict[int, int] = {}
    for entry in entries:
        why = _why_not(entry, before, closed)
        if why is not None:
            yield Breach(entry.number, why)
            continue
        before[entry.number] = entry
        if isinstance(entry, Came):
            closed[entry.of] = entry.number


def _why_not(entry: Entry, before: dict[int, Entry], closed: dict[int, int]) -> str | None:
    of = getattr(entry, "of", None)
    if of is None:
        return None
    target = before.get(of)
    if target is None:
        return f"there is no entry {of} before it that counts"
    if isinstance(entry, Came):
        return _why_no_close(entry, target, closed)
    if isinstance(entry, Correction):
        return _why_no_correction(entry, target) or _why_no_other_answer(entry, target, before)
    return None


def _why_no_close(entry: Came, target: Entry, closed: dict[int, int]) -> str | None:
    if not isinstance(target, Probability | Quantiles):
        return f"entry {entry.of} is no forecast"
    if entry.of in closed:
        return f"entry {closed[entry.of]} closed forecast {entry.of} already"
    return _why_not_yet(entry.on, entry.time) or _why_not_came(entry.came, entry.on, target)


def _why_no_other_answer(entry: Correction, target: Entry, before: dict[int, Entry]) -> str | None:
    if not isinstance(target, Came):
        return None
    forecast = before[target.of]
    assert isinstance(forecast, Probability | Quantiles), "a close that counts closes a forecast"
    came = entry.came if "came" in entry.model_fields_set else target.came
    return _why_not_yet(entry.on, entry.time) or _why_not_came(came, entry.on or target.on, forecast)


def _why_not_yet(on: date | None, time: datetime) -> str | None:
    return f"it says what came on {on}, and was made before" if on is not None and on > time.date() else None


def _why_not_came(came: bool | float | None, on: date, target: Forecast) -> str | None:  # noqa: FBT001  # a value of the log
    if came is False and on < target.closes:
        return f"forecast {target.number} is open until {target.closes}: only then is it known not to have come"
    if came is None or isinstance(came, bool) == isinstance(target, Probability):
        return None
    return f"forecast {target.number} needs {'true or false' if isinstance(target, Probability) else 'a number'}"


CHANGES = {Probability: {"probability", "withdrawn"}, Quantiles: {"quantiles", "withdrawn"}, Note: {"note", "withdrawn"},
           Came: {"came"}}  # fmt: skip
"""What a correction may change of each kind of entry."""


def _why_no_correction(entry: Correction, target: Entry) -> str | None:
    if isinstance(target, Correction):
        return f"entry {entry.of} is a correction: correct entry {target.of}"
    if not entry.changes <= CHANGES[type(target)]:
        return f"entry {entry.of} is of kind {target.kind}, which has no {next(iter(entry.changes))}"
    if entry.who != target.who and not isinstance(target, Came):
        return f"entry {entry.of} is by {target.who}, who alone may correct it"
    if isinstance(target, Quantiles) and entry.quantiles is not None:
        ends = entry.quantiles[0][1], entry.quantiles[-1][1]
        if (target.low is not None and ends[0] < target.low) or (target.high is not None and ends[1] > target.high):
            return f"a quantile lies beyond what forecast {target.number} says can come"
    return None
