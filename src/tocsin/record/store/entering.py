"""The only way into the record: through the gate, a whole text at a time, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.record.claim import ClaimStatus, Proposal, Span
from tocsin.record.gate import NO_CHARACTERS, Refusal, check
from tocsin.record.store import documents, searching
from tocsin.record.store.barring import BLACK
from tocsin.record.store.history import write
from tocsin.record.store.naming import KNOWN, name_entities
from tocsin.record.store.rows import argument_rows, claim_row, listed, now, number_rows, proposal_text
from tocsin.record.store.tables import ARGUMENTS, ATTRIBUTIONS, CLAIMS, DATE_SPANS, NUMBERS, PASSES, REFUSALS
from tocsin.record.store.values import Entered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tocsin.record.document import Text
    from tocsin.record.store.barring import Barring


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Proposals by what becomes of them."""

    new: tuple[Proposal, ...]
    known: int
    refused: tuple[Refusal, ...]


def enter(
    connection: sa.Connection, text: Text, proposals: Iterable[Proposal], *, extractor: str, by: str, barring: Barring
) -> Entered:
    """Put an extractor's proposals for one text before the gate, and write down that this text was read.

    Raises:
        OutOfRange: the record does not hold the text, or not with these characters.
    """
    held = documents.stored(connection, text)
    found = _sort(connection, held, list(proposals), barring, is_blackened=held is not text)
    came = Entered(insert(connection, held, found.new, by=by), found.known, len(found.refused))
    _keep_refused(connection, held.text_id, found.refused, extractor)
    _mark(connection, held.text_id, extractor, by, came)
    if found.new:
        after = {"text": held.text_id, "extractor": extractor, "entered": came.entered, "refused": came.refused}
        write(
            connection,
            action="read",
            by=by,
            subject=f"document:{held.document_id}",
            topic="",
            why=extractor,
            after=after,
        )
    return came


def _sort(
    connection: sa.Connection, text: Text, proposals: Sequence[Proposal], barring: Barring, *, is_blackened: bool
) -> _Sorted:
    new: dict[str, Proposal] = {}
    refused, barred = [], 0
    for given in proposals:
        proposal = _as_blackened(given, text.text) if is_blackened else given
        if proposal is None or _is_barred(proposal, barring, text.document_id):
            barred += 1
        elif refusal := check(proposal, text):
            if barring.names(f"{refusal.reason} {proposal_text(proposal)}", text.document_id):
                barred += 1
            else:
                refused.append(refusal)
        else:
            new.setdefault(proposal.claim_id, proposal)
    held = _held(connection, text.text_id) if new else set()
    left = tuple(proposal for claim_id, proposal in new.items() if claim_id not in held)
    return _Sorted(left, len(proposals) - len(left) - len(refused), tuple(refused))


def _held(connection: sa.Connection, text_id: str) -> set[str]:
    return set(connection.scalars(sa.select(CLAIMS.c.claim_id).where(CLAIMS.c.text_id == text_id)))


def _is_barred(proposal: Proposal, barring: Barring, document_id: str) -> bool:
    """Whether a removal took this claim, or somebody it names, out of the record."""
    if not barring.digests:
        return False
    values = [argument.value for argument in proposal.arguments if argument.value]
    if barring.bars("claim", proposal.claim_id) or any(
        v.startswith(KNOWN) and barring.bars("known", v) for v in values
    ):
        return True
    beside = [*(v for v in values if not v.startswith(KNOWN)), *(number.referent for number in proposal.numbers)]
    return any(barring.names(words, document_id) for words in beside)


def _as_blackened(proposal: Proposal, whole: str) -> Proposal | None:
    """A proposal with the stored text's characters, where a removal blacked some out; None where it names the person."""
    arguments = [span for a in proposal.arguments for span in (a.span, a.pronoun) if span is not None]
    numbers = [number.span for number in proposal.numbers]
    if any(BLACK in whole[span.start : span.end] for span in (*arguments, *proposal.attributed_to, *numbers)):
        return None
    quote = proposal.quote
    if BLACK not in whole[quote.start : quote.end] or not 0 <= quote.start < quote.end <= len(whole):
        return proposal
    return replace(proposal, quote=Span.of(whole, quote.start, quote.end))


def insert(
    connection: sa.Connection, text: Text, proposals: Sequence[Proposal], *, by: str, status: ClaimStatus | None = None
) -> int:
    """Write claims that passed the gate, with all that belongs to them."""
    if not proposals:
        return 0
    at = now()
    shared = {
        "status": (status or ClaimStatus.PROPOSED).value,
        "credibility": None,
        "corrected_by": None,
        "entered": at,
    }
    rows = [{**claim_row(proposal, text), **shared, "by_whom": by} for proposal in proposals]
    connection.execute(CLAIMS.insert(), rows)
    query = sa.select(CLAIMS.c.claim_id, CLAIMS.c.seq).where(CLAIMS.c.text_id == text.text_id)
    seqs = dict(connection.execute(query).all())
    entities = name_entities(connection, text.document_id, proposals)
    parts: dict[sa.Table, list[dict[str, Any]]] = {ARGUMENTS: [], ATTRIBUTIONS: [], DATE_SPANS: [], NUMBERS: []}
    for proposal, named in zip(proposals, entities, strict=True):
        claim = {"claim": seqs[proposal.claim_id]}
        parts[ARGUMENTS] += [{**claim, **row} for row in argument_rows(proposal, named)]
        parts[ATTRIBUTIONS] += [{**claim, **row} for row in listed(proposal.attributed_to)]
        parts[DATE_SPANS] += [{**claim, **row} for row in listed(proposal.date_spans)]
        parts[NUMBERS] += [{**claim, **row} for row in number_rows(proposal)]
    for table, belonging in parts.items():
        if belonging:
            connection.execute(table.insert(), belonging)
    searching.put(connection, [(seqs[proposal.claim_id], proposal) for proposal in proposals])
    return len(proposals)


def _keep_refused(connection: sa.Connection, text_id: str, refused: Sequence[Refusal], extractor: str) -> None:
    """What the gate turned away is kept for review; the same once."""
    if not refused:
        return
    query = sa.select(REFUSALS.c.claim_id).where(REFUSALS.c.text_id == text_id, REFUSALS.c.extractor == extractor)
    held = set(connection.scalars(query))
    rows = {
        claim_id: {
            "text_id": text_id, "claim_id": claim_id, "kind": _clean(refusal.proposal.kind), "extractor": extractor,
            "reason": _clean(refusal.reason), "field": _clean(refusal.field), "proposal": proposal_text(refusal.proposal),
            "at": now(),
        }
        for refusal in refused
        if (claim_id := refusal.proposal.claim_id) not in held
    }  # fmt: skip
    if rows:
        connection.execute(REFUSALS.insert(), list(rows.values()))


def _clean(words: str) -> str:
    return NO_CHARACTERS.sub("\ufffd", words)


def _mark(connection: sa.Connection, text_id: str, extractor: str, by: str, came: Entered) -> None:
    """Write down that this version of this extractor has read this text."""
    key = (PASSES.c.text_id == text_id, PASSES.c.extractor == extractor)
    row = {"at": now(), "by_whom": by, "entered": came.entered, "known": came.known, "refused": came.refused}
    if connection.execute(PASSES.update().where(*key).values(**row)).rowcount == 0:
        connection.execute(PASSES.insert().values(text_id=text_id, extractor=extractor, **row))
