"""Who held what, who was where, what was claimed before a day, and what contradicts what, in a case's record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from tocsin.api.record import open_record_of
from tocsin.errors import FileProblem, InputError, Where
from tocsin.record.asking import claimed_before, entities_called, operating_in, statements, timeline, who_held
from tocsin.record.contradiction.in_record import contradictions_in
from tocsin.record.corroboration import with_copies
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.extract.linking import KNOWN, known_names
from tocsin.record.identity.places_known import places_of
from tocsin.record.identity.suggest import suggest
from tocsin.record.kinds import kind_called
from tocsin.record.names import fold
from tocsin.record.reading.likeness import contained, shingles
from tocsin.record.spans import Period

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tocsin.case import Case
    from tocsin.record.asking import Answer, Before, Moment
    from tocsin.record.contradiction import Contradiction
    from tocsin.record.document import Document
    from tocsin.record.identity.suggestion import Suggestion
    from tocsin.record.store import Entity, Record, StoredClaim
    from tocsin.settings import Settings
    from tocsin.vocabulary import Reliability


MOST_COMPARED = 5_000
"""Pairs of documents whose texts are compared for one answer: more would take minutes."""
TEXTS_KEPT = 500


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader needs beside claims: their documents, and the grades of their sources.

    Attributes:
        documents: by document_id.
        reliability: by source key; a source that is not there is not graded.
        claims: claims in the record.
        not_compared: pairs of documents whose texts were not compared, so that a copy may be counted as an origin.
    """

    documents: dict[str, Document]
    reliability: dict[str, Reliability]
    claims: int
    not_compared: int = 0

    def grade_of(self, claim: StoredClaim) -> tuple[str, Reliability] | None:
        """The source whose reliability bears on a claim, with its grade; None where nobody has graded it.

        That is the source the document belongs to; for a note or table of the case, the source that it names for the claim
        or is derived from.
        """
        behind = self.documents[claim.document_id].derived_from
        named = [claim.source_key, *(span.words.strip() for span in claim.attributed_to), behind or ""]
        return next(((name, self.reliability[name]) for name in named if name in self.reliability), None)


@dataclass(frozen=True, slots=True)
class Who:
    """Answers to one question, with what a reader needs beside them.

    Attributes:
        answers: surest first.
        entities: those the name asked for means; () where none was asked.
        context: documents and grades.
    """

    answers: tuple[Answer, ...]
    entities: tuple[Entity, ...]
    context: Context


def who_case(
    case: Case, *, name: str | None = None, on: date | None = None, during: Period | None = None, post: str | None = None,
    organisation: str | None = None, area: str | None = None, settings: Settings | None = None,
) -> Who:  # fmt: skip
    """Who held what, or with `area` who was where; with a name alone everything claimed of it.

    Args:
        case: whose record is asked.
        name: a person, organisation or place, by name or id.
        on: a day.
        during: a period in place of a day.
        post: as `prime minister`.
        organisation: of what the post is.
        area: a province, town, site or state.
        settings: where the record is.

    Raises:
        FileProblem: there is no record, or it is empty.
        UnknownName: the record has nothing of that name.
        InputError: nothing is asked, or `area` together with a post.
    """
    if area is not None and (post is not None or organisation is not None):
        raise InputError("an area and a post cannot be asked for at once", hint="ask with --in, or with --post")
    with _opened(case, settings) as record:
        name, organisation = (_known_as(record, case, asked) for asked in (name, organisation))
        meant = tuple(entities_called(record, name)) if name is not None else ()
        period, names = Period(on, on) if on is not None else during, known_names(knowledge_of(case))
        if area is not None:
            found = operating_in(record, area, places_of(knowledge_of(case)), during=period, names=names)
            found = [a for a in found if not meant or _names(a, {e.entity_id for e in meant})]
        elif name is not None and post is None and organisation is None:
            found = statements(record, name, period=period, names=names)
        else:
            found = who_held(record, during=period, post=post, organisation=organisation, person=name, names=names)
        context, alike = _context(record), _Likeness(record)
        counted = [replace(a, group=with_copies(a.group, context.documents, alike)) for a in found]
        return Who(tuple(counted), meant, replace(context, not_compared=alike.left_out))


def claimed_before_case(
    case: Case, before: date, *, name: str | None = None, settings: Settings | None = None
) -> tuple[Before, Context]:
    """What documents published before a day claim, of everybody or of one entity."""
    with _opened(case, settings) as record:
        return claimed_before(record, before, entity=_known_as(record, case, name)), _context(record)


def timeline_case(case: Case, name: str, *, settings: Settings | None = None) -> tuple[list[Moment], Context]:
    """Everything claimed of an entity, in the order of cited dates."""
    with _opened(case, settings) as record:
        return timeline(record, _known_as(record, case, name) or name), _context(record)


def contradictions_case(
    case: Case, *, kind: str | None = None, entity: str | None = None, settings: Settings | None = None
) -> tuple[list[Contradiction], Context]:
    """What excludes what in a case's record; of one kind, or about one entity.

    Raises:
        FileProblem: there is no record, or it is empty.
        UnknownName: there is no such kind, or the record has no such entity.
    """
    if kind is not None:
        kind_called(kind)
    with _opened(case, settings) as record:
        context, knowledge = _context(record), knowledge_of(case)
        about = (
            {e.entity_id for e in entities_called(record, _known_as(record, case, entity) or entity)}
            if entity
            else None
        )
        found = contradictions_in(
            record, context.documents, places=places_of(knowledge), names=known_names(knowledge), kind=kind
        )
        kept = [one for one in found if about is None or _is_about(one, about)]
        alike = _Likeness(record)
        counted = [_with_copies(one, context, alike) for one in kept]
        return counted, replace(context, not_compared=alike.left_out)


def suggestions_case(case: Case, *, settings: Settings | None = None) -> list[Suggestion]:
    """Entities that may be one, the likeliest first, with reasons; nothing is merged."""
    with _opened(case, settings) as record:
        knowledge = knowledge_of(case)
        places = places_of(knowledge)
        countries = {f"known:{entry.id}": entry.country for entry in knowledge.entries if entry.country}

        def country(entity: str) -> str | None:
            place = places.called(entity)
            return countries.get(entity) or (place.country if place else None)

        aliases = [entry.names for entry in knowledge.entries if len(entry.names) > 1]
        return suggest(record.entities(), record.claims(), record.judgements(), aliases=aliases, country_of=country)


def _opened(case: Case, settings: Settings | None) -> Record:
    record = open_record_of(case, settings=settings)
    if record.count() == 0:
        name, where = record.name, case.folder.name
        record.close()
        raise FileProblem(
            "the record holds no claims yet",
            where=Where(name),
            hint=f"read documents first: tocsin read --case {where}",
        )
    return record


def _known_as(record: Record, case: Case, name: str | None) -> str | None:
    """The id of what the gazetteer or the case knows by this name or alias, where the record has it; else the name itself."""
    if name is None:
        return None
    asked, knowledge = fold(name), knowledge_of(case)
    meant = knowledge.countries.get(name.removeprefix(KNOWN))
    ids = [e.id for e in knowledge.entries if e.id == meant or any(fold(other) == asked for other in (e.id, *e.names))]
    return next((f"known:{one}" for one in ids if record.entity(f"known:{one}") is not None), name)


def _context(record: Record) -> Context:
    documents = {document.document_id: document for document in record.documents()}
    return Context(documents, record.source_grades(), record.count())


def _names(answer: Answer, entities: set[str]) -> bool:
    return any(entity in entities for claim in answer.group.claims for entity in claim.entities)


def _is_about(one: Contradiction, entities: set[str]) -> bool:
    return any(
        e in entities for group in (*one.left, *one.right) for claim in group.claims for e in claim.entities
    )  # fmt: skip


def _with_copies(one: Contradiction, context: Context, alike: Callable[[str, str], float]) -> Contradiction:
    left, right = (
        tuple(with_copies(group, context.documents, alike) for group in side) for side in (one.left, one.right)
    )  # fmt: skip
    return replace(one, left=left, right=right)


class _Likeness:
    """How much two documents share; each is read once, and no more than MOST_COMPARED pairs are compared.

    Attributes:
        left_out: pairs that were not compared.
    """

    def __init__(self, record: Record) -> None:
        self.left_out = 0
        self._record = record
        self._found: dict[tuple[str, str], float] = {}
        self._runs = lru_cache(maxsize=TEXTS_KEPT)(self._read)

    def __call__(self, left: str, right: str) -> float:
        """0..1; 0 too where a document has no text, and for pairs beyond the most that are compared."""
        if (left, right) not in self._found:
            if len(self._found) >= MOST_COMPARED:
                self.left_out += 1
                return 0.0
            self._found[left, right] = contained(self._runs(left), self._runs(right))
        return self._found[left, right]

    def _read(self, document_id: str) -> frozenset[int]:
        found = self._record.texts_of(document_id)
        return shingles(found[-1]) if found else frozenset()
