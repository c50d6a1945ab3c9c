"""The ranking and how such rankings fared, by hand and on a made-up world."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit
from tests.forecast.onsets.onset_world import onset_world

from tocsin.errors import OutOfRange
from tocsin.forecast.onsets.model import OnsetSettings
from tocsin.forecast.onsets.outlook import OnsetOutlook, outlook_of
from tocsin.forecast.onsets.question import Onset
from tocsin.forecast.onsets.record import budget_of, record_of, steps_of
from tocsin.forecast.onsets.rolling import Asked
from tocsin.vocabulary import Month

NAN = np.nan
SAID = Asked(
    ("1", "2", "3"), (Month(1), Month(2)),
    np.array([[0.30, 0.02, NAN], [0.25, 0.03, 0.001]]), np.array([[True, False, False], [False, True, False]]),
)  # fmt: skip


@pytest.fixture(scope="module")
def done() -> OnsetOutlook:
    return outlook_of(
        onset_world(areas=40, months=180), question=Onset(1, 6), settings=OnsetSettings(bags=5), record_years=1
    )


def test_steps_hold_what_was_said_and_what_came() -> None:
    high, low, least = steps_of(SAID, seed=1)[::-1][0], steps_of(SAID, seed=1)[1:-1], steps_of(SAID, seed=1)[0]
    assert (high.p_from, high.cases, high.countries, high.came) == (0.2, 2, 1, 0.5)
    assert (high.lower, high.upper) == (None, None), "one country has no interval"
    assert [(s.p_from, s.cases, s.came) for s in low] == [(0.01, 1, 0.0), (0.025, 1, 1.0)]
    assert (least.cases, least.said) == (1, 0.001)


def test_the_first_few_are_counted_at_each_origin() -> None:
    one, all_of_them = budget_of(SAID, 1), budget_of(SAID, 9)
    assert (one.alerts, one.hits, one.onsets, one.precision, one.recall) == (2, 1, 2, 0.5, 0.5)
    assert (all_of_them.alerts, all_of_them.hits) == (5, 2)


def test_a_record_beside_itself_has_no_gap() -> None:
    record = record_of(SAID, SAID, seed=1)
    assert record.gap is not None
    assert (record.gap.value, record.gap.lower, record.gap.upper) == (0, 0, 0)
    assert record.step_of(0.3) == steps_of(SAID, seed=1)[-1]
    assert record.step_of(0.15) is None


def test_rows_are_ranked_and_their_drivers_add_up(done: OnsetOutlook) -> None:
    p = [row.p for row in done.rows]
    assert p == sorted(p, reverse=True)
    assert [row.rank for row in done.rows] == list(range(1, len(p) + 1))
    for row in done.rows:
        assert expit(done.level + sum(d.adds for d in row.drivers)) == pytest.approx(row.p)
        assert row.lower <= row.p <= row.upper
        assert [d.adds for d in row.drivers] == sorted((d.adds for d in row.drivers), reverse=True)


def test_only_countries_at_peace_are_ranked(done: OnsetOutlook) -> None:
    world = onset_world(areas=40, months=180)
    quiet = {a for a, deaths in zip(world.areas, world.deaths, strict=True) if not deaths[-12:].any()}
    assert {row.area for row in done.rows} == quiet
    assert len(quiet) < 40, "some country must be left out, or this test holds nothing"


def test_a_driver_says_what_is_not_known(done: OnsetOutlook) -> None:
    words = {d.signal: (d.words, d.value, d.adds) for d in done.rows[0].drivers}
    assert words["stability"] == ("political stability (WGI), two years before: not known", None, 0.0)


def test_a_short_history_has_no_record() -> None:
    world = onset_world(areas=40, months=62)
    assert outlook_of(world, question=Onset(1, 3), settings=OnsetSettings(bags=2), record_years=3).record is None


def test_nobody_at_peace_is_said() -> None:
    world = onset_world(areas=10, months=60)
    with pytest.raises(OutOfRange, match="no country has been at peace for 120 months"):
        outlook_of(world, question=Onset(1, 3, peace=120))
