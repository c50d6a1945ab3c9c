"""The process that makes one edition: it is told on its standard input what to make, and writes how far it came.

Nothing but `tocsin.web.making` begins it.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path

from tocsin.api.edition import make_edition
from tocsin.api.home import editions_of
from tocsin.api.known import open_case
from tocsin.api.read import read_documents
from tocsin.errors import TocsinError
from tocsin.settings import Settings
from tocsin.web.making import (
    BEGAN,
    MOST_STEPS,
    PATIENCE,
    Making,
    Step,
    held,
    lock_file,
    now,
    read_state,
    write_state,
)

LOG = logging.getLogger("tocsin.web.making")


def main() -> int:
    """Make what is asked for; 0 when it is done, 1 when it failed, 2 where another is being made."""
    order = json.loads(sys.stdin.read())
    settings = Settings.model_validate(order["settings"])
    with held(lock_file(settings), patience=PATIENCE) as free:
        sys.stdout.buffer.write(BEGAN if free else b"busy\n")
        sys.stdout.flush()
        _say_no_more()
        if not free:
            return 2
        return 0 if make(Path(order["case"]), Path(order["state"]), settings=settings) else 1


def _say_no_more() -> None:
    """Nobody reads what is printed from now on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def make(folder: Path, path: Path, *, settings: Settings) -> bool:
    """Make an edition, and write down each step, the outcome, or what went wrong; whether it came out.

    Args:
        folder: of the case.
        path: the file of the state.
        settings: where editions and the record are.
    """
    begun = read_state(path) or Making(folder.name, "somebody", now())
    try:
        case = open_case(folder)
        before = set(editions_of(case, settings=settings).ids())
        _tell(path, begun, "reading documents")
        read_documents(case, settings=settings)
        edition = make_edition(case, settings=settings, tell=lambda words: _tell(path, begun, words))
    except TocsinError as error:
        _end(path, begun, what=error.what, hint=error.hint or "mend it, and ask for it again")
        return False
    except OSError as error:
        _end(path, begun, what=f"the disk: {error.strerror or error}", hint="make room, and ask for it again")
        return False
    except Exception as error:
        LOG.exception("making an edition of %s failed", folder.name)
        _end(path, begun, what=f"a fault of Tocsin: {type(error).__name__}", hint="tocsin run says more of it")
        return False
    _end(path, begun, edition=edition.id, anew=edition.id not in before)
    return True


def _tell(path: Path, begun: Making, words: str) -> None:
    state = read_state(path) or begun
    write_state(path, replace(state, steps=(*state.steps, Step(now(), words))[-MOST_STEPS:]))


def _end(
    path: Path, begun: Making, *, edition: str | None = None, anew: bool | None = None, what: str | None = None,
    hint: str | None = None,
) -> None:  # fmt: skip
    state = read_state(path) or begun
    write_state(path, replace(state, ended=now(), edition=edition, anew=anew, what=what, hint=hint))


if __name__ == "__main__":
    sys.exit(main())
