"""Shapes of what the record gives: claims with their quotes, entities, documents, contradictions."""

from pydantic import Field

from tocsin.web.service.shapes import Shape


class Dates(Shape):
    """When it held, as cited; null is not cited."""

    start: str | None
    end: str | None
    first_seen: str | None
    last_seen: str | None


class Argument(Shape):
    """Who or what a claim names in a role."""

    role: str
    type: str
    words: str | None
    entity: str | None
    step: str | None


class Figure(Shape):
    """A number with what it counts."""

    role: str
    low: float | None
    high: float | None
    referent: str


class ClaimRow(Shape):
    """A claim with the words it rests on."""

    claim_id: str
    says: str = Field(description="the claim as one sentence")
    kind: str
    status: str = Field(description="where it stands in review: proposed until a person has decided")
    credibility: str | None = Field(description="1 to 6; null where nobody has graded it")
    modality: str
    state: str | None
    stance: str | None
    document: str
    document_id: str
    published_on: str | None
    page: int | None
    paragraph: int | None
    language: str | None
    quote: str = Field(description="the text's own words")
    quote_start: int
    quote_end: int
    attributed_to: list[str]
    dates: Dates
    arguments: list[Argument]
    numbers: list[Figure]
    extractor: str
    corrected_by: str | None


class EntityRow(Shape):
    """Who or what claims are about; persons only as holders of posts or entries of published lists."""

    entity_id: str
    type: str
    name: str
    names: list[str]
    members: list[str]
    documents: list[str]


class DocumentRow(Shape):
    """What is known of a document; its text is not given."""

    document_id: str
    name: str
    media_type: str
    size: int = Field(ge=0)
    verdict: str
    why: str
    title: str | None
    author: str | None
    publisher: str | None
    published_on: str | None
    published_origin: str
    source_id: str | None
    derived_from: str | None


class Cited(Shape):
    """What one side of a contradiction rests on."""

    document: str
    place: str
    quote: str | None
    source_id: str | None
    reliability: str | None
    status: str | None


class ContradictionRow(Shape):
    """Two sides that exclude each other; which is right is for the reader to say."""

    about: str
    left: str
    right: str
    surely: bool = Field(description="whether both are cited for one time")
    contested: bool
    left_citations: list[Cited]
    right_citations: list[Cited]
