"""What views ask of the walls: who asks, whether they may, and a line in the audit log of what they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from tocsin.team import LOCAL, Role, refuse_beyond_loopback
from tocsin.web.walls.fields import csrf_field
from tocsin.web.walls.rates import address_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from tocsin.team import Team, User

__all__ = ["LOCAL", "Role", "audit", "csrf_field", "may", "refuse_beyond_loopback", "require", "team_of", "user_of"]


def user_of(request: Request) -> User:
    """Who asks.

    Raises:
        HTTPException: 401, nobody is signed in.
    """
    user: User | None = getattr(request.state, "user", None)
    if user is None:
        raise HTTPException(401, "Please sign in.")
    return user


def require(request: Request, role: Role) -> User:
    """Who asks, if they may do what a role may.

    Raises:
        HTTPException: 401, nobody is signed in; 403, the role is a lesser one.
    """
    user = user_of(request)
    if not user.role.covers(role):
        raise HTTPException(403, f"This needs the role {role}; yours is {user.role}.")
    return user


def may(request: Request, role: Role) -> bool:
    """Whether who asks may do what a role may: for a page that shows a form only to those who can send it."""
    user: User | None = getattr(request.state, "user", None)
    return user is not None and user.role.covers(role)


def team_of(request: Request) -> Team:
    """The team.

    Raises:
        HTTPException: 404, this workbench has one user and no accounts.
    """
    found: Team | None = request.app.state.team
    if found is None or user_of(request).local:
        raise HTTPException(
            404,
            "This workbench has one user and no accounts. The first is made with: tocsin users add NAME --role admin",
        )
    return found


def audit(request: Request, what: str, object: str = "", detail: str = "") -> None:  # noqa: A002 - the log's own word
    """Write down what somebody did, in two or three words, to what, and how; never a secret. Nothing where no team is kept."""
    team: Team | None = request.app.state.team
    if team is not None:
        team.audit(user_of(request).name, what, object, detail, address_of(request.scope))
