"""A site, or a headquarters, in two places at once."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType, Modality
from tocsin.record.contradiction.finding import Contradiction, is_reported, joined_by_name, meeting
from tocsin.record.names import fold
from tocsin.record.spans import Overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.contradiction.finding import Ground
    from tocsin.record.corroboration import Group

RULE = "exclusive place"


def find(groups: Sequence[Group], ground: Ground) -> Iterator[Contradiction]:
    """What lies in one place only, cited in two that are farther apart than both are precise.

    A place that holds the other, or of which it is not known where it lies, excludes nothing.
    """
    places: dict[str, dict[str, list[Group]]] = defaultdict(lambda: defaultdict(list))
    for group in groups:
        if group.modality is not Modality.DENIED and _in_one_place(group):
            places[group.filling("what")[0]][group.filling("place")[0]].append(group)
    for what, cited in places.items():
        for one, other in combinations(cited, 2):
            names = ground.alike.name(one), ground.alike.name(other)
            far = ground.places.apart((one, *ground.alike.names[one]), (other, *ground.alike.names[other]))
            overlap, left, right = meeting(cited[one], cited[other])
            if far and overlap is not Overlap.APART:
                yield Contradiction(
                    rule=RULE, kind=left[0].kind, about=f"where {ground.alike.name(what)} is", left=left, right=right,
                    left_says=names[0], right_says=names[1], overlap=overlap,
                    reported=is_reported(left) or is_reported(right),
                    notes=(f"{names[0]} and {names[1]} are {far}", *joined_by_name((*left, *right), ground)),
                )  # fmt: skip


@cache
def _headquarters() -> tuple[str, ...]:
    told = tomllib.loads((files("tocsin.record.contradiction") / "exclusive.toml").read_text("utf-8"))
    return tuple(f" {words} " for words in told["headquarters"])


def _in_one_place(group: Group) -> bool:
    """Whether a statement is of a site, or each of its quotes of a headquarters."""
    what = group.claims[0].proposal.first("what")
    if what is not None and what.type is EntityType.SITE:
        return True
    return all(names_headquarters(claim.proposal.quote.words) for claim in group.claims)


def names_headquarters(quote: str) -> bool:
    """Whether a quote speaks of a headquarters.

    Example:
        >>> names_headquarters("Its headquarters is in Ramadi"), names_headquarters("It is in Ramadi")
        (True, False)
    """
    folded = f" {' '.join(fold(quote))} "
    return any(words in folded for words in _headquarters())
