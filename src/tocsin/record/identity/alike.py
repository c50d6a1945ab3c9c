"""Entities that go by one name in several documents, taken together to be compared; they stay apart in the record."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.corroboration import BY_WORDS, key_of
from tocsin.record.identity.components import Components
from tocsin.record.kinds import kind_called
from tocsin.record.names import NameKind, compare, fold, read_name
from tocsin.record.store.values import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tocsin.record.claim import Argument
    from tocsin.record.corroboration import Roles
    from tocsin.record.store.values import Judgement, StoredClaim

PERHAPS_ONE = 0.7
"""Names this alike may mean one person."""


class Alike:
    """Which entities of some claims are compared as one: those judged the same, and those of one folded name and type.

    Two that a person judged not to be the same are never taken together by their name.
    """

    def __init__(
        self,
        claims: Iterable[StoredClaim],
        judgements: Iterable[Judgement] = (),
        names: Mapping[str, str] | None = None,
    ) -> None:
        """Gather the entities of these claims.

        Args:
            claims: whose entities are compared.
            judgements: that stand.
            names: the name readers know an entity by, by its id or its known id; what claims call it, where it has none.
        """
        self.known = dict(names or {})
        self.names: dict[str, list[str]] = defaultdict(list)
        self._shown: dict[str, str] = {}
        by_name: dict[tuple[EntityType, str], list[str]] = defaultdict(list)
        for claim in claims:
            for argument, entity in zip(claim.proposal.arguments, claim.entities, strict=True):
                if entity is None or argument.type in BY_WORDS or argument.words in self.names[entity]:
                    continue
                self.names[entity].append(argument.words)
                if argument.value in self.known:
                    self._shown.setdefault(entity, self.known[argument.value])
                by_name[_broad(argument.type), " ".join(fold(argument.words))].append(entity)
        self._apart = {frozenset((j.left, j.right)) for j in judgements if j.verdict is Verdict.NOT_SAME}
        self._bound = Components[str]()
        for entities in by_name.values():
            for other in entities[1:]:
                if frozenset((entities[0], other)) not in self._apart:
                    self._bound.bind(entities[0], other)

    def key(self, argument: Argument, entity: str | None) -> str:
        """By what an argument is the same as another here."""
        key = key_of(argument, entity)
        return self._bound.root(key) if key == entity else key

    def roles(self, claim: StoredClaim) -> Roles:
        """What fills the roles by which claims of this kind are the same, names alone counting."""
        filled: dict[str, set[str]] = {role: set() for role in kind_called(claim.proposal.kind).same}
        for argument, entity in zip(claim.proposal.arguments, claim.entities, strict=True):
            if argument.role in filled:
                filled[argument.role].add(self.key(argument, entity))
        return tuple((role, tuple(sorted(keys))) for role, keys in filled.items())

    def name(self, key: str) -> str:
        """The name shown for a key: that which readers know, else the first that a claim gives, or the words themselves."""
        if known := self.known.get(key) or self._shown.get(key):
            return known
        return self.names[key][0] if self.names.get(key) else key.partition(":")[2] or key

    def perhaps_one(self, left: str, right: str) -> str | None:
        """Why two persons may be one, in words; None where their names are not alike, or they are judged apart."""
        if frozenset((left, right)) in self._apart:
            return None
        one, other = (read_name(self.name(key), NameKind.PERSON) for key in (left, right))
        found = compare(one, other)
        if found.score < PERHAPS_ONE:
            return None
        return f"{one.text} and {other.text} may be one person: {'; '.join(r.words for r in found.reasons)}"


def _broad(what: EntityType) -> EntityType:
    """Missions are organisations, and sites places, in another document's eyes."""
    return {EntityType.MISSION: EntityType.ORGANISATION, EntityType.SITE: EntityType.PLACE}.get(what, what)
