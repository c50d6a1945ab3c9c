"""A PostgreSQL server of a test's own, which can be taken away at once and brought back."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest
from tests.api.postgres_base import POSTGRES

if TYPE_CHECKING:
    from collections.abc import Iterator


class Server:
    """One cluster on loopback.

    Attributes:
        address: its database, as settings take it.
    """

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"postgresql://tocsin@127.0.0.1:{self._port}/postgres"
        self._run(
            "initdb", "--username", "tocsin", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"
        )

    def start(self) -> None:
        """Have it answer again."""
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=30"
        self._run("pg_ctl", "--wait", "--log", str(self._folder / "log"), "--options", options, "start")

    def stop(self) -> None:
        """Take it away at once, with whatever is connected to it: as if the machine had lost its power."""
        self._run("pg_ctl", "--wait", "--mode", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), "--pgdata", str(self._folder / "data"), *arguments]
        user = "postgres" if os.geteuid() == 0 else None
        done = subprocess.run(
            command, cwd=self._folder, user=user, check=False, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


@contextmanager
def own_server() -> Iterator[Server]:
    """A server that runs; skips where tests on PostgreSQL are not asked for, or its programs are not here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
        Path(named) for named in (shutil.which("initdb"),) if named
    ]
    if not os.environ.get(POSTGRES) or not found:
        pytest.skip(f"{POSTGRES} is not set (.ci/postgres sets it), or PostgreSQL's programs are not here")
    folder = Path(mkdtemp())
    try:
        if os.geteuid() == 0:
            own = pwd.getpwnam("postgres")
            os.chown(folder, own.pw_uid, own.pw_gid)
        server = Server(found[-1].parent, folder)
        server.start()
        try:
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
