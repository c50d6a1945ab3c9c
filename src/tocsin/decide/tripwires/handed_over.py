"""Posts that changed hands: a newer holder claimed, or a holder said to have left."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.decide.tripwires.findings import Quoted
from tocsin.decide.tripwires.recorded import Firing, quoted
from tocsin.record.claim import ClaimStatus, Modality
from tocsin.record.identity.posts import read_post
from tocsin.record.names import fold
from tocsin.record.spans import Period, held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from tocsin.case.dates import PartialDate
    from tocsin.case.rows import Post
    from tocsin.record.store.values import StoredClaim


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post, as one claim or one row of the case says.

    Attributes:
        person: the name.
        post: the post, in the words used.
        began: the days on one of which it began; None is unknown.
        ended: the days on one of which it ended; None is unknown.
        first: the earliest cited day at which the person surely held it or had begun; None is unknown.
        sure: whether it is said, and not only reported.
        quoted: the words behind it.
    """

    person: str
    post: str
    began: Period | None
    ended: Period | None
    first: date | None
    sure: bool
    quoted: Quoted


def holder_of_claim(claim: StoredClaim) -> Holder | None:
    """A claim of who holds a post; None where it is rejected, denied, planned or recommended, or names no person."""
    person, post = claim.first("person"), claim.first("post")
    told = claim.modality in {Modality.ASSERTED, Modality.REPORTED}
    if claim.status is ClaimStatus.REJECTED or not told or person is None or post is None:
        return None
    span = held(claim.dates)
    return Holder(
        person.value or person.words, post.words, span.began, span.ended, span.cited_within.first,
        claim.modality is Modality.ASSERTED, quoted(claim),
    )  # fmt: skip


def holder_of_row(row: Post) -> Holder:
    """A row of the case's table of posts."""
    words = f"{row.person}: {row.post} of {row.organisation}"
    left = f" ({row.end_reason})" if row.end_reason else ""
    began, seen, ended = (None if day is None else Period.of(day) for day in (row.start, row.seen, row.end))
    days = [p.first for p in (began, seen) if p is not None and p.first is not None]
    when = began or ended or seen or Period(None, None)
    said = Quoted(f"{words}{left}", "", "posts.csv", row.source_id, None, when.first, when.last)
    return Holder(row.person, row.post, began, ended, min(days, default=None), row.basis.value != "reported", said)


def hand_overs(holders: Iterable[Holder], *, today: date) -> tuple[Firing, ...]:
    """Every change in a post that one person holds at a time: who came after somebody else, and who left.

    Two names are one person where the words of one are all in the other's. The first holder known of a post is no change.
    A holder without any date is set in no order, and makes no change.

    Args:
        holders: of the posts of one institution.
        today: the day asked about; later changes are left out.
    """
    by_post: dict[str, list[Holder]] = defaultdict(list)
    for holder in holders:
        post = read_post(holder.post)
        if post.one_seat:
            by_post[post.name].append(holder)
    return tuple(firing for group in by_post.values() for firing in _changes(group, today))


def _changes(group: Sequence[Holder], today: date) -> Iterator[Firing]:
    dated = sorted(
        (h for h in group if h.first is not None and h.first <= today), key=lambda h: (h.first or today, h.person)
    )
    named: list[Holder] = []
    for holder in dated:
        before = [*named, *(other for other in group if _gone_before(other, holder))]
        if before and not any(same_person(holder.person, other.person) for other in before):
            yield Firing(holder.began or Period(holder.first, holder.first), holder.sure, holder.quoted)
        named.append(holder)
    left: list[Holder] = []
    for holder in group:
        ended = holder.ended
        gone = ended is not None and (ended.first or ended.last or today) <= today
        if ended is None or not gone or any(same_person(holder.person, other.person) for other in left):
            continue
        left.append(holder)
        if not any(
            h.first is not None and not same_person(h.person, holder.person) and _after(h, ended) for h in dated
        ):
            yield Firing(ended, holder.sure, holder.quoted)


def _gone_before(other: Holder, holder: Holder) -> bool:
    """Whether another surely had left when a holder is first named."""
    end = None if other.ended is None else other.ended.last or other.ended.first
    return end is not None and holder.first is not None and end <= holder.first


def _after(holder: Holder, ended: Period) -> bool:
    """Whether a holder is first named on or after a predecessor's end."""
    earliest = ended.first or ended.last
    return holder.first is not None and (earliest is None or holder.first >= earliest)


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: the words of one are all in the other's.

    Example:
        >>> same_person("Saadi", "Abdul-Wahab al-Saadi"), same_person("Ada Example", "Ben Example")
        (True, False)
    """
    left, right = set(fold(one)), set(fold(other))
    return bool(left) and bool(right) and (left <= right or right <= left)


def since_day(when: PartialDate | None) -> date | None:
    """The day from which a tripwire watches; None: whatever the date."""
    return None if when is None else when.earliest or when.latest
