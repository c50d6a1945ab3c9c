"""Histories as known on a day from the figures that ship, and the lag model others may use."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.conftest import small_history

from tocsin.api.known import open_case
from tocsin.api.vintages import countries_within, country_vintages, lag_model, replay_provinces
from tocsin.backtest.vintage_completeness import unchanged_between_releases
from tocsin.backtest.vintage_forecast import pooled_forecast
from tocsin.errors import OutOfRange
from tocsin.forecast.contract import model_named
from tocsin.forecast.make import make_forecast
from tocsin.panel.vintages.correction import Correction, corrected
from tocsin.panel.vintages.vintage import history_as_known_on
from tocsin.vocabulary import AreaIds, Month

DAY = date(2024, 7, 25)


def test_the_issues_that_ship_change_with_the_release_alone() -> None:
    issues = country_vintages()
    assert len(issues.issued) == 12
    assert unchanged_between_releases(issues)[0] == 0
    assert issues.final_name == "GED 25.1"


def test_a_history_of_the_day_holds_nothing_issued_later() -> None:
    known = history_as_known_on(countries_within(), country_vintages(), DAY)
    assert known.origin == Month.of(2024, 6)
    issues = country_vintages()
    doctored = issues.figures.copy()
    doctored[list(issues.issued).index(date(2024, 8, 21)) :] = 9_999
    fooled = history_as_known_on(countries_within(), type(issues)(**{**vars(issues), "figures": doctored}), DAY)
    assert np.array_equal(known.deaths, fooled.deaths)


def test_a_lag_learned_by_a_day_knows_nothing_of_later_issues_or_of_today() -> None:
    learned = lag_model(until=DAY)
    assert learned.stages[0].before.shape[1] == 12, "the months of 2023"
    final = country_vintages().final[:, 12:24]
    assert not np.array_equal(learned.stages[0].after, final)
    assert lag_model().stages[0].before.shape[1] == 24
    with pytest.raises(OutOfRange, match="no revision"):
        lag_model(until=date(2024, 5, 30))


def test_the_lag_goes_by_other_country_ids() -> None:
    by_gw, by_views = lag_model(until=DAY), lag_model(ids=AreaIds.VIEWS, until=DAY)
    ukraine = by_gw.stages[0].areas.index("369")
    assert by_views.stages[0].areas[ukraine] == "117"
    assert lag_model(ids=AreaIds.ISO3, until=DAY).stages[0].areas[ukraine] == "UKR"


def test_a_correction_touches_candidate_months_of_any_series() -> None:
    history = small_history(months=414)
    assert history.origin == Month.of(2024, 6)
    mended = corrected(
        history, known_on=DAY, lag=lag_model(ids=AreaIds.VIEWS, until=DAY), how=Correction.SAMPLED, seed=1
    )
    assert np.array_equal(mended.deaths[:, : 414 - 30], history.deaths[:, : 414 - 30])
    assert not np.array_equal(mended.deaths[:, -6:], history.deaths[:, -6:])


def test_pooled_draws_are_shared_among_histories() -> None:
    quiet, loud = small_history(), small_history(seed=1)
    model = model_named("conflictology")
    made = pooled_forecast([quiet, loud], model=model, horizons=(1, 2), draws=25, seed=4)
    assert made.draws.shape[2] == 25
    one = make_forecast(quiet, model=model, horizons=(1, 2), draws=13, seed=4)
    assert np.array_equal(made.draws[:, :, :13], one.draws)
    assert pooled_forecast([quiet, loud], model=model, horizons=(1,), draws=1, seed=4).draws.shape[2] == 1


def test_provinces_without_deaths_are_forecast_the_same_and_no_budget_names_every_province() -> None:
    done = replay_provinces(open_case("iraq"), date(2013, 1, 27), within=1, model="conflictology", draws=24)
    assert done.final.draws.shape[2] == done.as_known.draws.shape[2] == 24
    assert {a.budget for a in done.change.alerts} == {5, 10}, "an alert for each of eighteen provinces says nothing"
    quiet = [a for a in done.change.areas if a.known == a.final == 0]
    assert quiet
    assert all(a.distance == pytest.approx(0, abs=1e-9) for a in quiet)
