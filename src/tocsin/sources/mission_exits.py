"""Missions that left: when, from where, and how deaths went on. Whom the list holds is set by hand; figures are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import TableProblem
from tocsin.sources.exit_measure import MEASURES, before_and_after

if TYPE_CHECKING:
    from collections.abc import Mapping

GEOPKO_BEGINS = "Geo-PKO begins in 1994, after the mission did"
MAPS_BEGIN = "Geo-PKO's first map of the mission is later than its start"
MAPS_END = "Geo-PKO's last map of the mission is earlier than its end"
DRAWDOWN = "Geo-PKO still shows places of the drawdown in the year after the mission's end"
BY_HAND = "no mission of the United Nations, so not in Geo-PKO"
NOT_JOINED = "the class gives no figures: UCDP names the country otherwise, and its rows were not joined"


@dataclass(frozen=True, slots=True)
class Ended:
    """A mission that left a country.

    Attributes:
        mission: the name the class gives it.
        country: the country's name in the class.
        gwcode: the country's number at UCDP.
        kind: UN, or MIL for other military missions.
        geopko: mission and country as Geo-PKO names them; None where Geo-PKO has it not.
        exit_year: set only where the rule (last year in Geo-PKO) does not hold.
        start_year: set only where the rule (first year in Geo-PKO) does not hold.
        why: why a year is set by hand.
        figures: whether the class has figures for it.
    """

    mission: str
    country: str
    gwcode: int
    kind: str = "UN"
    geopko: tuple[str, str] | None = None
    exit_year: int | None = None
    start_year: int | None = None
    why: str | None = None
    figures: bool = True


def _un(
    mission: str, country: str, gwcode: int, *, named: str | None = None, at: str | None = None,
    end: int | None = None, start: int | None = None, why: str | None = None, figures: bool = True,
) -> Ended:  # fmt: skip
    return Ended(mission, country, gwcode, "UN", (named or mission, at or country), end, start, why, figures)


def _mil(mission: str, country: str, gwcode: int, start: int, end: int) -> Ended:
    return Ended(mission, country, gwcode, "MIL", None, end, start, BY_HAND)


CAR, BOSNIA = "Central African Republic", "Bosnia-Herzegovina"

ENDED = (
    _un("MINUGUA", "Guatemala", 90),
    _un("MINURCA", CAR, 482),
    _un("MINURCAT-CAR", CAR, 482, named="MINURCAT"),
    _un("MINURCAT-Chad", "Chad", 483, named="MINURCAT"),
    _un("MINUSTAH/JUSTH", "Haiti", 41, named="MINUJUSTH", start=2004, why="counted from MINUSTAH, which it followed"),
    _un("MIPONUH", "Haiti", 41, start=1997, why=MAPS_BEGIN),
    _un("MONUA", "Angola", 540),
    _un("ONUB", "Burundi", 516),
    _un("ONUMOZ", "Mozambique", 541, start=1992, why=GEOPKO_BEGINS),
    _un("UNAMID", "Sudan", 625),
    _un("UNAMIR", "Rwanda", 517, start=1993, why=GEOPKO_BEGINS),
    _un("UNAMSIL", "Sierra Leone", 451),
    _un("UNMEE", "Eritrea", 531, start=2000, why=MAPS_BEGIN),
    _un("UNMEE", "Ethiopia", 530, start=2000, why=MAPS_BEGIN),
    _un("UNMIBH", BOSNIA, 346, at="Bosnia and Herzegovina", end=2002, start=1995, why=f"{MAPS_END}; {MAPS_BEGIN}"),
    _un("UNMIL", "Liberia", 450),
    _un("UNMIT", "East Timor", 860, at="Timor-Leste", end=2012, why=DRAWDOWN),
    _un("UNOCI", "Ivory Coast", 437),
    _un("UNOMIG", "Georgia", 372, start=1993, why=GEOPKO_BEGINS),
    _un("UNOMIL", "Liberia", 450, start=1993, why=GEOPKO_BEGINS),
    _un("UNOSOM II", "Somalia", 520, end=1995, start=1993, why=f"{MAPS_END}; {GEOPKO_BEGINS}"),
    _un("UNMOT", "Tajikistan", 702, start=1994, why=MAPS_BEGIN),
    _un("UNPREDEP", "Macedonia, FYR", 343, at="North Macedonia", figures=False, why=NOT_JOINED),
    _un("UNTAES", "Croatia", 344, end=1998, why=MAPS_END),
    _un("MINUSMA", "Mali", 432, end=2023, start=2013, why=f"{DRAWDOWN}; {MAPS_BEGIN}"),
    _un("UNSMIS", "Syria", 652),
    _mil("ISAF->RSM", "Afghanistan", 700, 2001, 2014),
    _mil("RSM/US exit", "Afghanistan", 700, 2015, 2021),
    _mil("NTM-I & US exit", "Iraq", 645, 2003, 2011),
    _mil("Barkhane", "Mali", 432, 2014, 2022),
    _mil("EUFOR Tchad/RCA", "Chad", 483, 2008, 2009),
    _mil("Sangaris", CAR, 482, 2013, 2016),
    _mil("French/EUTM Niger", "Niger", 436, 2013, 2023),
    _mil("SFOR->EUFOR", BOSNIA, 346, 1996, 2004),
)
"""The missions of the class. A year is set by hand only where the rule departs from the record, with the reason."""

COLUMNS = (
    "mission", "type", "country", "exit_year", "measure", "pre2", "post1", "post_mean3", "post_max3", "n_post",
    "log_ratio3",
)  # fmt: skip


def exits_table(geopko: pl.DataFrame, country_year: pl.DataFrame) -> pl.DataFrame:
    """The class of exits: for each, deaths of the two years up to it and the three years after, by two measures.

    A mission's exit is the last year in which Geo-PKO shows a place of it, unless set by hand.

    Source: Davies et al. (2025) Organized violence 1989-2024, J. Peace Research; Cil et al. (2020) Mapping blue
    helmets, J. Peace Research 57(2).

    Args:
        geopko: mission, country, year; one row a base.
        country_year: as `before_and_after` takes it.

    Returns:
        One row an exit and measure: `COLUMNS`, then gwcode, start_year and why (what was set by hand). Figures are
        null for the mission the class does not join; `n_post` is then 0.

    Raises:
        TableProblem: Geo-PKO does not hold a mission of the class.
    """
    spans = {
        (mission, country): (first, last)
        for mission, country, first, last in geopko.group_by("mission", "country")
        .agg(first=pl.col("year").min(), last=pl.col("year").max())
        .iter_rows()
    }
    rows = [_row(ended, spans, place) for place, ended in enumerate(ENDED)]
    exits = pl.DataFrame(rows, infer_schema_length=None).join(
        pl.DataFrame({"measure": list(MEASURES)}), how="cross"
    )  # fmt: skip
    figures = before_and_after(country_year).with_columns(pl.col("gwcode", "year").cast(pl.Int64))
    joined = exits.join(
        figures, left_on=["gwcode", "exit_year", "measure"], right_on=["gwcode", "year", "measure"], how="left"
    )
    numbers = ["pre2", "post1", "post_mean3", "post_max3", "log_ratio3"]
    return (
        joined.with_columns(
            *(pl.when("figures").then(name).alias(name) for name in numbers),
            pl.when("figures").then(pl.col("n_post").fill_null(0)).otherwise(0).alias("n_post"),
        )
        .sort("place", "measure", descending=[False, True])
        .select(*COLUMNS, "gwcode", "start_year", "why")
    )


def _row(ended: Ended, spans: Mapping[tuple[str, str], tuple[int, int]], place: int) -> dict[str, object]:
    first, last = ended.start_year, ended.exit_year
    if ended.geopko is not None and (first is None or last is None):
        if ended.geopko not in spans:
            raise TableProblem(
                f"Geo-PKO holds no row of {ended.geopko[0]} in {ended.geopko[1]}",
                hint="the table of exits is made from version 2.3, whole",
            )
        shown = spans[ended.geopko]
        first, last = first or shown[0], last or shown[1]
    return {
        "place": place, "mission": ended.mission, "type": ended.kind, "country": ended.country, "exit_year": last,
        "gwcode": ended.gwcode, "start_year": first, "why": ended.why, "figures": ended.figures,
    }  # fmt: skip
