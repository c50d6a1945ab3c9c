"""Pictures as SVG, the same in web page and PDF: numbers in, text out; no reading."""

from tocsin.brief.charts.classes import DEATHS, PROBABILITY, Classes, ValueClass, death_classes
from tocsin.brief.charts.fan import Ahead, Band, Past, fan
from tocsin.brief.charts.svg import Frame

__all__ = [
    "DEATHS",
    "PROBABILITY",
    "Ahead",
    "Band",
    "Classes",
    "Frame",
    "Past",
    "ValueClass",
    "death_classes",
    "fan",
]
