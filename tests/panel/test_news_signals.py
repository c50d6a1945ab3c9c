"""News among the signals of a history: shares by hand, months that are unknown, and nothing after the origin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from tocsin.errors import OutOfRange
from tocsin.forecast.features import features_of
from tocsin.panel.country_ids import Country, CountryIds
from tocsin.panel.history import History
from tocsin.panel.news import ATTENTION, GROUPS, KNOWN, Gaps, areas_without_news, known_on, with_news
from tocsin.vocabulary import AreaIds, Month

FIRST = Month.of(2019, 10)
IDS = CountryIds((Country("100", "645", "IRQ", "Iraq"), Country("101", "652", "SYR", "Syria")))


def history_of(ids: AreaIds = AreaIds.ISO3, *, areas: tuple[str, ...] = ("IRQ", "SYR"), months: int = 3) -> History:
    shape = (len(areas), months)
    return History(
        ids=ids, target="deaths_sb", vintage="made up", areas=areas, names=areas, first=FIRST,
        deaths=np.zeros(shape, dtype=np.int64), present=np.ones(shape, dtype=bool), neighbours=((),) * len(areas),
    )  # fmt: skip


def news_of(
    counts: dict[tuple[str, int, str], int], *, level: str = "country", whole: set[int] | None = None
) -> pl.DataFrame:
    """Rows by area, months after the first, and kind; exports are complete in the months of `whole` (all)."""
    every = {(a, m): n for (a, m, kind), n in counts.items() if kind == "all"}
    rows = [
        (level, a, FIRST.id + m, kind, n, every.get((a, m), n), 100 if whole is None or m in whole else 89, 100)
        for (a, m, kind), n in counts.items()
    ]
    names = ["level", "area", "month_id", "kind", "events", "all_events", "exports", "exports_expected"]
    return pl.DataFrame(rows, schema=names, orient="row").cast({"month_id": pl.Int32})


def steady(months: int = 3, **protest: int) -> dict[tuple[str, int, str], int]:
    """1000 events a month in each country, 100 of them protest in Iraq and 20 in Syria."""
    found: dict[tuple[str, int, str], int] = {}
    for m in range(months):
        for area, number in {"IRQ": 100, "SYR": 20, **protest}.items():
            found |= {(area, m, "all"): 1000, (area, m, "protest"): number}
    return found


def test_shares_by_hand_are_drawn_to_the_share_of_all_areas() -> None:
    signals = with_news(history_of(), news_of(steady())).signals
    world = 120 / 2000
    expected = [1000 * (n + 50 * world) / 1050 for n in (100, 20)]
    np.testing.assert_allclose(signals["news_protest_per_1000"], np.array([expected] * 3).T)
    np.testing.assert_allclose(signals[ATTENTION], 50_000.0)
    assert set(signals) == {*GROUPS, ATTENTION}


def test_twice_the_coverage_is_no_change() -> None:
    once = with_news(history_of(), news_of(steady())).signals["news_protest_per_1000"]
    twice = with_news(history_of(), news_of({k: 2000 * n for k, n in steady().items()})).signals[
        "news_protest_per_1000"
    ]
    np.testing.assert_allclose(twice, [[100.0] * 3, [20.0] * 3], rtol=1e-3)
    assert (np.sign(twice[0] - twice[1]) == np.sign(once[0] - once[1])).all()


def test_violence_is_assault_fight_and_mass_violence() -> None:
    counts = steady() | {("IRQ", 0, "assault"): 10, ("IRQ", 0, "fight"): 20, ("IRQ", 0, "mass_violence"): 30}
    got = with_news(history_of(), news_of(counts)).signals["news_violence_per_1000"]
    np.testing.assert_allclose(got[0, 0], 1000 * (60 + 50 * 60 / 2000) / 1050)
    assert got[0, 1] == 0


def test_a_month_without_news_is_refused_and_says_where_to_begin() -> None:
    late = {k: n for k, n in steady().items() if k[1] >= 1}
    with pytest.raises(OutOfRange, match="not counted in 1 of 3 months, from 2019-10 to 2019-10") as raised:
        with_news(history_of(), news_of(late))
    assert "begin the history at 2019-11" in str(raised.value.hint)


def test_a_month_of_which_too_little_was_counted_is_unknown() -> None:
    with pytest.raises(OutOfRange, match="not counted in 1 of 3 months, from 2019-12"):
        with_news(history_of(), news_of(steady(), whole={0, 1}))


def test_marked_months_have_the_middle_value_and_say_so() -> None:
    late = {k: n for k, n in steady().items() if k[1] >= 1}
    signals = with_news(history_of(), news_of(late), gaps=Gaps.MARK).signals
    share = signals["news_protest_per_1000"]
    assert share[0, 0] == share[1, 0] == np.median(share[:, 1:])
    assert share[0, 0] > 0
    assert signals[KNOWN].tolist() == [[0, 1, 1], [0, 1, 1]]


def test_news_that_cover_no_month_are_refused_even_where_gaps_may_be_marked() -> None:
    with pytest.raises(OutOfRange, match="no month of the history was counted"):
        with_news(history_of(), news_of(steady(), whole=set()), gaps=Gaps.MARK)


def test_an_area_without_events_in_a_counted_month_has_the_share_of_all_and_no_attention() -> None:
    silent = {k: n for k, n in steady().items() if k[:2] != ("SYR", 1)}
    signals = with_news(history_of(), news_of(silent)).signals
    assert signals["news_protest_per_1000"][1, 1] == pytest.approx(100)
    assert signals[ATTENTION][1, 1] == 0


def test_nothing_after_the_origin_is_read() -> None:
    now = with_news(history_of(), news_of(steady()))
    planted = steady(5) | {("IRQ", 3, "protest"): 999, ("SYR", 4, "all"): 10**6}
    later = with_news(history_of(), news_of(planted))
    assert now.data_hash == later.data_hash
    whole = with_news(history_of(months=5), news_of(planted)).until(FIRST + 2)
    assert whole.data_hash == now.data_hash


@pytest.mark.parametrize(("ids", "areas"), [(AreaIds.VIEWS, ("100", "101")), (AreaIds.GW, ("645", "652"))])
def test_histories_by_other_ids_have_the_same_signals(ids: AreaIds, areas: tuple[str, ...]) -> None:
    ours = with_news(history_of(ids, areas=areas), news_of(steady()), countries=IDS).signals
    iso3 = with_news(history_of(), news_of(steady())).signals
    assert all(np.array_equal(ours[name], iso3[name]) for name in iso3)
    with pytest.raises(OutOfRange, match=f"not by {ids.value}|by {ids.value} ids"):
        with_news(history_of(ids, areas=areas), news_of(steady()))


def test_countries_the_history_does_not_have_count_among_all_areas() -> None:
    only = with_news(history_of(AreaIds.VIEWS, areas=("100",)), news_of(steady()), countries=IDS).signals
    both = with_news(history_of(AreaIds.VIEWS, areas=("100", "101")), news_of(steady()), countries=IDS).signals
    assert np.array_equal(only[ATTENTION][0], both[ATTENTION][0])


def test_provinces_have_signals_of_their_own() -> None:
    names = {"IRQ": "IRQ/Ninewa", "SYR": "IRQ/Anbar"}
    counts = {(names[a], m, kind): n for (a, m, kind), n in steady().items()}
    news = pl.concat([news_of(counts, level="admin1"), news_of(steady())])
    history = history_of(AreaIds.ADMIN1, areas=("IRQ/Ninewa", "IRQ/Anbar", "IRQ/Erbil"))
    signals = with_news(history, news, gaps=Gaps.MARK).signals
    assert signals["news_protest_per_1000"][:2, 0].argmax() == 0
    assert areas_without_news(history, news) == ("IRQ/Erbil",)
    assert signals[KNOWN][:, 0].tolist() == [1, 1, 0]


def test_cells_and_areas_of_other_names_are_refused() -> None:
    with pytest.raises(OutOfRange, match="not by cell"):
        with_news(history_of(AreaIds.GID, areas=("1", "2")), news_of(steady()))
    with pytest.raises(OutOfRange, match="for any of its areas"):
        with_news(history_of(areas=("XXX", "YYY")), news_of(steady()))


def test_an_area_that_the_news_never_name_is_refused_and_not_read_as_silent() -> None:
    history = history_of(areas=("IRQ", "SYR", "IRN"))
    with pytest.raises(OutOfRange, match="the news never name 1 of 3 areas: IRN"):
        with_news(history, news_of(steady()))
    signals = with_news(history, news_of(steady()), gaps=Gaps.MARK).signals
    assert signals[ATTENTION][2].tolist() == [50_000.0] * 3
    assert signals[KNOWN].sum(axis=1).tolist() == [3, 3, 0]


def test_other_signals_stay() -> None:
    history = replace(history_of(), signals={"events": np.ones((2, 3))})
    assert "events" in with_news(history, news_of(steady())).signals


def test_a_forecaster_reads_them() -> None:
    features = features_of(with_news(history_of(), news_of(steady())))
    three = features.column("news_protest_per_1000_3")
    assert three[0, -1] > three[1, -1]


def test_a_month_is_known_on_the_first_day_of_the_next() -> None:
    assert str(known_on(Month.of(2019, 12))) == "2020-01-01"
