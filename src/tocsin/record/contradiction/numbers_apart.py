"""Figures of one force that cannot be one figure, for one period."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING

from tocsin.record.claim import Modality
from tocsin.record.contradiction.finding import Contradiction, is_reported, joined_by_name, meeting
from tocsin.record.names import fold
from tocsin.record.spans import Overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.claim import Number
    from tocsin.record.contradiction.finding import Ground
    from tocsin.record.corroboration import Group

RULE = "numbers apart"
KIND = "force-size"
Range = tuple[float, float]


def find(groups: Sequence[Group], ground: Ground) -> Iterator[Contradiction]:
    """Ranges that do not overlap, of one force, where the same is counted."""
    counted: dict[tuple[str, str, str], dict[Range, list[Group]]] = defaultdict(lambda: defaultdict(list))
    for group in groups:
        if group.kind != KIND or group.modality is Modality.DENIED:
            continue
        for number in group.claims[0].proposal.numbers:
            what = referent(number.referent)
            counted[group.filling("force")[0], number.role, what][range_of(number)].append(group)
    for (force, _, what), ranges in counted.items():
        for one, other in combinations(sorted(ranges), 2):
            if one[1] >= other[0]:
                continue
            overlap, left, right = meeting(ranges[one], ranges[other])
            if overlap is not Overlap.APART:
                yield Contradiction(
                    rule=RULE, kind=left[0].kind, about=f"{what} of {ground.alike.name(force)}", left=left, right=right,
                    left_says=in_words(one), right_says=in_words(other), overlap=overlap,
                    reported=is_reported(left) or is_reported(right), notes=tuple(joined_by_name((*left, *right), ground)),
                )  # fmt: skip


@cache
def _lexicon() -> tuple[dict[str, str], frozenset[str]]:
    told = tomllib.loads((files("tocsin.record.contradiction") / "referents.toml").read_text("utf-8"))
    narrower = frozenset(told.pop("narrower")["words"])
    return {word: name for name, words in told.items() for word in words}, narrower


@lru_cache(maxsize=4096)
def referent(words: str) -> str:
    """What is counted, in the form by which counts are compared.

    Example:
        >>> referent("fighters"), referent("foreign fighters"), referent("men"), referent("armed brigades")
        ('people', 'foreign people', 'people', 'brigades')
    """
    known, narrower = _lexicon()
    folded = fold(words)
    head = next((known[word] for word in reversed(folded) if word in known), " ".join(folded))
    return " ".join((*sorted({word for word in folded[:-1] if word in narrower}), head))


def range_of(number: Number) -> Range:
    """The lowest and the highest that a number can be."""
    return (-inf if number.low is None else number.low, inf if number.high is None else number.high)


def in_words(told: Range) -> str:
    """A range for a reader: `100 to 120`, `500 at least`."""
    low, high = told
    if low == high:
        return f"{low:,.0f}"
    if low == -inf:
        return f"{high:,.0f} at most"
    return f"{low:,.0f} at least" if high == inf else f"{low:,.0f} to {high:,.0f}"
