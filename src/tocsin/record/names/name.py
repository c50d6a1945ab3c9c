"""What a name is: its parts in order, each with the role it plays and the keys it is compared by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tocsin.record.names.lexicon import meanings
from tocsin.record.names.spelling import skeleton, spelling


class NameKind(StrEnum):
    """What bears the name."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VESSEL = "vessel"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a part does in a name."""

    NAME = "name"
    """It tells this bearer from others."""
    INITIAL = "initial"
    PATRONYMIC = "patronymic"
    """The father's name with its ending: Nikolayevich."""
    NUMBER = "number"
    GENERIC = "generic"
    """A word many organisations carry: Trading, Bank, Brigade."""
    FUNCTION = "function"
    """A word that tells siblings apart: Training, Northern, Ground."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name.

    Attributes:
        text: folded, lower case; `abd rahman` is one part, written `abdrahman`.
        role: what it does.
        spelling: its regular spelling, in which families of transliteration, and words of one meaning, are one.
        skeleton: its consonants.
    """

    text: str
    role: Role
    spelling: str
    skeleton: str

    @classmethod
    def of(cls, text: str, role: Role = Role.NAME) -> Part:
        """A part with its keys."""
        plain = role in {Role.NUMBER, Role.INITIAL}
        known = meanings().get(text, text)
        return cls(text, role, text if plain else spelling(known), text if plain else skeleton(known))


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, and as compared.

    Attributes:
        text: as written.
        kind: what bears it.
        parts: without titles, particles and legal forms; a name made of nothing else keeps its words.
        left_out: the words that are not compared, as folded.
    """

    text: str
    kind: NameKind
    parts: tuple[Part, ...]
    left_out: tuple[str, ...] = ()

    @property
    def skeletons(self) -> tuple[str, ...]:
        """The consonants of each part, in order."""
        return tuple(part.skeleton for part in self.parts)

    @property
    def folded(self) -> str:
        """The parts in one line, sorted: two names with the same are the same name."""
        return " ".join(sorted(part.text for part in self.parts))
