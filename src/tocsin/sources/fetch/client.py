"""The one connection to a publisher, and one question over it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx

import tocsin
from tocsin.errors import SourceError, Where
from tocsin.sources.fetch.address import checked_url, next_hop
from tocsin.sources.fetch.patience import PassingFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

USER_AGENT = f"Tocsin/{tocsin.__version__} (early warning from open sources; one connection, resumable)"
REDIRECTS = 5
AT_HOME = {"all://localhost": None, "all://127.0.0.1": None, "all://[::1]": None}
"""A proxy is never asked for this machine's own addresses."""


def make_client(*, timeout_seconds: float = 60.0) -> httpx.Client:
    """A client that names itself, holds one connection, and leaves redirects to Tocsin.

    Args:
        timeout_seconds: how long a server may stay silent.
    """
    return httpx.Client(
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Accept": "*/*"},
        timeout=timeout_seconds,
        limits=httpx.Limits(max_connections=1),
        follow_redirects=False,
        mounts=AT_HOME,
    )


@contextmanager
def answered(client: httpx.Client, url: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
    """Ask for a file, following the redirects that may be followed; the body is still to be read.

    Raises:
        PassingFault: the connection failed, here or while the body was read.
        SourceError: a redirect leads where Tocsin does not go, or in a circle.
    """
    here = checked_url(url)
    try:
        for _ in range(REDIRECTS + 1):
            with client.stream("GET", here, headers=dict(headers), follow_redirects=False) as response:
                if not response.has_redirect_location:
                    yield response
                    return
                here = next_hop(here, response.headers["location"])
    except httpx.RequestError as error:
        raise PassingFault(_said(error, here)) from error
    raise SourceError(
        f"redirected more than {REDIRECTS} times",
        where=Where(url),
        hint="the publisher's server is at fault, or asks for cookies: open the address in a browser",
    )


def _said(error: httpx.RequestError, here: httpx.URL) -> str:
    words = " ".join(str(error).split())[:160]
    match error:
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            return f"{here.host} does not answer"
        case httpx.TimeoutException():
            return f"{here.host} fell silent"
        case httpx.ConnectError() | httpx.ProxyError():
            return f"{here.host} cannot be reached ({words})"
        case _:
            return f"{here.host} broke off ({words or type(error).__name__})"
