"""Which claims say the same, and how many origins that are independent of each other stand behind them.

What is counted are origins, not documents: a copy, a digest and the text it digests are one, and so are two articles that
quote one speaker. Where it is in doubt whether two are independent, they are counted as one. The count is never a grade.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.identity.components import Components
from tocsin.record.identity.origins import Provenance, origins_of
from tocsin.record.identity.posts import read_post
from tocsin.record.kinds import kind_called
from tocsin.record.names import fold
from tocsin.record.spans import Held, Overlap, held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tocsin.record.claim import Argument, LegalState, Modality
    from tocsin.record.document import Document
    from tocsin.record.identity.origins import Origin
    from tocsin.record.store.outlines import Filling
    from tocsin.record.store.values import StoredClaim

BY_WORDS = frozenset({EntityType.WORDS, EntityType.QUESTION, EntityType.INSTRUMENT})
Roles = tuple[tuple[str, tuple[str, ...]], ...]
"""Each role with the entities, or the folded words, that fill it, in order."""


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that say the same.

    Attributes:
        kind, modality, state, stance: which all of them share.
        roles: by which they are the same.
        claims: in the order given.
        origins: those independent of each other; their number is what corroborates.
        repeats: documents beyond the first of each origin.
    """

    kind: str
    modality: Modality
    state: LegalState | None
    stance: str | None
    roles: Roles
    claims: tuple[StoredClaim, ...]
    origins: tuple[Origin, ...]
    repeats: int

    @property
    def spans(self) -> tuple[Held, ...]:
        """When each claim says it held."""
        return tuple(held(claim.proposal.dates) for claim in self.claims)

    def filling(self, role: str) -> tuple[str, ...]:
        """The entities, or folded words, of a role."""
        return next((keys for name, keys in self.roles if name == role), ())


def corroborate(
    claims: Iterable[StoredClaim], documents: Mapping[str, Document], *,
    likeness: Callable[[str, str], float] | None = None, roles: Callable[[StoredClaim], Roles] | None = None,
) -> list[Group]:  # fmt: skip
    """Group claims that say the same, and count their independent origins.

    Two claims say the same where their kind, modality, legal state, stance and figures are the same, the kind's `same` roles
    are filled by the same entities as judged, and their dates can belong to one time.

    Args:
        claims: of any kinds; rejected ones are the caller's to leave out.
        documents: by document_id, for what each derives from and who published it.
        likeness: of two documents by document_id, 0..1 (`tocsin.record.reading.likeness` of their texts); None compares none.
        roles: by what claims are the same; the kind's `same` roles unless given.

    Returns:
        groups; claims in the order given, groups by the first claim that says so.
    """
    alike: dict[tuple[Roles, tuple[object, ...]], list[StoredClaim]] = defaultdict(list)
    for claim in claims:
        told = claim.proposal
        filled = (roles or roles_of)(claim)
        alike[filled, (told.kind, told.modality, told.state, told.stance, _figures(claim))].append(claim)
    behind = Provenance(documents)
    return [
        _group(filled, part, behind, likeness) for (filled, _), whole in alike.items() for part in at_one_time(whole)
    ]  # fmt: skip


def roles_of(claim: StoredClaim) -> Roles:
    """What fills the roles by which claims of this kind are the same."""
    filled: dict[str, set[str]] = {role: set() for role in kind_called(claim.proposal.kind).same}
    for argument, entity in zip(claim.proposal.arguments, claim.entities, strict=True):
        if argument.role in filled:
            filled[argument.role].add(key_of(argument, entity))
    return tuple((role, tuple(sorted(keys))) for role, keys in filled.items())


def key_of(argument: Argument | Filling, entity: str | None) -> str:
    """By what an argument is the same as another: a post by its name, words by themselves, all else by its entity."""
    if argument.type is EntityType.OFFICE:
        return f"post:{read_post(argument.words).name}"
    if entity is None or argument.type in BY_WORDS:
        return f"words:{' '.join(fold(argument.value or argument.words))}"
    return entity


def _figures(claim: StoredClaim) -> tuple[object, ...]:
    return tuple((n.role, n.low, n.high, " ".join(fold(n.referent))) for n in claim.proposal.numbers)


def at_one_time(claims: Sequence[StoredClaim]) -> Iterator[list[StoredClaim]]:
    """Claims by times that can be one; those without dates go with the others where there is one such time only."""
    dated = [(claim, held(claim.proposal.dates)) for claim in claims]
    times = Components[int]()
    known = [number for number, (_, span) in enumerate(dated) if span.known]
    for i, j in combinations(known, 2) if len(known) <= _FEW else _neighbours(known, dated):
        if _one_time(dated[i][1], dated[j][1]):
            times.bind(i, j)
    parts: dict[int, list[int]] = defaultdict(list)
    for number in known:
        parts[times.root(number)].append(number)
    undated = [number for number, (_, span) in enumerate(dated) if not span.known]
    if undated:
        whole = next(iter(parts.values())) if len(parts) == 1 else parts.setdefault(-1, [])
        whole.extend(undated)
    for part in parts.values():
        yield [dated[number][0] for number in sorted(part)]


_FEW = 200
"""Up to here every two are compared; beyond, only neighbours in time."""


def _neighbours(known: list[int], dated: list[tuple[StoredClaim, Held]]) -> Iterator[tuple[int, int]]:
    ordered = sorted(known, key=lambda number: str(dated[number][1].cited_within.first or ""))
    return pairwise(ordered)


def _one_time(left: Held, right: Held) -> bool:
    """Whether two dated spans can be one: neither is cited wholly outside the other's bounds."""
    return left.beside(right) is not Overlap.APART or (
        all(period.meets(right.bounds) for period in left.cited)
        and all(period.meets(left.bounds) for period in right.cited)
    )


def with_copies(group: Group, documents: Mapping[str, Document], likeness: Callable[[str, str], float]) -> Group:
    """A group whose origins are counted anew with documents that copy each other as one.

    Comparing texts takes long, so it is done for the groups that are shown.
    """
    if len({claim.document_id for claim in group.claims}) == 1:
        return group
    origins = origins_of(group.claims, Provenance(documents), likeness=likeness)
    return replace(group, origins=origins, repeats=sum(len(origin.documents) - 1 for origin in origins))


def _group(
    roles: Roles, claims: Sequence[StoredClaim], behind: Provenance, likeness: Callable[[str, str], float] | None
) -> Group:
    told = claims[0].proposal
    origins = origins_of(claims, behind, likeness=likeness)
    return Group(
        kind=told.kind, modality=told.modality, state=told.state, stance=told.stance, roles=roles, claims=tuple(claims),
        origins=origins, repeats=sum(len(origin.documents) - 1 for origin in origins),
    )  # fmt: skip
