"""Countries by name and by who touches whom, in each scheme of ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.api.series import country_ids, country_names, country_neighbours, history_of_series
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from pathlib import Path

NOW = Month.of(2020, 1)
IRAQ = {AreaIds.ISO3: "IRQ", AreaIds.GW: "645", AreaIds.VIEWS: "60"}
SYRIA = {AreaIds.ISO3: "SYR", AreaIds.GW: "652", AreaIds.VIEWS: "220"}
FRANCE = {AreaIds.ISO3: "FRA", AreaIds.GW: "220"}


@pytest.mark.parametrize("ids", IRAQ, ids=str)
def test_countries_are_named_in_every_scheme(ids: AreaIds) -> None:
    names = country_names(ids)
    assert names[IRAQ[ids]] == "Iraq"
    assert names[SYRIA[ids]].startswith("Syria")
    assert len(names) > 190


@pytest.mark.parametrize("ids", IRAQ, ids=str)
def test_neighbours_are_the_same_in_every_scheme_and_go_both_ways(ids: AreaIds) -> None:
    near = country_neighbours(ids, NOW)
    assert near is not None
    assert SYRIA[ids] in near.of(IRAQ[ids])
    assert IRAQ[ids] in near.of(SYRIA[ids])
    assert IRAQ[ids] not in near.of(IRAQ[ids])
    if ids in FRANCE:
        assert FRANCE[ids] not in near.of(IRAQ[ids])


def test_iraq_has_its_six_neighbours() -> None:
    near = country_neighbours(AreaIds.ISO3, NOW)
    assert near is not None
    assert near.of("IRQ") == {"IRN", "JOR", "KWT", "SAU", "SYR", "TUR"}


@pytest.mark.parametrize("ids", [AreaIds.ADMIN1, AreaIds.GID], ids=str)
def test_provinces_and_cells_have_no_country_names_or_neighbours(ids: AreaIds) -> None:
    assert country_names(ids) == {}
    assert country_neighbours(ids, NOW) is None


def test_the_newest_name_of_a_country_is_given() -> None:
    spans = {area: country_ids().span(area, ids=AreaIds.ISO3).name for area in ("IRQ", "YEM")}
    assert {area: country_names(AreaIds.ISO3)[area] for area in spans} == spans


def test_a_series_is_read_with_names_and_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    ids = (int(IRAQ[AreaIds.VIEWS]), int(SYRIA[AreaIds.VIEWS]))
    rows = [{"month_id": 481 + m, "country_id": c, "ged_sb": 10 * m + c} for m in range(24) for c in ids]
    pl.DataFrame(rows).write_csv(path)
    history = history_of_series(path, target="ged_sb", ids=AreaIds.VIEWS)
    assert history.names[0] == "Iraq"
    assert history.areas == tuple(map(str, ids))
    assert history.neighbours == ((1,), (0,))
    assert (history.first, history.origin) == (Month(481), Month(504))
    assert history.deaths[0].tolist() == [10 * m + ids[0] for m in range(24)]
    assert (history.target, history.vintage) == ("ged_sb", "series.csv")
