"""Reviewing a record: what waits, what stands beside a claim, and decisions that each keep their person and reason."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tocsin.errors import InputError, OutOfRange, UnknownName
from tocsin.record.claim import Argument, ClaimStatus, Dates, EntityType, Proposal, Span, Step
from tocsin.record.contradiction import contradictions
from tocsin.record.corroboration import corroborate, roles_of
from tocsin.record.gate import align, check, nearest
from tocsin.record.identity.suggest import suggest
from tocsin.record.kinds import kind_called
from tocsin.record.names import fold
from tocsin.record.review import InPlace, Waiting, in_place, waiting
from tocsin.record.store.values import OPEN_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tocsin.record.contradiction import Contradiction
    from tocsin.record.document import Document, Text
    from tocsin.record.identity.suggestion import Suggestion
    from tocsin.record.store import Entity, Record, StoredClaim, StoredRefusal

WEIGHED_AT_MOST = 20_000
"""Claims up to which all are held against one another before the first is shown."""
NEIGHBOURS = 300
"""Claims about one subject that are held against the one shown."""
OF_ONE_NAME = 60
"""... and of these at most so many that name one entity."""
CANDIDATES = 60
"""Entities whose names share a word that are weighed as suggestions."""
REASONS = {
    ClaimStatus.ACCEPTED: ("the quote says so",),
    ClaimStatus.REJECTED: (
        "the quote does not say this", "the wrong person, body or place is named", "the date or post is wrong",
        "it is planned, denied or only reported, and was taken for fact",
    ),
    ClaimStatus.WORK_NEEDED: ("more of the document has to be read", "it has to be known who is meant"),
    ClaimStatus.ISSUE: ("the document itself is unclear", "it should not be in the record: look at it together"),
    ClaimStatus.CONFLICT: ("another source says otherwise",),
    ClaimStatus.PROPOSED: ("to be looked at again",),
}  # fmt: skip
"""Reasons that are offered, the first of them unless another is given."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a claim.

    Attributes:
        agrees: claims that say the same.
        origins: independent origins of the statement, this claim's own included.
        contradicts: what excludes it, both sides with their claims.
    """

    agrees: tuple[StoredClaim, ...]
    origins: int
    contradicts: tuple[Contradiction, ...]


def person(by: str | None) -> str:
    """Who decides: as given, else as git knows the user; never empty.

    Raises:
        InputError: nobody is named.
    """
    named = (by if by is not None else _git_user()).strip()
    if not named or not named.isprintable():
        hint = 'give --by "Your Name", or set it once: git config --global user.name "Your Name"'
        raise InputError("nobody is named who decides", hint=hint)
    return named


def _git_user() -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    done = subprocess.run([git, "config", "user.name"], capture_output=True, text=True, check=False, timeout=10)  # noqa: S603  # fixed words
    return done.stdout


def claim_of(record: Record, claim_id: str) -> StoredClaim:
    """The claim of an id.

    Raises:
        UnknownName: the record has no such claim.
    """
    found = record.claim(claim_id)
    if found is None:
        raise UnknownName(
            f"the record has no claim '{claim_id[:60]}'", hint="tocsin record search finds claims by their words"
        )
    return found


def queue(
    record: Record, *, kind: str | None = None, document: str | None = None, status: ClaimStatus | None = None,
    limit: int | None = 1000,
) -> list[Waiting]:  # fmt: skip
    """Claims that wait for a person, in the order of review.

    Args:
        record: an open record.
        kind: only of this kind.
        document: only of the document of this hash.
        status: only those that stand so; all that are not settled unless given.
        limit: how many at most; None is all.

    Raises:
        UnknownName: there is no such kind.
    """
    if kind is not None:
        kind_called(kind)
    statuses = OPEN_STATUSES if status is None else (status,)
    if record.count() <= WEIGHED_AT_MOST:
        contested = _contested(contradictions(record.claims(), _documents(record), judgements=record.judgements()))
        found = [c for s in statuses for c in record.claims(kind=kind, document=document, status=s)]
    else:
        # what contradicts is looked for claim by claim as each is shown: all against all would take too long
        contested = {}
        found = [c for s in statuses for c in record.claims(kind=kind, document=document, status=s, limit=limit)]
    return waiting(found, contested=contested)[:limit]


def _documents(record: Record) -> dict[str, Document]:
    return {document.document_id: document for document in record.documents()}


def _contested(found: Iterable[Contradiction]) -> dict[str, tuple[str, ...]]:
    """What excludes each claim, in words."""
    said: dict[str, tuple[str, ...]] = {}
    for one in found:
        for side, other in ((one.left, one.right_says), (one.right, one.left_says)):
            for group in side:
                for claim in group.claims:
                    said[claim.claim_id] = (*said.get(claim.claim_id, ()), f"{one.about}: {other} ({one.overlap})")
    return said


def beside(record: Record, claim: StoredClaim) -> Beside:
    """What agrees with a claim and what excludes it, among claims of its kind about what goes by the same name."""
    near = {claim.claim_id: claim}
    for entity_id in _of_that_name(record, claim):
        if len(near) >= NEIGHBOURS:
            break
        for one in record.claims(kind=claim.kind, entity=entity_id, limit=OF_ONE_NAME):
            near.setdefault(one.claim_id, one)
    kept = [one for one in near.values() if one.status is not ClaimStatus.REJECTED or one.claim_id == claim.claim_id]
    documents = {i: d for i in {one.document_id for one in kept} if (d := record.document(i)) is not None}
    mine = next(g for g in corroborate(kept, documents) if any(c.claim_id == claim.claim_id for c in g.claims))
    against = [c for c in contradictions(kept, documents) if claim.claim_id in _contested([c])]
    agrees = tuple(one for one in mine.claims if one.claim_id != claim.claim_id)
    return Beside(agrees, len(mine.origins), tuple(against))


def _of_that_name(record: Record, claim: StoredClaim) -> Iterator[str]:
    """Entities that fill the roles by which claims of its kind are the same, and those of the same name."""
    subject = kind_called(claim.kind).subject
    same = {role for role, _ in roles_of(claim)} | {subject}
    named = [(a, e) for a, e in zip(claim.arguments, claim.entities, strict=True) if e is not None and a.role in same]
    # the subject first, and posts last: many hold a post of one name
    for argument, entity_id in sorted(
        named, key=lambda one: (one[0].role != subject, one[0].type is EntityType.OFFICE)
    ):
        yield entity_id
        name = fold(argument.words)
        for other in record.entities(name=argument.words, type=argument.type, limit=CANDIDATES):
            if other.entity_id != entity_id and any(fold(n) == name for n in other.names):
                yield other.entity_id


def place_of(record: Record, claim: StoredClaim) -> InPlace:
    """A claim's quote with the sentences beside it and the heading above."""
    return in_place(record.text(claim.text_id), claim.quote)


def decide(record: Record, claim_id: str, status: ClaimStatus, *, by: str, why: str = "") -> int:
    """Set where a claim stands; without a reason it is the first that is offered. Gives the line of the history.

    Raises:
        UnknownName: the record has no such claim.
        InputError: a rejection, an issue, a conflict or work needed without a reason.
    """
    if not why.strip() and status is not ClaimStatus.ACCEPTED:
        raise InputError(f"no reason is given for '{status}'", hint=f"as: {'; '.join(REASONS[status])}")
    return record.decide(claim_id, status, by=by, why=why.strip() or REASONS[status][0])


def correct_words(record: Record, claim_id: str, words: str, *, by: str, why: str) -> str:
    """Let a claim quote these words of its text instead; gives the new claim's id, and the old one stays as rejected.

    Arguments keep their words; one that the new quote leaves out needs a quote that holds it.

    Raises:
        UnknownName: the record has no such claim.
        InputError: the words are not in the text, stand there more than once, or the gate turns the correction away.
    """
    claim = claim_of(record, claim_id)
    text = record.text(claim.text_id)
    quote = found_in(text, words, near=claim.quote)
    return record.correct(claim_id, quote, claim.arguments, by=by, why=why)


def found_in(text: Text, words: str, *, near: Span | None = None) -> Span:
    """The one stretch of a text that is these words, white space and quotation marks aside; never by likeness.

    Args:
        text: the text.
        words: as copied from it.
        near: where they are looked for first: the segment around this span.

    Raises:
        InputError: the words are not there, or more than once.
    """
    segment = text.segment_at(near.start) if near is not None and 0 <= near.start < len(text.text) else None
    aligned = align(words, text, (segment.start, segment.end)) if segment is not None else None
    aligned = aligned or align(words, text)
    if aligned is None:
        like = nearest(words, text)
        hint = f"the nearest is: {like.span.words[:200]}" if like is not None else "copy the words from the text"
        raise InputError("these words are not in the text", hint=hint)
    if aligned.places > 1:
        raise InputError("these words stand in the text more than once", hint="give more of the sentence around them")
    return aligned.span


def mark_refused(record: Record, refusal: int, words: str, *, by: str, why: str) -> str:
    """Make a claim of a refused proposal, from the words of the text that a person marked; gives the claim's id.

    The proposal's own quote is never taken: these words and those of its arguments must stand in the text.

    Raises:
        UnknownName: nothing was refused under this number.
        InputError: the words are not in the text, or the gate turns it away again.
    """
    if not why.strip():
        raise InputError("no reason is given", hint="say in a few words why; it is kept in the history")
    refused = refusal_of(record, refusal)
    text = record.text(refused.proposal.text_id)
    quote = found_in(text, words, near=refused.proposal.quote)
    arguments = tuple(_bound(argument, quote, text) for argument in refused.proposal.arguments)
    made = replace(refused.proposal, quote=quote, arguments=arguments, extractor=f"marked by {by}", exact=True)
    made = _without_strays(made, text)
    fault = check(made, text)
    if fault is not None:
        raise InputError(
            f"it cannot stand: {fault.reason}", hint=f"look at its {fault.field}; mark a quote that holds it"
        )
    came = record.enter(text, [made], extractor=made.extractor, by=by)
    if came.entered:
        record.decide(made.claim_id, ClaimStatus.PROPOSED, by=by, why=why)
    elif record.claim(made.claim_id) is None:
        raise InputError("this was taken out of the record before", hint="tocsin record history says when and why")
    return made.claim_id


def _bound(argument: Argument, quote: Span, text: Text) -> Argument:
    """An argument with its words found in the marked quote, where they are not where it says."""
    span = argument.span
    if span is None or text.text[span.start : span.end] == span.words:
        inside = span is not None and quote.start <= span.start and span.end <= quote.end
        return replace(argument, step=None, pronoun=None) if inside and argument.step is Step.CONTEXT else argument
    found = align(span.words, text, (quote.start, quote.end))
    return argument if found is None else replace(argument, span=found.span, step=None, pronoun=None)


def _without_strays(made: Proposal, text: Text) -> Proposal:
    """A proposal without attributions, dates and numbers whose words are not in the text; optional arguments as well."""
    whole = text.text
    optional = {role.name for role in kind_called(made.kind).roles if not role.required}
    arguments = tuple(a for a in made.arguments if a.role not in optional or not _stray(a.span, whole))
    undated = any(_stray(span, whole) for span in made.date_spans)
    return replace(
        made, arguments=arguments, dates=Dates() if undated else made.dates,
        attributed_to=tuple(s for s in made.attributed_to if not _stray(s, whole)),
        date_spans=tuple(s for s in made.date_spans if not _stray(s, whole)),
        numbers=tuple(n for n in made.numbers if not _stray(n.span, whole)),
    )  # fmt: skip


def _stray(span: Span | None, whole: str) -> bool:
    return span is not None and (not span.words or whole[max(span.start, 0) : max(span.end, 0)] != span.words)


def refusal_of(record: Record, refusal: int) -> StoredRefusal:
    """What the gate turned away under this number.

    Raises:
        UnknownName: there is no such number.
    """
    found = record.refusals(limit=1, after=refusal - 1)
    if not found or found[0].refusal != refusal:
        raise UnknownName(f"nothing was refused under the number {refusal}", hint="tocsin review --refused lists them")
    return found[0]


def suggestions(record: Record, entity_id: str, *, limit: int = 5) -> list[Suggestion]:
    """Entities that may be one with this one, the likeliest first, each with its reasons. Nothing is merged by it.

    Raises:
        UnknownName: the record has no such entity.
    """
    mine = entity_of(record, entity_id)
    near = {other.entity_id: other for other in _candidates(record, mine) if other.entity_id != mine.entity_id}
    entities = [mine, *list(near.values())[:CANDIDATES]]
    claims = {c.claim_id: c for e in entities for c in record.claims(entity=e.entity_id, limit=20)}
    judged = [j for e in entities for j in record.judgements(e.entity_id)]
    found = suggest(entities, claims.values(), dict.fromkeys(judged))
    return [one for one in found if mine.entity_id in (one.left.entity_id, one.right.entity_id)][:limit]


def _candidates(record: Record, mine: Entity) -> Iterator[Entity]:
    """Entities of any type one may be judged with whose names share a word, rarer words first."""
    for words in sorted({word for name in mine.names for word in fold(name)}, key=len, reverse=True):
        if len(words) > 2:
            yield from record.entities(name=words, type=mine.type, limit=CANDIDATES)


def entity_of(record: Record, entity_id: str) -> Entity:
    """The entity of an id.

    Raises:
        UnknownName: the record has none of that id; entities of that name are listed.
    """
    found = record.entity(entity_id)
    if found is None:
        named = record.entities(name=entity_id, limit=5)
        ids = "; ".join(f"{e.entity_id} ({e.type} {e.name})" for e in named)
        hint = (
            f"of that name there are: {ids}"
            if ids
            else "tocsin record search finds claims, and show names their entities"
        )
        raise UnknownName(f"the record has no entity '{entity_id[:60]}'", hint=hint)
    return found


def person_named(record: Record, entity_id: str) -> Entity:
    """A person of the record.

    Raises:
        UnknownName: the record has no such entity.
        OutOfRange: it is no person.
    """
    found = entity_of(record, entity_id)
    if found.type is not EntityType.PERSON:
        raise OutOfRange(
            f"{found.name} is no person but of the type '{found.type}'", hint="only persons' data is removed"
        )
    return found


def undo_last(record: Record, entries: Sequence[int], *, by: str) -> int:
    """Take back the last of these lines of the history; gives the line that says so.

    Raises:
        InputError: there is none, or a later line stands on it.
    """
    if not entries:
        raise InputError(
            "there is nothing of this session to undo", hint="tocsin record history, then tocsin record undo N"
        )
    return record.undo(entries[-1], by=by, why="taken back in review")
