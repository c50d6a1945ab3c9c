"""Which provinces touch: by hand where outlines are wrong, from outlines elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import shapely

from tocsin.sources.build.outlines import ADMIN1, province_shapes
from tocsin.sources.build.part import Part

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

IRAQ = {
    "Anbar": "Babil Baghdad Karbala Najaf Ninewa Salah-al-Din",
    "Babil": "Anbar Baghdad Karbala Najaf Qadisiyah Wasit",
    "Baghdad": "Anbar Babil Diyala Salah-al-Din Wasit",
    "Basra": "Dhi-Qar Maysan Muthanna",
    "Dahuk": "Erbil Ninewa",
    "Dhi Qar": "Basra Maysan Muthanna Qadisiyah Wasit",
    "Diyala": "Baghdad Salah-al-Din Sulaymaniyah Wasit",
    "Erbil": "Dahuk Kirkuk Ninewa Salah-al-Din Sulaymaniyah",
    "Karbala": "Anbar Babil Najaf",
    "Kirkuk": "Erbil Salah-al-Din Sulaymaniyah",
    "Maysan": "Basra Dhi-Qar Wasit",
    "Muthanna": "Basra Dhi-Qar Najaf Qadisiyah",
    "Najaf": "Anbar Babil Karbala Muthanna Qadisiyah",
    "Ninewa": "Anbar Dahuk Erbil Salah-al-Din",
    "Qadisiyah": "Babil Dhi-Qar Muthanna Najaf Wasit",
    "Salah al-Din": "Anbar Baghdad Diyala Erbil Kirkuk Ninewa Sulaymaniyah",
    "Sulaymaniyah": "Diyala Erbil Kirkuk Salah-al-Din",
    "Wasit": "Babil Baghdad Dhi-Qar Diyala Maysan Qadisiyah",
}
"""Iraq's provinces, each with those it touches.

The published outlines draw Baghdad too small: they miss its borders with Salah al-Din and Wasit, and let Diyala
touch Anbar and Babil.
"""

ACROSS = (
    ("IRQ/Ninewa", "SYR/Hasakah"),
    ("IRQ/Ninewa", "SYR/Deir ez-Zor"),
    ("IRQ/Anbar", "SYR/Deir ez-Zor"),
    ("IRQ/Anbar", "SYR/Homs"),
    ("IRQ/Dahuk", "SYR/Hasakah"),  # along the Tigris at Faysh Khabur
)
"""Pairs across the border of Iraq and Syria."""

NEAR_DEGREES = 0.02
SHARED_DEGREES = 0.1
"""Outlines are neighbours where they run within the first of one another for more than the second."""

BY_HAND, FROM_OUTLINES = "by hand", "outlines"


def province_neighbours(folder: Path) -> pl.DataFrame:
    """Pairs of province ids that touch, each pair once, with how it was found."""
    outlines = province_shapes(folder / ADMIN1)
    elsewhere = {area: outline for area, outline in outlines.items() if not area.startswith("IRQ/")}
    hand = {(f"IRQ/{a}", f"IRQ/{b.replace('-', ' ', 1)}") for a, near in IRAQ.items() for b in near.split()}
    pairs = {_ordered(pair): BY_HAND for pair in (*hand, *ACROSS)}
    pairs |= dict.fromkeys(_together(elsewhere), FROM_OUTLINES)
    rows = [(a, b, found) for (a, b), found in sorted(pairs.items())]
    return pl.DataFrame(rows, schema={"area": pl.String, "neighbour": pl.String, "found": pl.String}, orient="row")


def _ordered(pair: tuple[str, str]) -> tuple[str, str]:
    return min(pair), max(pair)


def _together(outlines: Mapping[str, Any]) -> list[tuple[str, str]]:
    names, shapes = list(outlines), list(outlines.values())
    left, right = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=NEAR_DEGREES)
    pairs = [(int(a), int(b)) for a, b in zip(left, right, strict=True) if a < b]
    return [(names[a], names[b]) for a, b in pairs if _common(shapes[a], shapes[b]) > SHARED_DEGREES]


def _common(a: Any, b: Any) -> float:  # noqa: ANN401  # shapely ships no types
    """Length of the border of one outline that runs near another, degrees."""
    return float(shapely.length(shapely.intersection(shapely.boundary(a), shapely.buffer(b, NEAR_DEGREES))))


PARTS = (Part("province_neighbours", (ADMIN1,), province_neighbours),)
