"""One export from the publisher: as many bytes as listed, with the MD5 listed, or a reason why not."""

from __future__ import annotations

from hashlib import md5
from typing import TYPE_CHECKING

from tocsin.errors import SourceError, Where
from tocsin.sources.fetch.answers import GONE, fault_of
from tocsin.sources.fetch.checks import refuse_web_page
from tocsin.sources.fetch.client import answered
from tocsin.sources.fetch.patience import PassingFault, Patience
from tocsin.sources.tables import write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

    from tocsin.sources.fetch.gdelt_list import Listed

FORBIDDEN = 403
"""What stores of files answer for a file that is not there, where nobody may ask which are."""

LARGEST_BYTES = 256 * 1024**2
WRONG_TWICE = 2


class Lost(SourceError):
    """An export that the publisher lists and does not give as listed."""


def fetch_export(
    export: Listed, to: Path, *, client: httpx.Client, base: str, patience: Patience, note: Callable[[str], None]
) -> bool:
    """Put an export where it is wanted; what is here already and has the MD5 listed is not asked for.

    Returns:
        Whether the server was asked.

    Raises:
        Lost: it is not there, or is another file than the one listed, twice.
        SourceError: the server does not answer, or answers with a web page.
    """
    if to.is_file() and _md5(to.read_bytes()) == export.md5:
        return False
    write_bytes(_verified(export, f"{base.rstrip('/')}/{export.name}", client, patience, note), to)
    return True


def _verified(export: Listed, url: str, client: httpx.Client, patience: Patience, note: Callable[[str], None]) -> bytes:
    failures = wrong = 0
    while True:
        try:
            body = _body(export, url, client, patience)
        except PassingFault as fault:
            failures += 1
            _wait(fault, failures, url, patience, note)
            continue
        if _md5(body) == export.md5:
            return body
        wrong += 1
        if wrong == WRONG_TWICE:
            raise Lost(f"{export.name} is not the file listed: its MD5 is {_md5(body)}", where=Where(url))
        patience.sleep(patience.pause_seconds)


def _body(export: Listed, url: str, client: httpx.Client, patience: Patience) -> bytes:
    if export.bytes > LARGEST_BYTES:
        raise Lost(f"{export.name} is listed with {export.bytes:,} bytes, which no export has", where=Where(url))
    with answered(client, url, {}) as response:
        if response.status_code in GONE | {FORBIDDEN}:
            raise Lost(f"{export.name}: {response.url.host} answered {response.status_code}", where=Where(url))
        if response.status_code != 200:
            raise fault_of(response, export.name, now=patience.now(), missing_hint=None)
        body, since = bytearray(), patience.clock()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > export.bytes:
                break
            _refuse_drip(response, len(body), patience.clock() - since, patience)
        media_type = response.headers.get("content-type", "")
    refuse_web_page(bytes(body[:4096]), name=export.name, url=url, media_type=media_type)
    return bytes(body)


def _refuse_drip(response: httpx.Response, came: int, seconds: float, patience: Patience) -> None:
    if seconds > patience.stall_seconds and came * patience.stall_seconds < patience.stall_bytes * seconds:
        raise PassingFault(f"{response.url.host} sent {came:,} bytes in {seconds:.0f} seconds")


def _wait(fault: PassingFault, failures: int, url: str, patience: Patience, note: Callable[[str], None]) -> None:
    if failures >= patience.tries:
        raise SourceError(
            f"{fault.what}; {failures} tries in a row brought nothing",
            where=Where(url),
            hint="run the same command again later: the days counted so far are kept, and it goes on after them",
        ) from fault
    seconds = patience.wait_seconds(fault, failures=failures)
    note(f"{fault.what}; trying again in {seconds:.0f} s")
    patience.sleep(seconds)


def _md5(body: bytes) -> str:
    """By which the publisher names a file's content; it guards against damage, not against forgery."""
    return md5(body, usedforsecurity=False).hexdigest()
