"""The same asserted and denied, at one time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tocsin.record.claim import Modality
from tocsin.record.contradiction.finding import Contradiction, is_reported, joined_by_name, meeting
from tocsin.record.contradiction.quantity import of_a_part
from tocsin.record.spans import Overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.contradiction.finding import Ground
    from tocsin.record.corroboration import Group

RULE = "opposite"


def find(groups: Sequence[Group], ground: Ground) -> Iterator[Contradiction]:
    """Statements asserted by some and denied by others. A denial of a part of a force is left to `whole_and_parts`."""
    statements: dict[tuple[object, ...], tuple[list[Group], list[Group]]] = defaultdict(lambda: ([], []))
    for group in groups:
        denied = group.modality is Modality.DENIED
        if not (denied and of_a_part(group)):
            statements[group.kind, group.roles, group.state][denied].append(group)
    for asserted, denied_ in statements.values():
        overlap, left, right = meeting(asserted, denied_)
        if overlap is not Overlap.APART:
            about = ground.says(left[0].claims[0])
            yield Contradiction(
                rule=RULE, kind=left[0].kind, about=about, left=left, right=right, left_says="it is so",
                right_says="it is not so", overlap=overlap, reported=is_reported(left),
                notes=tuple(joined_by_name((*left, *right), ground)),
            )  # fmt: skip
