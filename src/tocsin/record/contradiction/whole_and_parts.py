"""A whole force said to be aligned or supported, and sources that say it of a part only, or deny it of its parts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tocsin.record.claim import Modality
from tocsin.record.contradiction.finding import Contradiction, is_reported, joined_by_name, meeting
from tocsin.record.contradiction.quantity import of_a_part
from tocsin.record.kinds import kind_called
from tocsin.record.spans import Overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.contradiction.finding import Ground
    from tocsin.record.corroboration import Group

RULE = "whole and parts"
FORCE = {"aligned-with": ("actor", "towards"), "supports": ("supported", "supporter")}
"""For each kind, the role of the force and that of the other end."""


def find(groups: Sequence[Group], ground: Ground) -> Iterator[Contradiction]:
    """Sources that call a whole force backed, against sources that say most of its groups are not: both stand."""
    wholes: dict[tuple[str, str, str], list[Group]] = defaultdict(list)
    denials: dict[tuple[str, str, str], list[Group]] = defaultdict(list)
    for group in groups:
        roles = FORCE.get(group.kind)
        if roles is None:
            continue
        force, other = group.filling(roles[0])[0], group.filling(roles[1])[0]
        if group.modality is Modality.DENIED:
            denials[group.kind, force, other].append(group)
        elif not of_a_part(group):
            wholes[group.kind, force, other].append(group)
    for (kind, force, other), asserted in wholes.items():
        of_it = [group for group in denials.get((kind, force, other), []) if of_a_part(group)]
        parts = [g for part in sorted(ground.parts.get(force, ())) for g in denials.get((kind, part, other), [])]
        overlap, left, right = meeting(asserted, [*of_it, *parts])
        if overlap is not Overlap.APART:
            named = [ground.alike.name(g.filling(FORCE[kind][0])[0]) for g in right if g in parts]
            yield Contradiction(
                rule=RULE, kind=kind, about=ground.says(left[0].claims[0]), left=left, right=right,
                left_says="said of the whole",
                right_says=f"denied of {', '.join(dict.fromkeys(named))}" if named else "denied of a part of it",
                overlap=overlap, reported=is_reported(left) or is_reported(right), contested=True,
                notes=(f"part of {ground.alike.name(force)}: {', '.join(dict.fromkeys(named))}",) * bool(named)
                + tuple(joined_by_name((*left, *right), ground)),
            )  # fmt: skip


def parts_of(groups: Sequence[Group]) -> dict[str, frozenset[str]]:
    """For each whole, what is asserted to be part of it, directly or through others."""
    direct: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        if group.kind == PART_OF and group.modality is not Modality.DENIED:
            direct[group.filling("whole")[0]].add(group.filling("part")[0])
    return closed(direct)


def closed(direct: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    """For each whole all that is part of it, from what is directly."""
    return {whole: frozenset(_below(whole, direct)) for whole in list(direct)}


PART_OF = kind_called("organisation-part-of").name


def _below(whole: str, direct: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [whole]
    while waiting:
        for part in direct.get(waiting.pop(), ()):
            if part not in found and part != whole:
                found.add(part)
                waiting.append(part)
    return found
