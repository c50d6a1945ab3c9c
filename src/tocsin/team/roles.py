"""What somebody may do: each role may do all that those before it may."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """A user's role.

    Example:
        >>> Role.REVIEWER.covers(Role.ANALYST), Role.READER.covers(Role.ANALYST)
        (True, False)
    """

    READER = "reader"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def covers(self, needed: Role) -> bool:
        """Whether this role may do what another may."""
        return ORDER.index(self) >= ORDER.index(needed)

    @property
    def may(self) -> str:
        """What the role may do, in a few words."""
        return MAY[self]


ORDER: Final = tuple(Role)
MAY: Final = {
    Role.READER: "see every page, feed and download",
    Role.ANALYST: "do what a reader may, have editions made, and bring cases in and take them out",
    Role.REVIEWER: "do what an analyst may, decide on claims, and judge who is who",
    Role.ADMIN: "do what a reviewer may, keep users, and read the audit log",
}


def lesser(one: Role, other: Role) -> Role:
    """The role of two that may do less.

    Example:
        >>> str(lesser(Role.ADMIN, Role.READER))
        'reader'
    """
    return min(one, other, key=ORDER.index)
