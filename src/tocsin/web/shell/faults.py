"""What a visitor sees when something is not there, not allowed, or went wrong: words and a way on, never a trace."""

from __future__ import annotations

import errno
import logging
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from tocsin.errors import FileProblem, InputError, TocsinError, UnknownName
from tocsin.web.shell.rendering import render

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

LOG = logging.getLogger("tocsin.web")
TITLES = {
    400: "That cannot be used", 401: "Please sign in", 403: "Not allowed", 404: "Not found", 405: "Not possible here",
    409: "Somebody was faster", 413: "Too large", 429: "Too many requests", 500: "Something went wrong", 503: "Not now",
}  # fmt: skip
AGAIN_SECONDS = "30"
"""After how long something that is out of reach is worth asking for again."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_ROOM = TocsinError(
    "there is no room left to write on the disk of the server",
    hint="free some space, and do it again; what was kept before is whole",
)


def shown(request: Request, status: int, what: str, hint: str | None = None) -> Response:
    """A page that says what is wrong and how to go on."""
    title = TITLES.get(status, "Not possible")
    return render(
        request, "fault.html.j2", view="", title=title, status=status,
        make=lambda: {"title": title, "what": what, "hint": hint},
    )  # fmt: skip


async def refused(request: Request, error: Exception) -> Response:
    """A status with its words."""
    assert isinstance(error, HTTPException)
    detail = error.detail if error.detail and not error.detail.isupper() else TITLES.get(error.status_code, "")
    response = shown(request, error.status_code, detail)
    response.headers.update(error.headers or {})
    return response


async def wrong_input(request: Request, error: Exception) -> Response:
    """What a visitor gave cannot be used: a name that is not there is 404, the rest 400."""
    assert isinstance(error, TocsinError)
    return shown(request, 404 if isinstance(error, UnknownName) else 400, error.what, error.hint)


async def of_ours(request: Request, error: Exception) -> Response:
    """A fault of ours that has words, such as a database or a publisher that is down: it may be over soon."""
    assert isinstance(error, TocsinError)
    response = shown(request, 503, error.what, error.hint)
    response.headers.update({"Retry-After": AGAIN_SECONDS, "Cache-Control": "no-store"})
    return response


async def of_the_machine(request: Request, error: Exception) -> Response:
    """A disk that is full is said; any other fault of the machine is one that nobody foresaw."""
    assert isinstance(error, OSError)
    return await (of_ours(request, NO_ROOM) if error.errno in FULL else unforeseen(request, error))


async def unforeseen(request: Request, error: Exception) -> Response:
    """Any other fault: logged, and said without its insides."""
    LOG.error("unforeseen fault at %s: %s", request.url.path, type(error).__name__, exc_info=error)
    return shown(request, 500, "The workbench could not answer this.", "The log of the server names the fault.")


FAULTS: Mapping[int | type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    HTTPException: refused, FileProblem: of_ours, InputError: wrong_input, TocsinError: of_ours, OSError: of_the_machine,
    Exception: unforeseen,
}  # fmt: skip
