"""Passwords: what is taken as one, and how it is kept and compared."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from tocsin.errors import InputError, MissingExtra
from tocsin.team.common import is_common

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST, LONGEST = 12, 256
"""Characters of a password."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def check_rules(password: str, *, name: str) -> None:
    """Refuse a password that guards nothing. Any characters are taken, and none are asked for.

    Raises:
        InputError: it is shorter than 12 or longer than 256 characters, common, or made of the user's name.
    """
    if len(password) < SHORTEST:
        raise InputError(
            f"a password has at least {SHORTEST} characters", hint="several words that do not belong together do well"
        )
    if len(password) > LONGEST:
        raise InputError(f"a password has at most {LONGEST} characters", hint="give a shorter one")
    rest = password.lower().replace(name.lower(), "")
    if len(name) >= 3 and len(rest) < min(SHORTEST - 4, len(password)):
        raise InputError("the password is little more than the user's name", hint="choose one that says nothing of you")
    if is_common(password):
        raise InputError(
            "this password is among those that are guessed first",
            hint="several words that do not belong together do well",
        )


def generated() -> str:
    """A password nobody chose, easy to type: 98 bits in four groups.

    Example:
        >>> len(generated()), generated() != generated()
        (23, True)
    """
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))


@cache
def _recommended() -> PasswordHash:
    """Argon2id at the library's own cost.

    Raises:
        MissingExtra: the library is not installed.
    """
    try:
        from pwdlib import PasswordHash  # noqa: PLC0415 - an extra, needed only where there are accounts
    except ModuleNotFoundError as error:
        raise MissingExtra("accounts need the web extra", hint="pip install 'tocsin[web]'") from error
    return PasswordHash.recommended()


@dataclass(frozen=True, slots=True)
class Passwords:
    """Hashes and compares, at most two at a time: each takes 64 MB and a tenth of a second.

    Attributes:
        scheme: gives the library's hashing; cheaper in tests.
    """

    scheme: PasswordHash = field(default_factory=_recommended)
    _room: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(2))
    _nobody: list[str] = field(default_factory=list)

    def hash(self, password: str) -> str:
        """The hash that is kept in place of a password."""
        with self._room:
            return self.scheme.hash(password)

    def verify(self, password: str, kept: str | None) -> bool:
        """Whether a password is the one whose hash is kept; as much work where there is none."""
        if len(password) > LONGEST:
            password = password[:LONGEST] + "\0"  # longer than any that was ever taken: the same work, never right
        with self._room:
            nobody = self._of_nobody()  # made for known names too, so that the first guess takes as long for all
            return self.scheme.verify(password, kept or nobody) and kept is not None

    def _of_nobody(self) -> str:
        if not self._nobody:
            self._nobody.append(self.scheme.hash(secrets.token_urlsafe(24)))
        return self._nobody[0]
