from __future__ import annotations

import math
import re

import numpy as np
import pytest

from tocsin.brief.charts import Ahead, Band, Frame, Past, fan
from tocsin.errors import InputError
from tocsin.vocabulary import Month, deaths

FRAME = Frame("fan", "Anbar")
ORIGIN = Month.of(2013, 12)
JANUARY = ORIGIN + 1


def rings(svg: str) -> list[tuple[float, float]]:
    plain = svg[: svg.rindex("what came")] if "what came" in svg else svg
    found = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" fill="#ffffff"', plain)
    return [(float(x), float(y)) for x, y in found][:-1]


def test_every_number_given_appears() -> None:
    past = Past(Month.of(2013, 11), (41, 1234))
    ahead = Ahead(ORIGIN, (1, 3), (17, 19), (Band(0.9, (3, 4), (413, 3165)),))
    svg = fan(past, ahead, frame=FRAME, came={JANUARY: 507, JANUARY + 2: 61}, threshold=333)
    for n in (41, 1234, 17, 19, 3, 4, 413, 3165, 507, 61, 333):
        assert re.search(rf"\b{deaths(n)}\b", svg), n
    assert "90 % range" in svg
    assert "no data after Dec 2013" in svg


def test_quantiles_are_those_of_the_draws() -> None:
    draws = np.random.default_rng(3).poisson(40, (2, 500))
    ahead = Ahead.of_draws(draws, origin=ORIGIN, horizons=(1, 2))
    assert ahead.median == tuple(np.median(draws, axis=1))
    assert [b.level for b in ahead.bands] == [0.9, 0.8, 0.5]
    assert ahead.bands[0].lower == pytest.approx(np.quantile(draws, 0.05, axis=1))
    assert ahead.bands[1].upper == pytest.approx(np.quantile(draws, 0.9, axis=1))


def test_what_came_is_drawn_hollow_higher_for_more_and_not_where_it_is_unknown() -> None:
    svg = fan(Past(ORIGIN, (5,)), None, frame=FRAME, came={JANUARY: 5, JANUARY + 1: 3164, JANUARY + 2: None})
    (x1, y1), (x2, y2) = rings(svg)
    assert x1 < x2
    assert y1 - y2 > 60
    assert "came not known" in svg


def test_an_unknown_month_is_hatched_and_a_month_of_no_deaths_is_not() -> None:
    unknown = fan(Past(ORIGIN, (3, None)), None, frame=FRAME)
    none = fan(Past(ORIGIN, (3, 0)), None, frame=FRAME)
    assert unknown.count("url(#fan-unknown)") == 2
    assert "url(#fan-unknown)" not in none


@pytest.mark.parametrize(
    ("past", "ahead"),
    [
        (Past(ORIGIN, (0,)), None),
        (Past(ORIGIN, (None, None)), None),
        (Past(ORIGIN, ()), Ahead(ORIGIN, (1,), (0,), (Band(0.9, (0,), (0,)),))),
        (Past(ORIGIN, (0, 0, 0)), Ahead.of_draws(np.zeros((3, 5)), origin=ORIGIN + 2, horizons=(1, 2, 3))),
        (Past(ORIGIN, (1_000_000,)), Ahead(ORIGIN, (), ())),
        (Past(Month.of(1989, 1), tuple(range(430))), None),
    ],
    ids=["one zero", "all unknown", "no past", "all zero", "no horizon", "36 years"],
)
def test_small_empty_and_long_inputs_are_drawn(past: Past, ahead: Ahead | None) -> None:
    for width in (680, 320):
        assert fan(past, ahead, frame=Frame("p", "T", width=width)).startswith("<svg")


def test_an_interval_from_zero_to_zero_is_seen() -> None:
    ahead = Ahead(ORIGIN, (1,), (0,), (Band(0.9, (0,), (0,)),))
    svg = fan(Past(ORIGIN, ()), ahead, frame=FRAME)
    block = re.search(r'd="M[\d.]+ ([\d.]+)V([\d.]+)H[\d.]+V[\d.]+z" fill="[^"]+" data-level', svg)
    assert block is not None
    assert float(block[1]) - float(block[2]) == pytest.approx(1, abs=0.11)


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(InputError, match="no month to draw"):
        fan(Past(ORIGIN, ()), None, frame=FRAME)


@pytest.mark.parametrize("value", [-1, math.nan, math.inf])
def test_what_is_no_count_is_refused_with_its_place(value: float) -> None:
    with pytest.raises(InputError, match="row 2, field deaths"):
        Past(ORIGIN, (1, value))
    with pytest.raises(InputError, match="field came"):
        fan(Past(ORIGIN, (1,)), None, frame=FRAME, came={JANUARY: value})
    with pytest.raises(InputError, match="90% band"):
        Ahead(ORIGIN, (1,), (1,), (Band(0.9, (0,), (value,)),))


def test_a_forecast_that_does_not_fit_together_is_refused() -> None:
    with pytest.raises(InputError, match="differ in length"):
        Ahead(ORIGIN, (1, 2), (1,))
    with pytest.raises(InputError, match="do not rise"):
        Ahead(ORIGIN, (2, 2), (1, 1))
