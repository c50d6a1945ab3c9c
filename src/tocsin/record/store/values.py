"""What the record gives back: frozen values, with nothing of the database in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tocsin.record.claim import ClaimStatus

if TYPE_CHECKING:
    from tocsin.case.dates import PartialDate
    from tocsin.record.claim import Argument, Dates, EntityType, LegalState, Modality, Number, Proposal, Span
    from tocsin.vocabulary import Credibility


class Verdict(StrEnum):
    """Whether two entities are one, as a person judged."""

    SAME = "same"
    NOT_SAME = "not same"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of putting proposals before the gate.

    Attributes:
        entered: claims that are new to the record.
        known: claims it held already, also those rejected or removed before, which do not come back.
        refused: proposals that the gate turned away.
    """

    entered: int
    known: int
    refused: int


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as the record holds it.

    Attributes:
        claim_id: names it by its citation.
        proposal: the claim itself; its parts can be read here too (`claim.quote`, `claim.kind` ...).
        status: where it stands in review.
        credibility: set by a person; None where nobody has.
        document_id, document: the document's hash and name.
        source_id: the row of the case's table of sources, by which a source is graded; None where there is none.
        published: the document's publication date; None is unknown.
        page, paragraph: where the quote stands; None where the file has none.
        language: of the text, ISO 639-1; None is unknown.
        entities: for each argument, the id of the entity it names (the one that its joined entities share); None where
            it names none.
        corrected_by: the claim that took its place when a person corrected it; else None.
        entered: when, ISO 8601 in UTC.
    """

    claim_id: str
    proposal: Proposal
    status: ClaimStatus
    credibility: Credibility | None
    document_id: str
    document: str
    source_id: str | None = None
    published: PartialDate | None = None
    page: int | None = None
    paragraph: int | None = None
    language: str | None = None
    entities: tuple[str | None, ...] = ()
    corrected_by: str | None = None
    entered: str = ""

    @property
    def kind(self) -> str:
        """Name of the claim's kind."""
        return self.proposal.kind

    @property
    def text_id(self) -> str:
        """The text it was read from."""
        return self.proposal.text_id

    @property
    def quote(self) -> Span:
        """The text's own words."""
        return self.proposal.quote

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """Each with its role."""
        return self.proposal.arguments

    @property
    def modality(self) -> Modality:
        """How it is put."""
        return self.proposal.modality

    @property
    def attributed_to(self) -> tuple[Span, ...]:
        """Who is said to say it, the nearest speaker first."""
        return self.proposal.attributed_to

    @property
    def dates(self) -> Dates:
        """When it held, as cited."""
        return self.proposal.dates

    @property
    def date_spans(self) -> tuple[Span, ...]:
        """Where those dates stand."""
        return self.proposal.date_spans

    @property
    def numbers(self) -> tuple[Number, ...]:
        """With what they count."""
        return self.proposal.numbers

    @property
    def state(self) -> LegalState | None:
        """Of a legal measure."""
        return self.proposal.state

    @property
    def stance(self) -> str | None:
        """For positions."""
        return self.proposal.stance

    @property
    def extractor(self) -> str:
        """Name and version of what read it."""
        return self.proposal.extractor

    @property
    def exact(self) -> bool:
        """False where the quote was found by folding white space and quotation marks."""
        return self.proposal.exact

    @property
    def source_key(self) -> str:
        """What the source's grade is set on: its row in the case's table, else the document itself."""
        return self.source_id or self.document_id

    def first(self, role: str) -> Argument | None:
        """The first argument of a role, or None."""
        return self.proposal.first(role)

    def entity_of(self, role: str) -> str | None:
        """The entity that the first argument of a role names, or None."""
        pairs = zip(self.proposal.arguments, self.entities, strict=False)
        return next((entity for argument, entity in pairs if argument.role == role), None)


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what claims are about: one, or several that a person judged to be the same.

    Attributes:
        entity_id: the smallest id of its members.
        type: of the first member.
        name: the first of its names.
        names: every name that its members were given, in order.
        members: ids, in order; one where nothing was joined.
        documents: documents its members come from; those known to the gazetteer or the case have none of their own.
    """

    entity_id: str
    type: EntityType
    name: str
    names: tuple[str, ...]
    members: tuple[str, ...]
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person judged of two entities; it stands until it is undone or judged anew."""

    left: str
    right: str
    verdict: Verdict
    by: str
    why: str
    at: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: who changed what, when and why. Lines are only ever added.

    Attributes:
        entry: counted up.
        at: ISO 8601 in UTC.
        by: who.
        action: `read`, `decide`, `correct`, `grade source`, `grade claim`, `judge`, `undo`, `remove person` ...
        subject: the claim, source, pair of entities or document it is about.
        why: the reason given.
        before, after: what stood and what stands, as JSON; None where there was or is nothing.
        undoes: the entry that this one undid; else None.
        removal: the removal that took a person's data out of this line; 0 where none did.
    """

    entry: int
    at: str
    by: str
    action: str
    subject: str
    why: str
    before: str | None
    after: str | None
    undoes: int | None
    removal: int = 0


@dataclass(frozen=True, slots=True)
class StoredRefusal:
    """A proposal that the gate turned away, kept for review; it is no claim."""

    refusal: int
    proposal: Proposal
    reason: str
    field: str
    document_id: str
    document: str
    at: str


@dataclass(frozen=True, slots=True)
class Removed:
    """What removing a person's data came to.

    Attributes:
        removal: its number in the record.
        claims: claims about the person that are gone.
        quotes: other claims whose quotes named the person and are now blacked out there.
        texts: texts in which the name is blacked out.
        refusals: proposals turned away before that are gone.
        entries: lines of the history that lost the person's data.
        stays: what Tocsin cannot remove, in words.
    """

    removal: int
    claims: int
    quotes: int
    texts: int
    refusals: int
    entries: int
    stays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment of a text that holds the words asked for.

    Attributes:
        document_id, document: the document's hash and name.
        language: of the text, ISO 639-1; None is unknown.
        text_id: the text it stands in.
        start, end: where the segment stands in the text, in code points.
        page, paragraph: None where the file has none.
        words: the segment's own characters.
        hits: (start, end) of each word asked for, counted from the beginning of the passage.
    """

    document_id: str
    document: str
    language: str | None
    text_id: str
    start: int
    end: int
    page: int | None
    paragraph: int | None
    words: str
    hits: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping the known names of a text.

    Attributes:
        kept: mentions that are new to the record.
        held: mentions it held already.
        refused: mentions whose words do not stand at their offsets.
    """

    kept: int
    held: int
    refused: int


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A known name where it stands in a text; it says that somebody is named, and nothing of them.

    Attributes:
        text_id, span: where, and the words.
        entity: who or what is named: the id that its joined entities share.
        known: the id by which the gazetteer or the case knows it, `known:ID`.
        type: what it is.
        document_id, document: the document's hash and name.
        language: of the text, ISO 639-1; None is unknown.
        page, paragraph: None where the file has none.
    """

    text_id: str
    span: Span
    entity: str
    known: str
    type: EntityType
    document_id: str
    document: str
    language: str | None
    page: int | None
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class Violation:
    """A stored claim that its stored text does not bear out: there must be none."""

    claim_id: str
    document: str
    field: str
    reason: str


OPEN_STATUSES = (ClaimStatus.PROPOSED, ClaimStatus.CONFLICT, ClaimStatus.WORK_NEEDED, ClaimStatus.ISSUE)
"""What review has not settled."""
