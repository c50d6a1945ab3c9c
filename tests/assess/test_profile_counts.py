"""The structural profile: what could be known when, fifths, what followed, and words for it; a planted driver is found."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from tocsin.assess.profile import Followed, followed, profile_of, standings_of, window_of
from tocsin.assess.profile_drivers import DRIVERS
from tocsin.assess.profile_outcomes import FIRST, LAST, _drawn, came_within, outcome, skill
from tocsin.assess.profile_record import YearlyRecord, fifths_of, months_since_death, newest_known, yearly_record
from tocsin.assess.profile_words import fifth, figure, followed_by, level, trend, window
from tocsin.scores.ranking import Ranking, auc, average_precision

YEARS = tuple(range(1980, 2025))
COUNTRIES = tuple(f"c{i:02d}" for i in range(50))
PLANTED, IDLE = "income", "water"


def made_up(*, seed: int = 0) -> YearlyRecord:
    """Fifty countries whose income never moves; the ten poorest see a year of 60 deaths now and then, others hardly ever."""
    rng = np.random.default_rng(seed)
    shape = (len(COUNTRIES), len(YEARS))
    values = {d.key: np.full(shape, np.nan) for d in DRIVERS}
    values[PLANTED] = np.repeat(np.arange(50.0)[:, None] * 100 + 500, len(YEARS), axis=1)
    values[IDLE] = np.repeat(rng.permutation(50).astype(float)[:, None], len(YEARS), axis=1)
    often = np.where(np.arange(50) < 10, 0.25, 0.01)[:, None]
    deaths = np.where(rng.random(shape) < often, 60.0, 0.0).astype(np.float64)
    deaths[:, -1] = 0.0
    return YearlyRecord(COUNTRIES, YEARS, values, deaths, months_since_death(deaths, np.full(shape, np.nan)))


@pytest.fixture(scope="module")
def record() -> YearlyRecord:
    return made_up()


def test_a_value_enters_in_the_second_january_after_its_year_and_is_forgotten_when_old() -> None:
    grid = np.full((1, 20), np.nan)
    grid[0, 3] = 7.0
    known = newest_known(grid)[0]
    assert np.flatnonzero(known == 7.0).tolist() == list(range(4, 14)), "from the end of the next year to ten years on"


def test_nothing_after_its_time_reaches_what_is_known() -> None:
    grid = np.arange(40.0).reshape(2, 20)
    changed = grid.copy()
    changed[:, 10:] = 999.0
    assert np.array_equal(newest_known(grid)[:, :11], newest_known(changed)[:, :11], equal_nan=True)


def test_too_few_countries_are_not_cut_into_fifths() -> None:
    assert (fifths_of(np.arange(29.0)[:, None]) == -1).all()
    assert np.bincount(fifths_of(np.arange(50.0)[:, None])[:, 0]).tolist() == [10] * 5


def test_what_came_within_is_counted_by_hand() -> None:
    deaths = np.zeros((1, len(YEARS)))
    deaths[0, 2000 - 1980] = 30.0
    record = YearlyRecord(("a",), YEARS, {}, deaths, deaths)
    came, known, years = came_within(record, threshold=25, within=5)
    at = np.flatnonzero(came[0])
    assert [YEARS[i] for i in at] == [1995, 1996, 1997, 1998, 1999]
    assert years[0, at].tolist() == [5, 4, 3, 2, 1]
    asked = np.flatnonzero(known[0])
    assert (YEARS[asked[0]], YEARS[asked[-1]]) == (FIRST, LAST - 5), "nothing after the last year is looked at"


def test_later_years_change_nothing() -> None:
    one, two = made_up(), made_up()
    two.deaths[:, YEARS.index(LAST) + 1 :] = 5000.0
    for within in (5, 10):
        assert outcome(one, PLANTED, threshold=25, within=within, quiet=False) == outcome(
            two, PLANTED, threshold=25, within=within, quiet=False
        )


def test_a_planted_driver_is_found_and_an_idle_one_is_not(record: YearlyRecord) -> None:
    found = outcome(record, PLANTED, threshold=25, within=5, quiet=True)
    idle = outcome(record, IDLE, threshold=25, within=5, quiet=True)
    assert found is not None
    assert idle is not None
    lowest, apart = found.fifths[0], found.apart[0]
    assert lowest is not None
    assert apart is not None
    assert lowest.value > 0.6
    assert apart.lower > 0
    assert lowest.lower <= lowest.value <= lowest.upper
    assert all(a is not None and a.lower <= 0 <= a.upper for a in idle.apart)


def test_shares_of_fifths_average_to_the_base(record: YearlyRecord) -> None:
    found = outcome(record, PLANTED, threshold=25, within=10, quiet=False)
    assert found is not None
    known = [s for s in found.fifths if s is not None]
    total = sum(s.n for s in known)
    assert sum(s.value * s.n for s in known) / total == pytest.approx(found.base.value)
    assert total == found.base.n


def test_a_driver_alone_ranks_as_the_scores_say(record: YearlyRecord) -> None:
    known = record.known[PLANTED]
    found = skill(record, known, fragile="low", within=1)
    came, asked, _ = came_within(record, threshold=25, within=1)
    at = asked & (record.deaths == 0) & ~np.isnan(known)
    p = 1 - known[at] / known[at].max()
    assert found is not None
    assert found.auc.value == pytest.approx(auc(p, came[at].astype(float)))
    assert found.ap.value == pytest.approx(average_precision(p, came[at].astype(float)))
    assert found.auc.lower < found.auc.value < found.auc.upper
    assert found.onsets == came[at].sum()
    wrong = skill(record, known, fragile="high", within=1)
    assert wrong is not None
    assert wrong.auc.value == pytest.approx(1 - found.auc.value), "the end is not chosen by the outcome"


def test_intervals_of_a_resample_are_those_of_the_scores_counted_by_weight() -> None:
    rng = np.random.default_rng(1)
    came, p = rng.random(300) < 0.1, rng.integers(0, 40, 300) / 40  # many ties
    ranking = Ranking.of(p, came.astype(float))
    times = rng.integers(0, 3, (20, 300)).astype(np.float64)
    areas, precisions = _drawn(ranking, times)
    for i in range(20):
        assert areas[i] == pytest.approx(ranking.auc(times[i]))
        assert precisions[i] == pytest.approx(ranking.average_precision(times[i]))


def test_months_since_the_last_death() -> None:
    deaths = np.array([[0.0, 5.0, 0.0, 3.0]])
    last = np.array([[np.nan, 3.0, np.nan, np.nan]])
    assert months_since_death(deaths, last).tolist() == [[24.0, 9.0, 21.0, 0.0]]


def test_tables_are_laid_side_by_side_and_projections_left_out() -> None:
    drivers = pl.DataFrame({"country": ["a", "a", "b"], "year": [2000, 2001, 2003], "gdp": [1.0, None, 9.0]})
    deaths = pl.DataFrame({"country": ["a", "a"], "year": [2000, 2001], "deaths": [0, 40]})
    months = pl.DataFrame({"country": ["a", "a", "z"], "year": [2001, 2001, 2001], "month": [2, 5, 1]})
    found = yearly_record(drivers, deaths, months, columns={"income": "gdp"}, first=2000, last=2002)
    assert found.countries == ("a", "b")
    assert np.array_equal(found.values["income"], [[1, np.nan, np.nan], [np.nan] * 3], equal_nan=True)
    assert np.array_equal(found.deaths, [[0, 40, np.nan], [np.nan] * 3], equal_nan=True)
    assert found.quiet_months[0, 1] == 7


def test_standing_trend_and_age() -> None:
    record = made_up()
    record.values["inflation"][3, [20, 30, 33]] = [2.0, 4.0, 5.0]
    by_key = {s.driver.key: s for s in standings_of(record, "c03")}
    income = by_key[PLANTED]
    assert (income.value, income.year, income.age, income.fifth) == (800.0, 2024, 0, 0)
    assert income.world == pytest.approx(3 / 49)
    assert trend(income) == "+0 % since 2014"
    inflation = by_key["inflation"]
    assert (inflation.year, inflation.before_year, inflation.change) == (2013, None, None)
    assert inflation.world is None, "one country known is no world"
    assert inflation.old is False
    assert by_key["schooling"].value is None
    assert level(by_key["schooling"]) == trend(by_key["schooling"]) == fifth(by_key["schooling"]) == "unknown"
    assert followed_by(by_key["schooling"], Followed({}, {}, {})) == "unknown"


def test_an_old_value_is_shown_with_its_age_and_used_for_nothing(record: YearlyRecord) -> None:
    values = dict(record.values)
    values[PLANTED] = values[PLANTED].copy()
    values[PLANTED][:, -15:] = np.nan
    aged = YearlyRecord(COUNTRIES, YEARS, values, record.deaths, record.quiet_months)
    [income] = [s for s in standings_of(aged, "c03") if s.driver.key == PLANTED]
    assert income.old
    assert income.fifth is None
    assert level(income) == "800 (2009: 15 years old, today unknown)"


def test_the_window_names_the_planted_condition_of_a_quiet_country(record: YearlyRecord) -> None:
    poor = profile_of(record, "c03", iso3="C03", name="Poorland", asked=None, cards=())
    rich = profile_of(record, "c44", iso3="C44", name="Richland", asked=None, cards=())
    assert poor.window is not None
    assert [a.standing.driver.key for a in poor.window] == [PLANTED]
    assert rich.window == ()
    assert "Income a head in the lowest fifth of the world" in window(poor)[1]
    assert "No slow condition" in window(rich)[0]
    assert window_of(standings_of(record, "c03"), followed(record)) == poor.window


def test_a_country_with_violence_has_no_window(record: YearlyRecord) -> None:
    deaths = record.deaths.copy()
    deaths[3, -1] = 400.0
    burning = YearlyRecord(COUNTRIES, YEARS, record.values, deaths, record.quiet_months)
    made = profile_of(burning, "c03", iso3="C03", name="Poorland", asked=None, cards=())
    assert made.window is None
    assert "violence is here" in window(made)[0]


@pytest.mark.parametrize(
    ("value", "words"), [(None, "unknown"), (0.004, "0.00"), (-12.34, "-12.3"), (23_111_080, "23.1 million")]
)
def test_figures(value: float | None, words: str) -> None:
    assert figure(value) == words
