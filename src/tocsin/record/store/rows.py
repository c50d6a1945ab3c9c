"""Claims as rows of tables, and rows as claims again; nothing is lost on the way."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tocsin.case.dates import PartialDate
from tocsin.record.claim import Argument, Dates, EntityType, LegalState, Modality, Number, Proposal, Span, Step
from tocsin.record.kinds import kinds
from tocsin.record.store.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlalchemy as sa

    from tocsin.record.document import Text

Row = dict[str, Any]
"""A row by the names of its columns."""


def now() -> str:
    """This moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def span_row(span: Span | None, prefix: str = "") -> Row:
    """A span's three columns."""
    start, end, words = (None, None, None) if span is None else (span.start, span.end, span.words)
    return {f"{prefix}start": start, f"{prefix}stop": end, f"{prefix}words": words}


def span_of(row: sa.RowMapping, prefix: str = "") -> Span | None:
    """The span of three columns; None where they are empty."""
    words = row[f"{prefix}words"]
    return None if words is None else Span(row[f"{prefix}start"], row[f"{prefix}stop"], words)


def date_text(date: PartialDate | None) -> str | None:
    """A date as the case's tables write it; None is unknown."""
    return None if date is None else str(date)


def date_of(text: str | None) -> PartialDate | None:
    """The date that a column holds; None is unknown."""
    return None if text is None else PartialDate.parse(text)


def claim_row(proposal: Proposal, text: Text) -> Row:
    """A claim's own row, without its keys into other tables and its place in review."""
    dates = proposal.dates
    segment = text.segment_at(proposal.quote.start)
    start = dates.start.earliest if dates.start else None
    end = dates.end.latest if dates.end else None
    return {
        "claim_id": proposal.claim_id, "kind": proposal.kind, "text_id": proposal.text_id, "document_id": text.document_id,
        **span_row(proposal.quote, "quote_"), "page": segment.page if segment else None,
        "paragraph": segment.paragraph if segment else None, "modality": proposal.modality.value,
        "date_start": date_text(dates.start), "date_end": date_text(dates.end),
        "first_seen": date_text(dates.first_seen), "last_seen": date_text(dates.last_seen),
        "from_day": start.isoformat() if start else None, "to_day": end.isoformat() if end else None,
        "dated": dates != Dates(), "state": proposal.state.value if proposal.state else None, "stance": proposal.stance,
        "extractor": proposal.extractor, "exact": proposal.exact,
    }  # fmt: skip


def argument_rows(proposal: Proposal, entities: Iterable[str | None]) -> list[Row]:
    """A row for each argument; `entities` has the entity that each names, or None."""
    subject = kinds()[proposal.kind].subject
    return [
        {
            "number": number, "role": argument.role, "type": argument.type.value, **span_row(argument.span),
            "step": argument.step.value if argument.step else None, "value": argument.value,
            **span_row(argument.pronoun, "pronoun_"), "entity_id": entity, "is_subject": argument.role == subject,
        }
        for number, (argument, entity) in enumerate(zip(proposal.arguments, entities, strict=True))
    ]  # fmt: skip


def listed(spans: Iterable[Span]) -> list[Row]:
    """Spans with their places in a list."""
    return [{"number": number, **span_row(span)} for number, span in enumerate(spans)]


def number_rows(proposal: Proposal) -> list[Row]:
    """A row for each number with what it counts."""
    return [
        {"number": at, "role": n.role, "low": n.low, "high": n.high, "referent": n.referent, **span_row(n.span)}
        for at, n in enumerate(proposal.numbers)
    ]


def proposal_of(
    claim: sa.RowMapping, arguments: Iterable[sa.RowMapping], attributions: Iterable[sa.RowMapping],
    date_spans: Iterable[sa.RowMapping], numbers: Iterable[sa.RowMapping],
) -> Proposal:  # fmt: skip
    """The proposal that these rows were made of."""
    quote = span_of(claim, "quote_")
    assert quote is not None
    return Proposal(
        kind=claim["kind"], text_id=claim["text_id"], quote=quote,
        arguments=tuple(argument_of(row) for row in arguments), extractor=claim["extractor"],
        modality=Modality(claim["modality"]), attributed_to=tuple(s for row in attributions if (s := span_of(row))),
        dates=Dates(*(date_of(claim[name]) for name in ("date_start", "date_end", "first_seen", "last_seen"))),
        date_spans=tuple(s for row in date_spans if (s := span_of(row))), numbers=tuple(map(_number_of, numbers)),
        state=LegalState(claim["state"]) if claim["state"] else None, stance=claim["stance"], exact=bool(claim["exact"]),
    )  # fmt: skip


def argument_of(row: sa.RowMapping) -> Argument:
    """The argument that a row was made of."""
    step = Step(row["step"]) if row["step"] else None
    return Argument(
        row["role"], EntityType(row["type"]), span_of(row), step, row["value"], span_of(row, "pronoun_")
    )  # fmt: skip


def _number_of(row: sa.RowMapping) -> Number:
    span = span_of(row)
    assert span is not None
    return Number(row["role"], row["low"], row["high"], row["referent"], span)


def proposal_text(proposal: Proposal) -> str:
    """A proposal as JSON, for one that was turned away: also with characters that no table holds."""
    whole = asdict(proposal)
    whole["dates"] = [date_text(getattr(proposal.dates, name)) for name in ("start", "end", "first_seen", "last_seen")]
    return json.dumps(whole, ensure_ascii=True, sort_keys=True)


def proposal_from(text: str) -> Proposal:
    """The proposal that `proposal_text` wrote."""
    told = json.loads(text)
    spans = {name: tuple(Span(**span) for span in told[name]) for name in ("attributed_to", "date_spans")}
    return Proposal(
        kind=told["kind"], text_id=told["text_id"], quote=Span(**told["quote"]),
        arguments=tuple(_argument_from(argument) for argument in told["arguments"]), extractor=told["extractor"],
        modality=Modality(told["modality"]), dates=Dates(*map(date_of, told["dates"])),
        numbers=tuple(Number(**{**number, "span": Span(**number["span"])}) for number in told["numbers"]),
        state=LegalState(told["state"]) if told["state"] else None, stance=told["stance"], exact=told["exact"], **spans,
    )  # fmt: skip


def _argument_from(told: Row) -> Argument:
    span, pronoun = (Span(**told[name]) if told[name] else None for name in ("span", "pronoun"))
    step = Step(told["step"]) if told["step"] else None
    return Argument(told["role"], EntityType(told["type"]), span, step, told["value"], pronoun)


def search_text(proposal: Proposal) -> str:
    """The folded words by which a claim is found: its quote, its names, and its kind."""
    quote = words_of(proposal.quote.words)
    beside = [argument.words for argument in proposal.arguments if argument.step is not None or argument.span is None]
    known = [(argument.value or "").removeprefix("known:") for argument in proposal.arguments]
    more = words_of(" ".join((*beside, *known)))
    return " ".join(dict.fromkeys((kind_word(proposal.kind), *quote, *more)))


def kind_word(kind: str) -> str:
    """The word that stands for a kind in the index, which no search can ask for by its words."""
    return f"\u2588{kind.replace('-', '')}"
