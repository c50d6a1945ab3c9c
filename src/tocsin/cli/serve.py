"""Command: serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.case import bundled_cases
from tocsin.cli.app import err
from tocsin.errors import InputError, MissingExtra
from tocsin.settings import Settings

PORTS = range(1, 65536)


def serve(
    *,
    case: Annotated[list[str] | None, Parameter(name="--case", negative="")] = None,
    cases: Annotated[Path | None, Parameter(name="--cases")] = None,
    host: str = "127.0.0.1",
    port: int = 8710,
    behind_proxy: Annotated[bool, Parameter(name="--behind-proxy", negative="")] = False,
    insecure_http: Annotated[bool, Parameter(name="--insecure-http", negative="")] = False,
) -> None:
    """Open the workbench: pages, an API and feeds of one case or several, on this machine.

    Without accounts it listens on this machine alone, for its one user. Beyond that it asks for accounts (`tocsin users
    add`) and for https: a proxy before it (`--behind-proxy`), or a written acceptance that passwords travel in the clear.

    For example:

        tocsin serve --case iraq

        tocsin serve --case iraq --case ~/cases/mali --port 9000

    Parameters
    ----------
    case
        A case folder, or the name of a bundled case (iraq); may be given several times; the bundled cases unless given.
    cases
        A folder of case folders, all of which are shown; imported cases are put there.
    host
        The address to listen on.
    port
        The port to listen on.
    behind_proxy
        A proxy of yours speaks https for this server, and sets X-Forwarded-Proto and X-Forwarded-For.
    insecure_http
        Accept that beyond this machine passwords travel in the clear.
    """
    if port not in PORTS:
        raise InputError(f"there is no port {port}", hint="give a number from 1 to 65535, as in --port 8710")
    try:
        from tocsin.web.serving import serve_cases  # noqa: PLC0415 - the web extra is loaded when it is used
    except ModuleNotFoundError as error:
        raise MissingExtra(f"the workbench needs {error.name}", hint="pip install 'tocsin[web]'") from error
    serve_cases(
        tuple(case or ()) or (() if cases else bundled_cases()), folder=cases, host=host, port=port,
        behind_proxy=behind_proxy, insecure_http=insecure_http, settings=Settings.load(),
        tell=lambda words: err.print(words, markup=False, soft_wrap=True),
    )  # fmt: skip
