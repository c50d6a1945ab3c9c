"""GDELT 2.0 event exports: what is counted of them, and the card of the source.

Every fifteen minutes the publisher gives one zip of tab-separated rows without a header, one row an event that its
machine found in the news of these minutes. Tocsin counts them into areas and months and keeps no row, name or address.
"""

from __future__ import annotations

from datetime import date

from tocsin.sources.reading import Card

CARD = Card(
    source="GDELT 2.0 Event Database, English exports",
    publisher="The GDELT Project",
    licence="free use with attribution to the GDELT Project",
    citation=(
        "The GDELT Project, https://www.gdeltproject.org; Leetaru & Schrodt (2013) GDELT: Global Data on Events, "
        "Location and Tone, 1979-2012, ISA Annual Convention"
    ),
    lag="fifteen minutes; a month is whole on the first day of the next",
    faults=(
        "coded by a machine from news: an event is what a sentence seemed to say, true or not, new or retold",
        "the same event is often a row for each article and each pair of actors",
        "coverage grew and changed over the years: counts are compared only as shares of all events of the area",
        "places are guessed from names in the text: many events have a country and no province, some neither",
        "phrases such as 'last year' give events dated exactly a week, a month or a year before",
    ),
    url="https://www.gdeltproject.org/data.html",
)

BEGINS = date(2015, 2, 18)
"""The day of the first export of GDELT 2.0."""

EXPORTS_A_DAY = 96

NEWS_DAYS = 6
"""An event dated earlier than so many days before its publication is no news and is counted apart, as `older_events`.

A phrase such as "last week" gives a date exactly seven days before: seven would let these in.
"""

EVERY = "all"
KINDS = {
    13: "threat", 14: "protest", 15: "force_posture", 17: "coercion", 18: "assault", 19: "fight", 20: "mass_violence",
}  # fmt: skip
"""The kinds counted, by CAMEO root code (CAMEO 1.1b3, chapter 2)."""

UNKNOWN_COUNTRY = "country unknown"
"""The area of events that GDELT gave no place, or a code that stands for no country (high seas)."""
