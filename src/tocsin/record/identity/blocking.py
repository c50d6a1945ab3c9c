"""Which pairs of entities are worth comparing at all, so that a hundred thousand take seconds."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.names import NameKind, Role, read_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.names import Name
    from tocsin.record.store.values import Entity

CROWDED = 40
"""Entities that share a key, beyond which the key tells too little."""
FEW = 6
"""The same for a key that tells little to begin with."""
WEAK = "*"
NAMES_READ = 12
"""Names of one entity that are read: more are spellings of these."""
KINDS = {
    EntityType.PERSON: NameKind.PERSON, EntityType.ORGANISATION: NameKind.ORGANISATION,
    EntityType.MISSION: NameKind.ORGANISATION, EntityType.VESSEL: NameKind.VESSEL, EntityType.SITE: NameKind.ORGANISATION,
}  # fmt: skip
"""Types that are suggested, and how their names are read; missions and organisations are compared with each other."""
Key = tuple[str, ...]


def names_of(entity: Entity) -> tuple[Name, ...]:
    """The names of an entity as they are compared."""
    kind = KINDS[entity.type]
    return tuple(read_name(name, kind) for name in entity.names[:NAMES_READ])


def pairs(names: Sequence[tuple[Name, ...]]) -> Iterator[tuple[int, int]]:
    """Pairs of positions whose names share a key, each once.

    A key is two parts of a name by their consonants, in any order; all parts of a name that has one; for persons also one
    part, which pairs only a name of one part with others, and one part with a first letter, which pairs initials. Where a
    key is crowded, longer keys of the same names are used in its place.

    Args:
        names: of each entity.
    """
    seen: set[tuple[int, int]] = set()
    for keys in (_keys, _longer_keys):
        blocks: dict[Key, dict[int, bool]] = defaultdict(dict)
        for number, mine in enumerate(names):
            for name in mine:
                for key, short in keys(name):
                    blocks[key][number] = short or blocks[key].get(number, False)
        for key, block in blocks.items():
            for pair in _within(block, weak=key[-1] == WEAK):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _within(block: dict[int, bool], *, weak: bool) -> Iterator[tuple[int, int]]:
    """Pairs of one key: all, or for a weak key those with a short name, and all only where few share it."""
    if len(block) <= (FEW if weak else CROWDED):
        yield from combinations(block, 2)
    elif weak and len(block) <= CROWDED:
        yield from ((i, j) for i, j in combinations(block, 2) if block[i] or block[j])


def _telling(name: Name) -> list[str]:
    """The parts that tell a bearer apart by their consonants, digits as they are; all parts where none does."""
    own = [part.skeleton for part in name.parts if part.role is Role.NAME and part.skeleton]
    return own or [part.skeleton for part in name.parts if part.skeleton]


def _keys(name: Name) -> Iterator[tuple[Key, bool]]:
    """Each key, and whether the name is short of what the key leaves out."""
    telling = sorted(set(_telling(name)))
    if len(telling) == 1:
        yield (telling[0], ""), False
    for pair in combinations(telling, 2):
        yield pair, False
    if name.kind is NameKind.PERSON:
        initials = {part.text[0] for part in name.parts if part.role is Role.INITIAL}
        firsts = {part.skeleton: part.spelling[:1] for part in name.parts if part.role is Role.NAME}
        for one in telling:
            yield (one, WEAK), len(telling) == 1
            for first in initials | {letter for skeleton, letter in firsts.items() if skeleton != one}:
                yield (one, first, WEAK), bool(initials)


def _longer_keys(name: Name) -> Iterator[tuple[Key, bool]]:
    """Keys for names whose parts are so common that pairs of them tell little: three parts, or the spelling of all."""
    for three in combinations(sorted(set(_telling(name)))[:8], 3):
        yield three, False
    yield ("", *sorted(part.spelling for part in name.parts)), False
