"""What a reader of one kind of file gives back, before it becomes a Document and a Text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tocsin.record.document import SegmentKind, Verdict

if TYPE_CHECKING:
    from tocsin.case.dates import PartialDate

Run = tuple[int, int, int]
"""(start in text, start in source, length) of a stretch that is the source's own characters."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, row ... of a document, in order.

    Attributes:
        words: its text; white space around it is no part of the segment.
        kind: what it is for.
        page: counted from 1; None where the file has none.
        level: of a heading, 1 the highest; 0 for all else.
        paragraph: where the file counts them itself (the rows of a table); None counts through.
        runs: stretches of the source, starts counted from the block's own start; empty where it does not apply.
    """

    words: str
    kind: SegmentKind = SegmentKind.BODY
    page: int | None = None
    level: int = 0
    paragraph: int | None = None
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Meta:
    """What a file says of itself.

    Attributes:
        title, author, publisher: None is not said.
        published: publication date by its metadata.
        made: day on which the file was made or last saved: stands for publication only where nothing better is known.
        derived_from: what it says that it copies, digests or translates, in its words.
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    made: PartialDate | None = None
    derived_from: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader found.

    Attributes:
        blocks: in order; set apart by an empty line in the text made of them.
        whole: the text itself where it is kept as it is (plain text): blocks then lie in it by `places`.
        places: (start, end) of each block in `whole`.
        runs: of `whole`.
        meta: what the file says of itself.
        verdict, why: what came of it.
    """

    blocks: tuple[Block, ...] = ()
    whole: str | None = None
    places: tuple[tuple[int, int], ...] = ()
    runs: tuple[Run, ...] = ()
    meta: Meta = field(default_factory=Meta)
    verdict: Verdict = Verdict.READ
    why: str = ""


def refused(verdict: Verdict, why: str) -> Found:
    """A file that is not read, and why."""
    return Found(verdict=verdict, why=why)
