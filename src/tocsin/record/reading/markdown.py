"""Markdown as a reader sees it, with every character's place in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.document import SegmentKind
from tocsin.record.reading.characters import kept_with_runs
from tocsin.record.reading.dating import date_in_meta
from tocsin.record.reading.encodings import decoded
from tocsin.record.reading.found import Block, Found, Meta
from tocsin.record.reading.inline import References, Stretch, shown_inline
from tocsin.record.reading.offsets import Map

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.reading.bounds import Bounds
    from tocsin.record.reading.found import Run

LONGEST_HEADING = 160
_FRONT = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(
    r"^(title|author|authors|date|published|publisher|derived_from|source)[ \t]*:[ \t]*(.+?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FENCE = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*[-*+•][ \t]+(?=\S)")
_NUMBER = re.compile(r"[ \t]*(?=\d{1,4}[.)][ \t]+\S)")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,40}\]:[ \t]*")
_REFERENCE = re.compile(r" {0,3}\[([^\]\n]{1,200})\]:[ \t]*\S+[ \t]*(?:\"[^\"]*\"|'[^']*'|\([^)]*\))?[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL_MARK = re.compile(r"(?<!\\)\|")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1:?$")
_ALONE = re.compile(r"!\[[^\]]*\]\([^)]*\)$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: `text[start:end]`, without its line end."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A block of Markdown before its inline marks are read: stretches of the text, its kind and level."""

    stretches: tuple[Stretch, ...]
    kind: SegmentKind = SegmentKind.BODY
    level: int = 0
    verbatim: bool = False


def read_markdown(data: bytes, _bounds: Bounds) -> Found:
    """Headings, paragraphs, lists, tables, footnotes and quotations as a reader sees them.

    Emphasis, links' addresses, the marks of lists and tables, comments and HTML tags are left out; entities are
    decoded once; what stands within a paragraph otherwise, line ends too, is the source's own.
    """
    text, runs = kept_with_runs(decoded(data).text)
    front = _FRONT.match(text)
    lines = _lines(text, front.end() if front else 0)
    names = frozenset(m.group(1).casefold() for line in lines if (m := _REFERENCE.match(text, line.start, line.end)))
    source = Map(runs)
    shown = (_block(text, part, References(names), source) for part in _parts(text, lines))
    meta = _meta(front.group(1) or "") if front else Meta()
    return Found(blocks=tuple(block for block in shown if block.words.strip()), meta=meta)


def _block(text: str, part: Part, references: References, source: Map) -> Block:
    pieces = part.stretches if part.verbatim else shown_inline(text, part.stretches, references)
    words: list[str] = []
    runs: list[Run] = []
    at = 0
    for piece in pieces:
        if piece.words is None:
            words.append(text[piece.start : piece.end])
            runs += [
                (at + low - piece.start, there, length) for low, there, length in source.within(piece.start, piece.end)
            ]
        else:
            words.append(piece.words)
        at += len(words[-1])
    return Block("".join(words), part.kind, level=part.level, runs=_merged(runs))


def _merged(runs: Sequence[Run]) -> tuple[Run, ...]:
    made: list[Run] = []
    for start, source, length in runs:
        if made and made[-1][0] + made[-1][2] == start and made[-1][1] + made[-1][2] == source:
            made[-1] = (made[-1][0], made[-1][1], made[-1][2] + length)
        elif length:
            made.append((start, source, length))
    return tuple(made)


def _meta(front: str) -> Meta:
    told = {key.lower(): value.strip("\"'[] ") for key, value in _FIELD.findall(front)}
    return Meta(
        title=told.get("title") or None, author=told.get("author") or told.get("authors") or None,
        publisher=told.get("publisher") or None, published=date_in_meta(told.get("date") or told.get("published")),
        derived_from=told.get("derived_from") or told.get("source") or None,
    )  # fmt: skip


def _lines(text: str, at: int) -> list[Line]:
    made = []
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        made.append(Line(at, end))
        at = end + 1
    return made


def _parts(text: str, lines: Sequence[Line]) -> Iterator[Part]:
    """Cut lines into blocks."""
    open_: list[Stretch] = []
    kind = SegmentKind.BODY
    number = 0
    while number < len(lines):
        line = lines[number]
        single = _single(text, lines, number, within=bool(open_))
        if single is not None:
            yield from _closed(text, open_, kind)
            open_, kind = [], SegmentKind.BODY
            made, number = single
            yield from made
            continue
        number += 1
        start = line.start
        quote = _QUOTE.match(text, start, line.end)
        start = quote.end() if quote else start
        if not text[start : line.end].strip():
            yield from _closed(text, open_, kind)
            open_, kind = [], SegmentKind.BODY
            continue
        opened, at = _opened(text, start, line.end)
        if opened is not None:
            yield from _closed(text, open_, kind)
            open_, kind = [], opened
        elif open_ and kind is SegmentKind.BODY and _UNDERLINE.match(text, start, line.end):
            yield Part(tuple(open_), SegmentKind.HEADING, 1 if "=" in text[start : line.end] else 2)
            open_ = []
            continue
        if open_:
            open_.append(Stretch(line.start - 1, line.start))
            at += len(text[at : line.end]) - len(text[at : line.end].lstrip(" \t"))
        open_.append(Stretch(at, line.end))
    yield from _closed(text, open_, kind)


def _opened(text: str, start: int, end: int) -> tuple[SegmentKind | None, int]:
    """The kind of block a line opens in a paragraph's midst (a footnote, an item), and where its words begin."""
    footnote = _FOOTNOTE.match(text, start, end)
    if footnote:
        return SegmentKind.FOOTNOTE, start
    item = _BULLET.match(text, start, end) or _NUMBER.match(text, start, end)
    return (SegmentKind.BODY, item.end()) if item else (None, start)


def _closed(text: str, stretches: Sequence[Stretch], kind: SegmentKind) -> Iterator[Part]:
    if not stretches:
        return
    start, end = stretches[0].start, stretches[-1].end
    one_line = len(stretches) == 1 and end - start <= LONGEST_HEADING
    words = text[start:end].strip() if one_line else ""
    if one_line and kind is SegmentKind.BODY and _BOLD.match(words) and words.strip("*_: ")[-1:] not in ".,;":
        yield Part(tuple(stretches), SegmentKind.HEADING, 6)
    elif one_line and _ALONE.match(words):
        yield Part(tuple(stretches), SegmentKind.CAPTION)
    else:
        yield Part(tuple(stretches), kind)


def _single(text: str, lines: Sequence[Line], number: int, *, within: bool) -> tuple[list[Part], int] | None:  # noqa: PLR0911  # a line for each
    """A block that does not continue a paragraph: heading, rule, code, table, reference; and the line after it."""
    line = lines[number]
    start, end = line.start, line.end
    heading = _HEADING.match(text, start, end)
    if heading:
        closing = _HEADING_END.search(text, heading.end(), end)
        stop = closing.start() if closing else end
        if not text[heading.end() : stop].strip(" \t#"):
            return [], number + 1
        return [Part((Stretch(heading.end(), stop),), SegmentKind.HEADING, len(heading.group(1)))], number + 1
    if _RULE.match(text, start, end) and not (within and _UNDERLINE.match(text, start, end)):
        return [], number + 1
    fence = _FENCE.match(text, start, end)
    if fence:
        return _code(text, lines, number, fence.group(1))
    if _REFERENCE.match(text, start, end) and not _FOOTNOTE.match(text, start, end):
        return [], number + 1
    if number + 1 < len(lines) and "|" in text[start:end] and not within:
        rule = lines[number + 1]
        if "|" in text[rule.start : rule.end] and _TABLE_RULE.match(text, rule.start, rule.end):
            return _table(text, lines, number)
    return None


def _code(text: str, lines: Sequence[Line], number: int, fence: str) -> tuple[list[Part], int]:
    end = number + 1
    while end < len(lines) and not text[lines[end].start : lines[end].end].strip().startswith(fence):
        end += 1
    inside = lines[number + 1 : end]
    stretches = (Stretch(inside[0].start, inside[-1].end),) if inside else ()
    return [Part(stretches, verbatim=True)] if stretches else [], end + 1


def _table(text: str, lines: Sequence[Line], number: int) -> tuple[list[Part], int]:
    """Rows of a table, their cells set apart as in the source but without the marks at the ends."""
    parts = []
    end = number
    while end < len(lines) and text[lines[end].start : lines[end].end].strip():
        line = lines[end]
        if end != number + 1:
            parts.append(Part(tuple(_cells(text, line)), SegmentKind.ROW))
        end += 1
    return parts, end


def _cells(text: str, line: Line) -> Iterator[Stretch]:
    marks = [m.start() for m in _CELL_MARK.finditer(text, line.start, line.end)]
    first = True
    for low, high in zip([line.start - 1, *marks], [*marks, line.end], strict=True):
        words = text[low + 1 : high]
        if not words.strip():
            continue
        if not first:
            yield Stretch(0, 0, " | ")
        lead = len(words) - len(words.lstrip())
        yield Stretch(low + 1 + lead, low + 1 + len(words.rstrip()))
        first = False
