"""A name against the lists: what is near it, what speaks against it first, and where the entry stood on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003  # pydantic and others read annotations at run time
from typing import TYPE_CHECKING

from tocsin.record.names import NameKind, Reason
from tocsin.record.names.comparing import reasons_of
from tocsin.record.screening.bodies import body_said
from tocsin.record.screening.circumstances import circumstances
from tocsin.record.screening.index import KIND_OF_BEARER, Index
from tocsin.record.screening.nearness import Near, nearest, weighing_reasons

if TYPE_CHECKING:
    from tocsin.record.screening.index import Listed
    from tocsin.sources.designations import AsOf, BirthDate

THRESHOLD = 0.70
CUTOFF = 0.50
LIMIT = 5
NOT_A_FINDING = "A match is likeness of names, not a finding about a person or body; it writes no claim."
NO_MATCH = "No entry of the lists searched is near this name; that is not a clearance."


@dataclass(frozen=True, slots=True)
class Query:
    """Whom is asked about.

    Attributes:
        name: as written, in any script.
        kind: what bears it; unknown is compared as whatever the entry is.
        birth: date of birth, to the day, month or year.
        nationality: a country by name, code or demonym.
        as_of: the day on which the list is asked; None is the newest copy.
    """

    name: str
    kind: NameKind = NameKind.UNKNOWN
    birth: BirthDate | None = None
    nationality: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry near the name.

    Attributes:
        number: the entry's number in the index.
        listed: the entry, its list, and the name of it that is nearest.
        score: 0..1, likeness of the names less what speaks against it; no probability.
        name_score: likeness of the names alone.
        against: what speaks against the two being one: birth date, nationality, then parts of the name.
        reasons: what speaks for it.
        as_of: where the entry stood on the day asked, and what that rests on.
        match: whether the score reaches the threshold.
    """

    number: int
    listed: Listed
    score: float
    name_score: float
    against: tuple[str, ...]
    reasons: tuple[str, ...]
    as_of: AsOf
    match: bool


def screen(
    index: Index, query: Query, *, threshold: float = THRESHOLD, cutoff: float = CUTOFF, limit: int = LIMIT,
    without: frozenset[int] = frozenset(),
) -> tuple[Hit, ...]:  # fmt: skip
    """Entries near a name, the nearest first; one hit an entry, by the nearest of its names.

    Args:
        index: the names of the lists.
        query: whom is asked about.
        threshold: score from which a hit is called a match.
        cutoff: score below which nothing is shown.
        limit: most hits.
        without: numbers of names that are not searched, for measuring.

    Example:
        >>> from tocsin.record.screening import build_index
        >>> from tocsin.sources.designations import starter_designations
        >>> index = build_index(starter_designations())
        >>> hit = screen(index, Query("Kassem Suleimani", NameKind.PERSON))[0]
        >>> hit.listed.entry.name, hit.match
        ('SOLEIMANI, Qasem', True)
    """
    near = nearest(index, query.name, query.kind, without=without)
    kept = [
        hit
        for number, one in near.items()
        if one.score >= cutoff and (hit := _hit(index, number, one, query=query, threshold=threshold)).score >= cutoff
    ]
    kept.sort(key=lambda hit: (-hit.score, -hit.name_score, hit.listed.of_list.name, hit.listed.entry.entry_id))
    return tuple(kept[:limit])


def _hit(index: Index, number: int, near: Near, *, query: Query, threshold: float) -> Hit:
    listed = index.names[number]
    said: list[Reason] = [
        *body_said(query.name, query.kind, listed), *reasons_of(near.found, near.reading, listed.name),
        *weighing_reasons(near.evidence),
    ]  # fmt: skip
    differs = circumstances(query.birth, query.nationality, listed.entry)
    score = max(0.0, near.score - differs.cost)
    against = (*differs.against, *(r.words for r in said if r.against))
    reasons = (*differs.agrees, *(r.words for r in said if not r.against))
    one = listed.of_list
    day = query.as_of or one.last_copy
    state = listed.entry.standing(day, first_copy=one.first_copy, last_copy=one.last_copy)
    rounded = round(score, 4)
    return Hit(
        int(index.owner[number]), listed, rounded, round(near.score, 4), against, reasons, state, rounded >= threshold
    )


__all__ = [
    "CUTOFF",
    "KIND_OF_BEARER",
    "LIMIT",
    "NOT_A_FINDING",
    "NO_MATCH",
    "THRESHOLD",
    "Hit",
    "Query",
    "nearest",
    "screen",
]
