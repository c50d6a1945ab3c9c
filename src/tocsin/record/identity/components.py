"""Things bound to each other, directly or through others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

Thing = TypeVar("Thing", bound="Hashable")


class Components(Generic[Thing]):
    """Which things belong together, by the bonds given so far.

    R. E. Tarjan, Efficiency of a good but not linear set union algorithm, 1975, doi:10.1145/321879.321884.

    Example:
        >>> bound = Components([("a", "b"), ("b", "c"), ("d", "e")])
        >>> bound.root("a") == bound.root("c"), bound.root("a") == bound.root("d")
        (True, False)
    """

    def __init__(self, bonds: Iterable[tuple[Thing, Thing]] = ()) -> None:
        """Begin with these bonds."""
        self._above: dict[Thing, Thing] = {}
        for left, right in bonds:
            self.bind(left, right)

    def bind(self, left: Thing, right: Thing) -> None:
        """From now on the two belong together; the one bound first stands for both."""
        one, other = self.root(left), self.root(right)
        if one != other:
            self._above[other] = one

    def root(self, thing: Thing) -> Thing:
        """The thing that stands for all that belong with this one; itself where it is bound to none."""
        top = thing
        while (above := self._above.get(top)) is not None:
            top = above
        while (above := self._above.get(thing)) is not None and above != top:
            self._above[thing] = top
            thing = above
        return top
