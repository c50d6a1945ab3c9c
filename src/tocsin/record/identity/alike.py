"""Entities that go by one name in several documents, taken together to be compared; they stay apart in the record."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Self

from tocsin.record.claim import EntityType
from tocsin.record.corroboration import BY_WORDS, key_of
from tocsin.record.identity.components import Components
from tocsin.record.kinds import kind_called
from tocsin.record.names import NameKind, compare, read_name
from tocsin.record.store.outlines import Named
from tocsin.record.store.values import Verdict
from tocsin.record.store.wording import folded_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tocsin.record.claim import Argument
    from tocsin.record.corroboration import Roles
    from tocsin.record.store.outlines import Filling
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
        self._of(_named(claims), judgements, names)

    @classmethod
    def of_names(
        cls, named: Iterable[Named], judgements: Iterable[Judgement] = (), names: Mapping[str, str] | None = None
    ) -> Self:
        """Gather entities by their names alone, without the claims."""
        made = cls((), (), names)
        made._of(named, judgements, names)
        return made

    def _of(self, named: Iterable[Named], judgements: Iterable[Judgement], names: Mapping[str, str] | None) -> None:
        self.known = dict(names or {})
        self.names: dict[str, list[str]] = defaultdict(list)
        self._shown: dict[str, str] = {}
        by_name: dict[tuple[EntityType, str], list[str]] = defaultdict(list)
        for one in named:
            if one.type in BY_WORDS or one.name in self.names[one.entity]:
                continue
            self.names[one.entity].append(one.name)
            if one.known in self.known:
                self._shown.setdefault(one.entity, self.known[one.known])
            by_name[_broad(one.type), folded_name(one.name)].append(one.entity)
        self._apart = {frozenset((j.left, j.right)) for j in judgements if j.verdict is Verdict.NOT_SAME}
        self._bound = Components[str]()
        self._judged: dict[str, set[str]] = defaultdict(set)
        for pair in self._apart:
            for entity in pair:
                self._judged[entity] = {entity}
        for _, entities in sorted(by_name.items()):
            self._bind(sorted(entities))

    def _bind(self, entities: Sequence[str]) -> None:
        """Take entities of one name together, in as many as those judged apart ask for; the order of claims does not matter."""
        heads: list[str] = []
        for entity in entities:
            root = self._bound.root(entity)
            head = next((h for h in heads if self._may_be_one(self._bound.root(h), root)), None)
            if head is None:
                heads.append(entity)
            elif (first := self._bound.root(head)) != root:
                self._bound.bind(first, root)
                if root in self._judged:
                    self._judged[first] |= self._judged.pop(root)

    def _may_be_one(self, left: str, right: str) -> bool:
        """Whether nobody judged a member of the one not to be a member of the other."""
        ones, others = self._judged.get(left), self._judged.get(right)
        return not ones or not others or not any(frozenset((a, b)) in self._apart for a in ones for b in others)

    def key(self, argument: Argument | Filling, entity: str | None) -> str:
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


def _named(claims: Iterable[StoredClaim]) -> Iterator[Named]:
    """The names that claims give their entities."""
    for claim in claims:
        for argument, entity in zip(claim.proposal.arguments, claim.entities, strict=True):
            if entity is not None:
                known = argument.value if (argument.value or "").startswith("known:") else None
                yield Named(entity, argument.type, argument.words, known)


def _broad(what: EntityType) -> EntityType:
    """Missions are organisations, and sites places, in another document's eyes."""
    return {EntityType.MISSION: EntityType.ORGANISATION, EntityType.SITE: EntityType.PLACE}.get(what, what)
