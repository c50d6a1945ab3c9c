"""One file from one address: asked for, continued, verified, put in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from itertools import chain
from typing import TYPE_CHECKING

import tocsin
from tocsin.errors import FileProblem, SourceError, Where
from tocsin.sources.fetch import checks
from tocsin.sources.fetch.address import checked_url
from tocsin.sources.fetch.answers import continued, fault_of
from tocsin.sources.fetch.client import answered
from tocsin.sources.fetch.marks import Marks
from tocsin.sources.fetch.part import Held, Part, alone_in
from tocsin.sources.fetch.patience import PassingFault, Patience
from tocsin.sources.fetch.record import Fetched, Record, kept_record, sha256_of, write_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx

    from tocsin.sources.reading import Card

LARGEST_BYTES = 8 * 1024**3
"""No publisher's file is so large: a body without end is stopped here."""
WORTHWHILE_BYTES = 64 * 1024
"""A try that brought so much more than any before it does not count as a failure."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a download is: bytes here, bytes in all (None: the server does not say), and why it waits, if it does."""

    name: str
    done: int
    total: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked of `fetch_file`."""

    url: str
    to: Path
    client: httpx.Client
    expected: str | None
    card: Card | None
    patience: Patience
    tell: Callable[[Step], None]
    missing_hint: str | None

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.to.name


def fetch_file(
    url: str,
    to: Path,
    *,
    client: httpx.Client,
    expected_sha256: str | None = None,
    card: Card | None = None,
    patience: Patience | None = None,
    tell: Callable[[Step], None] = lambda _: None,
    missing_hint: str | None = None,
) -> Fetched:
    """Fetch one file, or find that the one here is still the publisher's.

    What is here stays whole until the new file is complete and verified, and what has come of the new one stays
    beside it as `NAME.part` until then, so that the next run goes on from there (RFC 9110: Range with If-Range).

    Args:
        url: the file's address: https, or http on this machine.
        to: where to put it; its record is put beside it as `NAME.json`.
        client: as `make_client` makes it.
        expected_sha256: refuse a file with another.
        card: source, publisher, licence and citation for the record.
        patience: how often and how long to wait.
        tell: called with every step.
        missing_hint: what to say where the server has no such file.

    Raises:
        InputError: the address or the checksum is none, or another download into the folder is under way.
        FileProblem: the file cannot be written here.
        SourceError: the server does not give the file, or gives something else.
    """
    order = Order(
        str(checked_url(url)), to, client, checks.checked_digest(expected_sha256), card,
        patience or Patience(), tell, missing_hint,
    )  # fmt: skip
    if to.is_dir():
        raise FileProblem("this is a folder, not a file", where=Where(to), hint="name the file to write")
    try:
        with alone_in(to.parent):
            return _until_done(order)
    except OSError as error:
        raise FileProblem(
            f"cannot be written: {error.strerror or error}",
            where=Where(error.filename or to),
            hint="free space or choose another folder; what has come is kept, and the next run goes on from there",
        ) from error


def _until_done(order: Order) -> Fetched:
    part, kept = Part(order.to), kept_record(order.to, url=order.url)
    failures, furthest = 0, part.size
    while True:
        try:
            return _try_once(order, part, kept)
        except PassingFault as fault:
            failures = 1 if part.size >= furthest + WORTHWHILE_BYTES else failures + 1
            furthest = max(furthest, part.size)
            _wait(order, part, fault, failures)


def _wait(order: Order, part: Part, fault: PassingFault, failures: int) -> None:
    """Wait as long as is polite, or give up."""
    where = Where(order.url)
    if failures >= order.patience.tries:
        raise SourceError(
            f"{fault.what}; {failures} tries in a row brought nothing new",
            where=where,
            hint="check the connection and run it again; what has come is kept, and the next run goes on from there",
        ) from fault
    try:
        seconds = order.patience.wait_seconds(fault, failures=failures)
    except SourceError as error:
        raise SourceError(error.what, where=where, hint=error.hint) from fault
    order.tell(Step(order.name, part.size, note=f"{fault.what}; trying again in {seconds:.0f} s"))
    order.patience.sleep(seconds)


def _try_once(order: Order, part: Part, kept: Record | None) -> Fetched:
    """Ask once. Whatever comes is kept in the part, also where the connection breaks."""
    held = part.held(order.url)
    with answered(order.client, order.url, _question(held, kept)) as response:
        status = response.status_code
        if kept and (status == 304 or (status == 200 and Marks.of(response).same_state(kept.marks))):
            checks.check_digest(kept.sha256, order.expected, name=order.name, url=order.url)
            part.discard()
            return Fetched(order.to, "unchanged", kept)
        if status == 416:
            part.discard()
        if status not in {200, 206}:
            raise fault_of(response, order.name, now=order.patience.now(), missing_hint=order.missing_hint)
        marks = _receive(order, part, response, held)
        final_url = str(response.url)
    return _finish(order, part, marks, final_url=final_url, resumed=status == 206)


def _question(held: Held | None, kept: Record | None) -> dict[str, str]:
    """The headers: go on from the part, else only if changed, else everything."""
    if held is not None:
        assert held.marks.if_range is not None, "what cannot be recognised is not held"
        return {"Range": f"bytes={held.offset}-", "If-Range": held.marks.if_range}
    return kept.marks.conditions if kept is not None else {}


def _receive(order: Order, part: Part, response: httpx.Response, held: Held | None) -> Marks:
    """Write the body onto the part, or onto nothing where it is the whole file; the earlier part goes only then."""
    chunks = _paced(response, order.patience)
    if response.status_code == 206:
        marks = _continue(part, response, held)
    else:
        marks, first = Marks.of(response), next(chunks, b"")
        media_type = response.headers.get("content-type", "")
        checks.refuse_web_page(first, name=order.name, url=str(response.url), media_type=media_type)
        part.begin(order.url, marks)
        chunks = chain((first,), chunks)
    done = part.size
    with part.path.open("ab") as file:
        for chunk in chunks:
            done += file.write(chunk)
            order.tell(Step(order.name, done, marks.size))
            if done > LARGEST_BYTES:
                raise SourceError(f"{order.name} does not end", where=Where(order.url), hint="check the address")
    if marks.size is not None and done != marks.size:
        if done > marks.size:
            part.discard()
        raise PassingFault(f"{response.url.host} sent {done:,} of {marks.size:,} bytes")
    return marks


def _continue(part: Part, response: httpx.Response, held: Held | None) -> Marks:
    """Make the part ready for the bytes that follow it; begin anew next time if these are not they."""
    try:
        marks = continued(response, held)
    except PassingFault:
        part.discard()
        raise
    assert held is not None, "checked above"
    part.cut(held.offset)
    return marks


def _paced(response: httpx.Response, patience: Patience) -> Iterator[bytes]:
    """The body as it comes, until it comes too slowly to end.

    Raises:
        PassingFault: fewer than `stall_bytes` came in `stall_seconds`.
    """
    since, came = patience.clock(), 0
    for chunk in response.iter_bytes():
        yield chunk
        came += len(chunk)
        seconds = patience.clock() - since
        if seconds > patience.stall_seconds:
            if came < patience.stall_bytes:
                raise PassingFault(f"{response.url.host} sent {came:,} bytes in {seconds:.0f} seconds")
            since, came = patience.clock(), 0


def _finish(order: Order, part: Part, marks: Marks, *, final_url: str, resumed: bool) -> Fetched:
    """Verify the part, put it in its place, and write its record."""
    try:
        digest, passed = _verified(order, part, marks, final_url=final_url)
    except SourceError as error:
        part.discard()
        if resumed:
            raise PassingFault(f"{error.what}, so it is fetched from its start") from error
        raise
    record = Record(
        url=order.url, final_url=final_url, etag=marks.etag, last_modified=marks.last_modified, bytes=part.size,
        sha256=digest, fetched=order.patience.now().astimezone(UTC).isoformat(timespec="seconds"), checks=passed,
        tocsin=tocsin.__version__, **(order.card.as_metadata() if order.card else {}),
    )  # fmt: skip
    part.take_its_place()
    write_record(record, order.to)
    return Fetched(order.to, "resumed" if resumed else "fetched", record)


def _verified(order: Order, part: Part, marks: Marks, *, final_url: str) -> tuple[str, tuple[str, ...]]:
    """SHA-256 of the part, and which checks it passed."""
    with part.path.open("rb") as file:
        start = file.read(checks.PEEK_BYTES)
    if not start:
        raise SourceError(f"{order.name} came empty", where=Where(final_url), hint="try again later")
    checks.refuse_web_page(start, name=order.name, url=final_url)
    passed = [] if marks.size is None else ["length"]
    if order.to.suffix.lower() == ".zip":
        checks.check_zip(part.path, name=order.name, url=final_url)
        passed.append("zip")
    digest = sha256_of(part.path)
    checks.check_digest(digest, order.expected, name=order.name, url=final_url)
    if order.expected is not None:
        passed.append("sha256")
    return digest, tuple(passed)
