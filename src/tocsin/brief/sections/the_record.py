"""The record: who is said to hold which post, what is contested, and the grades of sources; a quote or cell behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Bullets, Cell, Column, Heading, Paragraph, Strong, Table, Text
from tocsin.brief.sections.section import Section, nothing
from tocsin.record.claim import ClaimStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.assess.findings import Findings
    from tocsin.assess.record import Citation, Dispute, GradedSource, RecordFindings, Statement
    from tocsin.brief.blocks import Block, Spans

NOT_GRADED = "not graded"
LONGEST_QUOTE = 220
SHOWN = 4
"""Citations shown for each statement; the record holds them all."""


def annex(findings: Findings) -> tuple[Block, ...]:
    """Posts, alignments, disputes and graded sources."""
    record = findings.record
    heading = Heading("The record: who holds what, and what is contested", id="record")
    if record is None:
        return heading, Paragraph("No record of documents was read for this brief: tocsin read makes one.")
    return (
        heading,
        Paragraph(_account(record)),
        *_statements("Posts, as the sources say", "Office-holder and post", record.posts),
        *_statements("Alignment and support, as the sources say", "Who and with whom", record.alignments),
        *_disputes(record.disputes),
        *_sources(record.sources),
    )


def _account(record: RecordFindings) -> str:
    """How many claims from how many documents, and how far a person has looked at them."""
    total = sum(record.claims.values())
    accepted, rejected = record.claims[ClaimStatus.ACCEPTED], record.claims[ClaimStatus.REJECTED]
    looked = (
        f"{accepted:,} accepted and {rejected:,} rejected by a person, the others as proposed"
        if accepted + rejected else "none looked at by a person yet: all stand as proposed"
    )  # fmt: skip
    said = (
        f"{total:,} claims from {record.documents:,} documents and tables, {looked}. Each was read by machine, and entered only "
        f"with its verbatim quote; {record.refused:,} proposals without one were turned away. Nothing here is a finding of "
        "Tocsin: sources say it, on the dates cited, and an empty date is unknown."
    )
    if record.not_extracted:
        said += f" Not extracted: {'; '.join(record.not_extracted)}."
    return said


def _statements(caption: str, title: str, statements: Sequence[Statement]) -> tuple[Block, ...]:
    if not statements:
        return (Paragraph(f"{caption}: none in the record."),)
    columns = (Column(title), Column("When"), Column("Origins", "right"), Column("Said where, and its grade"))
    rows = tuple(
        (Cell(s.says), Cell(s.when), Cell(str(s.origins), sort=s.origins), Cell(_cited(s.citations)))
        for s in statements
    )
    return (Table(f"{caption}; origins are those independent of each other", columns, rows),)


def _cited(citations: Sequence[Citation]) -> str:
    shown = [_citation(citation) for citation in citations[:SHOWN]]
    more = len(citations) - SHOWN
    return " · ".join(shown) + (f" · and {more} more in the record" if more > 0 else "")


def _citation(citation: Citation) -> str:
    """The quote or cell, where it stands, who says it, and the grade."""
    quote = citation.quote
    if quote is not None and len(quote) > LONGEST_QUOTE:
        quote = f"{quote[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
    words = f"\u201c{quote}\u201d " if quote is not None else ""
    where = ", ".join(part for part in (citation.document.removeprefix("tables/"), citation.place) if part)
    by = f"; says {citation.said_by[0]}" if citation.said_by else ""
    grade = citation.reliability.name if citation.reliability else NOT_GRADED
    grade = f"{grade}{citation.credibility}" if citation.credibility and citation.reliability else grade
    return f"{words}({where}{by}; {grade})"


def _disputes(disputes: Sequence[Dispute]) -> tuple[Block, ...]:
    heading = Heading("Contested", level=3, id="record-contested")
    if not disputes:
        return heading, Paragraph("No two claims of the record exclude each other, by the rules of their kinds.")
    return heading, Bullets(tuple(_dispute(dispute) for dispute in disputes))


def _dispute(one: Dispute) -> Spans:
    how = "contested, and both can stand" if one.contested else "they exclude each other"
    times = "" if one.surely else "; they may be of different times, for dates are unknown"
    return (
        Strong(f"{one.about}. "),
        Text(f"{one.left_says}: {_cited(one.left)} Against it, {one.right_says}: {_cited(one.right)} ({how}{times})"),
    )


def _sources(sources: Sequence[GradedSource]) -> tuple[Block, ...]:
    if not sources:
        return ()
    columns = (
        Column("Source"),
        Column("Reliability"),
        Column("Set by, and why"),
        Column("Repeats"),
        Column("Claims", "right"),
    )
    rows = tuple(
        (
            Cell(f"{s.source_id}: {s.title}"),
            Cell(f"{s.reliability.name}, {s.reliability.value}" if s.reliability else NOT_GRADED),
            Cell(f"{s.graded_by}: {s.why}" if s.reliability else ""), Cell(s.repeats or "its own origin"),
            Cell(f"{s.claims:,}", sort=s.claims),
        )
        for s in sources
    )  # fmt: skip
    caption = "Sources of the record, with the grade a person gave each (Admiralty, A to F; F: cannot be judged)"
    return (Table(caption, columns, rows),)


SECTION = Section("record", nothing, annex)
