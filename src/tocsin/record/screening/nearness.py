"""The entries near a name: the few worth comparing, how their names compare, and the score of what that shows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tocsin.record.names import Name, NameKind, Reason, read_name
from tocsin.record.names.comparing import Alignment, align
from tocsin.record.names.weighing import WEIGHTS
from tocsin.record.screening.bodies import body_said
from tocsin.record.screening.evidence import Evidence, evidence_of, words_of_name
from tocsin.record.screening.trees import learnt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tocsin.record.screening.index import Index

WEIGHED = 20
"""Entries weighed for a name, those first whose names are most alike."""

MATCH = 0.70
"""Least score of a name that is written as a name of the entry is, word for word in any order."""

MANY_BEAR = 0.75
"""Rarity up to which the rarest part that is shared is called common."""


class Weighed(NamedTuple):
    """An entry's nearest name, as it compares, and what it shows."""

    number: int
    reading: Name
    found: Alignment
    evidence: Evidence


class Near(NamedTuple):
    """An entry near a name: its nearest name's score of 0..1, and all that the score rests on."""

    score: float
    found: Alignment
    reading: Name
    evidence: Evidence


def nearest(
    index: Index, name: str, kind: NameKind = NameKind.UNKNOWN, *, without: frozenset[int] = frozenset()
) -> dict[int, Near]:  # fmt: skip
    """The nearest name of each entry worth comparing, by its number in the index.

    Args:
        index: the names of the lists.
        name: as written, in any script.
        kind: what bears it; unknown is read as whatever the entry is.
        without: numbers of names that are left aside, for measuring.

    Example:
        >>> from tocsin.record.screening import build_index
        >>> from tocsin.sources.designations import starter_designations
        >>> index = build_index(starter_designations())
        >>> near = nearest(index, "Kassem Suleimani", NameKind.PERSON)
        >>> index.names[max(near, key=lambda number: near[number].score)].entry.name
        'SOLEIMANI, Qasem'
    """
    weighed = weigh(index, name, kind, without=without)
    if not weighed:
        return {}
    scores = learnt().scores([one.evidence for one in weighed]).tolist()
    return {
        one.number: Near(_ruled(score, one, index, name=name, kind=kind), one.found, one.reading, one.evidence)
        for one, score in zip(weighed, scores, strict=True)
    }


def weigh(
    index: Index, name: str, kind: NameKind = NameKind.UNKNOWN, *, without: frozenset[int] = frozenset()
) -> list[Weighed]:  # fmt: skip
    """The entries most alike, each by its nearest name, with the evidence."""
    kinds = (kind,) if kind is not NameKind.UNKNOWN else (NameKind.PERSON, NameKind.ORGANISATION, NameKind.VESSEL)
    readings = {one: read_name(name, one) for one in kinds}
    of_entry: dict[int, list[tuple[Alignment, int, Name]]] = defaultdict(list)
    for number in index.candidates(readings.values()):
        theirs = index.names[number].name
        reading = _reading(name, theirs.kind, readings)
        if number in without or reading is None:
            continue
        found = align(reading, theirs, rarity=index.rarity)
        if found.score > 0:
            of_entry[int(index.owner[number])].append((found, number, reading))
    ranked = [sorted(compared, key=lambda one: -one[0].score) for compared in of_entry.values()]
    ranked.sort(key=lambda compared: -compared[0][0].score)
    return [_weighed(compared, index) for compared in ranked[:WEIGHED]]


def _reading(name: str, kind: NameKind, readings: Mapping[NameKind, Name]) -> Name | None:
    """The name as read for a kind; None where it is asked as another."""
    return read_name(name) if kind is NameKind.UNKNOWN else readings.get(kind)


def _weighed(compared: Sequence[tuple[Alignment, int, Name]], index: Index) -> Weighed:
    found, number, reading = compared[0]
    theirs = index.names[number].name
    evidence = evidence_of(reading, theirs, found, [one for one, _, _ in compared], rarity=index.rarity)
    return Weighed(number, reading, found, evidence)


def _ruled(score: float, one: Weighed, index: Index, *, name: str, kind: NameKind) -> float:
    """The score within three rules: a name written as listed is a match; siblings are none, nor are a body and no body."""
    listed = index.names[one.number]
    if words_of_name(one.reading.text) == words_of_name(listed.alias.name):
        return max(score, MATCH)
    siblings = one.evidence.held and (one.evidence.numbers or one.evidence.functions)
    return min(score, WEIGHTS.held_at) if siblings or body_said(name, kind, listed) else score


def weighing_reasons(evidence: Evidence) -> tuple[Reason, ...]:
    """What rarity and other names of the entry say, as sentences."""
    said = []
    if 0 < evidence.shared_rarest <= MANY_BEAR:
        said.append(Reason("what is shared is common in the lists", against=True))
    if evidence.alike_names > 1:
        said.append(Reason(f"{int(evidence.alike_names)} names of the entry are alike"))
    return tuple(said)
