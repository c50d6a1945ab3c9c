"""The flag of how well an area is seen, by hand."""

from __future__ import annotations

import polars as pl
import pytest

from tocsin.panel import MultiMonth, Panel, Sight, VisibilityRule, panel_of_points, panel_of_series, visibility
from tocsin.panel.visibility import judged
from tocsin.vocabulary import AreaIds, Month

ORIGIN = Month.of(2014, 4)


@pytest.mark.parametrize(
    ("counts", "unplaced", "sight", "reason"),
    [
        ((2, 1, 0), 0.0, Sight.BLIND, "2 events in 12 months"),
        ((3, 1, 0), 0.0, Sight.THIN, "3 events in 12 months"),
        ((11, 3, 0), 0.0, Sight.THIN, "11 events in 12 months"),
        ((12, 3, 0), 0.0, Sight.CLEAR, None),
        ((12, 3, 6), 0.0, Sight.CLEAR, None),
        ((12, 3, 7), 0.0, Sight.THIN, "58 % of events placed badly"),
        ((12, 3, 0), 0.2, Sight.CLEAR, None),
        ((12, 3, 0), 0.21, Sight.THIN, "21 % of the country's deaths have no province"),
        ((12, 3, 0), 0.51, Sight.BLIND, "51 % of the country's deaths have no province"),
        ((48, 2, 0), 0.0, Sight.THIN, "gone quiet: 2 events in the last 3 months, where its own pace gives 12"),
        ((48, 12, 0), None, Sight.CLEAR, None),
    ],
)
def test_the_rule_at_its_edges(
    counts: tuple[int, int, int], unplaced: float | None, sight: Sight, reason: str | None
) -> None:
    seen = judged("IRQ/Ninewa", *counts, unplaced=unplaced)
    assert seen.sight is sight
    assert seen.reasons == (() if reason is None else (reason,))


def test_gone_quiet_is_the_binomial_test_at_five_per_cent() -> None:
    # with 12 events, none in the last 3 of 12 months has probability .75 ** 12 = .032; with 10 it is .056
    assert "gone quiet" in judged("a", 12, 0, 0, unplaced=0.0).reasons[0]
    assert judged("a", 10, 0, 0, unplaced=0.0).reasons == ("10 events in 12 months",)


def test_another_rule_can_be_declared() -> None:
    assert judged("a", 5, 1, 0, unplaced=0.0, rule=VisibilityRule(few=6)).sight is Sight.BLIND


def panel(rows: list[tuple[str | None, int, int, int, int]]) -> Panel:
    """Rows: province, months before the origin, events, deaths, where_precision."""
    points = pl.DataFrame(
        [
            {
                "country": "IRQ", "admin1": admin1, "gid": 1, "month_id": ORIGIN.id - ago, "known_id": ORIGIN.id - ago,
                "violence": "sb", "where_precision": where, "events": events,
                "deaths_low": best, "deaths_best": best, "deaths_high": best,
            }
            for admin1, ago, events, best, where in rows
        ],
        schema_overrides={"admin1": pl.String},
    )  # fmt: skip
    return panel_of_points(points, rule=MultiMonth.SPLIT, vintage="made up")


def test_only_the_last_twelve_months_to_the_origin_count() -> None:
    made = panel([("Anbar", 12, 50, 9, 1), ("Anbar", 11, 9, 70, 1), ("Anbar", 1, 4, 5, 5), (None, 2, 1, 25, 6),
                  ("Anbar", -1, 80, 1000, 6), (None, -1, 80, 9000, 6), ("Basra", 30, 1, 1, 1)])  # fmt: skip
    seen = visibility(made, origin=ORIGIN)
    assert list(seen) == ["IRQ/Anbar", "IRQ/Basra"]
    anbar = seen["IRQ/Anbar"]
    assert (anbar.events, anbar.recent) == (13, 4)
    assert anbar.share_imprecise == pytest.approx(4 / 13)
    assert anbar.share_unplaced == pytest.approx(0.25)
    assert anbar.sight is Sight.THIN
    assert seen["IRQ/Basra"].sight is Sight.BLIND
    assert seen["IRQ/Basra"].share_imprecise is None


def test_sums_say_nothing_of_events() -> None:
    rows = pl.DataFrame({"area": ["1", "1"], "month_id": [1, 2], "value": [3, 4]})
    made = panel_of_series(rows, ids=AreaIds.VIEWS, target="ged_sb", vintage="made up")
    seen = visibility(made, origin=Month(2))["1"]
    assert (seen.sight, seen.events) == (Sight.UNKNOWN, None)
