"""A name against the lists: what is near it, what speaks against it first, and where the entry stood on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003  # pydantic and others read annotations at run time
from typing import TYPE_CHECKING

from tocsin.record.names import Name, NameKind, read_name
from tocsin.record.names.comparing import Alignment, Reason, align, reasons_of
from tocsin.record.screening.circumstances import circumstances
from tocsin.record.screening.index import KIND_OF_BEARER, Index

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
    near = nearest(index, query, without=without)
    kept = [
        hit
        for number, (found, reading) in near.items()
        if found.score >= cutoff
        and (hit := _hit(index, number, found, reading, query=query, threshold=threshold)).score >= cutoff
    ]
    kept.sort(key=lambda hit: (-hit.score, -hit.name_score, hit.listed.of_list.name, hit.listed.entry.entry_id))
    return tuple(kept[:limit])


def nearest(index: Index, query: Query, *, without: frozenset[int] = frozenset()) -> dict[int, tuple[Alignment, Name]]:
    """The nearest name of each entry worth comparing: number of the name -> how it compares, and the query as read."""
    readings: dict[NameKind, Name] = {}
    kinds = (
        (query.kind,)
        if query.kind is not NameKind.UNKNOWN
        else (NameKind.PERSON, NameKind.ORGANISATION, NameKind.VESSEL)
    )
    for kind in kinds:
        readings[kind] = read_name(query.name, kind)
    best: dict[int, tuple[float, int, Alignment, Name]] = {}
    for number in index.candidates(readings.values()):
        if number in without:
            continue
        theirs = index.names[number].name
        reading = readings.get(theirs.kind)
        if reading is None:
            if theirs.kind is not NameKind.UNKNOWN:
                continue
            reading = read_name(query.name)
        found = align(reading, theirs, rarity=index.rarity)
        owner = int(index.owner[number])
        if found.score > 0 and (owner not in best or found.score > best[owner][0]):
            best[owner] = (found.score, number, found, reading)
    return {number: (found, reading) for _, number, found, reading in best.values()}


def _hit(index: Index, number: int, found: Alignment, reading: Name, *, query: Query, threshold: float) -> Hit:
    listed = index.names[number]
    said: list[Reason] = list(reasons_of(found, reading, listed.name))
    differs = circumstances(query.birth, query.nationality, listed.entry)
    score = max(0.0, found.score - differs.cost)
    against = (*differs.against, *(r.words for r in said if r.against))
    reasons = (*differs.agrees, *(r.words for r in said if not r.against))
    one = listed.of_list
    day = query.as_of or one.last_copy
    state = listed.entry.standing(day, first_copy=one.first_copy, last_copy=one.last_copy)
    rounded = round(score, 4)
    return Hit(
        int(index.owner[number]), listed, rounded, round(found.score, 4), against, reasons, state, rounded >= threshold
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
