from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.errors import TableProblem, UnknownName
from tocsin.panel.dating import MultiMonth
from tocsin.panel.provinces.pool import COLUMNS, pool_of_provinces, until_each
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from tocsin.panel.panel import Panel

COVERS = {"IRQ": (Month(400), Month(436)), "SYR": (Month(433), Month(440))}
AREAS = ("IRQ/Anbar", "IRQ/Basra", "SYR/Homs")
ROWS = [
    ("IRQ", "Anbar", 410, 410, "sb", False, 2, 3, 5, 9),
    ("IRQ", "Anbar", 410, 410, "os", False, 1, 1, 1, 1),
    ("IRQ", "Anbar", 411, 413, "sb", True, 0, 2, 2, 2),
    ("IRQ", "Anbar", 436, 437, "sb", False, 0, 7, 7, 7),
    ("IRQ", None, 412, 412, "sb", True, 1, 50, 60, 70),
    ("SYR", "Homs", 420, 420, "sb", False, 4, 4, 4, 4),
    ("SYR", "Homs", 438, 438, "ns", False, 1, 4, 6, 8),
]


def table() -> pl.DataFrame:
    return pl.DataFrame(ROWS, schema=list(COLUMNS), orient="row", strict=False)


def pool(rule: MultiMonth = MultiMonth.SPLIT, covers: dict[str, tuple[Month, Month]] = COVERS) -> Panel:
    return pool_of_provinces(table(), covers=covers, areas=AREAS, rule=rule, vintage="made up")


def test_provinces_exist_only_while_their_country_is_on_record() -> None:
    history = pool().history(target="deaths_all", origin=Month(438))
    assert history.areas == AREAS
    assert history.present.sum(axis=1).tolist() == [37, 37, 6]
    assert [history.areas[i] for i in history.here] == ["SYR/Homs"], "Iraq's record has ended: it is not at peace"


def test_what_lies_outside_a_record_is_not_read() -> None:
    panel = pool()
    every = panel.history(target="deaths_all", origin=Month(440), first=Month(400))
    assert every.deaths.sum(axis=1).tolist() == [8, 0, 6], "neither Syria's 420 nor the event that ends in 437"
    assert panel.actuals("deaths_all", [Month(437)], areas=["IRQ/Anbar"]).missing == 1


def test_an_event_is_unseen_until_it_has_ended_and_is_dated_as_declared() -> None:
    assert pool().history(target="deaths_all", origin=Month(412)).deaths[0].sum() == 6
    split, final = (pool(rule).history(target="deaths_sb", origin=Month(413)) for rule in MultiMonth)
    assert split.deaths[0, 411 - 400] == 2
    assert (final.deaths[0, 411 - 400], final.deaths[0, 413 - 400]) == (0, 2)


def test_events_of_no_known_province_stay_apart() -> None:
    panel = pool()
    assert panel.unknown_deaths(target="deaths_all", origin=Month(436), months=37) == {"IRQ/province unknown": 60}
    assert "IRQ/province unknown" not in panel.history(target="deaths_all", origin=Month(436)).areas


def test_a_pool_cut_for_choosing_holds_nothing_later() -> None:
    cut = until_each(COVERS, {"IRQ": Month(411), "SYR": Month(432)})
    assert set(cut) == {"IRQ"}
    rows = table().filter(pl.col("country") == "IRQ")
    panel = pool_of_provinces(rows, covers=cut, areas=AREAS[:2], rule=MultiMonth.SPLIT, vintage="made up")
    assert panel.last == Month(411)
    assert panel.table["month_id"].max() == 410


def test_a_country_without_months_of_record_is_refused() -> None:
    with pytest.raises(UnknownName, match="SYR"):
        pool(covers={"IRQ": COVERS["IRQ"]})


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableProblem, match="imprecise"):
        pool_of_provinces(table().drop("imprecise"), covers=COVERS, areas=AREAS, rule=MultiMonth.SPLIT, vintage="x")
