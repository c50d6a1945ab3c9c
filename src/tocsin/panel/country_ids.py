"""Countries by Gleditsch-Ward number, ISO3 and VIEWS id, with the months for which each id holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tocsin.errors import OutOfRange, UnknownName, Where, missing_columns
from tocsin.vocabulary import AreaIds, Level, Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import polars as pl

COLUMNS = ("views_id", "gwcode", "iso3", "name", "first_month_id", "last_month_id")
NOW_CALLED = {"SUN": "RUS", "YUG": "SRB", "SCG": "SRB"}
"""ISO3 codes of states that ended, and the code under which event data carry their later number on: read under both."""

SCHEMES = (AreaIds.GW, AreaIds.ISO3, AreaIds.VIEWS)


@dataclass(frozen=True, slots=True)
class Country:
    """One country for as long as its ids stay the same.

    Attributes:
        views: VIEWS country id. Several share one Gleditsch-Ward number over time: 59 and 245 are Sudan with
            and without the South, 191 and 57 Ethiopia with and without Eritrea.
        gw: Gleditsch-Ward number.
        iso3: ISO 3166-1 alpha-3 code.
        first: first month these ids hold; None where that lies before all data.
        last: last month these ids hold; None where they still do.
    """

    views: str
    gw: str
    iso3: str | None
    name: str
    first: Month | None = None
    last: Month | None = None

    def id(self, ids: AreaIds) -> str | None:
        """The country's id in a scheme; None where it has none."""
        return {AreaIds.VIEWS: self.views, AreaIds.GW: self.gw, AreaIds.ISO3: self.iso3}[ids]

    def holds(self, month: Month) -> bool:
        """Whether these ids hold in a month."""
        return (self.first is None or self.first <= month) and (self.last is None or month <= self.last)


@dataclass(frozen=True, slots=True)
class Span:
    """How long an id holds over all its countries, and the name it bore last."""

    name: str
    first: Month | None
    last: Month | None


@dataclass(frozen=True)
class CountryIds:
    """Conversion among the three schemes, always for a month.

    Sources: Gleditsch & Ward (1999) doi:10.1080/03050629908434958 for states and dates; VIEWS' own country table.

    Example:
        >>> from tocsin.vocabulary import AreaIds, Month
        >>> south = Month.parse("2011-07")
        >>> ids = CountryIds((
        ...     Country("59", "625", "SDN", "Sudan (with the South)", last=south - 1),
        ...     Country("245", "625", "SDN", "Sudan", first=south),
        ... ))
        >>> [ids.convert("SDN", source=AreaIds.ISO3, to=AreaIds.VIEWS, month=m) for m in (south - 1, south)]
        ['59', '245']
    """

    countries: tuple[Country, ...]

    @classmethod
    def of_table(cls, table: pl.DataFrame) -> CountryIds:
        """Read a table of countries, one row a VIEWS id; months are month ids, null where open.

        Raises:
            TableProblem: a column is missing.
        """
        if not set(COLUMNS) <= set(table.columns):
            raise missing_columns(COLUMNS, table.columns, where=Where("countries"))
        rows = table.select(COLUMNS).iter_rows(named=True)
        return cls(tuple(sorted((_country(row) for row in rows), key=lambda c: int(c.views))))

    @cached_property
    def _by_id(self) -> dict[AreaIds, dict[str, list[Country]]]:
        found: dict[AreaIds, dict[str, list[Country]]] = {ids: {} for ids in SCHEMES}
        for country in sorted(self.countries, key=lambda c: c.first or Month(0), reverse=True):
            for ids in SCHEMES:
                for name in _called(country, ids):
                    found[ids].setdefault(name, []).append(country)
        return found

    def every(self, ids: AreaIds, *, month: Month | None = None) -> tuple[str, ...]:
        """All ids of a scheme, or those that hold in a month; a state that ended goes by its later ISO3 code."""
        held = (c for c in self.countries if month is None or c.holds(month))
        return tuple(dict.fromkeys(_called(c, ids)[-1] for c in held if c.id(ids) is not None))

    def country(self, area: str, *, ids: AreaIds, month: Month) -> Country:
        """The country an id names in a month; where two claim it, the one whose ids hold since later.

        Raises:
            UnknownName: the scheme has no such id.
            OutOfRange: the id does not hold in that month.
        """
        spells = self._spells(area, ids)
        for spell in spells:
            if spell.holds(month):
                return spell
        spans = "; ".join(f"{c.name} {c.first or 'from the start'} to {c.last or 'today'}" for c in spells)
        raise OutOfRange(f"{ids.value} id {area} names no country in {month}", hint=f"it holds for: {spans}")

    def convert(self, area: str, *, source: AreaIds, to: AreaIds, month: Month) -> str:
        """An id in another scheme, for a month.

        Raises:
            UnknownName: the source scheme has no such id, or the country has none in the other.
            OutOfRange: the id does not hold in that month.
        """
        country = self.country(area, ids=source, month=month)
        if (name := country.id(to)) is None:
            raise UnknownName(f"{country.name} has no {to.value} id", hint=f"its VIEWS id is {country.views}")
        return name

    def span(self, area: str, *, ids: AreaIds) -> Span:
        """The months an id holds over all its countries, and its latest name.

        Raises:
            UnknownName: the scheme has no such id.
        """
        spells = self._spells(area, ids)
        firsts, lasts = [c.first for c in spells], [c.last for c in spells]
        first = None if None in firsts else min(m for m in firsts if m is not None)
        last = None if None in lasts else max(m for m in lasts if m is not None)
        return Span(spells[0].name, first, last)

    def pairs(self, *, source: AreaIds, to: AreaIds, months: Iterable[int]) -> Iterator[tuple[str, int, str]]:
        """Every (source id, month id, id in the other scheme) that holds in the months given."""
        for month_id in sorted(set(months)):
            held: dict[str, str] = {}
            for area, spells in self._by_id[source].items():
                now = next((c for c in spells if c.holds(Month(month_id))), None)
                if now is not None and (name := now.id(to)) is not None:
                    held[area] = name
            yield from ((area, month_id, name) for area, name in held.items())

    def _spells(self, area: str, ids: AreaIds) -> list[Country]:
        if ids.level is not Level.COUNTRY:
            raise UnknownName.of("scheme of country ids", ids.value, [s.value for s in SCHEMES])
        if area not in self._by_id[ids]:
            raise UnknownName.of(f"country ({ids.value} id)", area, self._by_id[ids])
        return self._by_id[ids][area]


def _called(country: Country, ids: AreaIds) -> tuple[str, ...]:
    """The ids a country is found under: its own, and for a state that ended its later code."""
    name = country.id(ids)
    if name is None:
        return ()
    return (name, NOW_CALLED[name]) if ids is AreaIds.ISO3 and name in NOW_CALLED else (name,)


def _country(row: dict[str, object]) -> Country:
    first, last = row["first_month_id"], row["last_month_id"]
    return Country(
        views=str(row["views_id"]),
        gw=str(row["gwcode"]),
        iso3=None if row["iso3"] is None else str(row["iso3"]),
        name=str(row["name"]),
        first=Month(first) if isinstance(first, int) else None,
        last=Month(last) if isinstance(last, int) else None,
    )
