"""A document as it was found, and the one text that a parser made of it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    from tocsin.case.dates import PartialDate


class Verdict(StrEnum):
    """What came of reading a file."""

    READ = "read"
    NO_TEXT = "no text"
    SCANNED = "scanned"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too large"
    UNKNOWN_KIND = "unknown kind"


class SegmentKind(StrEnum):
    """What a stretch of a text is for. Claims are read from bodies, headings, captions, footnotes, recommendations, rows."""

    HEADING = "heading"
    BODY = "body"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    RECOMMENDATION = "recommendation"
    BOILERPLATE = "boilerplate"
    BIBLIOGRAPHY = "bibliography"
    AUTHOR_BIO = "author bio"
    ROW = "row"


class DateOrigin(StrEnum):
    """Where the publication date of a document comes from, the surest first."""

    CASE = "the case's table of sources"
    META = "the document's own metadata"
    TEXT = "a dateline in the text"
    NAME = "the file's name"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was found; its bytes are named by their hash.

    Attributes:
        document_id: sha256 of the bytes, hexadecimal.
        name: path inside the case's folder of documents, with forward slashes.
        media_type: `text/html`, `application/pdf` ...
        size: bytes.
        verdict: what came of reading it.
        why: the verdict in words a reader can act on; empty where it was read.
        title, author, publisher: as the document or the case's sources give them; None is unknown.
        published: publication date; None is unknown.
        published_origin: where that date comes from.
        source_id: the row of the case's table of sources it belongs to, if any: grades are set on that.
        derived_from: document_id, source_id, name of a file or words of what it copies, digests or translates; None is its
            own origin.
    """

    document_id: str
    name: str
    media_type: str
    size: int
    verdict: Verdict
    why: str = ""
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    published_origin: DateOrigin = DateOrigin.UNKNOWN
    source_id: str | None = None
    derived_from: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text with one purpose: `text[start:end]`.

    Attributes:
        start, end: offsets in code points; segments are in order and never overlap.
        kind: what it is for.
        page: page of the file, counted from 1; None where the file has none.
        paragraph: counted from 1 through the whole text; the row, for the text of a table.
    """

    start: int
    end: int
    kind: SegmentKind
    page: int | None = None
    paragraph: int | None = None


@dataclass(frozen=True)
class Text:
    r"""The one immutable text that one version of one parser made of a document.

    Attributes:
        document_id: whose text it is.
        parser: name and version, as `html 1`: a new version makes a new text, and the old one stays.
        text: no NUL and no lone surrogate (each is one U+FFFD), line ends are `\n`; otherwise just what was found.
        segments: in order, not overlapping.
        language: ISO 639-1 code; None is unknown.
        language_certainty: 0..1, as the detector says; None where none was asked.
        source_runs: for sources that are text themselves (Markdown, plain), `(start in text, start in source, length)` of
            each stretch that is the source's own characters; empty where it does not apply.

    Raises:
        OutOfRange: a segment lies outside the text, is empty, or overlaps the one before it.

    Example:
        >>> told = Text("0" * 64, "plain 1", "Held Mosul.", (Segment(0, 11, SegmentKind.BODY, paragraph=1),), "en")
        >>> told.segment_at(5).paragraph, told.text_id == told.text_id
        (1, True)
    """

    document_id: str
    parser: str
    text: str
    segments: tuple[Segment, ...]
    language: str | None = None
    language_certainty: float | None = None
    source_runs: tuple[tuple[int, int, int], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        at = 0
        for segment in self.segments:
            if not at <= segment.start < segment.end <= len(self.text):
                msg = f"segment {segment.start}-{segment.end} does not follow {at} within {len(self.text)} characters"
                raise OutOfRange(msg, hint="the parser that made this text is at fault")
            at = segment.end

    @cached_property
    def text_id(self) -> str:
        """Names the text by document, parser and characters: sha256, hexadecimal."""
        whole = f"{self.document_id}\x1f{self.parser}\x1f{self.text}"
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    def segment_at(self, offset: int) -> Segment | None:
        """The segment that holds this offset; None between segments."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return None
        segment = self.segments[number]
        return segment if offset < segment.end else None
