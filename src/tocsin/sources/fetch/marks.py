"""What a server says of one state of a file: by it a later answer is known to be of the same state."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    import httpx

CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")


class Marks(BaseModel):
    """ETag, Last-Modified and size in bytes, each None where the server does not say."""

    model_config = ConfigDict(frozen=True)

    etag: str | None = None
    last_modified: str | None = None
    size: int | None = None

    @classmethod
    def of(cls, response: httpx.Response) -> Marks:
        """The marks of a whole answer; none of an encoded one, whose bytes are not the file's."""
        headers = response.headers
        if is_encoded(response):
            return cls()
        length = headers.get("content-length", "")
        size = int(length) if length.isascii() and length.isdigit() else None
        return cls(etag=headers.get("etag"), last_modified=headers.get("last-modified"), size=size)

    @property
    def if_range(self) -> str | None:
        """What to send as If-Range: a strong ETag, else the date (RFC 9110, 13.1.5).

        Example:
            >>> Marks(etag='W/"a"', last_modified="Thu, 01 Jan 2026 12:00:00 GMT").if_range
            'Thu, 01 Jan 2026 12:00:00 GMT'
        """
        etag, date = _sendable(self.etag), _sendable(self.last_modified)
        return etag if etag is not None and not etag.startswith("W/") else date

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for the file only if it has changed."""
        asked = {"If-None-Match": _sendable(self.etag), "If-Modified-Since": _sendable(self.last_modified)}
        return {name: value for name, value in asked.items() if value is not None}

    def same_state(self, other: Marks) -> bool:
        """Whether both are certainly of one state: equal ETags, else equal dates, and no contradiction in size."""
        if self.size is not None and other.size is not None and self.size != other.size:
            return False
        if self.etag is not None or other.etag is not None:
            return self.etag == other.etag
        return self.last_modified is not None and self.last_modified == other.last_modified


def _sendable(value: str | None) -> str | None:
    """The value where a header may carry it back."""
    return value if value is not None and value.isascii() and value.isprintable() else None


def is_encoded(response: httpx.Response) -> bool:
    """Whether the answer was compressed for the way, though asked not to be."""
    return str(response.headers.get("content-encoding", "identity")).lower() != "identity"


def content_range(response: httpx.Response) -> tuple[int, int] | None:
    """First byte and whole size from Content-Range; None where it does not make sense."""
    found = CONTENT_RANGE.fullmatch(response.headers.get("content-range", "").strip())
    if found is None:
        return None
    first, last, size = (int(number) for number in found.groups())
    return (first, size) if first <= last < size else None
