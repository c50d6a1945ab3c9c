"""The signature of a webhook: that the body is ours, and when it was sent."""

from __future__ import annotations

import hmac
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

HEADER = "Tocsin-Signature"
TOLERANCE = timedelta(minutes=5)
_FORM = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


def signature(body: bytes, *, secret: str, at: datetime) -> str:
    """The header's value: the time, and the HMAC-SHA256 of `time.body` with the shared secret.

    Example:
        >>> signature(b"{}", secret="whisper", at=datetime(2026, 1, 1, tzinfo=UTC))[:24]
        't=1767225600,v1=fd5fb4ad'
    """
    seconds = int(at.timestamp())
    return f"t={seconds},v1={_digest(seconds, body, secret)}"


def is_ours(body: bytes, header: str, *, secret: str, now: datetime, tolerance: timedelta = TOLERANCE) -> bool:
    """Whether a receiver may believe a message: rightly signed, and sent within the tolerance of now."""
    found = _FORM.fullmatch(header)
    if found is None:
        return False
    seconds = int(found[1])
    rightly = hmac.compare_digest(_digest(seconds, body, secret), found[2])
    return rightly and abs(now - datetime.fromtimestamp(seconds, UTC)) <= tolerance


def _digest(seconds: int, body: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, sha256).hexdigest()
