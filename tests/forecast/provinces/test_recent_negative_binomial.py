"""Escalation by the recent months: by hand, from the window alone, and higher after a rise than after a fall."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tocsin.forecast.provinces.recent import RecentNegativeBinomial, recent_mean
from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month

MONTHS = 90


def provinces(deaths: np.ndarray) -> History:
    areas = tuple(f"AAA/{i}" for i in range(len(deaths)))
    return History(
        ids=AreaIds.ADMIN1, target="deaths_all", vintage="made up", areas=areas, names=areas, first=Month.of(2000, 1),
        deaths=deaths.astype(np.int64), present=np.ones(deaths.shape, dtype=bool), neighbours=((),) * len(deaths),
    )  # fmt: skip


@pytest.fixture(scope="module")
def steady() -> History:
    rng = np.random.default_rng(2)
    return provinces(rng.poisson(20 * rng.gamma(4, 1 / 4, (30, MONTHS))))


def test_a_geometric_count_by_hand() -> None:
    still = provinces(np.zeros((1, MONTHS)))
    half = RecentNegativeBinomial(dispersion=1.0, months=3).reaches(still, np.array([1.0]))
    # mean 1.5 over three months, a = 1: P(n >= 3) = (1.5 / 2.5) ** 3
    assert half == pytest.approx([0.6**3])


def test_it_is_likelier_after_a_rise_than_after_a_fall_of_the_same_year() -> None:
    rising, falling = np.zeros((2, MONTHS))
    rising[-3:], falling[-12:-9] = 20, 20
    p = RecentNegativeBinomial(2.0, 3).reaches(provinces(np.stack([rising, falling])), np.full(2, 25.0))
    assert recent_mean(np.stack([rising, falling]).astype(np.int64))[:, -1].tolist() == [12.5, 2.5]
    assert p[0] > 2 * p[1]


def test_the_dispersion_of_the_record_is_found_and_nothing_after_the_origin_is_read(steady: History) -> None:
    learned = RecentNegativeBinomial.learned_from(steady, months=3)
    assert 0.02 < learned.dispersion < 0.3, "gamma factors of variance 1/4 a month make about 1/12 of three"
    origin = steady.first + 60
    doctored = replace(steady, deaths=np.where(np.arange(MONTHS) > 60, 9_999, steady.deaths))
    again = RecentNegativeBinomial.learned_from(doctored.until(origin), months=3)
    assert again == RecentNegativeBinomial.learned_from(steady.until(origin), months=3)


def test_only_areas_present_are_answered(steady: History) -> None:
    present = steady.present.copy()
    present[3:, -1] = False
    p = RecentNegativeBinomial(0.5, 3).reaches(replace(steady, present=present), np.full(3, 25.0))
    assert p.shape == (3,)
