"""One actor for and against one thing, in one period."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from tocsin.record.claim import Modality
from tocsin.record.contradiction.finding import Contradiction, is_reported, joined_by_name, meeting
from tocsin.record.spans import Overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.contradiction.finding import Ground
    from tocsin.record.corroboration import Group

RULE = "opposite stance"
Stance = tuple[str | None, bool]
"""The stance, and whether it is denied."""


def find(groups: Sequence[Group], ground: Ground) -> Iterator[Contradiction]:
    """For against `against`, and a stance asserted against the same denied; a condition opposes neither.

    Statements are compared on the question that the case names, and without one on the position in its own words.
    """
    questions: dict[tuple[str, str], dict[Stance, list[Group]]] = defaultdict(lambda: defaultdict(list))
    for group in groups:
        asked = group.filling("question") or group.filling("position")
        if asked:
            held = group.stance, group.modality is Modality.DENIED
            questions[group.filling("actor")[0], asked[0]][held].append(group)
    for (actor, question), stances in questions.items():
        for one, other in combinations(sorted(stances, key=str), 2):
            if not _opposed(one, other):
                continue
            overlap, left, right = meeting(stances[one], stances[other])
            if overlap is not Overlap.APART:
                yield Contradiction(
                    rule=RULE, kind=left[0].kind, about=f"{ground.alike.name(actor)} on {ground.alike.name(question)}",
                    left=left, right=right, left_says=_in_words(one), right_says=_in_words(other), overlap=overlap,
                    reported=is_reported(left) or is_reported(right), notes=tuple(joined_by_name((*left, *right), ground)),
                )  # fmt: skip


def _opposed(one: Stance, other: Stance) -> bool:
    if one[1] != other[1]:
        return one[0] == other[0]
    return not one[1] and {one[0], other[0]} == {"for", "against"}


def _in_words(stance: Stance) -> str:
    return f"{'not ' if stance[1] else ''}{stance[0] or 'wants it'}"
