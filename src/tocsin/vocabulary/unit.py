"""Units, and the numbers the house agrees on."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """The units of the numbers Tocsin prints."""

    DEATHS_A_MONTH = "deaths a month"
    PROBABILITY = "probability"
    MONTHS = "months"
    ALERTS_A_MONTH = "alerts a month"
    FALSE_ALARMS_A_YEAR = "false alarms a year"
    SCORE = "score"


EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG), km."""

THRESHOLDS = (25, 100, 300, 1000)
"""Deaths a month whose crossing is warned of, unless a case sets its own."""

WINDOWS = (1, 3, 6, 12)
"""Months ahead within which a crossing is looked for."""


def deaths(n: float) -> str:
    """A count of deaths as a reader expects it: whole, with thousands parted.

    Example:
        >>> deaths(3164), deaths(0.4)
        ('3,164', '0')
    """
    return f"{round(n):,}"
