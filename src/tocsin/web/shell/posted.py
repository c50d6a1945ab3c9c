"""Forms that were sent: read once, handled beside the event loop, and a fault shown on the page they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.responses import RedirectResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    Form = Mapping[str, str]
    """The words of a form by the names of its fields; files are left out."""

MOST_FIELDS = 200
SEE_OTHER = 303


async def form_of(request: Request) -> Form:
    """The words that were sent; of a field that came more than once the last."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def posted(path: str, handle: Callable[[Request, Form], Response]) -> Route:
    """A route that takes a form and hands it on."""

    async def endpoint(request: Request) -> Response:
        return await run_sync(handle, request, await form_of(request))

    return Route(path, endpoint, methods=["POST"], name=f"post {path}")


def see(path: str) -> Response:
    """Go on with a page, so that loading it again sends nothing twice."""
    return RedirectResponse(path, SEE_OTHER)
