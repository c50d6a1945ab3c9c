"""Cursors: where the next page begins, bound to one question and one edition, so that pages never slip."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from tocsin.web.service.faults import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins.

    Attributes:
        of: digest of the question asked.
        edition: the edition that the pages before were of; empty where there is none.
        after: how many rows went before, or the id of the last one seen.
    """

    of: str
    edition: str
    after: int | str

    def __str__(self) -> str:
        packed = json.dumps([self.of, self.edition, self.after], separators=(",", ":")).encode()
        return urlsafe_b64encode(packed).decode().rstrip("=")


def question(path: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Digest of what is asked, without the page, the edition and the format.

    Example:
        >>> question("/x", [("limit", "5"), ("level", "country")]) == question("/x", [("level", "country")])
        True
    """
    kept = sorted((k, v) for k, v in parameters if k not in {"limit", "cursor", "edition", "format"})
    return blake2b(json.dumps([path, kept]).encode(), digest_size=6).hexdigest()


def read(text: str, *, of: str) -> Cursor:
    """A cursor as it was given out.

    Raises:
        Refused: 400, it is none, or belongs to another question.
    """
    try:
        digest, edition, after = json.loads(urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
        cursor = Cursor(str(digest), str(edition), after)
    except (ValueError, TypeError):
        raise _refused("this is no cursor") from None
    if (
        isinstance(after, bool)
        or not isinstance(after, int | str)
        or (isinstance(after, int) and not 0 <= after < 2**53)
    ):
        raise _refused("this is no cursor")
    if cursor.of != of:
        raise _refused("this cursor belongs to another question")
    return cursor


def _refused(what: str) -> Refused:
    return Refused(400, what, code="bad-cursor", where="cursor", hint="follow `next` as it was given")
