"""The process that makes one edition: it is told on its standard input what to make, and writes how far it came.

Nothing but `tocsin.web.briefs.making` begins it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from tocsin.settings import Settings
from tocsin.web.briefs.one_at_a_time import BEGAN, PATIENCE, held, lock_file


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
        from tocsin.web.briefs.making_steps import make  # noqa: PLC0415 - takes seconds, while whoever asked waits for "began"

        return 0 if make(Path(order["case"]), Path(order["state"]), settings=settings) else 1


def _say_no_more() -> None:
    """Nobody reads what is printed from now on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


if __name__ == "__main__":
    sys.exit(main())
