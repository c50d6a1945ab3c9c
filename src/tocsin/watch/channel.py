"""What a channel is: somewhere an alert is sent, by a name, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from datetime import datetime

    from tocsin.watch.alert import Alert


class ChannelFault(TocsinError):
    """A channel did not take a message; it is tried again later. Its words hold no secret."""


class Channel(Protocol):
    """Somewhere alerts are sent."""

    @property
    def name(self) -> str:
        """What deliveries are kept under; it does not change while messages wait."""
        ...

    def send(self, alert: Alert, *, made: datetime, now: datetime) -> None:
        """Send one alert; when it returns, the message was taken.

        Raises:
            ChannelFault: it was not.
        """
        ...
