"""The words all rooms share; no reading, no writing."""

from tocsin.vocabulary.area import UNKNOWN_PROVINCE, Area, AreaIds, Level, province_name
from tocsin.vocabulary.grade import Credibility, Reliability
from tocsin.vocabulary.likelihood import Likelihood, percent
from tocsin.vocabulary.month import MAX_HORIZON, Month, checked_horizons, last_day, parse_horizons
from tocsin.vocabulary.unit import EARTH_KM, THRESHOLDS, WINDOWS, Unit, deaths
from tocsin.vocabulary.violence import Target, Violence

__all__ = [
    "EARTH_KM",
    "MAX_HORIZON",
    "THRESHOLDS",
    "UNKNOWN_PROVINCE",
    "WINDOWS",
    "Area",
    "AreaIds",
    "Credibility",
    "Level",
    "Likelihood",
    "Month",
    "Reliability",
    "Target",
    "Unit",
    "Violence",
    "checked_horizons",
    "deaths",
    "last_day",
    "parse_horizons",
    "percent",
    "province_name",
]
