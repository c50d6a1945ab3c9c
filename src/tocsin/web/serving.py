"""A server of the workbench: who may reach it, what it shows, and how it says where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from tocsin.api.home import team_address
from tocsin.errors import FileProblem, InputError, TocsinError, Where
from tocsin.team import guard_logs, open_team
from tocsin.web.access import refuse_beyond_loopback
from tocsin.web.app import create_app
from tocsin.web.warming import begin_warming
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from socket import socket

    from tocsin.settings import Settings

KEEP_ALIVE_SECONDS = 20
CONNECTIONS = 200
"""Connections at once; more are told to come again."""


class Listening(uvicorn.Server):
    """A server that makes first pages ready as soon as it listens, and not before."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Listen, then begin."""
        await super().startup(sockets)
        if self.started:
            begin_warming(self.config.app)  # type: ignore[arg-type]


def serve_cases(
    cases: Sequence[str], *, folder: Path | None, host: str, port: int, behind_proxy: bool, insecure_http: bool,
    settings: Settings, tell: Callable[[str], None],
) -> None:  # fmt: skip
    """Serve until it is stopped.

    Args:
        cases: case folders, or names of cases that ship.
        folder: a folder of case folders, all of which are shown; cases that are imported are put there.
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        behind_proxy: whether a proxy speaks https for this server.
        insecure_http: whether passwords in the clear were accepted.
        settings: where data and databases are.
        tell: told where the workbench is, and what it lacks.

    Raises:
        InputError: it would listen beyond this machine without accounts, or without https; or no case is given.
        FileProblem: the folder of cases is none.
    """
    found = [*cases, *(_cases_in(folder) if folder else ())]
    if not found and folder is None:
        raise InputError("no case is given", hint="tocsin serve --case iraq, or --cases FOLDER")
    team = open_team(team_address(settings))
    exposure = refuse_beyond_loopback(host, team=team, behind_proxy=behind_proxy, insecure_http=insecure_http)
    workbench = Workbench.of(found, settings=settings)
    workbench.imports = folder
    app = create_app(workbench, settings=settings, team=team, exposure=exposure)
    for name in workbench.names:
        _say_what_lacks(workbench, name, tell)
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False, proxy_headers=behind_proxy,
        timeout_keep_alive=KEEP_ALIVE_SECONDS, limit_concurrency=CONNECTIONS, timeout_graceful_shutdown=5,
    )  # fmt: skip
    guard_logs("uvicorn", "uvicorn.error", "uvicorn.access")
    shown = f"[{host}]" if ":" in host else host
    tell(f"the workbench is at http://{shown}:{port}/  (Ctrl-C ends it)")
    Listening(config).run()


def _say_what_lacks(workbench: Workbench, name: str, tell: Callable[[str], None]) -> None:
    """Say what a case lacks; one that cannot be read holds up no other."""
    try:
        if workbench.edition(name) is None:
            tell(f"{name} has no edition yet: tocsin run --case {name}, or make one on its page Briefs")
    except TocsinError as error:
        tell(f"{name} cannot be shown: {error.what} (tocsin check --case {workbench.folders[name]})")


def _cases_in(folder: Path) -> list[Path]:
    """The case folders in a folder, by name."""
    if not folder.is_dir():
        raise FileProblem("there is no such folder of cases", where=Where(folder), hint="make it, or name another")
    return sorted(path.parent for path in folder.glob("*/case.toml"))
