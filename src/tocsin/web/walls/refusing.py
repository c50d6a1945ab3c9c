"""How a wall refuses: a page for people, the API's error shape for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse

from tocsin.web.service.faults import refusal
from tocsin.web.shell.faults import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send


def is_api(scope: Scope) -> bool:
    """Whether a request is for the API."""
    path = str(scope["path"])
    return path == "/api" or path.startswith("/api/")


def header(scope: Scope, name: bytes) -> str:
    """A header's value; empty where it is not there, and the values joined where it is there more than once."""
    return ", ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


async def refuse(
    scope: Scope, receive: Receive, send: Send, status: int, what: str, *, hint: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Answer a request with a refusal; the rest of its body is not read."""
    await _refusal(scope, status, what, hint, headers or {})(scope, receive, send)


def _refusal(scope: Scope, status: int, what: str, hint: str | None, headers: Mapping[str, str]) -> Response:
    if is_api(scope):
        return refusal(status, f"{what[0].lower()}{what[1:].rstrip('.')}", hint=hint, headers=headers)
    if "app" not in scope:  # a wall stands alone, as in a test of its own
        return PlainTextResponse(what, status, headers=dict(headers))
    scope.setdefault("state", {}).setdefault("user", None)
    response = shown(Request(scope), status, what, hint)
    response.headers.update({**headers, "Cache-Control": "no-store"})
    return response
