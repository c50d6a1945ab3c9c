"""What a case's record holds: who is said to hold which post, what is contested, and what the sources are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import ClaimStatus, Modality
from tocsin.record.contradiction import contradictions
from tocsin.record.corroboration import corroborate
from tocsin.record.document import Verdict
from tocsin.record.sentence import names_shown, one_line, sentence, when

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tocsin.case.rows import Source
    from tocsin.record.contradiction import Contradiction
    from tocsin.record.corroboration import Group
    from tocsin.record.document import Document
    from tocsin.record.store import Judgement, StoredClaim
    from tocsin.vocabulary import Reliability

POST, ALIGNMENTS = "person-holds-post", ("aligned-with", "supports")


@dataclass(frozen=True, slots=True)
class Citation:
    """What stands behind a statement: a quote, or the row of a table.

    Attributes:
        document: its name.
        place: page, paragraph or row, in words; empty is unknown.
        quote: verbatim but for white space, of running text; None for the row of a table.
        source_id: the row of the case's table of sources; None where there is none.
        said_by: whom the text or row names as the one who says it, the nearest first.
        reliability: the source's grade; None is not graded.
        credibility: the claim's grade, 1 to 6; None is not graded.
        status: where the claim stands in review.
    """

    document: str
    place: str
    quote: str | None
    source_id: str | None
    said_by: tuple[str, ...]
    reliability: Reliability | None
    credibility: str | None
    status: ClaimStatus


@dataclass(frozen=True, slots=True)
class Statement:
    """What one or more claims say, with everything that stands behind it.

    Attributes:
        says: in one line.
        when: cited dates in words; `unknown` where none is cited.
        modality: how it is put.
        origins: how many origins, independent of each other, say so.
        citations: one a claim.
    """

    says: str
    when: str
    modality: Modality
    origins: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two sides that exclude each other or are contested; which is right is for the reader to say.

    Attributes:
        about: in a few words.
        left_says, right_says: each side.
        left, right: what stands behind each.
        surely: whether both are cited for one time; else they may be.
        contested: whether both can stand.
    """

    about: str
    left_says: str
    right_says: str
    left: tuple[Citation, ...]
    right: tuple[Citation, ...]
    surely: bool
    contested: bool


@dataclass(frozen=True, slots=True)
class GradedSource:
    """A source that claims rest on.

    Attributes:
        source_id, title: of the case's table.
        reliability: None is not graded.
        graded_by, why: who set the grade, and the reason.
        repeats: what it is derived from; None is an origin of its own.
        claims: claims read from its files, or entered in tables on its word.
    """

    source_id: str
    title: str
    reliability: Reliability | None
    graded_by: str | None
    why: str | None
    repeats: str | None
    claims: int


@dataclass(frozen=True, slots=True)
class RecordFindings:
    """The record of a case.

    Attributes:
        documents: documents and tables held.
        not_extracted: those no claims are read from, each with the reason.
        claims: claims by status; those not rejected stand in what follows.
        refused: proposals the gate turned away.
        posts: who is said to hold, or to have held, which post.
        alignments: who is said to be aligned with or backed by whom, and who says not.
        disputes: what excludes each other.
        sources: those that claims rest on.
    """

    documents: int
    not_extracted: tuple[str, ...]
    claims: Mapping[ClaimStatus, int]
    refused: int
    posts: tuple[Statement, ...]
    alignments: tuple[Statement, ...]
    disputes: tuple[Dispute, ...]
    sources: tuple[GradedSource, ...]


def record_findings(
    claims: Sequence[StoredClaim], documents: Sequence[Document], *, languages: Mapping[str, str | None], refused: int,
    judgements: Iterable[Judgement], names: Mapping[str, str], sources: Sequence[Source],
) -> RecordFindings:  # fmt: skip
    """Find what a brief may say of a record.

    Args:
        claims: all of them.
        documents: all of them.
        languages: of each document's text, by document_id; None is unknown.
        refused: how many proposals the gate turned away.
        judgements: that stand.
        names: the name readers know an entity by, by its id.
        sources: the case's, with the grades that a person gave them.
    """
    by_id = {document.document_id: document for document in documents}
    standing = [claim for claim in claims if claim.status is not ClaimStatus.REJECTED]
    graded = {source.source_id: source.reliability for source in sources}
    told = [s for s in standing if s.kind in {POST, *ALIGNMENTS}]
    groups = corroborate(told, by_id)
    found = contradictions(standing, by_id, judgements=judgements, names=names)
    return RecordFindings(
        documents=len(documents),
        not_extracted=tuple(_not_extracted(documents, languages)),
        claims={status: sum(c.status is status for c in claims) for status in ClaimStatus},
        refused=refused,
        posts=_statements((g for g in groups if g.kind == POST), graded, names),
        alignments=_statements((g for g in groups if g.kind in ALIGNMENTS), graded, names),
        disputes=tuple(_dispute(one, graded) for one in found),
        sources=_sources(standing, sources),
    )


def _not_extracted(documents: Sequence[Document], languages: Mapping[str, str | None]) -> Iterable[str]:
    for document in documents:
        if document.name.startswith("tables/"):
            continue
        language = languages.get(document.document_id)
        if document.verdict is not Verdict.READ:
            yield f"{document.name} ({document.verdict.value})"
        elif (
            language not in {"en", None}
            and document.media_type.startswith("text/")
            and "csv" not in document.media_type
        ):
            yield f"{document.name} (language {language}: stored, searchable, matched by name)"


def _statements(
    groups: Iterable[Group], graded: Mapping[str, Reliability | None], names: Mapping[str, str]
) -> tuple[Statement, ...]:
    made = [_statement(group, graded, names) for group in groups]
    return tuple(sorted(made, key=lambda statement: statement.says.casefold()))


def _statement(group: Group, graded: Mapping[str, Reliability | None], names: Mapping[str, str]) -> Statement:
    first = group.claims[0]
    dates = dict.fromkeys(when(claim.proposal.dates) for claim in group.claims)
    known = [date for date in dates if date != "unknown"]
    return Statement(
        says=sentence(first.proposal, names=names_shown(first, names)),
        when=" / ".join(known) or "unknown",
        modality=group.modality,
        origins=len(group.origins),
        citations=tuple(_citation(claim, graded) for claim in group.claims),
    )


def _citation(claim: StoredClaim, graded: Mapping[str, Reliability | None]) -> Citation:
    proposal, table = claim.proposal, claim.document.startswith("tables/")
    said_by = tuple(one_line(span.words) for span in proposal.attributed_to)
    source = claim.source_id or next((name for name in said_by if name in graded), None)
    return Citation(
        document=claim.document,
        place=_place(claim, table=table),
        quote=None if table else one_line(proposal.quote.words),
        source_id=source,
        said_by=said_by,
        reliability=graded.get(source) if source else None,
        credibility=claim.credibility.name[1:] if claim.credibility else None,
        status=claim.status,
    )


def _place(claim: StoredClaim, *, table: bool) -> str:
    if claim.page is not None:
        return f"page {claim.page}"
    if claim.paragraph is None:
        return ""
    return f"row {claim.paragraph}" if table else f"paragraph {claim.paragraph}"


def _dispute(one: Contradiction, graded: Mapping[str, Reliability | None]) -> Dispute:
    return Dispute(
        about=one_line(one.about),
        left_says=one_line(one.left_says),
        right_says=one_line(one.right_says),
        left=tuple(_citation(claim, graded) for group in one.left for claim in group.claims),
        right=tuple(_citation(claim, graded) for group in one.right for claim in group.claims),
        surely=one.overlap.value == "overlap",
        contested=one.contested,
    )


def _sources(claims: Sequence[StoredClaim], sources: Sequence[Source]) -> tuple[GradedSource, ...]:
    """Sources that claims rest on, in the case's order."""
    counted = {source.source_id: 0 for source in sources}
    for claim in claims:
        said = claim.source_id or next((s.words for s in claim.proposal.attributed_to if s.words in counted), None)
        if said in counted:
            counted[said] += 1
    return tuple(
        GradedSource(
            source.source_id, source.title, source.reliability, source.graded_by, source.graded_why,
            source.derived_from, counted[source.source_id],
        )
        for source in sources if counted[source.source_id]
    )  # fmt: skip
