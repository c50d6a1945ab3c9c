"""The chain of a judgement log: each entry is sealed with the hash of the one before."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tocsin.case.finding import Finding, fault
from tocsin.case.judgements import LOG_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tocsin.case.judgements import Line

FIRST = "0" * 64
"""What the first entry has in place of a hash before it."""

MEND = "bring the log back from a copy; entries are corrected by new ones, never in place"


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a log: kept elsewhere, it shows later whether the log was cut short or written anew.

    Example:
        >>> Head.parse("12:" + "ab" * 32).number
        12
    """

    number: int
    hash: str

    @classmethod
    def parse(cls, text: str) -> Head | None:
        """`NUMBER:HASH` as a head; None where it is not one."""
        number, _, digest = text.strip().partition(":")
        whole = number.isascii() and number.isdigit() and len(digest) == len(FIRST)
        return cls(int(number), digest.lower()) if whole and set(digest.lower()) <= set("0123456789abcdef") else None

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True)
class _Link:
    """A line as the chain sees it; `sealed` says whether its words are those its hash was made from."""

    line: int
    number: int
    before: str
    hash: str
    sealed: bool


def canonical(content: Mapping[str, Any]) -> str:
    """The one way to write an entry for its hash: keys in order, no blanks, JSON.

    Example:
        >>> canonical({"b": 0.5, "a": "é"})
        '{"a":"é","b":0.5}'
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def hash_of(entry: Mapping[str, Any]) -> str:
    """SHA-256 over the hash before and everything else in the entry, as hexadecimal.

    hash = SHA-256(before, line end, canonical JSON of the entry without `hash`), in UTF-8.
    """
    content = {key: value for key, value in entry.items() if key != "hash"}
    return sha256(f"{entry['before']}\n{canonical(content)}".encode("utf-8", "surrogatepass")).hexdigest()


def seal(content: Mapping[str, Any], *, after: Head | None) -> dict[str, Any]:
    """An entry with its number, the hash before, and its own.

    Example:
        >>> first = seal({"note": "begun"}, after=None)
        >>> first["number"], first["before"] == FIRST, first["hash"] == hash_of(first)
        (1, True, True)
    """
    placed = {"number": after.number + 1 if after else 1, **content, "before": after.hash if after else FIRST}
    return {**placed, "hash": hash_of(placed)}


def head_of(lines: Sequence[Line]) -> Head | None:
    """The last entry of a log whose chain holds; None where there is no entry."""
    last = lines[-1][1] if lines else None
    return Head(last["number"], last["hash"]) if isinstance(last, dict) else None


def chain_faults(lines: Sequence[Line]) -> tuple[Finding, ...]:
    """Every line that was changed, removed, put in, repeated or moved, by its number.

    An entry changed in place no longer agrees with its hash. One that was changed and sealed again is no longer the one
    that the next follows. Not found: the last entries cut off, and a log sealed anew from some line to its end. Both need
    a head that was kept elsewhere (`head_faults`).

    Args:
        lines: the log as it was read: line number, and the entry or what is wrong with the line.
    """
    return tuple(sorted(_faults(lines), key=lambda found: found.row or 0))


def head_faults(lines: Sequence[Line], head: Head) -> tuple[Finding, ...]:
    """Whether a head that was kept elsewhere is still in the log; entries after it are those added since.

    Args:
        lines: the log.
        head: what `verify` printed earlier.
    """
    links, _ = _links(lines)
    if any(link.hash == head.hash and link.number == head.number for link in links):
        return ()
    last = max((link.number for link in links), default=0)
    if last < head.number:
        problem = f"the log ends here, and {_entries(last + 1, head.number)} missing, which the kept head counts"
        return (_wrong(lines[-1][0] if lines else 1, problem),)
    at = next((link.line for link in links if link.number == head.number), links[-1].line)
    problem = f"entry {head.number} is not the one of the kept head: it, or an entry before it, was written anew"
    return (_wrong(at, problem),)


def _wrong(line: int, problem: str) -> Finding:
    return fault(LOG_FILE, problem, MEND, row=line)


def _faults(lines: Sequence[Line]) -> Iterator[Finding]:
    links, broken = _links(lines)
    yield from broken
    for link in links:
        if not link.sealed:
            yield _wrong(link.line, "this line was changed: it no longer agrees with its hash")
    single, repeats = _once_each(links)
    yield from repeats
    kept, put_in = _kept(single)
    yield from put_in
    placed, moved = _in_order(kept)
    yield from moved
    yield from _gaps(placed, kept, lines)


def _links(lines: Sequence[Line]) -> tuple[list[_Link], list[Finding]]:
    links, broken = [], []
    for number, entry in lines:
        if isinstance(entry, Finding):
            broken.append(entry)
        elif not _has_chain(entry):
            broken.append(
                _wrong(number, "this is no entry of a chain: number, before or hash is missing or of another kind")
            )
        else:
            sealed = hash_of(entry) == entry["hash"]
            links.append(_Link(number, entry["number"], entry["before"], entry["hash"], sealed))
    return links, broken


def _has_chain(entry: Mapping[str, Any]) -> bool:
    number = entry.get("number")
    return type(number) is int and number > 0 and all(type(entry.get(key)) is str for key in ("before", "hash"))


def _once_each(links: Sequence[_Link]) -> tuple[list[_Link], list[Finding]]:
    """Lines whose hash stands once; of repeats the first sealed one is kept."""
    first: dict[str, _Link] = {}
    for link in sorted(links, key=lambda each: (not each.sealed, each.line)):
        first.setdefault(link.hash, link)
    single = [link for link in links if first[link.hash] is link]
    repeats = [
        _wrong(link.line, f"this line was put in: it has the hash of line {first[link.hash].line}")
        for link in links if first[link.hash] is not link
    ]  # fmt: skip
    return single, repeats


def _kept(links: Sequence[_Link]) -> tuple[list[_Link], list[Finding]]:
    """The lines of the log's own chain and those put in: of two that claim one number, the longer run of links is its own."""
    kept: list[_Link] = []
    taken: dict[int, _Link] = {}
    put_in: list[Finding] = []
    for run in sorted(_runs(links), key=lambda each: (-len(each), each[0].line)):
        clash = [link for link in run if link.sealed and link.number in taken]
        if not clash:
            kept += run
            taken |= {link.number: link for link in run if link.sealed}
            continue
        for link in run:
            at = taken.get(link.number)
            if link.sealed:
                words = f"the log has its entry {link.number} in line {at.line}" if at else "it follows a line that was"
                put_in.append(_wrong(link.line, f"this line was put in: {words}"))
    return sorted(kept, key=lambda link: link.line), put_in


def _runs(links: Sequence[_Link]) -> Iterator[list[_Link]]:
    """The lines in runs, each line followed by one that names its hash; at a fork the longer way goes on the run."""
    by_hash = {link.hash: link for link in links}
    after: dict[str, list[_Link]] = {}
    for link in links:
        after.setdefault(link.before, []).append(link)
    order = [link for link in links if link.before not in by_hash]
    for link in order:
        order += after.get(link.hash, [])
    length: dict[str, int] = {}
    for link in reversed(order):
        length[link.hash] = 1 + max((length[child.hash] for child in after.get(link.hash, [])), default=0)
    going_on = {max(ways, key=lambda way: length.get(way.hash, 0)).line for ways in after.values()}
    for start in order:
        if start.before not in by_hash or start.line not in going_on:
            yield list(_run(start, after, going_on))
    reached = {link.line for link in order}
    yield from ([link] for link in links if link.line not in reached)


def _run(start: _Link, after: Mapping[str, list[_Link]], going_on: set[int]) -> Iterator[_Link]:
    step: _Link | None = start
    while step is not None:
        yield step
        step = next((child for child in after.get(step.hash, []) if child.line in going_on), None)


def _in_order(kept: Sequence[_Link]) -> tuple[list[_Link], list[Finding]]:
    """Sealed lines that stand in the order of their numbers, and those that were moved: the fewest that explain it."""
    sealed = [link for link in kept if link.sealed]
    tails: list[int] = []
    at: list[int] = []
    back: list[int | None] = []
    for i, link in enumerate(sealed):
        k = bisect_left(tails, link.number)
        back.append(at[k - 1] if k else None)
        tails[k : k + 1] = [link.number]
        at[k : k + 1] = [i]
    inside: set[int] = set()
    step = at[-1] if at else None
    while step is not None:
        inside.add(step)
        step = back[step]
    moved = [
        _wrong(link.line, f"this line was moved: it is entry {link.number}, and stands out of its order")
        for i, link in enumerate(sealed) if i not in inside
    ]  # fmt: skip
    return [link for i, link in enumerate(sealed) if i in inside], moved


def _gaps(placed: Sequence[_Link], kept: Sequence[_Link], lines: Sequence[Line]) -> Iterator[Finding]:
    """Entries that are missing between lines, and lines that are not the ones the next was sealed after."""
    there = sorted({link.number for link in kept if link.sealed})
    trusted = {link.line for link in kept if link.sealed}
    doubtful = sorted(number for number, _ in lines if number not in trusted)
    start = _Link(0, 0, "", FIRST, sealed=True)
    for low, high in pairwise([start, *placed]):
        between = bisect_left(doubtful, high.line) - bisect_left(doubtful, low.line)
        first, last, count = _missing(low.number, high.number, there)
        if count > between:
            left = count - between
            some = f"{left} of entries {first} to {last} {'is' if left == 1 else 'are'}"
            yield _wrong(high.line, f"before this line {some if between else _entries(first, last)} missing")
        elif high.number == low.number + 1 and high.before != low.hash and not _moved_hash(high, kept):
            yield _replaced(low, high)


def _missing(low: int, high: int, there: Sequence[int]) -> tuple[int, int, int]:
    """The first and last number between two that no line has, and how many there are; `there` ascends."""
    first, last, i, k = low + 1, high - 1, bisect_right(there, low), bisect_left(there, high)
    while i < k and there[i] == first:
        first, i = first + 1, i + 1
    while i < k and there[k - 1] == last:
        last, k = last - 1, k - 1
    return first, last, max(0, last - first + 1 - (k - i))


def _moved_hash(link: _Link, kept: Sequence[_Link]) -> bool:
    return any(other.hash == link.before for other in kept)


def _replaced(low: _Link, high: _Link) -> Finding:
    if low.line == 0:
        return _wrong(high.line, "this is called the first entry, and was sealed after another")
    problem = f"this is not the entry that line {high.line} follows: it, or one before it, was changed and sealed anew"
    return _wrong(low.line, problem)


def _entries(first: int, last: int) -> str:
    return f"entry {first} is" if first == last else f"entries {first} to {last} are"
