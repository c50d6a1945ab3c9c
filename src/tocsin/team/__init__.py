"""The team: who may come in, what each may do, and what each did."""

from tocsin.team.audit import Asked, Verified
from tocsin.team.exposure import LOOPBACK, Exposure, refuse_beyond_loopback
from tocsin.team.roles import Role
from tocsin.team.secrecy import guard_logs, without_secrets
from tocsin.team.team import Team, open_team
from tocsin.team.values import LOCAL, Line, Session, Token, User

__all__ = [
    "LOCAL",
    "LOOPBACK",
    "Asked",
    "Exposure",
    "Line",
    "Role",
    "Session",
    "Team",
    "Token",
    "User",
    "Verified",
    "guard_logs",
    "open_team",
    "refuse_beyond_loopback",
    "without_secrets",
]
