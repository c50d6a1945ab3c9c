"""Where a webhook may lead: the addresses behind a name, and none of them inside the house."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

import httpx

from tocsin.errors import InputError
from tocsin.watch.channel import ChannelFault

if TYPE_CHECKING:
    from collections.abc import Sequence

Address = IPv4Address | IPv6Address
NAT64 = IPv6Network("64:ff9b::/96")
_INSIDE = "use https; for a receiver inside your own network set TOCSIN_ALLOW_PRIVATE_WEBHOOKS=true"
_EXAMPLE = "a webhook looks like https://hooks.example.org/tocsin"


def webhook_url(text: str, *, allow_private: bool) -> httpx.URL:
    """The address of a webhook, once it is one that may be used.

    Example:
        >>> webhook_url("http://hooks.example.org/x", allow_private=False)
        Traceback (most recent call last):
        ...
        tocsin.errors.InputError: the webhook of hooks.example.org is not https
          hint: use https; for a receiver inside your own network set TOCSIN_ALLOW_PRIVATE_WEBHOOKS=true

    Raises:
        InputError: it is no address, carries a user name, or is plain http.
    """
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise InputError("the webhook's address is no address", hint=_EXAMPLE) from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise InputError("the webhook's address is no web address", hint=_EXAMPLE)
    if url.userinfo:
        raise InputError(f"the webhook of {url.host} carries a user name or a password", hint="leave it out")
    if url.scheme == "http" and not allow_private:
        raise InputError(f"the webhook of {url.host} is not https", hint=_INSIDE)
    return url


def is_public(address: Address) -> bool:
    """Whether an address lies on the open network; one that wraps another is as public as that one.

    Example:
        >>> [is_public(ip_address(a)) for a in ("93.184.216.34", "10.0.0.1", "169.254.169.254", "::1")]
        [True, False, False, False]
        >>> [is_public(ip_address(a)) for a in ("::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "224.0.0.1")]
        [False, False, False, False]
    """
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _wrapped(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


async def resolved(url: httpx.URL, *, allow_private: bool) -> tuple[Address, ...]:
    """The addresses behind a webhook's name, every one of them allowed.

    One of these is connected to, whatever the name says a moment later.

    Raises:
        ChannelFault: the name is unknown, or one of its addresses lies inside the house.
    """
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ChannelFault(f"{url.host} is not known to the name service") from error
    return allowed(url.host, [ip_address(str(place[0]).partition("%")[0]) for *_, place in found], allow_private)


def allowed(host: str, addresses: Sequence[Address], allow_private: bool) -> tuple[Address, ...]:  # noqa: FBT001  # the setting's value
    """The addresses, once all may be connected to.

    Raises:
        ChannelFault: one may not.
    """
    inside = [address for address in addresses if not is_public(address)]
    if inside and not allow_private:
        raise ChannelFault(
            f"{host} lies inside this network",
            hint="set allow_private_webhooks if the receiver is meant to be there",
        )
    return tuple(dict.fromkeys(addresses))
