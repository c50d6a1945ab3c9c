"""The slow drivers of fragility that a structural profile shows, each with its unit and the end thought to be the fragile one.

The fragile end is written down before anything is counted, from the literature on the onset of civil war (Hegre & Sambanis
2006, doi:10.1177/0022002706289303; Dixon 2009, doi:10.1080/13698240903157545): a driver that turns out the other way
round shows an AUC below one half.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

End = Literal["low", "high"]
CIRCULAR = "partly a measure of violence itself"


@dataclass(frozen=True, slots=True)
class SlowDriver:
    """One yearly figure of a country.

    Attributes:
        key: its name for programs.
        name: as a reader knows it.
        column: in the table of drivers.
        unit: of its values.
        group: under which it is shown.
        fragile: the end of its range thought to be the fragile one.
        ratio: whether a change is told in percent, and drawn on a log scale.
        caution: what must be known beside it.
    """

    key: str
    name: str
    column: str
    unit: str
    group: str
    fragile: End
    ratio: bool = False
    caution: str = ""


ECONOMY, PEOPLE, STATE = "economy", "people", "state"

DRIVERS = (
    SlowDriver(
        "income",
        "Income a head",
        "gm_gdppercapita_us_inflation_adjusted",
        "US dollars, constant prices",
        ECONOMY,
        "low",
        ratio=True,
    ),
    SlowDriver("inflation", "Inflation", "gm_inflation_annual_percent", "percent a year", ECONOMY, "high"),
    SlowDriver(
        "poverty",
        "Extreme poverty",
        "gm_extreme_poverty_percent_people_below_300_a_day",
        "percent of people below 3 dollars a day",
        ECONOMY,
        "high",
    ),
    SlowDriver("inequality", "Inequality", "gm_inequality_index_gini", "Gini index, 0 to 100", ECONOMY, "high"),
    SlowDriver(
        "youth_unemployment",
        "Unemployment of the young",
        "gm_aged_15_24_unemployment_rate_percent",
        "percent of those 15 to 24",
        ECONOMY,
        "high",
    ),
    SlowDriver("aid", "Aid received", "gm_aid_received_percent_of_gni", "percent of national income", ECONOMY, "high"),
    SlowDriver(
        "oil",
        "Oil production a head",
        "gm_oil_production_per_person",
        "tonnes",
        ECONOMY,
        "high",
        caution="known of 49 countries",
    ),
    SlowDriver(
        "electricity",
        "Electricity use a head",
        "gm_electricity_use_per_person",
        "kilowatt hours",
        ECONOMY,
        "low",
        ratio=True,
    ),
    SlowDriver(
        "child_deaths",
        "Deaths of children under five",
        "gm_under_five_mortality_from_cme_per_1000_born",
        "per 1000 born",
        PEOPLE,
        "high",
        ratio=True,
    ),
    SlowDriver("median_age", "Median age", "gm_median_age_years", "years", PEOPLE, "low"),
    SlowDriver("growth", "Population growth", "gm_population_growth_annual_percent", "percent a year", PEOPLE, "high"),
    SlowDriver(
        "population",
        "Men in the population",
        "gm_male_population_with_projections",
        "persons",
        PEOPLE,
        "high",
        ratio=True,
    ),
    SlowDriver("urban", "Urban population", "gm_urban_population_percent_of_total", "percent", PEOPLE, "low"),
    SlowDriver(
        "schooling",
        "Schooling of men",
        "gm_mean_years_in_school_men_25_years_and_older",
        "years, men of 25 and older",
        PEOPLE,
        "low",
    ),
    SlowDriver(
        "water",
        "Renewable water a head",
        "gm_renewable_water_cu_meters_per_person",
        "cubic metres",
        PEOPLE,
        "low",
        ratio=True,
    ),
    SlowDriver(
        "murder",
        "Murders",
        "gm_murder_per_100000_people",
        "per 100,000 people",
        STATE,
        "high",
        ratio=True,
        caution=CIRCULAR,
    ),
    SlowDriver("stability", "Political stability", "wgi_pv", "WGI, about -2.5 to 2.5", STATE, "low", caution=CIRCULAR),
    SlowDriver("effectiveness", "Government effectiveness", "wgi_ge", "WGI, about -2.5 to 2.5", STATE, "low"),
    SlowDriver("law", "Rule of law", "wgi_rl", "WGI, about -2.5 to 2.5", STATE, "low"),
    SlowDriver("corruption", "Control of corruption", "wgi_cc", "WGI, about -2.5 to 2.5", STATE, "low"),
    SlowDriver("voice", "Voice and accountability", "wgi_va", "WGI, about -2.5 to 2.5", STATE, "low"),
    SlowDriver(
        "military", "Military expenditure", "gm_military_expenditure_percent_of_gdp", "percent of GDP", STATE, "high"
    ),
)
