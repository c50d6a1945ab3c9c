"""The questions of time and place: who held what, which groups were where, what was claimed before a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rapidfuzz import process

from tocsin.errors import UnknownName
from tocsin.record.claim import ClaimStatus, EntityType, Modality
from tocsin.record.corroboration import Group, corroborate
from tocsin.record.identity.alike import Alike
from tocsin.record.identity.places import place_key
from tocsin.record.identity.posts import read_post
from tocsin.record.names import fold
from tocsin.record.sentence import names_shown, sentence
from tocsin.record.spans import Holding, Period, held, holding_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tocsin.record.document import Document
    from tocsin.record.identity.places import Place, Places
    from tocsin.record.store import Entity, Record, StoredClaim
    from tocsin.record.store.outlines import Filling

HOLDS_POST = "person-holds-post"
WHERE = {"operates-in": "area", "located-at": "place", "mission-has-site": "site"}
"""Kinds that say where somebody is, each with the role of the place."""
NEAREST = 5
NAMES_SEARCHED = 20_000
TOLD = tuple(sorted(modality.value for modality in Modality))


@dataclass(frozen=True, slots=True)
class Answer:
    """A statement of the record that bears on a question.

    Attributes:
        sentence: the statement in words.
        holding: whether it held at the time asked for; None where no time was.
        group: the claims that say it, with quotes, documents, dates and origins.
        by_name: entities of one name in several documents were taken for one here; nobody has judged them.
    """

    sentence: str
    holding: Holding | None
    group: Group
    by_name: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What was claimed before a day.

    Attributes:
        claims: from documents surely published before it, by publication date.
        undated: from documents whose publication date is unknown, or too imprecise to tell.
        documents: by document_id, for where each date comes from.
    """

    claims: tuple[StoredClaim, ...]
    undated: tuple[StoredClaim, ...]
    documents: dict[str, Document]


@dataclass(frozen=True, slots=True)
class Moment:
    """A claim of a timeline.

    Attributes:
        when: the days its cited dates reach over; None where it cites none.
        claim: what is claimed.
    """

    when: Period | None
    claim: StoredClaim


def who_held(
    record: Record, *, on: date | None = None, during: Period | None = None, post: str | None = None,
    organisation: str | None = None, person: str | None = None, names: Mapping[str, str] | None = None,
) -> list[Answer]:  # fmt: skip
    """Who held which post, as cited: surely at that time first, then perhaps, then without any date.

    What is denied is told as denied; what is planned or recommended is left out.

    Args:
        record: where to look.
        on: a day.
        during: a period in place of a day.
        post: as `prime minister`; other names of one post count.
        organisation: name or id of an entity.
        person: name or id of an entity.
        names: the name readers know an entity by, by its id (`known:pmf`), for the sentences.

    Raises:
        UnknownName: the record has no such person or organisation, or nobody in such a post.
    """
    claims = _claims_on(record, HOLDS_POST, person=person, organisation=organisation)
    if post is not None:
        claims = _in_post(claims, post)
    return _answers(record, claims, _period(on, during), names)


def operating_in(
    record: Record,
    area: str,
    places: Places,
    *,
    on: date | None = None,
    during: Period | None = None,
    names: Mapping[str, str] | None = None,
) -> list[Answer]:
    """Which groups and missions are cited in an area: a province holds its towns and sites, a state its provinces.

    Args:
        record: where to look.
        area: a name in any spelling, or an id.
        places: what lies where.
        on: a day.
        during: a period in place of a day.
        names: the name readers know an entity by, by its id.

    Raises:
        UnknownName: neither the gazetteer nor the record has such a place.
    """
    place = places.called(area)
    asked = _Area(area, place, places)
    seqs = [
        one.seq
        for kind, role in WHERE.items()
        for one in record.outlines(kind, roles=(role,), modalities=TOLD)
        if asked.holds(one.fillings[0])
    ]
    if place is None and not asked.is_named:
        raise _unknown("place", area, [*places.names(), *asked.cited])
    return _answers(record, record.claims_at(sorted(seqs)), _period(on, during), names)


class _Area:
    """Whether places that claims cite lie in the area asked for; each is looked up once.

    Attributes:
        is_named: whether a place asked about so far is called as the area is.
        cited: the names asked about so far.
    """

    def __init__(self, area: str, place: Place | None, places: Places) -> None:
        self.is_named = False
        self.cited: set[str] = set()
        self._key, self._place, self._places = place_key(area), place, places
        self._known: dict[tuple[str | None, ...], bool] = {}

    def holds(self, cited: Filling) -> bool:
        """Whether the place is, or surely lies in, the area; a province of the same name as a town is meant first."""
        entity = cited.entity if (cited.entity or "").startswith("known:") else None
        asked = entity, cited.value, cited.words
        if asked not in self._known:
            self._known[asked] = self._look_up(*asked)
        return self._known[asked]

    def _look_up(self, entity: str | None, value: str | None, words: str) -> bool:
        is_it = place_key(words) == self._key
        self.is_named |= is_it
        self.cited.add(words)
        if self._place is None:
            return is_it
        found = self._places.called(*(name for name in (entity, value, words) if name))
        return found is not None and self._places.holds(self._place, found)


def claimed_before(record: Record, before: date, *, entity: str | None = None, kind: str | None = None) -> Before:
    """What documents surely published before a day claim; what is of unknown date stands apart.

    Raises:
        UnknownName: the record has no such entity.
    """
    asked = [None] if entity is None else [found.entity_id for found in entities_called(record, entity)]
    claims = {c.claim_id: c for one in asked for c in record.claims(entity=one, kind=kind) if _stands(c)}
    dated, undated = [], []
    for claim in claims.values():
        latest = claim.published.latest if claim.published else None
        earliest = claim.published.earliest if claim.published else None
        if latest is not None and latest < before:
            dated.append((latest, claim))
        elif earliest is None or earliest < before:
            undated.append(claim)
    dated.sort(key=lambda pair: pair[0])
    return Before(tuple(claim for _, claim in dated), tuple(undated), _documents(record))


def timeline(record: Record, entity: str) -> list[Moment]:
    """Everything claimed of an entity in the order of cited dates; what cites none comes last.

    Raises:
        UnknownName: the record has no such entity.
    """
    claims = {c.claim_id: c for e in entities_called(record, entity) for c in record.claims(entity=e.entity_id)}
    moments = []
    for claim in claims.values():
        if _stands(claim):
            span = held(claim.dates)
            moments.append(Moment(span.cited_within if span.known else None, claim))
    return sorted(moments, key=lambda m: (m.when is None, (m.when and (m.when.first or m.when.last)) or date.max))


def statements(
    record: Record, entity: str, *, period: Period | None = None, names: Mapping[str, str] | None = None
) -> list[Answer]:
    """Everything claimed of an entity, what says the same taken together.

    Raises:
        UnknownName: the record has no such entity.
    """
    claims = {c.claim_id: c for e in entities_called(record, entity) for c in record.claims(entity=e.entity_id)}
    return _answers(record, list(claims.values()), period, names)


def entities_called(record: Record, name: str) -> list[Entity]:
    """Entities by id, or by a name that has all these words; those called exactly so come alone.

    Raises:
        UnknownName: there is none; the nearest names are given.
    """
    known = record.entity(name) or record.entity(f"known:{name}")
    if known is not None:
        return [known]
    found = record.entities(name=name)
    exact = [e for e in found if any(fold(other) == fold(name) for other in e.names)]
    if not found:
        listed = record.entities(limit=NAMES_SEARCHED)
        raise _unknown("person, organisation or place in the record", name, [n for e in listed for n in e.names])
    return exact or found


def _unknown(what: str, name: str, names: Iterable[str]) -> UnknownName:
    near = process.extract(name, list(dict.fromkeys(names)), limit=NEAREST, score_cutoff=60)
    hint = f"the nearest names are: {', '.join(word for word, *_ in near)}" if near else "no name is like it"
    return UnknownName(f"no {what} is called '{name}'", hint=hint)


def _period(on: date | None, during: Period | None) -> Period | None:
    return Period(on, on) if on is not None else during


def _stands(claim: StoredClaim) -> bool:
    return claim.status is not ClaimStatus.REJECTED


def _claims_on(record: Record, kind: str, **roles: str | None) -> list[StoredClaim]:
    """Claims of a kind whose roles are filled by entities of these names."""
    asked = {role: {e.entity_id for e in entities_called(record, n)} for role, n in roles.items() if n is not None}
    if not asked:
        return record.claims(kind=kind)
    first = min(asked.values(), key=len)
    claims = {c.claim_id: c for entity in sorted(first) for c in record.claims(kind=kind, entity=entity)}
    return [c for c in claims.values() if all(c.entity_of(role) in ids for role, ids in asked.items())]


def _in_post(claims: Sequence[StoredClaim], post: str) -> list[StoredClaim]:
    asked = read_post(post).name
    posts = {c.claim_id: read_post(words.words).name for c in claims if (words := c.first("post")) is not None}
    exact = [c for c in claims if posts.get(c.claim_id) == asked]
    found = exact or [c for c in claims if set(asked.split()) <= set(posts.get(c.claim_id, "").split())]
    if not found and claims:
        raise _unknown("post in the record", post, posts.values())
    return found


def _answers(
    record: Record, claims: Sequence[StoredClaim], period: Period | None, names: Mapping[str, str] | None
) -> list[Answer]:
    """Statements of these claims with whether they held at the time, surest first; what surely did not is left out."""
    told = [c for c in claims if _stands(c) and c.modality not in {Modality.PLANNED, Modality.RECOMMENDED}]
    alike = Alike(told, record.judgements())
    answers = []
    for group in corroborate(told, _documents(record), roles=alike.roles):
        holding = None if period is None else holding_of(group.spans, period)
        if holding is not Holding.NO:
            answers.append(Answer(_says(group, names or {}), holding, group, _by_name(group, alike.key)))
    order = [*Holding, None]
    return sorted(answers, key=lambda a: (order.index(a.holding), _far(a.group, period), a.sentence))


def _says(group: Group, names: Mapping[str, str]) -> str:
    first = group.claims[0]
    return sentence(first.proposal, names=names_shown(first, names))


def _far(group: Group, period: Period | None) -> int:
    """Days from the period to the nearest cited one; the latest cited first where no time is asked."""
    cited = [span.cited_within for span in group.spans if span.known]
    if period is None or period.first is None:
        return -max((when.toordinal() for c in cited if (when := c.last or c.first)), default=0)
    ends = [d for c in cited for d in (c.first, c.last) if d is not None]
    return min((abs((d - period.first).days) for d in ends), default=10**6)


def _by_name(group: Group, key: Callable[..., str]) -> bool:
    """Whether a role is filled by several entities that are one by their name alone."""
    ids: dict[str, set[str]] = {}
    roles = {role for role, _ in group.roles}
    for claim in group.claims:
        for argument, entity in zip(claim.arguments, claim.entities, strict=True):
            if entity is not None and argument.role in roles and argument.type is not EntityType.OFFICE:
                ids.setdefault(key(argument, entity), set()).add(entity)
    return any(len(found) > 1 for found in ids.values())


def _documents(record: Record) -> dict[str, Document]:
    return {document.document_id: document for document in record.documents()}
