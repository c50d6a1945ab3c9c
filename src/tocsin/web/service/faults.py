"""The one shape of every error, whatever went wrong."""

from __future__ import annotations

import logging
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from tocsin.errors import FileProblem, InputError, SourceError, TocsinError, UnknownName, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

LOG = logging.getLogger("tocsin.web")
AGAIN_SECONDS = "30"
"""After how long something that is out of reach is worth asking for again."""
CODES = {
    400: "bad-request", 401: "unauthorised", 403: "forbidden", 404: "not-found", 405: "method-not-allowed",
    406: "not-acceptable", 408: "too-slow", 409: "conflict", 410: "gone",
    413: "too-large", 415: "unsupported-media-type", 422: "invalid",
    429: "too-many-requests", 500: "internal", 503: "unavailable",
}  # fmt: skip
HINTS = {
    401: "send a token as Authorization: Bearer TOKEN; an account's page makes one",
    404: "the addresses are listed at /api/v1/docs",
    405: "the header Allow names the methods",
    406: "ask for application/json, or name one of the formats the operation lists",
    413: "send less at once", 429: "wait as long as the header Retry-After says",
}  # fmt: skip
WHAT = {
    401: "no valid token came with the request", 403: "this token's role may not do that",
    404: "there is nothing at this address",

    405: "this address does not answer to that method", 406: "none of the formats asked for can be given",
    413: "the request is too large", 415: "the body is of a kind that is not read", 429: "too many requests",
    503: "the workbench cannot answer now",
}  # fmt: skip


class Problem(BaseModel):
    """What is wrong, where, and how to go on.

    Attributes:
        code: a word that a program can go by.
        message: what is wrong.
        where: the parameter, field or file at fault; null where there is none.
        hint: how to mend it; null where nothing helps.
        status: the status of the answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(description="a word that a program can go by")
    message: str = Field(description="what is wrong")
    where: str | None = Field(description="the parameter, field or file at fault; null where there is none")
    hint: str | None = Field(description="how to mend it; null where nothing helps")
    status: int = Field(ge=400, le=599, description="the status of the answer")


class ErrorAnswer(BaseModel):
    """The body of every answer that is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    error: Problem


class Refused(HTTPException):
    """A status with what, where and hint."""

    def __init__(
        self, status: int, what: str, *, code: str | None = None, where: str | None = None, hint: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(status, what, dict(headers or {}))
        self.code, self.where, self.hint = code, where, hint


def error_body(
    status: int, what: str, *, code: str | None = None, where: str | None = None, hint: str | None = None
) -> dict[str, Any]:
    """The body of an error.

    Example:
        >>> error_body(404, "no case is called 'irak'")["error"]["code"]
        'not-found'
    """
    problem = Problem(
        code=code or CODES.get(status, f"status-{status}"), message=_encodable(what), where=None if where is None else
        _encodable(where), hint=None if hint is None else _encodable(hint), status=status,
    )  # fmt: skip
    return ErrorAnswer(error=problem).model_dump()


def _encodable(text: str) -> str:
    """Text without what no encoding can carry, as half of a pair of surrogates from a body."""
    return text.encode("utf-8", "replace").decode("utf-8")


def refusal(
    status: int,
    what: str,
    *,
    code: str | None = None,
    where: str | None = None,
    hint: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """An error as an answer; it is never kept by anybody."""
    body = error_body(status, what, code=code, where=where, hint=hint)
    return JSONResponse(body, status, headers={**(headers or {}), "Cache-Control": "no-store"})


def where_of(where: Where) -> str | None:
    """The place of a fault without the folders of this machine.

    Example:
        >>> where_of(Where("/srv/cases/iraq/questions/nmi-end.yaml", field="scale"))
        'nmi-end.yaml, field scale'
    """
    file = None if where.file is None else PurePath(str(where.file)).name
    return str(Where(file, where.rows, where.field)) or None


PATHS = re.compile(r"(?:/[^\s/'\"]+){2,}")


def without_paths(text: str | None) -> str | None:
    """Words of an error without folders of this machine; addresses of the API stay.

    Example:
        >>> without_paths("see /srv/data/cases/x.toml or /api/v1/docs")
        'see x.toml or /api/v1/docs'
    """
    if text is None:
        return None
    return PATHS.sub(lambda m: m[0] if m[0].startswith("/api/") else PurePath(m[0]).name, text)


async def refused(request: Request, error: Exception) -> JSONResponse:
    """A status of HTTP, in our shape."""
    assert isinstance(error, HTTPException)
    status = error.status_code
    headers = dict(error.headers or {})
    if isinstance(error, Refused):
        return refusal(status, error.detail, code=error.code, where=error.where, hint=error.hint, headers=headers)
    what = WHAT.get(status) or error.detail or "the request cannot be answered"
    if status == 405:
        headers = {**{k: v for k, v in headers.items() if k.lower() != "allow"}, "Allow": ", ".join(_methods(request))}
    return refusal(status, what, hint=HINTS.get(status), headers=headers)


def _methods(request: Request) -> list[str]:
    """The methods of an address, by the description; HEAD goes with GET."""
    path = getattr(request.scope.get("route"), "path_format", "")
    described = [method.upper() for method in request.app.openapi()["paths"].get(path, {})]
    return sorted({*described, *(["HEAD"] if "GET" in described else [])}) or ["GET", "HEAD"]


async def invalid(_: Request, error: Exception) -> JSONResponse:
    """Parameters or a body that are not of their shape; the first fault is said, and how many there are."""
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    first = faults[0]
    place = [str(part) for part in first["loc"]]
    more = f"; {len(faults) - 1} more" if len(faults) > 1 else ""
    return refusal(
        422, f"{first['msg'][0].lower()}{first['msg'][1:]}{more}", where=".".join(place[1:]) or place[0],
        hint="the address /api/v1/docs lists what each operation takes",
    )  # fmt: skip


async def of_ours(_: Request, error: Exception) -> JSONResponse:
    """An error of Tocsin's own tree: a name that is not there is 404, what was given is 400, the rest 503."""
    assert isinstance(error, TocsinError)
    status = 404 if isinstance(error, UnknownName) else 400 if isinstance(error, InputError) else 503
    if isinstance(error, (FileProblem, SourceError)):
        status = 503
    what = without_paths(error.what) or "the request cannot be answered"
    later = {"Retry-After": AGAIN_SECONDS} if status == 503 else {}
    return refusal(status, what, where=where_of(error.where), hint=without_paths(error.hint), headers=later)


async def unforeseen(request: Request, error: Exception) -> JSONResponse:
    """Any other fault: logged, and said without its insides."""
    LOG.error("unforeseen fault at %s: %s", request.url.path, type(error).__name__, exc_info=error)
    return refusal(500, "the workbench could not answer this", hint="the log of the server names the fault")


FAULTS: Mapping[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    HTTPException: refused, RequestValidationError: invalid, TocsinError: of_ours, Exception: unforeseen,
}  # fmt: skip

DOCUMENTED: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorAnswer, "description": words}
    for status, words in {
        400: "What was asked cannot be used: an unknown parameter, a cursor of another question.",
        401: "No valid token came with the request, where one is needed.",
        403: "The token's role may not do this.", 404: "There is no such case, edition or thing.",
        405: "The address does not answer to that method.", 406: "None of the formats asked for can be given.",
        408: "The rest of the request did not come in time.",
        413: "The request is too large.", 415: "The body is of a kind that is not read.",
        422: "A parameter or the body is not of its shape.",
        429: "Too many requests; Retry-After says how long to wait.", 500: "A fault of the workbench.",
        503: "The edition, the record or a publisher cannot be read now.",
    }.items()
}  # fmt: skip
"""The errors that every operation may answer with, for its description."""
