"""Which entities may be one: suggestions in order, each with its reasons. Nothing is merged by them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType
from tocsin.record.identity.blocking import KINDS, names_of, pairs
from tocsin.record.identity.context import Contexts
from tocsin.record.identity.suggestion import Advice, Ground, Suggestion, Why
from tocsin.record.names import compare, fold
from tocsin.record.names.reading import read_name
from tocsin.record.store.values import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tocsin.case.dates import PartialDate
    from tocsin.record.names import Comparison, Name
    from tocsin.record.store.values import Entity, Judgement, StoredClaim

LIKELY = 0.85
"""Persons whose names are this alike are likely one."""
WITH_CONTEXT = 0.7
"""... and from here, where a post, organisation or place is shared."""
SHOWN = 0.55
"""Names less alike than this are not suggested by name."""
CONTAINED = 0.3
"""... unless a post, organisation or place is shared: a family name alone beside the whole name."""
SIBLINGS_FROM = 0.5
"""Organisations from here that a number or word tells apart are siblings."""
BODIES = frozenset({EntityType.ORGANISATION, EntityType.MISSION, EntityType.SITE})
CONTEXT_SHOWN = 4


def suggest(
    entities: Iterable[Entity], claims: Iterable[StoredClaim], judgements: Iterable[Judgement] = (), *,
    aliases: Iterable[Sequence[str]] = (), births: Mapping[str, PartialDate] | None = None,
    country_of: Callable[[str], str | None] | None = None,
) -> list[Suggestion]:  # fmt: skip
    """Pairs of entities that a person should judge, the likeliest first.

    A name alone never makes an organisation, mission or site more than `look`; two that differ by a number, a place or a
    word that tells them apart are `siblings`. A pair judged `not same` never comes back; one judged `unsure` comes back
    only when a claim that entered later gives one of the two as a name of the other.

    Args:
        entities: canonical ones, of any types; only persons, organisations, missions, sites and vessels are suggested.
        claims: for context: what stands beside each, which names are given as aliases.
        judgements: those that stand.
        aliases: groups of names that a table gives to one entity.
        births: dates of birth by entity_id, where a published list gives them.
        country_of: the country of an organisation by entity_id, for two seats at one time in two countries.
    """
    asked = [entity for entity in entities if entity.type in KINDS]
    weighing = _Weighing(asked, Contexts(claims), births or {}, country_of or (lambda _: None))
    told = _Judged(asked, judgements)
    names = [names_of(entity) for entity in asked]
    table = _by_table(asked, aliases)
    found = []
    for i, j in _candidates(asked, names, weighing.contexts, table):
        if not _comparable(asked[i], asked[j]):
            continue
        again = told.reopened(asked[i], asked[j], weighing.contexts)
        if again is not None:
            made = weighing.weigh((i, j), (names[i], names[j]), in_table=(i, j) in table, again=again)
            if made is not None:
                found.append(made)
    order = list(Advice)
    return sorted(found, key=lambda s: (order.index(s.advice), -s.score, s.left.entity_id, s.right.entity_id))


def _comparable(left: Entity, right: Entity) -> bool:
    sites = {entity.type is EntityType.SITE for entity in (left, right)}
    return KINDS[left.type] is KINDS[right.type] and len(sites) == 1


def _candidates(
    entities: Sequence[Entity], names: Sequence[tuple[Name, ...]], contexts: Contexts, table: set[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Pairs by name, by what claims give as aliases, and by a table, each once."""
    at = {member: number for number, entity in enumerate(entities) for member in (*entity.members, entity.entity_id)}
    given = {
        (min(ends), max(ends))
        for pair in contexts.aliases
        if len(ends := {at[name] for name in pair if name in at}) == 2
    }
    first = given | table
    yield from sorted(first)
    by_kind: dict[object, list[int]] = defaultdict(list)
    for number, entity in enumerate(entities):
        by_kind[KINDS[entity.type]].append(number)
    for numbers in by_kind.values():
        for i, j in pairs([names[number] for number in numbers]):
            if (numbers[i], numbers[j]) not in first:
                yield numbers[i], numbers[j]


def _by_table(entities: Sequence[Entity], aliases: Iterable[Sequence[str]]) -> set[tuple[int, int]]:
    """Pairs that go by two names of one row of an alias table."""
    named: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, entity in enumerate(entities):
        for name in dict.fromkeys(fold(name) for name in entity.names):
            named[name].append(number)
    found: set[tuple[int, int]] = set()
    for row in aliases:
        numbers = sorted({number for name in row for number in named.get(fold(name), ())})
        found.update((numbers[0], other) for other in numbers[1:])
    return found


class _Judged:
    """What persons have judged, by the entities that stand for the judged ones now."""

    def __init__(self, entities: Iterable[Entity], judgements: Iterable[Judgement]) -> None:
        stands = {member: entity.entity_id for entity in entities for member in entity.members}
        self._told: dict[frozenset[str], list[Judgement]] = defaultdict(list)
        for judgement in judgements:
            pair = frozenset(stands.get(name, name) for name in (judgement.left, judgement.right))
            self._told[pair].append(judgement)

    def reopened(self, left: Entity, right: Entity, contexts: Contexts) -> tuple[Why, ...] | None:
        """None where the pair is settled; else why it is asked anew, () for a pair nobody has judged."""
        told = self._told.get(frozenset((left.entity_id, right.entity_id)), [])
        if any(judgement.verdict is not Verdict.UNSURE for judgement in told):
            return None
        if not told:
            return ()
        last = max(judgement.at for judgement in told)
        newer = [
            alias for one in _ids(left) for other in _ids(right)
            for alias in contexts.aliases.get(frozenset((one, other)), ()) if alias.at > last
        ]  # fmt: skip
        if not newer:
            return None
        words = f"judged unsure on {last[:10]}; {newer[0].document} has since given one as a name of the other"
        return (Why(Ground.REOPENED, words, claims=(newer[0].claim_id,)),)


def _ids(entity: Entity) -> tuple[str, ...]:
    return tuple(dict.fromkeys((entity.entity_id, *entity.members)))


class _Weighing:
    """Reasons for and against, and the advice that they make."""

    def __init__(
        self, entities: Sequence[Entity], contexts: Contexts, births: Mapping[str, PartialDate],
        country_of: Callable[[str], str | None],
    ) -> None:  # fmt: skip
        self.entities, self.contexts, self._births, self._country_of = entities, contexts, births, country_of

    def weigh(
        self, pair: tuple[int, int], names: tuple[tuple[Name, ...], tuple[Name, ...]], *, in_table: bool,
        again: tuple[Why, ...],
    ) -> Suggestion | None:  # fmt: skip
        """A suggestion, or None where nothing speaks for it."""
        left, right = self.entities[pair[0]], self.entities[pair[1]]
        best = _best(*names)
        alias = self._alias(left, right, in_table=in_table)
        if best.score < CONTAINED and not alias:
            return None
        near = any(what != "state" for what, _ in self.contexts.shared(left.entity_id, right.entity_id))
        bodies = left.type in BODIES
        sibling = (
            bodies and best.score >= SIBLINGS_FROM and any(_tells_apart(r.words) for r in best.reasons if r.against)
        )
        if best.score < SHOWN and not alias and not sibling and (bodies or not near):
            return None
        context = self._context(left, right)
        against = tuple(self._against(left, right))
        named = tuple(Why(Ground.NAME, reason.words, against=reason.against) for reason in best.reasons)
        why = sorted((*against, *again, *alias, *named, *context), key=lambda reason: not reason.against)
        advice = _advice(left, best.score, alias=bool(alias), shared=near, against=bool(against), sibling=sibling)
        return Suggestion(left, right, advice, best.score, tuple(why))

    def _alias(self, left: Entity, right: Entity, *, in_table: bool) -> tuple[Why, ...]:
        told = [Why(Ground.ALIAS, "an alias table gives both names to one")] if in_table else []
        for one in _ids(left):
            for other in _ids(right):
                for alias in self.contexts.aliases.get(frozenset((one, other)), ())[:1]:
                    words = f"{alias.document} gives one as another name of the other"
                    told.append(Why(Ground.ALIAS, words, claims=(alias.claim_id,)))
        return tuple(told)

    def _context(self, left: Entity, right: Entity) -> tuple[Why, ...]:
        shared = self.contexts.shared(left.entity_id, right.entity_id)
        words = [Why(Ground.CONTEXT, f"both stand beside the {what} {name}") for what, name in shared[:CONTEXT_SHOWN]]
        one, other = self._births.get(left.entity_id), self._births.get(right.entity_id)
        if one is not None and one == other:
            words.append(Why(Ground.CONTEXT, f"both were born {one}"))
        return tuple(words)

    def _against(self, left: Entity, right: Entity) -> Iterator[Why]:
        one, other = self._births.get(left.entity_id), self._births.get(right.entity_id)
        if one is not None and other is not None and (one.is_before(other) or other.is_before(one)):
            yield Why(Ground.CONTRADICTION, f"one was born {one}, the other {other}", against=True)
        if self.contexts.in_one_sentence(left.entity_id, right.entity_id):
            yield Why(Ground.CONTRADICTION, "one sentence names both side by side", against=True)
        for mine, theirs in self.contexts.seats_at_once(left.entity_id, right.entity_id):
            here, there = self._country_of(mine.organisation), self._country_of(theirs.organisation)
            if here is not None and there is not None and here != there:
                words = f"{mine.post} in {here} and {theirs.post} in {there} at one time"
                yield Why(Ground.CONTRADICTION, words, against=True)
                return


def _advice(left: Entity, score: float, *, alias: bool, shared: bool, against: bool, sibling: bool) -> Advice:
    if against:
        return Advice.LOOK if alias else Advice.APART
    if alias:
        return Advice.SAME
    if sibling:
        return Advice.SIBLINGS
    if left.type in BODIES:
        return Advice.LOOK
    return Advice.SAME if score >= LIKELY or (shared and score >= WITH_CONTEXT) else Advice.LOOK


def _tells_apart(words: str) -> bool:
    return " is not " in words or "tells siblings apart" in words


def _best(lefts: tuple[Name, ...], rights: tuple[Name, ...]) -> Comparison:
    """The two names most alike. A sibling among them does not count against two other names that are the same."""
    if not lefts or not rights:
        return compare(read_name(""), read_name(""))
    return max((compare(left, right) for left in lefts for right in rights), key=lambda found: found.score)
