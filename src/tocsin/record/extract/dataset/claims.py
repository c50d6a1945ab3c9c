"""From a row and what its columns mean to claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.case.dates import PartialDate
from tocsin.errors import TableProblem
from tocsin.record.claim import Argument, Dates, EntityType, Modality, Number, Proposal, Span, Step
from tocsin.record.kinds import kind_called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tocsin.record.document import Document, Text
    from tocsin.record.extract.dataset.mapping import ByCell, ClaimOf, DatesOf, Mapping, NumberOf, RoleOf, When
    from tocsin.record.extract.dataset.row import Row
    from tocsin.record.extract.mention import Mention

EXTRACTOR = "dataset 2"
_REPORTED, _JUDGED = "reported", "judgement"
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?")


def claims_of(
    row: Row, mapping: Mapping, *, text: Text, document: Document, mention_at: Callable[[Span], Mention | None]
) -> Iterator[Proposal]:
    """The claims of a row.

    Args:
        row: the row.
        mapping: what its columns mean.
        text: the table's text.
        document: the table.
        mention_at: the name found in a cell, where it fills the cell.
    """
    for claim in mapping.claims:
        if (claim.only and not _meant(row, claim.only)) or (claim.unless and _meant(row, claim.unless)):
            continue
        judged = _judged(row, claim)
        roles = [
            role.model_copy(update={"known_from": None}) if role.known_from in judged else role for role in claim.roles
        ]
        arguments = tuple(a for role in roles for a in _arguments(row, role, claim.kind, text.text, mention_at))
        given = {argument.role for argument in arguments}
        if any(role.required and role.name not in given for role in kind_called(claim.kind).roles):
            continue
        numbers = tuple(n for asked in claim.numbers if (n := _number(row, asked)))
        if claim.numbers and not numbers:
            continue
        dates, spans = _dates(row, claim.dates, document, judged=judged)
        yield Proposal(
            kind=claim.kind, text_id=text.text_id, quote=row.quote, arguments=arguments, extractor=EXTRACTOR,
            modality=_modality(row, claim), attributed_to=_source(row, claim), dates=dates, date_spans=spans,
            numbers=numbers, state=claim.state,
        )  # fmt: skip


def _meant(row: Row, when: When) -> bool:
    cell = row.cells.get(when.column)
    said = cell.words if cell else ""
    if when.cells:
        return said.lower() in {word.lower() for word in when.cells}
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said, re.IGNORECASE) for word in when.words)


def _arguments(
    row: Row, asked: RoleOf, kind: str, text: str, mention_at: Callable[[Span], Mention | None]
) -> Iterator[Argument]:
    types = kind_called(kind).role(asked.role).types
    default = asked.type or types[0]
    if asked.fixed is not None:
        yield Argument(asked.role, default, None, Step.PUBLICATION, asked.fixed)
        return
    cell = _first(row, asked.column)
    if cell is None:
        return
    by_cell = _by_cell(row, asked.type_from)
    for span in _split(cell, asked.split, text):
        name = mention_at(span)
        fits = name is not None and name.type in types and asked.type_from is None
        what = EntityType(by_cell) if by_cell else (name.type if name is not None and fits else default)
        value = _by_cell(row, asked.value_from) or _known(row, asked, span)
        if value is None and name is not None and fits:
            value = name.known
        inside = row.quote.start <= span.start and span.end <= row.quote.end
        yield Argument(asked.role, what, span, None if inside else Step.CONTEXT, value)


def _known(row: Row, asked: RoleOf, span: Span) -> str | None:
    if asked.known:
        return span.words
    cell = row.cells.get(asked.known_from) if asked.known_from else None
    return cell.words if cell else None


def _split(cell: Span, mark: str | None, text: str) -> Iterator[Span]:
    """The stretches of a cell between marks, without the blanks around them."""
    at = cell.start
    for part in cell.words.split(mark) if mark else [cell.words]:
        start = at + len(part) - len(part.lstrip())
        end = at + len(part.rstrip())
        if start < end:
            yield Span.of(text, start, end)
        at += len(part) + len(mark or "")


def _first(row: Row, columns: tuple[str, ...]) -> Span | None:
    return next((row.cells[column] for column in columns if column in row.cells), None)


def _by_cell(row: Row, asked: ByCell | None) -> str | None:
    cell = row.cells.get(asked.column) if asked else None
    return asked.values.get(cell.words) if asked and cell else None


def _modality(row: Row, claim: ClaimOf) -> Modality:
    if claim.denied and _meant(row, claim.denied):
        return Modality.DENIED
    if claim.modality is Modality.ASSERTED and _basis(row, claim).startswith(_REPORTED):
        return Modality.REPORTED
    return claim.modality


def _source(row: Row, claim: ClaimOf) -> tuple[Span, ...]:
    """Whoever the row says it from; a judgement of the table's own is nobody else's."""
    source = row.cells.get(claim.attributed_to) if claim.attributed_to else None
    return (source,) if source and not _basis(row, claim).startswith(_JUDGED) else ()


def _basis(row: Row, claim: ClaimOf) -> str:
    cell = row.cells.get(claim.basis) if claim.basis else None
    return cell.words.lower() if cell else ""


def _judged(row: Row, claim: ClaimOf) -> frozenset[str]:
    """Columns of the row that are the table's own judgement, so that its source does not say them."""
    cell = row.cells.get(claim.judged) if claim.judged else None
    named = {part.strip() for part in cell.words.split(";")} if cell else set()
    head, judgement, _ = _basis(row, claim).partition(_JUDGED)
    return frozenset(named | (set(re.findall(r"\w+", head)) if judgement else set()))


def _dates(
    row: Row, asked: DatesOf, document: Document, *, judged: frozenset[str]
) -> tuple[Dates, tuple[Span, ...]]:  # fmt: skip
    found: dict[str, PartialDate] = {}
    spans: list[Span] = []
    for use in ("start", "end", "first_seen", "last_seen", "seen"):
        for column in getattr(asked, use):
            cell = row.cells.get(column)
            date = _date(cell.words) if cell and column not in judged else None
            if cell and date:
                found[use] = date
                spans.append(cell)
                break
    seen = found.pop("seen", None)
    if seen is None and asked.published and not found.keys() & {"first_seen", "last_seen", "end"}:
        seen = document.published
    if seen is not None:
        found.setdefault("first_seen", seen)
        found.setdefault("last_seen", seen)
    dates = Dates(**found)
    if dates.start and dates.end and dates.end.is_before(dates.start):
        return Dates(), ()
    return dates, tuple(spans)


def _date(words: str) -> PartialDate | None:
    stamp = _DAY.fullmatch(words)
    try:
        return PartialDate.parse(stamp[1] if stamp else words)
    except TableProblem:
        return None


def _number(row: Row, asked: NumberOf) -> Number | None:
    low, high = row.cells.get(asked.low), row.cells.get(asked.high)
    span = low or high
    bounds = _figure(low), _figure(high)
    said = row.cells.get(asked.referent_column) if asked.referent_column else None
    referent = said.words if said else asked.referent
    if span is None or not referent.strip() or bounds == (None, None):
        return None
    if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
        return None
    return Number(asked.role, *bounds, referent, span)


def _figure(cell: Span | None) -> float | None:
    try:
        return float(cell.words.replace(",", "")) if cell else None
    except ValueError:
        return None
