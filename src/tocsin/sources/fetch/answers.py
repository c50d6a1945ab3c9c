"""What an answer that is not the whole file means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.errors import SourceError, Where
from tocsin.sources.fetch.marks import content_range, is_encoded
from tocsin.sources.fetch.patience import PassingFault, retry_after_seconds

if TYPE_CHECKING:
    from datetime import datetime

    import httpx

    from tocsin.sources.fetch.marks import Marks
    from tocsin.sources.fetch.part import Held

PASSING = {408, 416, 425, 429, 500, 502, 503, 504}
GONE = {404, 410}
REFUSED = {401, 403, 407, 451}


def fault_of(response: httpx.Response, name: str, *, now: datetime, missing_hint: str | None) -> SourceError:
    """The fault that a status tells of: one that may pass, or one that will not."""
    status = response.status_code
    said = f"{response.url.host} answered {status} {response.reason_phrase}".rstrip()
    if status in PASSING:
        asked = retry_after_seconds(response.headers.get("retry-after"), now=now)
        return PassingFault(said, asked_seconds=asked if status in {429, 503} else None)
    if status in GONE:
        what, hint = f"the publisher has no file {name} ({said})", missing_hint or "check the address"
    elif status in REFUSED:
        what, hint = f"the publisher refuses {name} ({said})", "download it in a browser; Tocsin reads it all the same"
    else:
        what, hint = f"{said}, which brings no file", "the publisher's server is at fault: try again later"
    return SourceError(what, where=Where(str(response.url)), hint=hint)


def continued(response: httpx.Response, held: Held | None) -> Marks:
    """The marks of the file, once a 206 answer is known to follow on the bytes held.

    Raises:
        PassingFault: nothing was to be continued, or these bytes start elsewhere or are of another state.
    """
    found = content_range(response)
    if held is None or found is None or is_encoded(response):
        raise PassingFault(f"{response.url.host} sent a part that cannot be placed")
    first, size = found
    same_size = held.marks.size in {None, size}
    same_etag = response.headers.get("etag") in {None, held.marks.etag}
    if first != held.offset or not same_size or not same_etag:
        raise PassingFault(f"{response.url.host} sent a part of another state of the file")
    return held.marks.model_copy(update={"size": size})
