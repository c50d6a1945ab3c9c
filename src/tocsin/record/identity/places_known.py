"""The places that are known, from the gazetteer, the starter set's towns and outlines of provinces."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from shapely import STRtree
from shapely.geometry import Point

from tocsin.record.claim import EntityType
from tocsin.record.identity.places import Place, Places, in_order, place_key
from tocsin.sources.starter import starter_outlines, starter_table
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from tocsin.record.extract.knowledge import Entry, Knowledge

PRECISION_KM = {"town": 10.0, "capital": 20.0, "base": 5.0, "air base": 10.0}
"""How far what is at a place may lie from its point; 10 km for what is not named here."""
_PLACES = frozenset({EntityType.PLACE, EntityType.SITE, EntityType.STATE})


def places_of(knowledge: Knowledge) -> Places:
    """All places that a gazetteer knows, with the province each lies in and its point, as far as these are known.

    Points are those of the published tables, to 0.1 degree; they are used to tell two places apart, and are not shown.
    """
    entries = [entry for entry in knowledge.entries if entry.type in _PLACES and entry.kind != "demonym"]
    return Places(in_order(_place(entry) for entry in entries))


def _place(entry: Entry) -> Place:
    point = _points().get((entry.country or "", place_key(entry.name))) if entry.type is not EntityType.STATE else None
    province = f"{entry.country}/{entry.province}" if entry.province and entry.country else None
    if province is None and point is not None and entry.kind != "province":
        province = _province_at(*point)
    lat, lon = point if point is not None and entry.kind != "province" else (None, None)
    return Place(
        place_id=entry.id, names=entry.names, kind=entry.kind, country=entry.country, province=province, lat=lat, lon=lon,
        precision_km=PRECISION_KM.get(entry.kind, 10.0),
    )  # fmt: skip


@cache
def _points() -> dict[tuple[str, str], tuple[float, float]]:
    """Points by country and name: sites of the gazetteer, then towns of the starter set, the largest of a name."""
    towns = starter_table("places").sort("population").select("country", "name", "lat", "lon").iter_rows()
    found = {(country, place_key(name)): (round(lat, 1), round(lon, 1)) for country, name, lat, lon in towns}
    text = (files("tocsin.record.extract.gazetteer") / "sites.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        if row["lat"] and row["lon"]:
            found[row["country"], place_key(row["name"])] = float(row["lat"]), float(row["lon"])
    return found


@cache
def _provinces() -> tuple[STRtree, tuple[str, ...]]:
    outlines = starter_outlines(Level.ADMIN1)
    names = tuple(sorted(outlines.ids))
    return STRtree([outlines.of(name) for name in names]), names


def _province_at(lat: float, lon: float) -> str | None:
    """The province whose outline holds a point; None where none does."""
    tree, names = _provinces()
    found = tree.query(Point(lon, lat), predicate="within")
    return names[int(found[0])] if len(found) else None
