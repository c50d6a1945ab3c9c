from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from tocsin.errors import OutOfRange
from tocsin.mission.block_intervals import block_counts, interval, sampled_shares
from tocsin.mission.distance import nearest_km, unit_vectors
from tocsin.mission.incidents import Incidents
from tocsin.mission.reach import Place
from tocsin.mission.reach_draws import points_within, reach_draws, triangular
from tocsin.vocabulary import Month

SITE = [Place("a", "a", 33.0, 44.0)]


def incidents(*, months: int = 24, each: int = 5, precision: int = 1, spread: float = 1.0) -> Incidents:
    rng = np.random.default_rng(3)
    n = months * each
    best = rng.gamma(1, 20, n).round()
    return Incidents(
        month_id=np.repeat(np.arange(months), each) + 1, lat=33 + rng.normal(0, spread, n), lon=44 + rng.normal(0, spread, n),
        where_precision=np.full(n, precision), violence=np.full(n, "sb"), province=np.zeros(n, dtype=np.int64),
        provinces=("IRQ/Baghdad",), deaths=np.column_stack((best, best, best)), civilians=np.zeros(n), events=np.ones(n),
        event=np.arange(n), first=Month(1), last=Month(months), single=True,
    )  # fmt: skip


@pytest.mark.parametrize("months", [24, 60, 120])
def test_ninety_percent_intervals_of_months_cover_the_known_share(months: int) -> None:
    rng = np.random.default_rng(months)
    sets, expected = 1500, 0.25
    total = rng.poisson(rng.gamma(1, 60, (months, sets)))
    reached = rng.binomial(total, rng.beta(2, 6, (months, sets)))
    counts = block_counts(months, draws=999, rng=rng)
    _, explained = sampled_shares(reached.astype(float), total.astype(float), counts)
    low, high = interval(explained)
    assert 0.87 <= float(((low <= expected) & (expected <= high)).mean()) <= 0.93


def test_exact_places_and_certain_deaths_leave_no_input_noise() -> None:
    made = reach_draws(incidents(), SITE, reach_km=(50, 50, 50), distances=(25, 50), draws=20).deaths
    assert made.inputs == pytest.approx(np.vstack((made.point, made.point)))
    assert (made.sampling[0] < made.point).all()
    assert (made.point < made.sampling[1]).all()


def test_draws_of_one_seed_are_the_same_whatever_the_threads() -> None:
    here = incidents(precision=2)
    one, two = (reach_draws(here, SITE, distances=(25, 50), draws=30, seed=4, workers=w) for w in (1, 2))
    assert np.array_equal(one.deaths.both, two.deaths.both)
    other = reach_draws(here, SITE, distances=(25, 50), draws=30, seed=5)
    assert not np.array_equal(one.deaths.inputs, other.deaths.inputs)


def test_the_order_of_rows_and_sites_changes_no_interval() -> None:
    here = incidents(precision=2)
    rows = (
        "month_id",
        "lat",
        "lon",
        "where_precision",
        "violence",
        "province",
        "deaths",
        "civilians",
        "events",
        "event",
    )
    turned = replace(here, **{name: getattr(here, name)[::-1] for name in rows})
    sites = [*SITE, Place("b", "b", 33.5, 44.5, 10)]
    one = reach_draws(here, sites, distances=(25, 50), draws=30, seed=4)
    two = reach_draws(turned, sites[::-1], distances=(25, 50), draws=30, seed=4)
    assert np.array_equal(one.deaths.both, two.deaths.both)
    assert np.array_equal(one.events.inputs, two.events.inputs)


def test_bounds_never_fall_with_distance() -> None:
    made = reach_draws(incidents(months=12, precision=2), SITE, distances=(10, 25, 50, 100, 200, 400), draws=60)
    for bounds in (made.deaths.inputs, made.deaths.sampling, made.deaths.both):
        known = bounds[:, :-1]
        assert (np.diff(known[0][~np.isnan(known[0])]) >= 0).all()
        assert (np.diff(known[1][~np.isnan(known[1])]) >= 0).all()


def test_events_of_unknown_place_are_never_reached_but_counted() -> None:
    made = reach_draws(incidents(precision=6, spread=0), SITE, distances=(50,), draws=10).events
    assert (made.point[0], made.unplaced) == (1.0, 1.0)
    assert (made.inputs == 0).all()


def test_a_province_event_lies_anywhere_in_its_outline() -> None:
    far = shapely.box(46, 36, 47, 37)
    here = incidents(precision=4, spread=0)
    inside = reach_draws(here, SITE, distances=(150, 600), draws=10, outlines={"IRQ/Baghdad": far}).events
    assert inside.inputs[:, 0] == pytest.approx([0, 0])
    assert inside.inputs[:, 1] == pytest.approx([1, 1])
    without = reach_draws(here, SITE, distances=(50, 101), draws=200).events
    assert without.inputs[:, 1] == pytest.approx([1, 1])
    assert without.inputs[0, 0] < 0.25 < without.inputs[1, 0]


def test_points_of_an_outline_lie_in_it() -> None:
    found = points_within(shapely.box(44, 33, 45, 34), 500, np.random.default_rng(1))
    assert found.shape == (500, 3)
    assert nearest_km(found, unit_vectors([33.5], [44.5])).max() < 75


def test_triangles_keep_to_their_ends_and_mean() -> None:
    deaths = np.tile([0.0, 3.0, 9.0], (20_000, 1))
    drawn = triangular(deaths, np.random.default_rng(1))
    assert 0 <= drawn.min() <= drawn.max() <= 9
    assert drawn.mean() == pytest.approx(4, abs=0.05)


def test_too_few_months_with_anything_reached_leave_the_interval_unknown() -> None:
    here = incidents(months=12, each=1)
    lone = replace(here, lat=np.where(np.arange(12) == 3, 33.0, 40.0), lon=np.full(12, 44.0))
    assert np.isnan(reach_draws(lone, SITE, distances=(50,), draws=20).deaths.sampling[:, 0]).all()


@pytest.mark.parametrize(
    ("reach", "draws", "seed"), [((0, 5, 9), 5, 1), ((9, 5, 10), 5, 1), ((1, 2, 3), 0, 1), ((1, 2, 3), 5, -1)]
)
def test_what_is_not_possible_is_refused(reach: tuple[float, float, float], draws: int, seed: int) -> None:
    with pytest.raises(OutOfRange):
        reach_draws(incidents(), SITE, reach_km=reach, draws=draws, seed=seed)
