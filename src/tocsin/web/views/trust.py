"""The view *Trust*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from tocsin.web.place import place
from tocsin.web.rendering import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def page(request: Request) -> Response:
    """The page."""
    at = place(request)
    return render(request, "no_edition.html.j2", view="trust", title="Trust", at=at, make=lambda: {"title": "Trust"})


ROUTES = (Route("/c/{case}/trust", page),)
