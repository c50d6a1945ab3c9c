"""A server of a case, on loopback, that is killed in the middle of what it is asked to write.

Run as a program: FOLDER of cases, folder of DATA, and the moment of its end. It prints its port.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import sqlalchemy as sa
import uvicorn

from tocsin.api import case_import, claim_edits
from tocsin.settings import Settings
from tocsin.web.app import create_app
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[3]


def die(*_: object, **__: object) -> None:
    """End as a machine does that lost its power."""
    os.kill(os.getpid(), signal.SIGKILL)


def before_it_is_kept() -> None:
    """When a record's transaction that writes is to be kept."""

    @sa.event.listens_for(sa.engine.Engine, "commit")
    def commit(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("tocsin_writes"):
            die()


def after_it_is_kept() -> None:
    """When a decision is kept and nobody was told."""
    real = claim_edits.decide

    def decide(*given: Any, **named: Any) -> None:
        real(*given, **named)
        die()

    claim_edits.decide = decide  # type: ignore[assignment]


def before_a_case_is_in_place() -> None:
    """When a case file is unpacked and checked, and its folder not yet where cases are."""
    vars(case_import)["check_apart"] = die


MOMENTS: dict[str, Callable[[], None]] = {
    each.__name__: each for each in (before_it_is_kept, after_it_is_kept, before_a_case_is_in_place)
}


class Telling(uvicorn.Server):
    """Prints its port once it listens."""

    async def startup(self, sockets: Any = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        print(self.servers[0].sockets[0].getsockname()[1], flush=True)  # noqa: T201 - the test reads it


def main() -> None:
    """Serve until the moment comes."""
    cases, data, moment = sys.argv[1:]
    workbench = Workbench.of(
        sorted(p.parent for p in Path(cases).glob("*/case.toml")), settings=Settings(data_dir=Path(data))
    )
    workbench.imports = Path(cases)
    app = create_app(workbench, settings=workbench.settings)
    MOMENTS[moment]()
    Telling(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical")).run()


@contextmanager
def doomed(cases: Path, data: Path, moment: str) -> Iterator[httpx.Client]:
    """A browser of sorts on a server that will not live long; at the end the server was killed by itself."""
    command = [sys.executable, "-m", "tests.web.faults.doomed_server", str(cases), str(data), moment]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        with process.stdout:
            port = int(process.stdout.readline())
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as browser:
                yield browser
            assert process.wait(timeout=60) == -signal.SIGKILL
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()
