"""The process that reads files for another one: what a file does to it, it does to it alone."""

from __future__ import annotations

import os
import pickle
import sys
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tocsin.record.document import Document, Text
    from tocsin.record.reading.given import Given

    Answer = tuple[Document, Text | None] | TocsinError | str
    """What was read, an error that is the caller's, or in words what the reader stopped on."""

READY = "ready"
WORDS = 300
"""Characters of a reader's own message that are passed on."""


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Read one file after the other, until nothing more is asked. The first thing asked says with what it is read."""
    paths, module, function, memory_mb = pickle.load(asked)  # noqa: S301  # the parent's own words
    sys.path[:] = paths
    _keep_within(memory_mb)
    read = getattr(import_module(module), function)
    _answer(answers, READY)
    while True:
        try:
            path, name, given = pickle.load(asked)  # noqa: S301  # the parent's own words
        except EOFError:
            return
        _answer(answers, _read(read, path, name, given, memory_mb))


def _read(
    read: Callable[..., tuple[Document, Text | None]], path: Path, name: str, given: Given, memory_mb: int
) -> Answer:  # fmt: skip
    try:
        return read(path, name=name, given=given)
    except TocsinError as error:
        return error
    except MemoryError:
        return f"it needs more than {memory_mb:,} MB of memory"
    except Exception as error:  # noqa: BLE001  # whatever a library raises on a file is that file's fault
        return f"{type(error).__name__}: {error}"[:WORDS]


def _answer(answers: BinaryIO, answer: object) -> None:
    pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _keep_within(memory_mb: int) -> None:
    """Refuse this process more memory, where the system can."""
    try:
        import resource  # noqa: PLC0415  # not every system has it
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = memory_mb << 20
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


if __name__ == "__main__":
    private = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the answers
    serve(sys.stdin.buffer, private)
