"""Requests to a workbench: sent, sent again where it asks to wait, and followed from page to page."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from tocsin.client.faults import error_of
from tocsin.errors import FileProblem, SourceError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

TRIES = 4
LONGEST_WAIT = 60.0
"""A server that asks to wait longer is not waited for, seconds."""
BUSY = frozenset({429, 503})
BASE = "/api/v1"
Rows = dict[str, Any]


@dataclass(frozen=True)
class Asking:
    """A connection to a workbench.

    Attributes:
        http: sends requests.
        tries: how often a request is sent, where the workbench is busy or cannot be reached.
        sleep: waits, seconds.
    """

    http: httpx.Client
    tries: int = TRIES
    sleep: Callable[[float], None] = field(default=time.sleep)

    def json(self, path: str, parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - each address has its own shape
        """The JSON at an address.

        Raises:
            TocsinError: as the workbench says it.
        """
        return _read(self.send("GET", path, parameters=parameters))

    def post(self, path: str, body: Mapping[str, Any], parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401
        """What the workbench answers to a body."""
        return _read(self.send("POST", path, parameters=parameters, body=body))

    def pages(self, path: str, parameters: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Pages from the first to the last, each asked for when the one before is used up."""
        page = self.json(path, parameters)
        while True:
            yield page
            following = page.get("next")
            if following is None:
                return
            page = self.json(following)

    def rows(self, path: str, parameters: Mapping[str, Any] | None = None) -> Iterator[Rows]:
        """Rows of all pages."""
        for page in self.pages(path, parameters):
            yield from page["rows"]

    def file(self, path: str, parameters: Mapping[str, Any] | None = None) -> bytes:
        """The bytes at an address."""
        return self.send("GET", path, parameters=parameters).content

    def send(
        self,
        method: str,
        path: str,
        *,
        parameters: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> httpx.Response:
        """An answer that is no error; waits as long as a busy workbench asks for.

        Raises:
            TocsinError: the error that the workbench gives.
            SourceError: it cannot be reached.
        """
        asked = {name: value for name, value in (parameters or {}).items() if value is not None}
        for attempt in range(1, self.tries + 1):
            try:
                response = self.http.request(method, address(path), params=asked or None, json=body)
            except httpx.TransportError as error:
                if attempt == self.tries or method == "POST":
                    raise _unreached(self.http, error) from error
                self.sleep(2.0 ** (attempt - 1))
                continue
            wait = _wait(response, attempt)
            if response.status_code not in BUSY or attempt == self.tries or wait > LONGEST_WAIT:
                break
            self.sleep(wait)
        if response.is_error:
            raise error_of(response)
        return response


def address(path: str) -> str:
    """The address of something of the API; what begins with a slash stands as it is.

    Example:
        >>> address("cases/iraq/areas"), address("/api/v1/cases?cursor=x")
        ('/api/v1/cases/iraq/areas', '/api/v1/cases?cursor=x')
    """
    return path if path.startswith("/") else f"{BASE}/{path}"


def _wait(response: httpx.Response, attempt: int) -> float:
    """Seconds to wait: as the workbench says, else twice as long each time."""
    try:
        return max(0.0, float(response.headers.get("Retry-After", "")))
    except ValueError:
        return 2.0 ** (attempt - 1)


def _read(response: httpx.Response) -> Any:  # noqa: ANN401 - as Asking.json
    try:
        return response.json()
    except ValueError as error:
        raise FileProblem(
            "the answer is no JSON", where=Where(str(response.request.url)), hint="is this the address of a workbench?"
        ) from error


def _unreached(http: httpx.Client, error: httpx.TransportError) -> SourceError:
    words = type(error).__name__ if not str(error) else str(error)
    return SourceError(
        f"the workbench cannot be reached: {words}", where=Where(str(http.base_url)),
        hint="is it running (tocsin serve), and is the address right?",
    )  # fmt: skip
