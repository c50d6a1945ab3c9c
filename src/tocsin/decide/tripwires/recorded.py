"""Tripwires on the record: claims of a kind since a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.decide.tripwires.findings import Now, Past, Quoted, State
from tocsin.record.claim import ClaimStatus, Modality
from tocsin.record.sentence import sentence
from tocsin.record.spans import Period, held

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tocsin.record.store.values import StoredClaim

STALE_DAYS = 92
"""Days after the newest document from which silence of the record says nothing of today."""

QUOTES = 5
"""Firings whose quotes are kept, the newest first; before these, those that put the tripwire in doubt."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a record reaches.

    Attributes:
        claims: how many claims it holds.
        newest: the last day a document of it was surely published; None where no date is known.
    """

    claims: int
    newest: date | None


@dataclass(frozen=True, slots=True)
class Firing:
    """Something a record tells that trips a tripwire.

    Attributes:
        when: the days on which it was, as cited; both None where no date is.
        sure: whether a document says it itself; False where it only reports that somebody does.
        quoted: the words behind it.
    """

    when: Period
    sure: bool
    quoted: Quoted


def firings_of_kind(claims: Iterable[StoredClaim], *, today: date) -> tuple[Firing, ...]:
    """Claims as firings: those not rejected that say or report that something is so, and could be known on a day.

    What is denied, planned or recommended trips nothing; nor does what is dated later than the day.

    Args:
        claims: of the kind, or about the organisation, that is watched.
        today: the day asked about.
    """
    told = [c for c in claims if c.status is not ClaimStatus.REJECTED and _known_by(c, today)]
    return tuple(
        Firing(held(c.dates).cited_within, c.modality is Modality.ASSERTED, quoted(c))
        for c in told
        if c.modality in {Modality.ASSERTED, Modality.REPORTED}
    )


def quoted(claim: StoredClaim) -> Quoted:
    """A claim's sentence with the words, the document and the dates behind it."""
    when = held(claim.dates).cited_within
    published = None if claim.published is None else str(claim.published)
    return Quoted(
        sentence(claim.proposal), claim.quote.words, claim.document, claim.source_id, published, when.first, when.last
    )


def _known_by(claim: StoredClaim, today: date) -> bool:
    published = claim.published.earliest if claim.published else None
    happened = held(claim.dates).cited_within.first
    return not any(day is not None and day > today for day in (published, happened))


def recorded(
    firings: Sequence[Firing], *, since: date | None, today: date, reach: Reach, what: str
) -> tuple[Now, Past, tuple[Quoted, ...]]:  # fmt: skip
    """What a record tripwire says on a day, how often it would have fired, and the quotes behind that.

    A firing counts where all days it can mean are on or after the date watched from. Where it may be earlier, has no date, or
    is only reported, it leaves the state unknown. Silence counts as not tripped only as far as documents reach.

    Args:
        firings: in any order.
        since: the date watched from; None: whatever the date.
        today: the day asked about.
        reach: how far the record reaches.
        what: what is looked for, in words.
    """
    dated = sorted((f for f in firings if not _undated(f)), key=_day)
    past = _past(dated, what=what, firings=len(firings))
    surely = [f for f in dated if _since(f, since) and f.sure]
    perhaps = [f for f in firings if f not in surely and not _before(f, since)]
    if reach.claims == 0:
        return Now(State.UNKNOWN, "the record holds no claims yet: tocsin read"), Past("the record is empty"), ()
    if surely:
        first = surely[0]
        many = f"{len(surely)} claims" if len(surely) > 1 else "1 claim"
        why = f"{many} of {what}{_from(since)}; whether it is what is watched, a reader must judge by the quotes"
        now = Now(
            State.TRIPPED, why, since=first.when.last or first.when.first, seen=reach.newest, last=State.TRIPPED,
            value=float(len(surely)),
        )  # fmt: skip
        return now, past, tuple(f.quoted for f in surely[::-1][:QUOTES])
    if perhaps:
        why = _doubts(perhaps, what=what, since=since)
        return Now(State.UNKNOWN, why, seen=reach.newest), past, tuple(f.quoted for f in perhaps[:QUOTES])
    return _silent(reach, since=since, today=today, what=what), past, ()


def _silent(reach: Reach, *, since: date | None, today: date, what: str) -> Now:
    """No claim: not tripped where documents are new enough to tell, else unknown."""
    none = f"none of {reach.claims:,} claims is of {what}{_from(since)}"
    if reach.newest is None:
        return Now(State.UNKNOWN, f"{none}; no document is known to be of {today} or before")
    if since is not None and reach.newest < since:
        return Now(State.UNKNOWN, f"{none}; the newest document, of {reach.newest}, is older", seen=reach.newest)
    days = (today - reach.newest).days
    if days > STALE_DAYS:
        why = f"{none}; the newest document is of {reach.newest}, {days:,} days before"
        return Now(State.UNKNOWN, why, seen=reach.newest, last=State.NOT)
    return Now(State.NOT, f"{none}, in documents to {reach.newest}", seen=reach.newest, last=State.NOT, value=0.0)


def _past(dated: Sequence[Firing], *, what: str, firings: int) -> Past:
    days = sorted({_day(f)[0] for f in dated if f.sure}, reverse=True)
    without = firings - len(dated)
    more = f"; {without} more without a date" if without else ""
    if not days:
        return Past(f"unknown: no claim of {what} has a date{more}")
    return Past(
        f"dated claims of {what}{more}", days[-1], days[0], len(dated), len(dated), len(days), tuple(days)
    )  # fmt: skip


def _doubts(perhaps: Sequence[Firing], *, what: str, since: date | None) -> str:
    undated = sum(f.when.first is None and f.when.last is None for f in perhaps)
    said = sum(not f.sure for f in perhaps)
    parts = [
        f"{count} {words}"
        for count, words in (
            (undated, "without a date"),
            (said, "only reported"),
            (sum(f.sure and not _undated(f) for f in perhaps), f"whose date may be before {since}"),
        )
        if count
    ]
    return f"claims of {what}: {', '.join(parts)}"


def _undated(firing: Firing) -> bool:
    return firing.when.first is None and firing.when.last is None


def _since(firing: Firing, since: date | None) -> bool:
    if since is None:
        return not _undated(firing)
    return firing.when.first is not None and firing.when.first >= since


def _before(firing: Firing, since: date | None) -> bool:
    return since is not None and firing.when.last is not None and firing.when.last < since


def _from(since: date | None) -> str:
    return "" if since is None else f" since {since}"


def _day(firing: Firing) -> tuple[date, str]:
    day = firing.when.first or firing.when.last
    assert day is not None, "only dated firings are put in order"
    return day, firing.quoted.what
