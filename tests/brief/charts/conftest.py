"""One small picture of every kind, and ways to look into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

from tocsin.assess.early_warning import ValuePoint
from tocsin.brief.charts import (
    DEATHS,
    PROBABILITY,
    Ahead,
    Band,
    Frame,
    Interval,
    MapArea,
    Past,
    RankLine,
    bars,
    country_map,
    fan,
    reliability,
    tiles,
    track,
    value_curve,
    world_map,
)
from tocsin.brief.charts.small_multiples import Panel, small_multiples
from tocsin.scores import Bounds, ReliabilityRow
from tocsin.vocabulary import Month, deaths, percent

if TYPE_CHECKING:
    from collections.abc import Callable

JANUARY = Month.of(2014, 1)

PAST = Past(Month.of(2013, 6), (67, 30, None, 38, 0, 5, 23))
AHEAD = Ahead(
    Month.of(2013, 12), (1, 2, 3), (21.0, 24.0, 30.0),
    (Band(0.9, (0, 0, 1), (310, 402, 455)), Band(0.8, (2, 2, 3), (180, 204, 236)), Band(0.5, (8, 9, 9), (70, 77, 92))),
)  # fmt: skip
CAME = {JANUARY: 0.0, JANUARY + 1: 3164.0, JANUARY + 2: None}
AREAS = (
    MapArea("Ninewa", shapely.box(41, 35, 43.5, 37.3), 0.22, label="Ninewa", rank=2),
    MapArea("Anbar", shapely.box(39, 31, 43.5, 35), 0.83, label="Anbar", rank=1),
    MapArea("Dohuk", shapely.box(43.5, 35, 45, 37.3), None, label="Dohuk"),
    MapArea("Baghdad & environs", shapely.box(43.5, 32, 45, 35), 0.01),
)
ROWS = (
    ReliabilityRow(0.0, 0.1, 2269, 0.02, 0.018, 0.013, 0.026),
    ReliabilityRow(0.3, 0.4, 208, 0.35, 0.28, 0.29, 0.40),
    ReliabilityRow(0.9, 1.0, 7, 0.94, 1.0, 0.71, 1.0),
)
RANKS = (
    RankLine("Anbar", (9, 4, 1, 2), highlight=True),
    RankLine("Ninewa", (5, None, 17, 3), highlight=True),
    RankLine("Basra", (12, 11, 13, 10)),
)
SCORES = (
    Interval("quantile forest", 14.28, 12.3, 16.9, highlight=True),
    Interval("last month, Poisson", 20.12, 16.6, 25.0),
    Interval("a model never run & scored", None),
)
WORTH = (
    ValuePoint(0.002, Bounds(-0.6, -0.9, -0.1, 0.95, 170), None),
    ValuePoint(0.01, Bounds(0.62, 0.41, 0.74, 0.95, 170), Bounds(0.48, 0.2, 0.6, 0.95, 170)),
    ValuePoint(0.05, Bounds(0.21, 0.02, 0.4, 0.95, 170), Bounds(0.12, -0.1, 0.3, 0.95, 170)),
    ValuePoint(0.2, None, Bounds(0.0, 0.0, 0.0, 0.95, 170)),
    ValuePoint(0.9, Bounds(-0.04, -0.2, 0.0, 0.95, 170), None),
)
TABLE = (("Anbar", (27, 534, 146)), ("Ninewa", (23, 0, 1063)), ("Dohuk", (None, 0, None)))


def _maps(make: Callable[..., str]) -> Callable[[Frame], str]:
    return lambda frame: make(AREAS, PROBABILITY, frame=frame, show=percent)


PANELS = (
    Panel(
        "Income a head", "US dollars", ((1990, 900.0), (2000, 2500.0), (2012, 2100.0)),
        ((1990, 800.0, 3000.0, 9000.0), (2012, 1000.0, 4000.0, 12000.0)), newest="2,100 (2012)", log=True,
    ),
    Panel("Median age & more", "years", (), ((1990, 18.0, 22.0, 30.0), (2012, 20.0, 25.0, 33.0))),
    Panel("Oil production a head", "tonnes", ()),
)  # fmt: skip

KINDS: dict[str, Callable[[Frame], str]] = {
    "small_multiples": lambda frame: small_multiples(PANELS, first=1990, last=2012, frame=frame, place="Iraq"),
    "fan": lambda frame: fan(PAST, AHEAD, frame=frame, came=CAME, threshold=100),
    "country_map": _maps(country_map),
    "world_map": _maps(world_map),
    "reliability": lambda frame: reliability(ROWS, frame=frame),
    "track": lambda frame: track(
        RANKS, first=JANUARY, frame=frame, budget=5,
        marks=[(JANUARY, "Fallujah falls"), (JANUARY + 1, "a month later"), (JANUARY + 5, "Mosul falls")],
    ),
    "bars": lambda frame: bars(SCORES, frame=frame, unit="CRPS, deaths", reference=15.4, better="lower"),
    "tiles": lambda frame: tiles(TABLE, DEATHS, first=JANUARY - 1, frame=frame, show=deaths, origin=JANUARY - 1),
    "value_curve": lambda frame: value_curve(WORTH, frame=frame),
}  # fmt: skip


@pytest.fixture(params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def draw(kind: str) -> Callable[[Frame], str]:
    return KINDS[kind]
