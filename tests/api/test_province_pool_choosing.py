"""What settings are chosen on holds no month they are judged on; events go to today's provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from tocsin.api.province_pool import CHOOSING_ENDS, read_province_pool
from tocsin.api.province_pool_scores import Book, Sight, difference, precision_at, sight
from tocsin.errors import FileProblem
from tocsin.panel.history import History
from tocsin.sources.build.province_month import COVERS, placed
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.data
def test_nothing_later_than_the_choosing_months_can_be_read(shared_data: Path) -> None:
    pool = read_province_pool(shared_data, ends=CHOOSING_ENDS)
    assert set(COVERS) - set(pool.covers) == {"SYR"}
    newest = pool.panel.table.group_by(pl.col("area").str.slice(0, 3)).agg(
        pl.col("month_id").max(), pl.col("known_id").max()
    )
    for country, month, known in newest.iter_rows():
        assert max(month, known) <= CHOOSING_ENDS[country].id, country
    assert pool.covers["IRQ"][1] < Month.of(2008, 1)


def test_missing_files_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"5 of 5 .*ged_other_countries.*admin1_world"):
        read_province_pool(tmp_path)


def test_an_abolished_province_goes_by_coordinates_known_to_the_district() -> None:
    import shapely  # noqa: PLC0415 - no other test here draws

    outlines = {"ETH/Amhara": shapely.box(36, 10, 40, 13), "ETH/Tigray": shapely.box(36, 13, 40, 15)}
    events = pl.DataFrame(
        {
            "country": ["ETH"] * 5,
            "admin1": ["Wollo", "Wollo", "Tigray", None, "Eritrea"],
            "lat": [11.0, 11.0, 11.0, 14.0, 16.0],
            "lon": [38.0] * 5,
            "where_precision": [2, 5, 6, 1, 1],
        }
    )
    assert placed(events, outlines)["admin1"].to_list() == ["Amhara", None, "Tigray", "Tigray", None]


def test_precision_is_read_where_false_alarms_reach_half_a_province_year() -> None:
    p = np.linspace(1, 0, 240)
    came = np.zeros(240, dtype=bool)
    came[:6] = True
    came[200:] = True
    assert precision_at(p, came) == pytest.approx(6 / 16), "ten false alarms in 240 looks a month apart"
    assert precision_at(np.zeros(240), came) == pytest.approx(46 / 240), "all equal: the base rate"


def seen(later: np.ndarray) -> Sight:
    return Sight(np.array([1.0, 10.0]), later, np.array([0.0, 3.0]))


def test_a_book_keeps_scores_by_province_and_says_what_escalated() -> None:
    later = np.array([[30, 30, 30, 0, 0, 0], [30, 0, 0, 0, 0, 0]])
    right, wrong = Book(), Book()
    for origin in (1, 2):
        right.add(["IRQ/a", "IRQ/b"], origin, np.repeat(later[:, :, None], 8, axis=2).astype(np.int32), seen(later))
        wrong.add(["IRQ/a", "IRQ/b"], origin, np.zeros((2, 6, 8), dtype=np.int32), seen(later))
    one, two = right.table(), wrong.table()
    assert one.came.tolist() == [True, False, True, False]
    assert one.p.tolist() == [1.0, 0.0, 1.0, 0.0]
    assert (one.mean("crps"), two.mean("crps")) == (0, 10)
    gap = difference(one, two, "crps")
    assert gap is not None
    assert (gap.value, gap.lower, gap.upper) == (-10, -15, -5)
    assert right.table(lambda area, origin: area == "IRQ/b" and origin == 2).p.size == 1


def test_provinces_are_scored_only_with_two_years_behind_and_six_months_ahead_on_record() -> None:
    deaths = np.arange(3 * 40).reshape(3, 40)
    present = np.ones((3, 40), dtype=bool)
    present[1, :10] = False
    present[2, 33:] = False
    truth = History(
        AreaIds.ADMIN1, "deaths_all", "", ("AAA/x", "BBB/y", "CCC/z"), ("x", "y", "z"), Month(300), deaths, present,
        ((), (), ()),
    )  # fmt: skip
    fair, areas, found = sight(truth.until(Month(328)), truth)
    assert areas == ["AAA/x"], "y has 19 months of record, z ends within the months ahead"
    assert fair.tolist() == [0]
    assert found.later.tolist() == [[29, 30, 31, 32, 33, 34]]
    assert found.last_year.tolist() == [22.5]


def test_intervals_can_draw_half_years_whole_instead_of_provinces() -> None:
    book = Book()
    for origin in (12, 17, 18):
        seen = Sight(np.ones(2), np.full((2, 6), 9), np.zeros(2))
        book.escalation(["AAA/x", "AAA/y"], origin, np.array([0.2, 0.4]), seen)
    by_time = book.table(block=lambda _a, t: str(t // 6))
    assert by_time.names == ("2", "3")
    assert by_time.place.tolist() == [0, 0, 0, 0, 1, 1]
    assert book.table().place.tolist() == [0, 1, 0, 1, 0, 1]
