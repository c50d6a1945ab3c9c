"""What ships with Tocsin and a case can be held against."""

from __future__ import annotations

from importlib.metadata import entry_points
from math import cos, radians
from typing import TYPE_CHECKING

from shapely.geometry import Point

from tocsin.case import Known, read_case
from tocsin.record.kinds import kinds
from tocsin.sources.effect_evidence import evidence_cards
from tocsin.sources.province_names import province
from tocsin.sources.starter import starter_outlines, starter_table
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.sources.outlines import Outlines

KM_A_DEGREE = 111.0


def open_case(path: str | Path) -> Case:
    """Read a case as commands do: held against all that ships, so that a site outside its country is a fault.

    Raises:
        CaseProblem: the case has faults; the message lists every one.
        UnknownName: there is no such case.
    """
    return read_case(path, known=known_beyond())


def known_beyond() -> Known:
    """Outlines, codes of countries, sections of the brief, cards, kinds of claim: for `read_case` and `case_of`.

    Example:
        >>> from tocsin.case import read_case
        >>> read_case("iraq", known=known_beyond()).settings.title
        'Iraq and the missions that assist it'
    """
    outlines = starter_outlines(Level.COUNTRY)
    return Known(
        inside=lambda country, lat, lon, margin_km: _inside(outlines, country, lat, lon, margin_km),
        countries=frozenset(starter_table("countries")["iso3"].drop_nulls()),
        sections=entry_points(group="tocsin.sections").names,
        in_province=lambda country, name, lat, lon, margin_km: _inside(
            starter_outlines(Level.ADMIN1), f"{country}/{province(country, name)}", lat, lon, margin_km
        ),
        cards=frozenset(card.id for card in evidence_cards()),
        claims=frozenset(kinds()),
    )


def _inside(outlines: Outlines, area: str, lat: float, lon: float, margin_km: float) -> bool | None:
    """Whether a place lies within a margin of a country or province; None where it has no outline.

    The margin is in degrees of longitude at the place, so that it is never too narrow.
    """
    if area not in outlines.ids:
        return None
    degrees = margin_km / (KM_A_DEGREE * max(cos(radians(lat)), 0.01))
    return bool(outlines.of(area).distance(Point(lon, lat)) <= degrees)
