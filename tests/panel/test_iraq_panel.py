"""The Iraq file through the panel: its figures, its faults, and what was known when."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from tocsin.panel import (
    MultiMonth,
    Neighbours,
    Panel,
    Sight,
    actors_of_events,
    change_of_pattern,
    panel_of_events,
    touching,
    visibility,
)
from tocsin.sources.outlines import read_outlines
from tocsin.sources.starter import starter_table
from tocsin.sources.ucdp_ged import read_ged
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.data

FIRST, LAST = Month.of(1989, 1), Month.of(2018, 12)
JANUARY, JUNE = Month.of(2014, 1), Month.of(2014, 6)
FALL = [JANUARY + i for i in range(6)]
UNKNOWN = "IRQ/province unknown"


@pytest.fixture(scope="module")
def events(shared_data: Path) -> pl.DataFrame:
    return read_ged(shared_data / "events" / "ged_iraq_1989_2018.parquet").table


def provinces(events: pl.DataFrame, rule: MultiMonth) -> Panel:
    return panel_of_events(events, ids=AreaIds.ADMIN1, rule=rule, vintage="UCDP GED 19.1", since=FIRST, through=LAST)


@pytest.fixture(scope="module")
def split(events: pl.DataFrame) -> Panel:
    return provinces(events, MultiMonth.SPLIT)


@pytest.fixture(scope="module")
def final(events: pl.DataFrame) -> Panel:
    return provinces(events, MultiMonth.FINAL)


def test_eighteen_provinces_and_the_unknown_one(split: Panel, final: Panel) -> None:
    for panel in (split, final):
        areas = panel.areas["area"].to_list()
        assert len(areas) == 19
        assert {UNKNOWN, "IRQ/Ninewa", "IRQ/Anbar", "IRQ/Kirkuk", "IRQ/Salah al-Din"} <= set(areas)
        unknown = panel.table.filter(pl.col("area") == UNKNOWN)
        assert (unknown["events"].sum(), unknown["deaths_all"].sum(), unknown["unplaced"].sum()) == (
            413,
            33_804,
            33_804,
        )


def test_provinces_sum_to_the_country_month_by_month(events: pl.DataFrame, split: Panel) -> None:
    country = panel_of_events(events, ids=AreaIds.ISO3, rule=MultiMonth.SPLIT, vintage="v", since=FIRST, through=LAST)
    fine = split.history(target="deaths_all", origin=LAST, include_unknown=True)
    whole = country.history(target="deaths_all", origin=LAST)
    assert np.array_equal(fine.deaths.sum(axis=0), whole.deaths[0])
    assert whole.deaths.sum() == events["deaths_best"].sum()


ANBAR = [
    ("deaths_sb", MultiMonth.FINAL, (413, 161, 100, 109, 261, 291)),
    ("deaths_all", MultiMonth.FINAL, (413, 161, 121, 109, 261, 297)),
    ("deaths_sb", MultiMonth.SPLIT, (441, 175, 121, 130, 177, 291)),
    ("deaths_all", MultiMonth.SPLIT, (441, 175, 142, 130, 177, 297)),
]


@pytest.mark.parametrize(("target", "rule", "expected"), ANBAR)
def test_anbar_in_2014_by_target_and_rule(
    events: pl.DataFrame, target: str, rule: MultiMonth, expected: tuple[int, ...]
) -> None:
    assert provinces(events, rule).actuals(target, FALL, areas=["IRQ/Anbar"]).of("IRQ/Anbar") == expected


def test_ninewa_in_2014_is_silent_until_may_under_both_rules(split: Panel, final: Panel) -> None:
    for panel in (split, final):
        assert panel.actuals("deaths_all", FALL).of("IRQ/Ninewa") == (0, 0, 0, 0, 31, 1063)
        assert panel.actuals("deaths_sb", FALL).of("IRQ/Ninewa") == (0, 0, 0, 0, 24, 304)


def test_the_event_of_five_months_is_unseen_until_it_ends(split: Panel) -> None:
    def anbar(origin: Month) -> list[int]:
        history = split.history(target="deaths_all", origin=origin, first=JANUARY)
        return [int(x) for x in history.deaths[history.areas.index("IRQ/Anbar")]]

    assert anbar(Month.of(2014, 4)) == [420, 154, 121, 109]
    assert anbar(Month.of(2014, 5)) == [441, 175, 142, 130, 177]


def test_ninewa_has_gone_quiet_before_june(split: Panel) -> None:
    by_origin = {str(o): visibility(split, origin=o)["IRQ/Ninewa"] for o in (JANUARY - 1, *FALL[:5])}
    assert {o: (v.sight, v.events, v.recent) for o, v in by_origin.items()} == {
        "2013-12": (Sight.CLEAR, 51, 15),
        "2014-01": (Sight.CLEAR, 49, 7),
        "2014-02": (Sight.THIN, 49, 6),
        "2014-03": (Sight.THIN, 48, 2),
        "2014-04": (Sight.THIN, 48, 2),
        "2014-05": (Sight.THIN, 44, 4),
    }
    assert by_origin["2014-04"].reasons[0].startswith("gone quiet: 2 events in the last 3 months")


def test_gone_quiet_is_a_reason_for_doubt_and_no_warning(split: Panel) -> None:
    truth = split.history(target="deaths_all", origin=LAST)
    found: Counter[tuple[bool, str]] = Counter()
    flags: Counter[Sight] = Counter()
    for origin in (Month.of(2008, 1) + k for k in range(121)):
        t = origin - truth.first
        for seen in visibility(split, origin=origin).values():
            flags[seen.sight] += 1
            deaths = truth.deaths[truth.areas.index(seen.area)]
            past, ahead = deaths[t - 11 : t + 1].mean(), deaths[t + 1 : t + 7].mean()
            quiet = any(reason.startswith("gone quiet") for reason in seen.reasons)
            if seen.events is not None and seen.events >= 11:
                found[quiet, "all"] += 1
                found[quiet, "halved"] += bool(ahead < past / 2)
                found[quiet, "escalated"] += bool(ahead >= 3 * past and ahead >= 25)
    assert found == {
        (True, "all"): 146, (True, "halved"): 84, (True, "escalated"): 14,
        (False, "all"): 598, (False, "halved"): 154, (False, "escalated"): 55,
    }  # fmt: skip
    assert flags == {Sight.BLIND: 1118, Sight.THIN: 482, Sight.CLEAR: 578}


@pytest.mark.parametrize("tolerance", [0.0, 0.02, 0.05, 0.1, 0.2])
def test_no_tolerance_mends_the_published_outlines_of_baghdad(shared_data: Path, tolerance: float) -> None:
    outlines = read_outlines(shared_data / "geography" / "admin1_iraq_syria_lebanon_kosovo.geojson")
    drawn = touching(outlines, tolerance)
    hand = Neighbours.of_table(starter_table("province_neighbours"))
    assert {"IRQ/Salah al-Din", "IRQ/Wasit"} <= hand.of("IRQ/Baghdad")
    assert not {"IRQ/Salah al-Din", "IRQ/Wasit"} & drawn.of("IRQ/Baghdad")
    assert ("IRQ/Anbar" in drawn.of("IRQ/Baghdad")) is (tolerance < 0.1)
    assert ("IRQ/Diyala" in drawn.of("IRQ/Anbar")) is (tolerance < 0.05)


def test_who_fights_where_before_june(events: pl.DataFrame) -> None:
    actors = actors_of_events(events, rule=MultiMonth.SPLIT, vintage="UCDP GED 19.1")
    assert "Civilians" not in actors.actors
    first = change_of_pattern(actors, origin=JUNE - 1)[0]
    assert first.actor == "IS"
    assert first.recent.events > first.before.events / 4
