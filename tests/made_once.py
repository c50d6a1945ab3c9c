"""Values that take long to make and never change: made by the first process of a run of tests, and read by the others."""

from __future__ import annotations

import fcntl
import os
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
FOLDER = "TESTS_SHARE_OF_TOCSIN"
"""Names the folder that all workers of a run see; where it is not set there is one process, and nothing to share."""


def made_once(name: str, make: Callable[[], T]) -> T:
    """What `make` gives, made by one worker of a run while the others wait for it.

    The lock is the system's own, so that a worker that dies holds nobody up: the next one makes the value.
    """
    folder = os.environ.get(FOLDER)
    if folder is None:
        return make()
    held = Path(folder) / f"{name}.pickle"
    with held.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if held.exists():
            return cast("T", pickle.loads(held.read_bytes()))  # noqa: S301 - written by a worker of this run
        made = make()
        fresh = held.with_suffix(".new")
        fresh.write_bytes(pickle.dumps(made))
        fresh.replace(held)
        return made
