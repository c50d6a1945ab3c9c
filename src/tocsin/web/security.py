"""The walls: what every answer carries, and what no request may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starsessions import SessionMiddleware

from tocsin.team import LOOPBACK
from tocsin.team.sessions import AGE
from tocsin.web.walls.forged import Forged, cookie_of_forms
from tocsin.web.walls.headers import POLICY, Headers
from tocsin.web.walls.hosts import Hosts
from tocsin.web.walls.identity import Identity
from tocsin.web.walls.rates import Guesses, Rates
from tocsin.web.walls.sessions import Steady, TeamStore, cookie_name
from tocsin.web.walls.sizes import Sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.settings import Settings
    from tocsin.team import Exposure, Team

__all__ = ["POLICY", "guards"]


def guards(
    *, settings: Settings, team: Team | None, exposure: Exposure = LOOPBACK, guesses: Guesses | None = None
) -> Sequence[Middleware]:  # fmt: skip
    """The walls, outermost first.

    Args:
        settings: names the server is called by.
        team: users, sessions and tokens; None for the one user of this machine.
        exposure: how the server is reached.
        guesses: counts wrong passwords and tokens.
    """
    secure, cookie = exposure.secure, cookie_name(secure=exposure.secure)
    sessions = () if team is None else (
        Middleware(
            SessionMiddleware, store=TeamStore(team), lifetime=AGE, cookie_name=cookie, cookie_same_site="lax",
            cookie_https_only=secure, cookie_path="/", serializer=Steady(),
        ),
    )  # fmt: skip
    return (
        Middleware(Headers, secure=secure),
        Middleware(Hosts, exposure=exposure.called(settings.hosts)),
        Middleware(Sizes),
        *sessions,
        Middleware(Identity, team=team, exposure=exposure, guesses=guesses or Guesses(), cookie=cookie),
        Middleware(Rates),
        Middleware(Forged, cookie=cookie_of_forms(secure=secure)),
    )
