"""A publisher's server on this machine, with its manners and its faults."""

from __future__ import annotations

import io
import time
import zipfile
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast

import numpy as np

from tocsin.sources.fetch import Fetched, Patience, Step, fetch_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

    from tocsin.sources.reading import Card

DATE = "Thu, 01 Jan 2026 12:00:00 GMT"


def zip_of(text: bytes, *, name: str = "GEDEvent_v25_1.csv") -> bytes:
    """The same bytes each time: a zip with one member."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return made.getvalue()


def noise(size: int, *, seed: int = 1) -> bytes:
    """Bytes that do not compress, so that a zip of them is as large."""
    return np.random.default_rng(seed).bytes(size)


BODY = zip_of(noise(300_000))
OTHER = zip_of(noise(310_000, seed=2))


def left_behind(to: Path) -> set[str]:
    """What stands beside a file and its record."""
    return {path.name for path in to.parent.iterdir()} - {to.name, to.name + ".json"}


def stop_at(size: int) -> Callable[[Step], None]:
    """A user who interrupts when so many bytes are here."""

    def stop(step: Step) -> None:
        if step.done >= size:
            raise KeyboardInterrupt

    return stop


@dataclass(frozen=True)
class Fault:
    """How one answer goes wrong.

    Attributes:
        status: answered in place of the file.
        headers: sent beside, or in place of, the usual ones.
        body: sent in place of the file.
        cut_after: bytes of the body sent before the connection is closed.
        length_off: added to the Content-Length.
        ignore_range: the whole file is sent, whatever was asked.
        drip_bytes: so many bytes come at a time, with a pause after each, until the client goes away.
        silent_seconds: nothing comes for so long after the bytes of `cut_after`.
    """

    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    cut_after: int | None = None
    length_off: int = 0
    ignore_range: bool = False
    drip_bytes: int | None = None
    silent_seconds: float = 0.0


@dataclass
class Shelf:
    """What the publisher has at one address."""

    body: bytes
    etag: str | None = '"one"'
    last_modified: str | None = DATE
    media_type: str = "application/octet-stream"
    ignore_range: bool = False


class Publisher(ThreadingHTTPServer):
    """Keeps files, makes the next faults, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.shelves: dict[str, Shelf] = {}
        self.faults: deque[Fault | None] = deque()
        self.always_sends = False
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/downloads"

    def url(self, path: str) -> str:
        return f"{self.base}/{path}"

    def put(self, path: str, shelf: Shelf) -> str:
        self.shelves[f"/downloads/{path}"] = shelf
        return self.url(path)

    def header(self, name: str) -> list[str | None]:
        """The header as it was sent with each question."""
        return [headers.get(name.lower()) for _, headers in self.asked]

    def handle_error(self, *_: object) -> None:
        """A client that goes away is no event."""


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Silent."""

    def do_GET(self) -> None:
        publisher = cast("Publisher", self.server)
        publisher.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        fault = (publisher.faults.popleft() if publisher.faults else None) or Fault()
        shelf = publisher.shelves.get(self.path)
        if fault.status is not None:
            self.say(fault.status, {"Content-Type": "text/plain"}, b"fault", fault)
        elif shelf is None:
            self.say(404, {"Content-Type": "text/html"}, b"<html><title>Not found</title></html>", fault)
        else:
            self.give(shelf, fault)

    def give(self, shelf: Shelf, fault: Fault) -> None:
        marks = {"ETag": shelf.etag, "Last-Modified": shelf.last_modified, "Content-Type": shelf.media_type}
        headers = {name: value for name, value in marks.items() if value is not None}
        if self.is_known(shelf):
            self.say(304, headers, b"", fault)
            return
        wanted = self.headers.get("Range")
        same = self.headers.get("If-Range") in {None, shelf.etag, shelf.last_modified}
        if wanted is None or not same or shelf.ignore_range or fault.ignore_range:
            self.say(200, headers, shelf.body, fault)
            return
        first, size = int(wanted.removeprefix("bytes=").rstrip("-")), len(shelf.body)
        if first >= size:
            self.say(416, {"Content-Range": f"bytes */{size}"}, b"", fault)
            return
        headers["Content-Range"] = f"bytes {first}-{size - 1}/{size}"
        self.say(206, headers, shelf.body[first:], fault)

    def is_known(self, shelf: Shelf) -> bool:
        if cast("Publisher", self.server).always_sends:
            return False
        if "If-None-Match" in self.headers:
            return self.headers["If-None-Match"] == shelf.etag
        return "If-Modified-Since" in self.headers and self.headers["If-Modified-Since"] == shelf.last_modified

    def say(self, status: int, headers: dict[str, str], body: bytes, fault: Fault) -> None:
        body = body if fault.body is None else fault.body
        self.send_response(status)
        for name, value in {**headers, **fault.headers}.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body) + fault.length_off))
        self.end_headers()
        if fault.drip_bytes is not None:
            self.drip(body, fault.drip_bytes)
            return
        self.wfile.write(body if fault.cut_after is None else body[: fault.cut_after])
        self.wfile.flush()
        if fault.silent_seconds:
            time.sleep(fault.silent_seconds)
        if fault.cut_after is not None or fault.length_off:
            self.close_connection = True

    def drip(self, body: bytes, size: int) -> None:
        for start in range(0, len(body), size):
            self.wfile.write(body[start : start + size])
            self.wfile.flush()
            time.sleep(0.01)


@dataclass
class Asker:
    """Fetches as a user would, and counts the waits in place of sleeping them."""

    client: httpx.Client
    waits: list[float] = field(default_factory=list)

    def patience(self, *, tries: int = 5, stall_seconds: float = 60.0) -> Patience:
        return Patience(tries=tries, stall_seconds=stall_seconds, sleep=self.waits.append, chance=lambda: 1.0)

    def get(
        self,
        url: str,
        to: Path,
        *,
        expected_sha256: str | None = None,
        card: Card | None = None,
        patience: Patience | None = None,
        tell: Callable[[Step], None] = lambda _: None,
        missing_hint: str | None = None,
    ) -> Fetched:
        return fetch_file(
            url, to, client=self.client, expected_sha256=expected_sha256, card=card,
            patience=patience or self.patience(), tell=tell, missing_hint=missing_hint,
        )  # fmt: skip
