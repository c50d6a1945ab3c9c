"""A judgement log as read, with everything wrong with it; and the entry that may be added to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any

from tocsin.case.cells import LARGEST
from tocsin.case.finding import Finding, fault
from tocsin.case.judgements import LOG_FILE
from tocsin.decide.judgements.chain import MEND, Head, chain_faults, head_faults, head_of, seal
from tocsin.decide.judgements.entry import Probability, Quantiles, entry_of
from tocsin.decide.judgements.rules import breaches
from tocsin.decide.judgements.standing import judgements, same_statement
from tocsin.errors import FileProblem, InputError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from tocsin.case.judgements import Line
    from tocsin.decide.judgements.entry import Entry, Forecast


@dataclass(frozen=True, slots=True)
class Log:
    """A judgement log.

    Attributes:
        entries: those that can be read, in the order of the file.
        faults: every line that is not as it was written, and why.
        head: the last entry; None where there is none, or where the log has faults.
        lines: how many lines the file has.
    """

    entries: tuple[Entry, ...]
    faults: tuple[Finding, ...]
    head: Head | None
    lines: int


def read_entries(lines: Sequence[Line], *, head: Head | None = None) -> Log:
    """Check a log and read its entries.

    Args:
        lines: as `read_log` gives them.
        head: one that was kept elsewhere; the log must still hold it.
    """
    entries, faults = _entries(lines)
    faults += chain_faults(lines)
    faults += head_faults(lines, head) if head is not None else ()
    found = tuple(sorted(faults, key=lambda each: each.row or 0))
    return Log(tuple(entries), found, None if found else head_of(lines), len(lines))


def entry_after(lines: Sequence[Line], content: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """The entry that follows a log: sealed after its last, and refused where it could not count.

    Args:
        lines: the log as it stands.
        content: kind, who and what the kind needs; not number, time or hashes.
        now: the time, with its zone.

    Raises:
        FileProblem: the log has faults: nothing is sealed after lines that may have been altered.
        InputError: the entry is not complete, or it would not count: the reason is given.
    """
    log = read_entries(lines)
    if log.faults:
        rows = tuple(found.row for found in log.faults if found.row is not None)
        raise FileProblem(
            f"the judgement log is not as it was written: {log.faults[0].problem}", where=Where(LOG_FILE, rows),
            hint="tocsin judgements verify names every line; bring the log back from a copy, or begin another elsewhere",
        )  # fmt: skip
    time = now.astimezone(UTC).replace(microsecond=0)
    if log.entries and time < log.entries[-1].time:
        last = log.entries[-1].time.isoformat()
        raise InputError(
            f"the clock says {time.isoformat()}, before the last entry ({last})", hint="set the clock right"
        )
    _written_down(content)
    sealed = seal({"time": time.isoformat(), **content}, after=log.head)
    entry, wrong = entry_of(sealed)
    if entry is None:
        key, problem, mend = wrong[0]
        raise InputError(problem, where=Where(field=key or None), hint=mend)
    _may_count(entry, log.entries)
    return sealed


def _written_down(content: Mapping[str, Any]) -> None:
    """Refuse numbers that no log can hold, and no score can be worked out from.

    Raises:
        InputError: one is not finite, or absurdly large; the key is named.
    """
    for key, given in content.items():
        for value in _numbers(given):
            if not abs(value) <= LARGEST:
                shown = "a whole number of so many digits" if isinstance(value, int) else f"{value:g}"
                raise InputError(
                    f"{shown} cannot be kept as {key}", where=Where(field=key),
                    hint=f"give a finite number from -{LARGEST:g} to {LARGEST:g}, if need be in a larger unit",
                )  # fmt: skip


def _numbers(given: object) -> Iterator[float]:
    if isinstance(given, (list, tuple)):
        for part in given:
            yield from _numbers(part)
    elif isinstance(given, (int, float)):
        yield given


def _entries(lines: Sequence[Line]) -> tuple[list[Entry], list[Finding]]:
    """Entries of the right form, and lines without it; a line that is no JSON is the chain's to name."""
    entries: list[Entry] = []
    faults: list[Finding] = []
    for number, line in lines:
        if isinstance(line, Finding):
            continue
        entry, wrong = entry_of(line)
        faults += [fault(LOG_FILE, problem, mend, row=number, column=key or None) for key, problem, mend in wrong]
        if entry is None:
            continue
        if entries and entry.time < entries[-1].time:
            problem = f"this is of {entry.time.isoformat()}, earlier than the entry before it"
            faults.append(fault(LOG_FILE, problem, MEND, row=number, column="time"))
        entries.append(entry)
    return _once(entries), faults


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """Each number once, the first line that has it; what is wrong with the others, the chain says."""
    return list({entry.number: entry for entry in reversed(entries)}.values())[::-1]


def _may_count(entry: Entry, before: Sequence[Entry]) -> None:
    """Refuse an entry that would stand in the log without counting.

    Raises:
        InputError: it would not count.
    """
    after = (*before, entry)
    for breach in breaches(after):
        if breach.number == entry.number:
            raise InputError(breach.why, hint="tocsin judgements list shows every entry with its number")
    if isinstance(entry, Probability | Quantiles):
        _in_time(entry, before)
    for judged in judgements(after, today=entry.time.date()):
        late = next((version for version in judged.versions if version.number == entry.number and version.late), None)
        if late is not None:
            closed = entry.time.date() >= judged.closes
            why = f"it closes on {judged.closes}" if closed else "its answer has come"
            raise InputError(
                f"it is too late for this forecast: {why}", where=Where(field="closes"),
                hint="a forecast is made, and corrected, on a day (UTC) before the one on which its answer is known",
            )  # fmt: skip


def _in_time(entry: Forecast, before: Sequence[Entry]) -> None:
    closed = {each.of for each in before if each.kind == "came"}
    for other in _forecasts(before):
        if other.number in closed and same_statement(entry, other):
            raise InputError(
                f"the answer is in the log already: forecast {other.number} of the same statement is closed",
                where=Where(field="statement"), hint="forecasts are made before their answer comes",
            )  # fmt: skip


def _forecasts(entries: Sequence[Entry]) -> Iterator[Forecast]:
    yield from (entry for entry in entries if isinstance(entry, Probability | Quantiles))
