"""Which addresses are asked, and which redirects are followed."""

from __future__ import annotations

from ipaddress import ip_address

import httpx

from tocsin.errors import InputError, SourceError, Where


def checked_url(text: str) -> httpx.URL:
    """The address, once it is one that Tocsin asks: https, or http on this machine.

    Example:
        >>> checked_url("http://example.org/file.zip")
        Traceback (most recent call last):
        ...
        tocsin.errors.InputError: the address is not https: http://example.org/file.zip
          hint: write it with https://; plain http is used only on this machine

    Raises:
        InputError: it is no address, carries a password, or is plain http to another machine.
    """
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise InputError(f"not an address: {text}", hint=EXAMPLE) from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise InputError(f"not a web address: {text}", hint=EXAMPLE)
    if url.userinfo:
        raise InputError(f"the address of {url.host} carries a user name or a password", hint="leave it out")
    if url.scheme == "http" and not is_loopback(url):
        raise InputError(
            f"the address is not https: {text}",
            hint="write it with https://; plain http is used only on this machine",
        )
    return url


def next_hop(here: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads, once it is one that is followed.

    A redirect is followed over https, to whichever host; over plain http only from this machine to this machine.

    Raises:
        SourceError: the redirect leads to plain http, to another scheme, or nowhere.
    """
    try:
        there = here.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceError(f"redirected to what is no address: {location[:200]}", where=Where(str(here))) from error
    at_home = there.scheme == "http" and is_loopback(here) and is_loopback(there)
    if not location or not there.host or not (there.scheme == "https" or at_home):
        raise SourceError(
            f"redirected to {str(there)[:200]}, which is not https",
            where=Where(str(here)),
            hint="the publisher may have moved: look at its download page, and give the new https address",
        )
    return there.copy_with(fragment=None)


def is_loopback(url: httpx.URL) -> bool:
    """Whether the address is on this machine."""
    if url.host == "localhost":
        return True
    try:
        return ip_address(url.host).is_loopback
    except ValueError:
        return False


EXAMPLE = "an address looks like https://ucdp.uu.se/downloads"
