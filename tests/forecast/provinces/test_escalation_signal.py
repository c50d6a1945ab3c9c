"""The signal of rungs: what it learns from, what it must not see, and a planted cause it finds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tocsin.forecast.provinces.features import province_features
from tocsin.forecast.provinces.signal import ESCALATION, EscalationSignal, Rung, SignalSettings, past_windows
from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month
from tocsin.warn.question import Question

MONTHS, PROVINCES = 130, 12
SMALL = SignalSettings(rungs=(Rung(2, 15), ESCALATION), bags=1, trees=25, rate=0.2, least_rows=10, features=1.0)


def bursting() -> History:
    """Quiet provinces; each bursts out for three months after ten one-sided deaths in a month, and after ten others never."""
    rng = np.random.default_rng(3)
    deaths = rng.poisson(2.0, (PROVINCES, MONTHS))
    one_sided = np.zeros((PROVINCES, MONTHS))
    for area in range(PROVINCES):
        for month in range(20 + area, MONTHS, 25):
            one_sided[area, month] = 10
            deaths[area, month] += 10
            deaths[area, month + 1 : month + 4] += 60
        deaths[area, range(32 + area, MONTHS, 25)] += 10
    one_sided[:2, -12:] = 0
    one_sided[0, -1] = 10
    deaths[:2, -12:], deaths[:2, -1] = 2, 12
    areas = tuple(f"AAA/{i}" for i in range(PROVINCES))
    return History(
        ids=AreaIds.ADMIN1, target="deaths_all", vintage="made up", areas=areas, names=areas, first=Month.of(2000, 1),
        deaths=deaths.astype(np.int64), present=np.ones(deaths.shape, dtype=bool), neighbours=((),) * PROVINCES,
        signals={"deaths_os": one_sided, "deaths_all": deaths.astype(np.float64)},
    )  # fmt: skip


@pytest.fixture(scope="module")
def world() -> History:
    return bursting()


def test_the_rung_of_escalation_is_the_question_warnings_ask() -> None:
    rng = np.random.default_rng(1)
    ahead, year = rng.poisson(30, (200, 3)), rng.gamma(1, 12, 200)
    assert np.array_equal(ESCALATION.reached(ahead.mean(axis=1), year), Question(months=3).holds(ahead, year))


def test_past_windows_have_two_years_behind_and_the_window_ahead(world: History) -> None:
    present = world.present.copy()
    present[1, :50] = False
    seen = replace(world, present=present, deaths=np.where(present, world.deaths, 0))
    values = np.arange(MONTHS, dtype=np.float32)[None, :, None] + np.zeros((PROVINCES, 1, 1), dtype=np.float32)
    past = past_windows(seen, values, months=3)
    assert past.features.min() == 23
    assert past.features.max() == MONTHS - 4
    assert len(past.ahead) == (PROVINCES - 1) * (MONTHS - 3 - 23) + (MONTHS - 3 - 73)
    assert past.ahead[0] == world.deaths[0, 24:27].mean()
    assert past.year[0] == world.deaths[0, 12:24].mean()


def test_a_planted_cause_raises_the_signal(world: History) -> None:
    strength = EscalationSignal.learned_from(world, months=3, seed=1, settings=SMALL).strength(world)
    assert strength.shape == (PROVINCES,)
    assert strength[0] > 0.5
    assert strength[0] > 1.5 * strength[1], "the same deaths, none of them one-sided"


def test_nothing_after_the_origin_is_seen(world: History) -> None:
    origin = world.first + 100
    doctored = replace(world, deaths=np.where(np.arange(MONTHS) > 100, 5_000, world.deaths))
    one, two = (
        EscalationSignal.learned_from(h.until(origin), months=3, seed=1, settings=SMALL).strength(h.until(origin))
        for h in (world, doctored)
    )
    assert np.array_equal(one, two)


def test_the_same_seed_gives_the_same_signal_and_another_another(world: History) -> None:
    past = past_windows(world, province_features(world).values, months=3)
    now = past.features[:30]
    one, again, other = (
        EscalationSignal.of_windows(past, seed=s, settings=SMALL).of_situations(now) for s in (1, 1, 2)
    )
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_without_a_past_climb_nothing_is_said(world: History) -> None:
    still = replace(world, deaths=np.zeros_like(world.deaths), signals={})
    signal = EscalationSignal.learned_from(still, months=3, seed=1, settings=SMALL)
    assert signal.grown == (None, None)
    assert not signal.strength(still).any()
