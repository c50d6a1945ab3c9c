"""What a kind of claim declares: its roles, what excludes what, and how it is said in one sentence."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tocsin.errors import UnknownName
from tocsin.record.claim import EntityType


@dataclass(frozen=True, slots=True)
class Role:
    """A part that an argument can play.

    Attributes:
        name: as `person`.
        types: what may fill it.
        required: whether a claim of this kind is nothing without it.
        many: whether it may be filled more than once.
        sense: what it means, in a line.
    """

    name: str
    types: tuple[EntityType, ...]
    required: bool
    many: bool
    sense: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of claim.

    Attributes:
        name: as `person-holds-post`.
        sense: what a claim of this kind says, in a line.
        sentence: how it is said, with roles in braces, and in brackets what is left out where its role is not filled:
            `{person}: {post}[ of {organisation}]`. Several forms are parted by ` | `, the narrowest first; a role with `~` is
            one that must end so for its form to be taken: `{how~by,with}` in words that end in 'by' or 'with'. The first form
            that fits is taken, and the last one where none does: it has no `~`.
        roles: by order of the sentence.
        subject: the role by which claims of this kind are gathered on an entity's page.
        same: roles that make two claims the same statement (corroboration).
        rule: name of the contradiction rule, or None where two such claims never exclude each other.
        legal: whether its claims carry a legal state.
    """

    name: str
    sense: str
    sentence: str
    roles: tuple[Role, ...]
    subject: str
    same: tuple[str, ...]
    rule: str | None
    legal: bool

    def role(self, name: str) -> Role:
        """The role of that name.

        Raises:
            UnknownName: the kind has no such role.
        """
        found = next((role for role in self.roles if role.name == name), None)
        if found is None:
            raise UnknownName.of(f"role of {self.name}", name, [role.name for role in self.roles])
        return found


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by name, in the order of their names."""
    folder = files("tocsin.record.kinds")
    read = (_kind(tomllib.loads(f.read_text("utf-8"))) for f in folder.iterdir() if f.name.endswith(".toml"))
    return {kind.name: kind for kind in sorted(read, key=lambda kind: kind.name)}


def kind_called(name: str) -> Kind:
    """The kind of that name.

    Raises:
        UnknownName: there is no such kind.

    Example:
        >>> kind_called("person-holds-post").subject
        'person'
    """
    if name not in kinds():
        raise UnknownName.of("kind of claim", name, kinds())
    return kinds()[name]


def _kind(table: dict[str, object]) -> Kind:
    roles = table["roles"]
    assert isinstance(roles, dict)
    return Kind(
        name=str(table["name"]),
        sense=str(table["sense"]),
        sentence=str(table["sentence"]),
        roles=tuple(_role(name, told) for name, told in roles.items()),
        subject=str(table["subject"]),
        same=_words(table["same"]),
        rule=str(table["rule"]) if "rule" in table else None,
        legal=bool(table.get("legal", False)),
    )


def _role(name: str, told: dict[str, object]) -> Role:
    return Role(
        name=name,
        types=tuple(EntityType(word) for word in _words(told["types"])),
        required=bool(told.get("required", False)),
        many=bool(told.get("many", False)),
        sense=str(told["sense"]),
    )


def _words(value: object) -> tuple[str, ...]:
    assert isinstance(value, list)
    return tuple(str(word) for word in value)
