"""The way in: the only case's newest warnings, or the list of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Route

from tocsin.web.place import place, workbench_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def front(request: Request) -> Response:
    """To the only case, or to the list of them."""
    names = workbench_of(request).names
    return RedirectResponse(f"/c/{names[0]}/now" if len(names) == 1 else "/cases", status_code=303)


def case(request: Request) -> Response:
    """To what is warned of in a case."""
    return RedirectResponse(place(request).url("now"), status_code=303)


ROUTES = (Route("/", front), Route("/c/{case}", case), Route("/c/{case}/", case))
