"""What changed between two editions of a case, each change with what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.editions.changed_decision import decisions_changed, tripwires_changed
from tocsin.editions.changed_mission import reach_changed, sites_changed
from tocsin.editions.changed_record import contradictions_changed, posts_changed
from tocsin.editions.changed_sources import method_changed, sources_changed
from tocsin.editions.changed_warnings import warnings_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tocsin.editions.change import Change, Told

COMPARED: tuple[Callable[[Told, Told], Iterable[Change]], ...] = (
    warnings_changed, tripwires_changed, posts_changed, contradictions_changed, reach_changed, sites_changed,
    decisions_changed, sources_changed, method_changed,
)  # fmt: skip
"""What is compared, in the order a reader is told."""


def changes(new: Told, old: Told) -> tuple[Change, ...]:
    """Everything that is otherwise than in the edition before; nothing is said of what only one of them holds.

    Args:
        new: the newer edition.
        old: the one before it.
    """
    return tuple(change for compare in COMPARED for change in compare(new, old))
