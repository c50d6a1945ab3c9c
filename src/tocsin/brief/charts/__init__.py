"""Pictures as SVG, the same in web page and PDF: numbers in, text out; no reading."""

from tocsin.brief.charts.bars import Interval, bars
from tocsin.brief.charts.classes import DEATHS, PROBABILITY, Classes, ValueClass, death_classes
from tocsin.brief.charts.fan import Ahead, Band, Past, fan
from tocsin.brief.charts.map import MapArea, country_map, world_map
from tocsin.brief.charts.reliability import reliability
from tocsin.brief.charts.svg import Frame
from tocsin.brief.charts.tiles import tiles
from tocsin.brief.charts.track import RankLine, track

__all__ = [
    "DEATHS",
    "PROBABILITY",
    "Ahead",
    "Band",
    "Classes",
    "Frame",
    "Interval",
    "MapArea",
    "Past",
    "RankLine",
    "ValueClass",
    "bars",
    "country_map",
    "death_classes",
    "fan",
    "reliability",
    "tiles",
    "track",
    "world_map",
]
