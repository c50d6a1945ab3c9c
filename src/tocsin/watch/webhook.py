"""Webhook: an alert posted as JSON, signed, to an address that is looked up once and held to."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

import tocsin
from tocsin.watch.alert import as_json
from tocsin.watch.channel import ChannelFault
from tocsin.watch.public_address import resolved, webhook_url
from tocsin.watch.signature import HEADER, signature

if TYPE_CHECKING:
    import ssl
    from collections.abc import Sequence
    from datetime import datetime
    from ipaddress import IPv4Address, IPv6Address

    from pydantic import SecretStr

    from tocsin.watch.alert import Alert

SECONDS = 20.0
"""From the look-up of the name to the answer's status, whatever the receiver does in between."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """A receiver of alerts.

    Attributes:
        url: where it listens.
        secret: shared with it, for the signature; None sends unsigned.
        allow_private: whether it may lie inside the network.
        address: where the workbench is, for links.
        seconds: how long it may take.
        verify: whose certificates are believed; the usual ones unless given.
    """

    url: SecretStr
    secret: SecretStr | None = None
    allow_private: bool = False
    address: str = ""
    seconds: float = SECONDS
    verify: ssl.SSLContext | bool = True

    @property
    def name(self) -> str:
        """As deliveries are kept: a path may hold a receiver's own secret, so it is not in the name."""
        return "webhook"

    def send(self, alert: Alert, *, made: datetime, now: datetime) -> None:
        """Post the alert.

        Raises:
            ChannelFault: the receiver is not there, may not be used, or did not answer with 2xx in time.
        """
        content = body(alert, made=made, address=self.address)
        headers = {
            "Content-Type": "application/json", "Idempotency-Key": alert.id,
            "User-Agent": f"Tocsin/{tocsin.__version__}",
        }  # fmt: skip
        if self.secret is not None:
            headers[HEADER] = signature(content, secret=self.secret.get_secret_value(), at=now)
        url = webhook_url(self.url.get_secret_value(), allow_private=self.allow_private)
        status = asyncio.run(self._within_its_time(url, content, headers))
        if not 200 <= status < 300:
            said = "redirects, which are not followed" if 300 <= status < 400 else "does not take it"
            raise ChannelFault(f"{url.host} answers {status}: it {said}")

    async def _within_its_time(self, url: httpx.URL, content: bytes, headers: dict[str, str]) -> int:
        try:
            async with asyncio.timeout(self.seconds):
                places = await resolved(url, allow_private=self.allow_private)
                return await self._posted(url, places, content, headers)
        except TimeoutError as error:
            raise ChannelFault(f"{url.host} did not answer within {self.seconds:g} seconds") from error
        except httpx.RequestError as error:
            said = " ".join(str(error).split())[:160] or type(error).__name__
            raise ChannelFault(f"{url.host} cannot be reached ({said})") from error

    async def _posted(
        self, url: httpx.URL, places: Sequence[IPv4Address | IPv6Address], content: bytes, headers: dict[str, str]
    ) -> int:
        """The status: the body of the answer is not read, and no proxy stands between."""
        extensions = {"sni_hostname": url.host, "timeout": httpx.Timeout(self.seconds).as_dict()}
        named = {**headers, "Host": url.netloc.decode()}
        # a client of httpx would write the whole address, with what is secret in its path, into the log
        async with httpx.AsyncHTTPTransport(verify=self.verify, trust_env=False) as line:
            for place in places:
                there = url.copy_with(host=str(place))
                request = httpx.Request("POST", there, content=content, headers=named, extensions=extensions)
                try:
                    response = await line.handle_async_request(request)
                except httpx.ConnectError:
                    if place == places[-1]:
                        raise
                    continue
                await response.aclose()
                return response.status_code
        raise ChannelFault(f"{url.host} has no address")


def body(alert: Alert, *, made: datetime, address: str) -> bytes:
    """What is posted: the alert, the day it was made, and where the workbench is; the same each time."""
    said: dict[str, Any] = {
        **as_json(alert), "made": made.isoformat(timespec="seconds"), "workbench": address or None, "format": 1,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
