"""Claims: what a document says, in its own words, with everything that makes it weigh more or less."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.case.dates import PartialDate


class Modality(StrEnum):
    """How the document puts it. Only `asserted` and `denied` speak of what is; the others never count as fact."""

    ASSERTED = "asserted"
    DENIED = "denied"
    PLANNED = "planned"
    RECOMMENDED = "recommended"
    REPORTED = "reported"
    """Somebody else is said to say it, or it is alleged: see `attributed_to`."""


class LegalState(StrEnum):
    """Where a designation or other legal instrument stands. A threat is `proposed`; a waiver is none of these."""

    PROPOSED = "proposed"
    INTRODUCED = "introduced"
    IN_FORCE = "in force"
    CHANGED = "changed"
    LIFTED = "lifted"


class ClaimStatus(StrEnum):
    """Where a claim stands in review."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CONFLICT = "conflict"
    WORK_NEEDED = "work needed"
    ISSUE = "issue"
    REJECTED = "rejected"


class EntityType(StrEnum):
    """What an argument names. Only persons in public posts or on published lists are ever named."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    MISSION = "mission"
    PLACE = "place"
    SITE = "site"
    OFFICE = "office"
    VESSEL = "vessel"
    QUESTION = "question"
    INSTRUMENT = "instrument"
    """A legal authority: an executive order, a resolution, a statute."""
    WORDS = "words"
    """A stretch of the quote that names no entity: a reason, a task, a stance."""


class Step(StrEnum):
    """How an argument outside the quote is bound to it: each is recorded and shown."""

    PRONOUN = "pronoun"
    """`words` stand in the quote ('he', 'the group'); the link's span names whom they mean."""
    SHORT_NAME = "short name"
    """The quote has a shorter form of a name; the link's span has it whole."""
    HEADING = "heading"
    """The heading or list title above the quote says it."""
    CONTEXT = "context"
    """Another sentence of the same text says it for this one ('Today's designations are pursuant to E.O. 13224')."""
    PUBLICATION = "publication"
    """It follows from the document itself: its date, its publisher ('today', 'Treasury')."""
    ALIAS = "alias"
    """The case's table or a gazetteer knows the words as another name of the entity."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: `text[start:end] == words`.

    Example:
        >>> Span.of("Badr holds Diyala", 0, 4)
        Span(start=0, end=4, words='Badr')
    """

    start: int
    end: int
    words: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span with its words taken from the text, so that they cannot differ."""
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Argument:
    """One part that somebody or something plays in a claim.

    Attributes:
        role: a role of the claim's kind, as `person` or `post`.
        type: what it names.
        span: the words in the text: inside the quote, or elsewhere in the same text where `step` says how they are bound.
            None only for what follows from the document itself (`step` is `publication`) or from an alias table.
        step: how words outside the quote are bound to it; None inside the quote.
        value: the normal form where there is one: an entity's known name or id, a date, an authority; else None.
        pronoun: the words inside the quote that stand for the span, for steps `pronoun` and `short name`.
    """

    role: str
    type: EntityType
    span: Span | None
    step: Step | None = None
    value: str | None = None
    pronoun: Span | None = None

    @property
    def words(self) -> str:
        """What a reader is shown: the words of the text, else the normal form."""
        return self.span.words if self.span is not None else (self.value or "")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what it counts: `3,000 to 4,000 fighters`.

    Attributes:
        role: the role it fills, as `strength`.
        low, high: bounds; equal for one figure; None is open.
        referent: what is counted, in the text's words ('fighters'); a number without it is not a claim.
        span: where it stands.
    """

    role: str
    low: float | None
    high: float | None
    referent: str
    span: Span


@dataclass(frozen=True, slots=True)
class Dates:
    """When it held, as cited: raw, never derived. All None is unknown.

    Attributes:
        start, end: the days it began and ended, where the text says that it began or ended then.
        first_seen, last_seen: the first and last days at which the text says that it held.
    """

    start: PartialDate | None = None
    end: PartialDate | None = None
    first_seen: PartialDate | None = None
    last_seen: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an extractor proposes; the gate decides whether it may enter the record.

    Attributes:
        kind: name of a claim kind (see `tocsin.record.kinds`).
        text_id: the text it was read from.
        quote: the sentence, clause or row, verbatim.
        arguments: each with its role; a role may repeat where the kind allows it.
        modality: how it is put.
        attributed_to: who is said to say it, the nearest speaker first ('officials', 'a Politico report').
        dates: when it held, as cited.
        date_spans: where in the text those dates stand; () for dates that follow from the publication.
        numbers: with what they count.
        state: for designations and other legal instruments; else None.
        stance: for positions: the stance verb's sense (`for`, `against`, `conditional`), else None.
        extractor: name and version, as `rules 1`.
        exact: False where the quote was aligned by folding white space and quotation marks.
    """

    kind: str
    text_id: str
    quote: Span
    arguments: tuple[Argument, ...]
    extractor: str
    modality: Modality = Modality.ASSERTED
    attributed_to: tuple[Span, ...] = ()
    dates: Dates = Dates()
    date_spans: tuple[Span, ...] = ()
    numbers: tuple[Number, ...] = ()
    state: LegalState | None = None
    stance: str | None = None
    exact: bool = True

    @property
    def claim_id(self) -> str:
        """Names the claim by its citation, so that two sources saying the same stay two claims: 32 hexadecimal digits.

        A known name that a later alias table finds for the same words does not make another claim.
        """
        parts = sorted(f"{a.role}={f'{a.span.start}:{a.span.words}' if a.span else a.value}" for a in self.arguments)
        when = (self.dates.start, self.dates.end, self.dates.first_seen, self.dates.last_seen)
        place = (self.kind, self.text_id, str(self.quote.start), str(self.quote.end))
        said = (self.modality, self.state or "", *(str(date or "") for date in when))
        whole = "\x1f".join((*place, *said, *parts))
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def first(self, role: str) -> Argument | None:
        """The first argument of a role, or None."""
        return next((a for a in self.arguments if a.role == role), None)
