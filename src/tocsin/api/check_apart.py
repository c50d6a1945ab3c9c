"""The check of a case from elsewhere, in a process of its own that may neither run on for ever nor fill the memory.

`python -m tocsin.api.check_apart FOLDER` prints the findings as JSON; its caller is `check_apart`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.case.finding import Finding, Severity
from tocsin.errors import FileProblem, Where

if TYPE_CHECKING:
    from tocsin.errors import TocsinError

SECONDS = 60
"""Of work; a case of some thousand rows takes two."""
PATIENCE_SECONDS = 180
"""On a machine that has other work."""
MEMORY_MB = 2048


def check_apart(folder: Path, *, seconds: int = SECONDS, memory_mb: int = MEMORY_MB) -> tuple[Finding, ...]:
    """What `check_case` finds in a folder, held against all that ships.

    Args:
        folder: a case's, of which nothing is known.
        seconds: how long the check may work.
        memory_mb: what it may take, where the system can hold it.

    Raises:
        FileProblem: the check did not come to an end within that.
    """
    command = [sys.executable, "-m", "tocsin.api.check_apart", str(folder), str(seconds), str(memory_mb)]
    try:
        done = subprocess.run(  # noqa: S603 - this module itself  # nosec B603
            command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _unended() from error
    try:
        found = json.loads(done.stdout)
        return tuple(Finding(**{**one, "severity": Severity(one["severity"])}) for one in found)
    except (ValueError, TypeError, KeyError) as error:
        raise _unended() from error


def _unended() -> TocsinError:
    what = f"the check of this case does not end within {SECONDS} s of work and {MEMORY_MB:,} MB"
    hint = "something in it is made to take long: look for YAML that repeats itself, and for very long lines"
    return FileProblem(what, where=Where("the case's tables and pages"), hint=hint)


def main(folder: Path, seconds: int, memory_mb: int) -> None:
    """Print what the check finds, within limits."""
    with suppress(ImportError):  # where the system has no such limits, the caller's patience is the only one
        import resource  # noqa: PLC0415 - not on every system

        for which, wanted in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_DATA, memory_mb << 20)):
            hard = resource.getrlimit(which)[1]
            limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(which, (limit, limit))
    from tocsin.api.known import known_beyond  # noqa: PLC0415 - within the limits
    from tocsin.case import check_case  # noqa: PLC0415

    print(json.dumps([finding.as_dict() for finding in check_case(folder, known=known_beyond())]))  # noqa: T201 - the answer


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
