"""What can be chosen: each option alone, and the sets of options that can be done at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.case.options import Choice, Option

MOST = 64
"""Alternatives compared at most; options alone always are."""

EXAMINED = 20_000
"""Sets of options looked at, before what is left is left out."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One thing that can be chosen: an option, or several at once.

    Attributes:
        options: ids of its options, in the order of the choice.
        name: their names, joined by `and`.
    """

    options: tuple[str, ...]
    name: str

    @property
    def id(self) -> str:
        """The ids of its options, joined by +."""
        return "+".join(self.options)


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Everything that can be chosen, and what must be said of what is left out."""

    rows: tuple[Alternative, ...]
    notes: tuple[str, ...] = ()


def alternatives(choice: Choice, *, most: int = MOST) -> Alternatives:
    """The options of a choice, alone and, where the choice allows it, together.

    A set of options is left out where one of them excludes another, or where one requires an option that is not in it.
    Small sets come first; once there are `most`, larger ones are left out, and the notes say so.

    Args:
        choice: the choice.
        most: alternatives at most; options alone are kept whatever it says.
    """
    if not choice.combinations_allowed:
        notes = tuple(
            f"{option.name} can only be done with {', '.join(option.requires)}, but the choice allows no combinations: "
            "it is compared as if alone"
            for option in choice.options
            if option.requires
        )
        return Alternatives(tuple(alone(option) for option in choice.options), notes)
    kept: list[tuple[Option, ...]] = []
    notes = tuple(
        f"{option.name} is compared only together with {', '.join(option.requires)}, which it requires"
        for option in choice.options
        if option.requires
    )
    for number, chosen in enumerate(_compatible(choice.options)):
        if number >= EXAMINED or (len(kept) >= most and len(chosen) > 1):
            size = f"{len(kept)} alternatives of at most {len(kept[-1])} options" if kept else "none"
            notes = (*notes, f"more combinations are allowed than are compared: {size}, the smallest first")
            break
        if _complete(chosen):
            kept.append(chosen)
    return Alternatives(tuple(_alternative(chosen) for chosen in kept), notes)


def _compatible(options: tuple[Option, ...]) -> Iterator[tuple[Option, ...]]:
    """Sets of options of which none excludes another, small sets first."""
    excluded = {(o.id, other) for o in options for other in o.excludes}
    excluded |= {(b, a) for a, b in excluded}
    place = {o.id: number for number, o in enumerate(options)}
    level: list[tuple[Option, ...]] = [()]
    while level:
        grown: list[tuple[Option, ...]] = []
        for chosen in level:
            first = place[chosen[-1].id] + 1 if chosen else 0
            for option in options[first:]:
                if not any((option.id, other.id) in excluded for other in chosen):
                    grown.append((*chosen, option))
                    yield grown[-1]
        level = grown


def _complete(chosen: tuple[Option, ...]) -> bool:
    ids = {option.id for option in chosen}
    return all(ids.issuperset(option.requires) for option in chosen)


def alone(option: Option) -> Alternative:
    """An option by itself."""
    return _alternative((option,))


def _alternative(chosen: tuple[Option, ...]) -> Alternative:
    return Alternative(tuple(o.id for o in chosen), " and ".join(o.name for o in chosen))
