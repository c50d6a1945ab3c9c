"""Alerts and their deliveries in their documented shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.watch.alert import as_json

if TYPE_CHECKING:
    from datetime import datetime

    from tocsin.watch.outbox import Delivery, Rung


def rung_as_json(one: Rung, *, addresses: bool = False) -> dict[str, Any]:
    """An alert with when it was made and where it went; times are UTC.

    Args:
        one: the alert.
        addresses: whether the addresses of e-mail are given whole, as to who runs the watch.
    """
    deliveries = [_delivery(each, addresses=addresses) for each in one.deliveries]
    return {**as_json(one.alert), "made": _at(one.made), "deliveries": deliveries}


def shortened(channel: str) -> str:
    """A channel for readers: whose mailbox it is stays with who runs the watch.

    Example:
        >>> shortened("email:desk@example.org"), shortened("webhook")
        ('email:d…@example.org', 'webhook')
    """
    kind, colon, address = channel.partition(":")
    who, at, host = address.partition("@")
    return f"{kind}{colon}{who[:1]}…{at}{host}" if at else channel


def _delivery(one: Delivery, *, addresses: bool) -> dict[str, Any]:
    waits = one.sent_at is None and one.given_up_at is None
    return {
        "channel": one.channel if addresses else shortened(one.channel), "state": one.state, "attempts": one.attempts,
        "next_try": _at(one.next_try) if waits else None, "sent_at": _at(one.sent_at),
        "given_up_at": _at(one.given_up_at), "fault": one.fault,
    }  # fmt: skip


def _at(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
