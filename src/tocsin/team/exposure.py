"""Who can reach the server, and what it demands before it can be reached from beyond this machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import TYPE_CHECKING

from tocsin.errors import InputError

if TYPE_CHECKING:
    from tocsin.team.team import Team


@dataclass(frozen=True, slots=True)
class Exposure:
    """How the server is reached.

    Attributes:
        host: the address it listens on.
        names: names it is called by beyond this machine, as tocsin.example.org.
        behind_proxy: a proxy in front of it speaks HTTPS.
        insecure_http: plain HTTP beyond this machine was asked for by name.
    """

    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    behind_proxy: bool = False
    insecure_http: bool = False

    @property
    def beyond(self) -> bool:
        """Whether anybody but this machine's own programs can reach it."""
        return self.behind_proxy or not is_loopback(self.host)

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by HTTPS, so that cookies can be kept to that."""
        return self.behind_proxy

    def called(self, names: str | None) -> Exposure:
        """The same, called by these names too, given with commas between them."""
        more = (name.strip() for name in (names or "").split(","))
        return replace(self, names=(*self.names, *(name for name in more if name)))

    def answers_to(self, host: str) -> bool:
        """Whether a Host header names this server.

        A page elsewhere can make a name of its own lead here, but not make its browser send another name: names that are
        not ours are refused. An address of digits cannot be led elsewhere.

        Example:
            >>> LOOPBACK.answers_to("localhost:8000"), LOOPBACK.answers_to("elsewhere.example")
            (True, False)
            >>> Exposure("0.0.0.0", names=("tocsin.example.org",)).answers_to("tocsin.example.org")
            True
        """
        name = _without_port(host)
        if is_loopback(name) or name in {each.lower() for each in (*self.names, self.host)}:
            return True
        return self.beyond and _is_address(name)


LOOPBACK = Exposure()


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone.

    Example:
        >>> [is_loopback(h) for h in ("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "::ffff:127.0.0.1", "tocsin.example.org")]
        [True, True, True, False, True, False]
    """
    bare = host.strip("[]").lower()
    if bare == "localhost":
        return True
    try:
        found = ip_address(bare)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def refuse_beyond_loopback(
    host: str, *, team: Team | None, behind_proxy: bool = False, insecure_http: bool = False
) -> Exposure:
    """Refuse to listen beyond this machine without accounts, or where passwords would travel in clear; else how it is reached.

    Args:
        host: the address to listen on.
        team: its accounts.
        behind_proxy: whether a proxy in front speaks HTTPS.
        insecure_http: whether plain HTTP beyond this machine was asked for by name.

    Raises:
        InputError: there is no account, or HTTPS is neither there nor given up by name.
    """
    exposure = Exposure(host, behind_proxy=behind_proxy, insecure_http=insecure_http)
    if not exposure.beyond:
        return exposure
    if team is None or not team.users.any():
        raise InputError(
            f"whoever reaches {host} could do everything: there is no account yet",
            hint=f"make one first: tocsin users add NAME --role admin; then again with --host {host}",
        )
    if not exposure.secure and not exposure.insecure_http:
        raise InputError(
            f"passwords would travel in clear to {host}",
            hint="put a proxy with TLS in front and say --behind-proxy; or accept it: --insecure-http",
        )
    return exposure


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[: host.find("]") + 1].lower()
    return host.rsplit(":", 1)[0].lower() if host.count(":") == 1 else host.lower()


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
