"""The record of a case as its pages show it: addresses, names that readers know, and a claim as one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from tocsin.record.claim import Modality
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.extract.linking import known_names
from tocsin.record.identity.places_known import places_of
from tocsin.record.sentence import names_shown, sentence
from tocsin.record.store.asked import COUNTED
from tocsin.web.record.persons import Persons, is_public
from tocsin.web.record.words import one_line, seen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from tocsin.case import Case
    from tocsin.record.identity.places import Places
    from tocsin.record.store import Entity, Record, StoredClaim
    from tocsin.web.place import Place

QUOTE_SHOWN = 400
"""Characters of a quote in a list."""
KINDS = {
    "aligned-with": "alignment", "commands": "command", "designated": "designation", "event": "event",
    "force-size": "size of a force", "incident": "incident", "located-at": "location",
    "mission-has-mandate": "mandate of a mission", "mission-has-site": "site of a mission", "operates-in": "area of operation",
    "organisation-part-of": "part of an organisation", "person-holds-post": "post", "position-on-question": "position",
    "supports": "support or rivalry",
}  # fmt: skip
"""Kinds of claims in words; one that is not here is called by its name."""


@dataclass(frozen=True, slots=True)
class Line:
    """A claim in a list.

    Attributes:
        claim: the claim itself.
        url: of its page.
        says: what it says, in a line.
        quote: its quote, cut where it is long.
        kind: the kind in words.
        document: the document's name.
        document_url: of its page.
        place: page and paragraph, in words; empty where the file has none.
        manner: how the document puts it, where it does not assert it.
    """

    claim: StoredClaim
    url: str
    says: Markup
    quote: Markup
    kind: str
    document: Markup
    document_url: str
    place: str
    manner: str


@dataclass(frozen=True)
class Shelf:
    """A case's record with what its pages need beside it.

    Attributes:
        at: the case and edition.
        record: open.
        names: the name readers know an entity by, by its id.
        places: where places lie.
        persons: whom pages may name.
    """

    at: Place
    record: Record
    names: Mapping[str, str]
    places: Places
    persons: Persons

    def url(self, part: str = "", **query: str | int | None) -> str:
        """The address of a page of the record; what is None or empty is left out of the question."""
        asked = {key: value for key, value in query.items() if value not in (None, "")}
        path = f"/c/{self.at.name}/record" + (f"/{part}" if part else "")
        return f"{path}?{urlencode(asked)}" if asked else path

    def claim_url(self, claim_id: str) -> str:
        """The address of a claim's page."""
        return self.url(f"claim/{quote(claim_id, safe='')}")

    def entity_url(self, entity_id: str) -> str:
        """The address of an entity's page."""
        return self.url(f"entity/{quote(entity_id, safe=':/')}")

    def document_url(self, document_id: str, **query: str | int | None) -> str:
        """The address of a document's page."""
        return self.url(f"document/{quote(document_id, safe='')}", **query)

    def says(self, claim: StoredClaim) -> str:
        """What a claim says in a line, by the names that readers know."""
        return sentence(claim.proposal, names=names_shown(claim, self.names))

    def line(self, claim: StoredClaim) -> Line:
        """A claim as lists show it."""
        return Line(
            claim, self.claim_url(claim.claim_id), one_line(self.says(claim)), one_line(claim.quote.words, QUOTE_SHOWN),
            kind_words(claim.kind), seen(claim.document), self.document_url(claim.document_id),
            place_of(claim), "" if claim.modality is Modality.ASSERTED else claim.modality.value,
        )  # fmt: skip

    def lines(self, claims: Sequence[StoredClaim]) -> list[Line]:
        """Claims as lists show them; those that name a person of no public post and on no list are left out."""
        return [self.line(claim) for claim in claims if self.persons.may_name(claim)]

    def called(self, name: str, *, limit: int) -> list[Entity]:
        """Entities whose names have these words, and that pages may speak of."""
        return [e for e in self.record.called(name, limit=limit) if is_public(self.record, e)]

    def entity_name(self, entity_id: str | None) -> Markup | None:
        """The name of an entity that pages may speak of."""
        entity = self.record.entity(entity_id) if entity_id else None
        if entity is None or not is_public(self.record, entity):
            return None
        return one_line(self.names.get(entity.entity_id, entity.name))


def kind_words(kind: str) -> str:
    """A kind of claim in words."""
    return KINDS.get(kind, kind.replace("-", " "))


TABLES = (".csv", ".tsv", ".xlsx", ".xls")


def place_of(claim: StoredClaim) -> str:
    """Where a claim's quote stands in its file; in a table it is a row."""
    if claim.paragraph is not None and claim.document.lower().endswith(TABLES):
        return f"row {claim.paragraph}"
    return place_words(claim.page, claim.paragraph)


def place_words(page: int | None, paragraph: int | None) -> str:
    """Where something stands in its file.

    Example:
        >>> place_words(3, None), place_words(None, 12)
        ('page 3', 'paragraph 12')
    """
    parts = [f"page {page}" if page is not None else "", f"paragraph {paragraph}" if paragraph is not None else ""]
    return ", ".join(part for part in parts if part)


def count_words(count: int, *, whole: bool = True) -> str:
    """How many there are, as far as they were counted.

    Example:
        >>> count_words(12), count_words(12, whole=False), count_words(1001)
        ('12', 'at least 12', 'more than 1,000')
    """
    if count > COUNTED:
        return f"more than {COUNTED:,}"
    return f"{count:,}" if whole else f"at least {count:,}"


def shelf_at(at: Place, record: Record) -> Shelf:
    """The record of a case as its pages show it."""
    return Shelf(at, record, *named(at.case), Persons(record))


_NAMED: dict[str, tuple[Case, Mapping[str, str], Places]] = {}


def named(case: Case) -> tuple[Mapping[str, str], Places]:
    """The names that readers know entities by, and where places lie; kept as long as the case is the same."""
    key = str(case.folder)
    held = _NAMED.get(key)
    if held is None or held[0] is not case:
        knowledge = knowledge_of(case)
        held = _NAMED[key] = (case, known_names(knowledge), places_of(knowledge))
    return held[1], held[2]
