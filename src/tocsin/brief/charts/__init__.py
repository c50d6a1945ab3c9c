"""Pictures as SVG, the same in web page and PDF: numbers in, text out; no reading."""

from tocsin.brief.charts.bars import Interval, bars
from tocsin.brief.charts.classes import DEATHS, PROBABILITY, Classes, ValueClass, death_classes
from tocsin.brief.charts.curve import Curve, curve_chart
from tocsin.brief.charts.fan import Ahead, Band, Past, fan
from tocsin.brief.charts.map import MapArea, country_map, world_map
from tocsin.brief.charts.map_months import MapPeriod, map_months
from tocsin.brief.charts.matrix import HOLDERS, OVERLAP, MatrixCell, MatrixState, matrix_chart
from tocsin.brief.charts.month_bands import MonthReach, curve_months
from tocsin.brief.charts.option_bars import BarCell, BarCriterion, BarOption, bars_told, option_bars
from tocsin.brief.charts.ranges import IndicatorRange, range_chart
from tocsin.brief.charts.ratios import RatioRow, ratio_chart
from tocsin.brief.charts.reliability import reliability
from tocsin.brief.charts.settlement import SettlesIn, Stands, Strip, settlement_strip, strip_told
from tocsin.brief.charts.sites import SiteMark, SiteState
from tocsin.brief.charts.svg import Frame
from tocsin.brief.charts.tiles import tiles
from tocsin.brief.charts.track import RankLine, track
from tocsin.brief.charts.value_curve import value_curve

__all__ = [
    "DEATHS",
    "HOLDERS",
    "OVERLAP",
    "PROBABILITY",
    "Ahead",
    "Band",
    "BarCell",
    "BarCriterion",
    "BarOption",
    "Classes",
    "Curve",
    "Frame",
    "IndicatorRange",
    "Interval",
    "MapArea",
    "MapPeriod",
    "MatrixCell",
    "MatrixState",
    "MonthReach",
    "Past",
    "RankLine",
    "RatioRow",
    "SettlesIn",
    "SiteMark",
    "SiteState",
    "Stands",
    "Strip",
    "ValueClass",
    "bars",
    "bars_told",
    "country_map",
    "curve_chart",
    "curve_months",
    "death_classes",
    "fan",
    "map_months",
    "matrix_chart",
    "option_bars",
    "range_chart",
    "ratio_chart",
    "reliability",
    "settlement_strip",
    "strip_told",
    "tiles",
    "track",
    "value_curve",
    "world_map",
]
