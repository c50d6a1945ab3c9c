"""Which place is which, what lies in what, and how far apart two are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from tocsin.record.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EARTH_KM = 6371.0
_ARTICLES = frozenset({"al", "el", "ul", "ad", "ar", "as", "ash", "at", "az", "an", "the"})
_KINDS = frozenset({"province", "governorate", "city", "town", "district", "muhafazat"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a gazetteer has it.

    Attributes:
        place_id: as claims name it, without `known:`.
        names: the one shown first.
        kind: in a word: province, town, air base ...
        country: ISO3; None is unknown or none.
        province: id of the province it lies in (`IRQ/Anbar`), or its own; None is unknown.
        lat, lon: degrees; None is unknown.
        precision_km: how far it may lie from there.
    """

    place_id: str
    names: tuple[str, ...]
    kind: str
    country: str | None = None
    province: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision_km: float = 0.0

    @property
    def name(self) -> str:
        """The name shown."""
        return self.names[0]


@dataclass(frozen=True)
class Places:
    """Places by id and by name; of two that share a name, the earlier is meant.

    Attributes:
        known: in order of importance.

    Example:
        >>> anbar = Place("IRQ/Anbar", ("Anbar",), "province", "IRQ", "IRQ/Anbar")
        >>> ramadi = Place("ramadi", ("Ramadi",), "town", "IRQ", "IRQ/Anbar", 33.4, 43.3, 5)
        >>> places = Places((anbar, ramadi))
        >>> [places.called(name).name for name in ("Al-Anbar", "al Anbar Governorate", "known:IRQ/Anbar")]
        ['Anbar', 'Anbar', 'Anbar']
        >>> places.holds(anbar, ramadi), places.holds(ramadi, anbar)
        (True, False)
    """

    known: tuple[Place, ...]

    @cached_property
    def _by_id(self) -> dict[str, Place]:
        return {place.place_id: place for place in reversed(self.known)}

    @cached_property
    def _by_name(self) -> dict[str, Place]:
        return {place_key(name): place for place in reversed(self.known) for name in place.names}

    def called(self, *names: str) -> Place | None:
        """The place meant by the first of these ids and names that is known; None where none is."""
        for name in names:
            found = self._by_id.get(name.removeprefix("known:")) or self._by_name.get(place_key(name))
            if found is not None:
                return found
        return None

    def names(self) -> list[str]:
        """The names shown, for the hint of an error."""
        return [place.name for place in self.known]

    def holds(self, area: Place, other: Place) -> bool:
        """Whether a place is, or lies in, an area: a country holds its provinces, a province its towns and sites."""
        if area.place_id == other.place_id:
            return True
        if area.kind == "state":
            return other.country == area.place_id
        return area.kind == "province" and other.province == area.place_id

    def apart(self, left: Sequence[str], right: Sequence[str]) -> str | None:
        """How far two places are apart, in words; None where they are not surely apart.

        Args:
            left: ids and names of the one.
            right: ids and names of the other.
        """
        one, other = self.called(*left), self.called(*right)
        if one is None or other is None or self.holds(one, other) or self.holds(other, one):
            return None
        if None not in (one.lat, one.lon, other.lat, other.lon):
            km = kilometres(one, other)
            precise = one.precision_km + other.precision_km
            return f"about {km:,.0f} km apart, known to {precise:,.0f} km" if km > precise else None
        areas = {place.province or place.country for place in (one, other)}
        return "in different areas" if None not in areas and len(areas) == 2 and _comparable(one, other) else None


def _comparable(one: Place, other: Place) -> bool:
    """Whether both are known to the province, or they lie in two countries."""
    return one.country != other.country or (one.province is not None and other.province is not None)


def kilometres(one: Place, other: Place) -> float:
    """Great-circle distance (haversine)."""
    assert one.lat is not None
    assert one.lon is not None
    assert other.lat is not None
    assert other.lon is not None
    north, east = radians(other.lat - one.lat), radians(other.lon - one.lon)
    a = sin(north / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(a)))


def place_key(name: str) -> str:
    """A name of a place without articles, marks and the word for what it is.

    Example:
        >>> place_key("Al-Anbār Governorate"), place_key("al Anbar"), place_key("Salah ad-Din"), place_key("An")
        ('anbar', 'anbar', 'salah din', 'an')
    """
    folded = fold(name)
    bare = [word for word in folded if word not in _ARTICLES]
    told = [word for word in bare if word not in _KINDS] or bare or list(folded)
    return " ".join(told)


def in_order(places: Iterable[Place]) -> tuple[Place, ...]:
    """Provinces before towns, and towns before all else of one name."""
    rank = {"state": 0, "province": 1, "capital": 2, "town": 3}
    return tuple(sorted(places, key=lambda place: rank.get(place.kind, 4)))
