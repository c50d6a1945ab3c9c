"""Which areas touch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import shapely

from tocsin.errors import OutOfRange, UnknownName, Where, missing_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from tocsin.panel.country_ids import CountryIds
    from tocsin.vocabulary import AreaIds, Month


class Shapes(Protocol):
    """Outlines of areas, as a reader of outlines gives them: ids and geometries of equal length, in degrees."""

    @property
    def ids(self) -> Sequence[str]:
        """Area ids."""
        ...

    @property
    def geometries(self) -> Sequence[Any]:
        """Polygons, WGS 84."""
        ...


@dataclass(frozen=True)
class Neighbours:
    """For every area those that touch it: symmetric, and no area is its own neighbour.

    Example:
        >>> near = Neighbours.of_pairs([("IRQ/Anbar", "IRQ/Ninewa"), ("IRQ/Ninewa", "IRQ/Dahuk")])
        >>> sorted(near.of("IRQ/Ninewa"))
        ['IRQ/Anbar', 'IRQ/Dahuk']
        >>> near.among(["IRQ/Anbar", "IRQ/Ninewa"])
        ((1,), (0,))
    """

    near: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Neighbours:
        """From pairs of areas, each named once or in both directions."""
        near: defaultdict[str, set[str]] = defaultdict(set)
        for a, b in pairs:
            if a != b:
                near[a].add(b)
                near[b].add(a)
        return cls({area: frozenset(near[area]) for area in sorted(near)})

    @classmethod
    def of_table(cls, table: pl.DataFrame, *, a: str = "area", b: str = "neighbour") -> Neighbours:
        """From two columns of a table of pairs.

        Raises:
            TableProblem: a column is missing.
        """
        if not {a, b} <= set(table.columns):
            raise missing_columns([a, b], table.columns, where=Where("table of neighbours"))
        pairs = table.select(a, b).drop_nulls().iter_rows()
        return cls.of_pairs((str(left), str(right)) for left, right in pairs)

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area that has a neighbour."""
        return tuple(self.near)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every pair once, in order."""
        return tuple(sorted((a, b) for a, others in self.near.items() for b in others if a < b))

    def of(self, area: str) -> frozenset[str]:
        """The areas that touch one; none for an island or an area not known."""
        return self.near.get(area, frozenset())

    def among(self, areas: Sequence[str]) -> tuple[tuple[int, ...], ...]:
        """For each of the areas given the indices of those given that touch it."""
        index = {area: i for i, area in enumerate(areas)}
        return tuple(tuple(sorted(index[b] for b in self.of(a) if b in index)) for a in areas)

    def with_ids(self, countries: CountryIds, *, source: AreaIds, to: AreaIds, month: Month) -> Neighbours:
        """The same neighbours under another scheme of country ids, as it holds in a month.

        Countries that have no id in the other scheme in that month are left out.
        """
        names: dict[str, str] = {}
        for area in self.areas:
            try:
                names[area] = countries.convert(area, source=source, to=to, month=month)
            except (OutOfRange, UnknownName):
                continue
        return Neighbours.of_pairs((names[a], names[b]) for a, b in self.pairs if a in names and b in names)


def touching(outlines: Shapes, tolerance: float, *, shared: float | None = None) -> Neighbours:
    """Areas whose borders run together.

    Outlines drawn apart leave slivers between true neighbours, so borders may lie `tolerance` apart; and areas
    that only meet near a corner are no neighbours, so the border must run along the other area for `shared` degrees.

    Args:
        outlines: ids and polygons, WGS 84.
        tolerance: how far apart two borders may lie and still be one, degrees.
        shared: the least length of common border, degrees; five tolerances where none is given.

    Raises:
        OutOfRange: the tolerance is negative.
    """
    if tolerance < 0:
        raise OutOfRange(f"a tolerance of {tolerance} degrees is negative", hint="0.05 suits simplified outlines")
    least = 5 * tolerance if shared is None else shared
    shapes = list(outlines.geometries)
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes, predicate="dwithin", distance=tolerance)
    pairs = [(int(a), int(b)) for a, b in zip(left, right, strict=True) if a < b]
    together = [(a, b) for a, b in pairs if _common_border(shapes[a], shapes[b], tolerance) > least]
    return Neighbours.of_pairs((outlines.ids[a], outlines.ids[b]) for a, b in together)


def _common_border(a: Any, b: Any, tolerance: float) -> float:  # noqa: ANN401  # shapely ships no types
    """Length of the border of `a` that runs within `tolerance` of `b`, degrees."""
    return float(shapely.length(shapely.intersection(shapely.boundary(a), shapely.buffer(b, tolerance))))
