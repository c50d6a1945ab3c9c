"""Errors of the workbench as errors of Tocsin's tree, with what, where and hint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.errors import InputError, SourceError, TocsinError, UnknownName, Where

if TYPE_CHECKING:
    import httpx


class Refused(TocsinError):
    """The workbench does not let this token do it."""


def error_of(response: httpx.Response) -> TocsinError:
    """The error that an answer carries: a name that is not there, what was asked, a refusal, or the server's own fault."""
    told = _told(response)
    status, where = response.status_code, told.get("where")
    what = str(told.get("message") or f"the workbench answered with {status}")
    return _kind(status)(what, where=Where(field=where) if where else None, hint=told.get("hint"))


def _kind(status: int) -> type[TocsinError]:
    if status in {401, 403}:
        return Refused
    if status == 404:
        return UnknownName
    return InputError if 400 <= status < 500 and status != 429 else SourceError


def _told(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    told = body.get("error") if isinstance(body, dict) else None
    return told if isinstance(told, dict) else {}
