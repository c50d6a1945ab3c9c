"""Making an edition in a process of its own: one at a time, its progress in a file, so that it outlives a page or a server.

A lock that the process holds says that it runs; the file says how far it came. A file that is not finished while nobody holds
the lock is one of a process that was ended.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from tocsin.api.home import home_of
from tocsin.web.briefs.one_at_a_time import BEGAN, PATIENCE, held, lock_file

if TYPE_CHECKING:
    from tocsin.case import Case
    from tocsin.settings import Settings

STATE, TROUBLE = "making.json", "making.log"
MOST_STEPS = 60
_starting = Lock()


@dataclass(frozen=True, slots=True)
class Step:
    """What was being done from a moment on, UTC."""

    at: str
    says: str


@dataclass(frozen=True, slots=True)
class Making:
    """How the making of an edition goes, or went.

    Attributes:
        case: name of the case.
        by: who asked for it.
        started: when, UTC.
        steps: what was done, in order.
        ended: when, UTC; None while it goes on.
        edition: id of what came out; None where nothing did yet.
        anew: whether that edition is a new one; None where nothing came out yet.
        what, hint: what went wrong, and what to do; None where nothing did.
    """

    case: str
    by: str
    started: str
    steps: tuple[Step, ...] = ()
    ended: str | None = None
    edition: str | None = None
    anew: bool | None = None
    what: str | None = None
    hint: str | None = None


def now() -> str:
    """The time, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def is_running(settings: Settings) -> bool:
    """Whether an edition of any case is being made."""
    with held(lock_file(settings)) as free:
        return not free


def write_state(path: Path, state: Making) -> None:
    """Put the state in its place, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(json.dumps(asdict(state)), encoding="utf-8")
    fresh.replace(path)


def read_state(path: Path) -> Making | None:
    """The state as it was last written; None where nothing was ever made so, or the file cannot be read."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return Making(**{**read, "steps": tuple(Step(**step) for step in read["steps"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def state_of(case: Case, *, settings: Settings) -> Making | None:
    """How the making of a case's edition goes or went; one that was ended before it was done says so."""
    state = read_state(home_of(case, settings=settings) / STATE)
    if state is None or state.ended is not None or is_running(settings):
        return state
    state = read_state(home_of(case, settings=settings) / STATE) or state
    if state.ended is not None:
        return state
    return Making(
        state.case, state.by, state.started, state.steps, ended=state.steps[-1].at if state.steps else state.started,
        what="the process that made it was ended before it was done; nothing of it is left",
        hint="ask for it again: what was finished is kept",
    )  # fmt: skip


def start(case: Case, *, settings: Settings, by: str) -> bool:
    """Begin to make an edition; False where one of any case is being made already.

    Args:
        case: a checked case.
        settings: where editions and the record are.
        by: who asks for it.
    """
    home = home_of(case, settings=settings)
    with _starting:
        with held(lock_file(settings), patience=PATIENCE) as free:
            if not free:
                return False
            write_state(home / STATE, Making(case.folder.name, by, now(), (Step(now(), "starting"),)))
        with (home / TROUBLE).open("wb") as trouble:
            process = subprocess.Popen(  # nosec B603 - our own module; nothing from outside is in the command
                [sys.executable, "-m", "tocsin.web.briefs.making_process"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=trouble, start_new_session=True,
            )  # fmt: skip
        order = {"case": str(case.folder), "state": str(home / STATE), "settings": _plain(settings)}
        return _handed_over(process, order)


def _handed_over(process: subprocess.Popen[bytes], order: dict[str, Any]) -> bool:
    """Give the process its order, secrets by pipe and never by command line, and wait until it holds the lock."""
    assert process.stdin is not None, "it is a pipe"
    assert process.stdout is not None, "it is a pipe"
    with process.stdin, process.stdout:
        process.stdin.write(json.dumps(order).encode())
        process.stdin.close()
        began = process.stdout.readline() == BEGAN
    Thread(target=process.wait, daemon=True).start()
    return began


def _plain(settings: Settings) -> dict[str, Any]:
    return {key: _plain_value(value) for key, value in settings.model_dump().items() if value is not None}


def _plain_value(value: object) -> Any:  # noqa: ANN401 - as JSON has it
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value) if isinstance(value, Path) else value
