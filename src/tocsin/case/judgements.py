"""The file of the judgement log: lines of JSON that are added at the end, and never changed."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.case.finding import Finding, fault, quoted
from tocsin.errors import FileProblem, InputError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOG_FILE = "judgements.jsonl"
AS_WRITTEN = "bring the line back from a copy; a line of the log is never changed or removed"

Line = tuple[int, "dict[str, Any] | Finding"]
"""The number of a line, counted from 1, and what it holds: an entry, or what is wrong with it."""


def read_log(path: str | Path) -> tuple[Line, ...]:
    """Every line of a judgement log; none where there is no file yet.

    Whether the entries follow one from the other is not looked at here: that is the chain's to say.

    Raises:
        FileProblem: the file cannot be read.

    Example:
        >>> read_log("no-such-folder/judgements.jsonl")
        ()
    """
    place = Path(path)
    try:
        raw = place.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise FileProblem(f"the log cannot be read: {error.strerror}", where=Where(place)) from error
    return _lines(raw, file=place.name)


def append_line(path: str | Path, entry: dict[str, Any]) -> None:
    """Add one entry at the end, whole or not at all, and wait until the disk has it.

    Raises:
        InputError: the entry is nothing that JSON can hold.
        FileProblem: the file cannot be written to.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     append_line(Path(folder) / "judgements.jsonl", {"who": "desk officer", "probability": 0.3})
        ...     read_log(Path(folder) / "judgements.jsonl")
        ((1, {'who': 'desk officer', 'probability': 0.3}),)
    """
    append_after(path, lambda _: entry)


def append_after(path: str | Path, make: Callable[[tuple[Line, ...]], dict[str, Any]]) -> dict[str, Any]:
    """Add the entry that follows from those that stand there: nobody else writes between the reading and the writing.

    Args:
        path: the log; it is made where it is not there, in a folder that is.
        make: gives the entry from the lines before it; what it raises leaves the log as it was.

    Returns:
        The entry.

    Raises:
        InputError: the entry is nothing that JSON can hold.
        FileProblem: the file cannot be written to.
    """
    place = Path(path)
    with _alone(place) as descriptor:
        raw = _whole(descriptor)
        entry = make(_lines(raw, file=place.name))
        line = _as_line(entry)
        try:
            _write(descriptor, line if raw.endswith(b"\n") or not raw else b"\n" + line, after=len(raw))
        except OSError as error:
            raise FileProblem(f"the log cannot be written to: {error.strerror}", where=Where(place)) from error
    return entry


@contextmanager
def _alone(place: Path) -> Iterator[int]:
    """The log open for adding, with every other writer waiting."""
    import fcntl  # noqa: PLC0415  # this module is not there on Windows

    try:
        descriptor = os.open(place, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    except OSError as error:
        hint = "name a file in a folder that is there and can be written to"
        raise FileProblem(f"the log cannot be opened: {error.strerror}", where=Where(place), hint=hint) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _whole(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _write(descriptor: int, line: bytes, *, after: int) -> None:
    """Write a line to its end, or take back what was written of it."""
    try:
        left = memoryview(line)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, after)
        raise


def _as_line(entry: dict[str, Any]) -> bytes:
    try:
        text = json.dumps(entry, ensure_ascii=False, allow_nan=False)
        return f"{text}\n".encode()
    except (TypeError, ValueError, RecursionError) as error:
        hint = "give text, finite numbers, true or false, None, lists and keys that are text"
        raise InputError(f"the entry cannot be written as JSON: {error}", hint=hint) from error


def _lines(raw: bytes, *, file: str) -> tuple[Line, ...]:
    """Blank lines stand in a file that was edited by hand: they count, so that the others keep their numbers."""
    lines = raw.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    return tuple((number, _entry(line, file=file, number=number)) for number, line in enumerate(lines, start=1))


def _entry(line: bytes, *, file: str, number: int) -> dict[str, Any] | Finding:
    try:
        found = json.loads(line.decode(), object_pairs_hook=_single_keys, parse_float=_finite, parse_constant=_finite)
    except UnicodeDecodeError as error:
        return fault(file, f"this is not UTF-8 text (byte 0x{line[error.start]:02x})", AS_WRITTEN, row=number)
    except (ValueError, RecursionError) as error:
        words = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        return fault(file, f"this is no line of JSON: {words}", AS_WRITTEN, row=number)
    if not isinstance(found, dict):
        return fault(file, f"{quoted(line.decode())} is no entry: it has no keys", AS_WRITTEN, row=number)
    return found


def _single_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"the key {quoted(key)} stands twice")
    return dict(pairs)


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"{text} is no number")
    return value
