"""The scores of an outlook: worked by hand, and refused where what came is not yet known."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from tocsin.assess.outlook import Outlook, scored
from tocsin.assess.replay import came_after
from tocsin.forecast.forecast import Forecast
from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month

JUNE = Month.of(2014, 6)
# Two areas, four months to June 2014; the forecast is made in April for May and June.
TRUTH = History(
    ids=AreaIds.VIEWS, target="deaths_all", vintage="made up", areas=("1", "2"), names=("One", "Two"), first=JUNE - 3,
    deaths=np.array([[9, 9, 3, 0], [9, 9, 30, 40]]), present=np.ones((2, 4), dtype=bool), neighbours=((), ()),
)  # fmt: skip


def forecast(*, areas: tuple[str, ...] = ("1", "2"), draws: object = None, origin: Month = JUNE - 2) -> Forecast:
    made = np.array([[[1, 3], [0, 0]], [[30, 30], [20, 40]]], dtype=np.int32) if draws is None else np.asarray(draws)
    return Forecast(
        model="zero", ids=AreaIds.VIEWS, target="deaths_all", vintage="made up", origin=origin, horizons=(1, 2),
        areas=areas, names=areas, draws=made, seed=1, data_hash="",
    )  # fmt: skip


def test_crps_is_that_worked_by_hand() -> None:
    found = scored(forecast(), TRUTH)
    assert found is not None
    # mean |x - y| - 1/2 mean |x - x'|: (1 - .5), 0, 0, (10 - 5); their mean is 5.5 / 4.
    assert found.crps == pytest.approx(1.375)


def test_areas_are_matched_by_id_and_not_by_place() -> None:
    turned = forecast(areas=("2", "1"), draws=forecast().draws[::-1])
    found, straight = scored(turned, TRUTH), scored(forecast(), TRUTH)
    assert found is not None
    assert straight is not None
    assert found.crps == straight.crps
    wrong = scored(forecast(areas=("2", "1")), TRUTH)
    assert wrong is not None
    assert wrong.crps > 10


def test_a_forecast_whose_last_month_has_not_come_has_no_score() -> None:
    assert scored(forecast(origin=JUNE - 1), TRUTH) is None
    assert scored(forecast(origin=JUNE - 2), TRUTH) is not None


def outlook_of(ours: tuple[Forecast, ...], theirs: tuple[Forecast, ...]) -> Outlook:
    def every(made: tuple[Forecast, ...]) -> tuple[object, ...]:
        return tuple(scored(f, TRUTH) for f in made)

    return Outlook(ours[0], TRUTH, (), {}, (5,), every(ours), every(theirs))  # type: ignore[arg-type]  # all are known


def test_a_difference_is_ours_less_theirs() -> None:
    zero = forecast(draws=np.zeros((2, 2, 2), dtype=np.int32))
    found = outlook_of((forecast(),), (zero,)).difference("crps")
    assert found is not None
    # Zero scores |y|: 3, 0, 30, 40, mean 18.25.
    assert found.value == pytest.approx(1.375 - 18.25)
    assert found.lower <= found.value <= found.upper
    back = outlook_of((zero,), (forecast(),)).difference("crps")
    assert back is not None
    assert back.value == pytest.approx(-found.value)


def test_two_equal_forecasts_differ_by_nothing() -> None:
    found = outlook_of((forecast(),), (forecast(),)).difference("crps")
    assert found is not None
    assert (found.value, found.lower, found.upper) == (0, 0, 0)


def test_what_came_is_the_months_after_the_origin_and_no_other() -> None:
    found = came_after(TRUTH, area="2", origin=JUNE - 2, months=2)
    assert (found.months, found.peak, found.total, found.complete) == ((30, 40), 40, 70, True)


def test_what_came_is_said_to_be_incomplete_where_the_figures_end() -> None:
    found = came_after(TRUTH, area="2", origin=JUNE - 1, months=6)
    assert (found.months, found.complete) == ((40,), False)
    none = came_after(TRUTH, area="2", origin=JUNE, months=6)
    assert (none.months, none.peak, none.total, none.complete) == ((), None, None, False)


@pytest.mark.parametrize("area", range(8))
def test_what_came_reads_the_area_asked_for_in_any_order_of_areas(area: int, history: History) -> None:
    order = [2, 0, 3, 1, 7, 6, 5, 4]
    turned = dataclasses.replace(
        history, areas=tuple(history.areas[i] for i in order), names=tuple(history.names[i] for i in order),
        deaths=history.deaths[order],
    )  # fmt: skip
    origin = history.first + 30
    name = history.areas[area]
    expected = tuple(history.deaths[area, 31:34].tolist())
    for truth in (history, turned):
        assert came_after(truth, area=name, origin=origin, months=3).months == expected
