"""The lock that lets one edition be made at a time, of all the cases of a data folder.

Apart from the rest, so that the process that makes one holds it before it loads what takes seconds to load.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tocsin.settings import Settings

LOCK = "making.lock"
PATIENCE = 2.0
"""Seconds for which a lock is tried that somebody may only be looking at."""

BEGAN = b"began\n"
"""What the process says as soon as it holds the lock."""


def lock_file(settings: Settings) -> Path:
    """What the process that makes an edition holds: one for all cases of a data folder."""
    return settings.data_dir / LOCK


@contextmanager
def held(lock: Path, *, patience: float = 0.0) -> Iterator[bool]:
    """Whether the lock could be taken; it is held until the end.

    Args:
        lock: the file.
        patience: seconds to try for; whoever only looks whether it is held has it for a moment.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    until = monotonic() + patience
    with lock.open("a") as file:
        while not (taken := _taken(file)) and monotonic() < until:
            sleep(0.02)
        yield taken


def _taken(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
