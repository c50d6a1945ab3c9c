"""Counts of the killed at one place on one day that cannot be one count."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType, Modality
from tocsin.record.contradiction.finding import Contradiction, is_reported, joined_by_name
from tocsin.record.contradiction.numbers_apart import RULE, in_words, range_of
from tocsin.record.names import fold
from tocsin.record.spans import Overlap, held

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from tocsin.record.claim import Number
    from tocsin.record.contradiction.finding import Ground
    from tocsin.record.contradiction.numbers_apart import Range
    from tocsin.record.corroboration import Group
    from tocsin.record.store.values import StoredClaim

KIND = "incident"
MAY_BE_TWO = "they are of one place and one day, and may be two incidents"


def find(groups: Sequence[Group], ground: Ground) -> Iterator[Contradiction]:
    """Counts of the killed that do not overlap, of incidents at one place whose dates are surely the same day.

    The words for what happened do not matter. A country is no place here; incidents without a day, and those that are
    said to be by or against different parties, are not compared.
    """
    counted: dict[tuple[str, date, str], dict[Range, list[Group]]] = defaultdict(lambda: defaultdict(list))
    for group in groups:
        if group.kind != KIND or group.modality is Modality.DENIED or not _is_placed(group):
            continue
        for told in group.claims[0].proposal.numbers:
            who = killed(told)
            for day, part in _by_day(group) if who is not None else ():
                counted[group.filling("place")[0], day, who or ""][range_of(told)].append(part)
    for (place, day, who), ranges in counted.items():
        for one, other in combinations(sorted(ranges), 2):
            left, right = _facing(ranges[one], ranges[other], ground)
            if one[1] < other[0] and left:
                yield Contradiction(
                    rule=RULE, kind=KIND, about=f"{who} killed at {ground.alike.name(place)} on {day}", left=left,
                    right=right, left_says=in_words(one), right_says=in_words(other), overlap=Overlap.OVERLAP,
                    reported=is_reported(left) or is_reported(right),
                    notes=(MAY_BE_TWO, *joined_by_name((*left, *right), ground)),
                )  # fmt: skip


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    told = tomllib.loads((files("tocsin.record.contradiction") / "tolls.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in told.items()}


def killed(number: Number) -> str | None:
    """Who is counted as killed, in the form by which counts are compared; None where no killed are counted.

    Example:
        >>> from tocsin.record.claim import Number, Span
        >>> [killed(Number("deaths", 5, 5, words, Span(0, 1, "5"))) for words in ("people", "dead", "soldiers killed")]
        ['people', 'people', 'soldiers']
        >>> killed(Number("wounded", 5, 5, "people", Span(0, 1, "5"))) is None
        True
    """
    lexicon = _lexicon()
    folded = fold(number.referent)
    if number.role not in lexicon["roles"] or not {number.role, *folded} & lexicon["killed"]:
        return None
    return " ".join(word for word in folded if word not in lexicon["killed"] | lexicon["anybody"]) or "people"


def _is_placed(group: Group) -> bool:
    """Whether a place is named that is no country."""
    place = group.claims[0].proposal.first("place")
    return bool(group.filling("place")) and place is not None and place.type is not EntityType.STATE


def _by_day(group: Group) -> Iterator[tuple[date, Group]]:
    """The statement of each day that its claims are surely of."""
    days: dict[date, list[StoredClaim]] = defaultdict(list)
    for claim in group.claims:
        cited = {day for period in held(claim.proposal.dates).cited for day in (period.first, period.last)}
        only = next(iter(cited)) if len(cited) == 1 else None
        if only is not None:
            days[only].append(claim)
    for day, claims in days.items():
        mine = {claim.claim_id for claim in claims}
        origins = tuple(origin for origin in group.origins if mine & set(origin.claims))
        yield day, replace(group, claims=tuple(claims), origins=origins)


def _facing(
    lefts: Sequence[Group], rights: Sequence[Group], ground: Ground
) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """The statements of each side that may be of one incident with one of the other side."""
    met = [(left, right) for left in lefts for right in rights if _may_be_one(left, right, ground)]
    ours = tuple(left for left in lefts if any(left is one for one, _ in met))
    theirs = tuple(right for right in rights if any(right is other for _, other in met))
    return ours, theirs


def _may_be_one(left: Group, right: Group, ground: Ground) -> bool:
    """Not where both are counted in one sentence or are rows of one table, or other parties are named."""
    quotes = [{(c.proposal.text_id, c.proposal.quote.start) for c in group.claims} for group in (left, right)]
    tables = [{c.proposal.text_id if _is_row(c) else None for c in group.claims} for group in (left, right)]
    if quotes[0] & quotes[1] or (tables[0] == tables[1] and len(tables[0]) == 1 and None not in tables[0]):
        return False
    for role in ("by", "against"):
        one, other = (_parties(group, role, ground) for group in (left, right))
        if one and other and not one & other:
            return False
    return True


def _is_row(claim: StoredClaim) -> bool:
    return claim.proposal.extractor.partition(" ")[0] == "dataset"


def _parties(group: Group, role: str, ground: Ground) -> set[str]:
    """Entities named in a role; stretches of words are no names."""
    return {
        ground.alike.key(argument, entity)
        for claim in group.claims
        for argument, entity in zip(claim.proposal.arguments, claim.entities, strict=True)
        if argument.role == role and entity is not None and argument.type is not EntityType.WORDS
    }
