from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tocsin.errors import InputError, OutOfRange
from tocsin.forecast.forecast import Forecast
from tocsin.forecast.reconciled.levels import check_adds_up, reconciled_parts
from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month

PROVINCES = ("IRQ/Anbar", "IRQ/Ninewa", "SYR/Aleppo")
COUNTRIES = {province: province[:3] for province in PROVINCES} | {f"{c}/province unknown": c for c in ("IRQ", "SYR")}
CELLS = {"100": "IRQ/Anbar", "101": "IRQ/Anbar", "102": "IRQ/Ninewa", "103": "SYR/Aleppo", "104": "SYR/Aleppo"}


def forecast(ids: AreaIds, areas: tuple[str, ...], *, mean: float, seed: int) -> Forecast:
    rng = np.random.default_rng(seed)
    draws = rng.poisson(mean * rng.gamma(0.5, 2, (len(areas), 3, 80))).astype(np.int32)
    return Forecast(
        model="made up", ids=ids, target="deaths_sb", vintage="made up", origin=Month.of(2010, 1), horizons=(1, 2, 3),
        areas=areas, names=areas, draws=draws, seed=1, data_hash="none",
    )  # fmt: skip


@pytest.fixture
def countries() -> Forecast:
    return forecast(AreaIds.ISO3, ("SYR", "IRQ", "IRN"), mean=20, seed=1)


@pytest.fixture
def provinces() -> Forecast:
    return forecast(AreaIds.ADMIN1, PROVINCES, mean=5, seed=2)


def test_cells_provinces_and_countries_agree_draw_by_draw(countries: Forecast, provinces: Forecast) -> None:
    cells = forecast(AreaIds.GID, tuple(CELLS), mean=1, seed=3)
    middle = reconciled_parts(countries, provinces, lies_in=COUNTRIES, seed=4)
    fine = reconciled_parts(middle, cells, lies_in=CELLS, seed=4)
    for country, row in (("SYR", 0), ("IRQ", 1)):
        mine = [i for i, area in enumerate(middle.areas) if area.startswith(country)]
        assert np.array_equal(middle.draws[mine].sum(axis=0), countries.draws[row])
    for province in PROVINCES:
        mine = [i for i, cell in enumerate(fine.areas) if CELLS[cell] == province]
        assert np.array_equal(fine.draws[mine].sum(axis=0), middle.draws[middle.areas.index(province)])
    check_adds_up(countries, middle, lies_in=COUNTRIES)
    check_adds_up(middle, fine, lies_in=CELLS)


def test_what_does_not_add_up_is_found(countries: Forecast, provinces: Forecast) -> None:
    with pytest.raises(OutOfRange, match="SYR"):
        check_adds_up(countries, provinces, lies_in=COUNTRIES)


def test_deaths_without_a_place_stand_as_province_unknown(countries: Forecast, provinces: Forecast) -> None:
    still = replace(provinces, draws=np.zeros_like(provinces.draws))
    found = reconciled_parts(countries, still, lies_in=COUNTRIES, seed=4)
    assert found.areas == (
        "SYR/Aleppo", "SYR/province unknown", "IRQ/Anbar", "IRQ/Ninewa", "IRQ/province unknown",
    )  # fmt: skip
    assert np.array_equal(found.draws[4], countries.draws[1])
    assert not found.draws[[0, 2, 3]].any()


def test_a_cell_s_deaths_without_a_place_fall_on_all_cells_alike(provinces: Forecast) -> None:
    cells = forecast(AreaIds.GID, ("100", "101"), mean=0, seed=3)
    heavy = replace(provinces, draws=np.full_like(provinces.draws, 1000))
    found = reconciled_parts(heavy, cells, lies_in=CELLS, seed=4)
    assert found.draws.mean(axis=(1, 2)) == pytest.approx([500, 500], rel=0.02)


def test_past_courses_tell_which_parts_rise_together(countries: Forecast, provinces: Forecast) -> None:
    rng = np.random.default_rng(0)
    wave = rng.poisson(5 * rng.gamma(0.3, 3, 200))
    deaths = np.stack([wave, wave, rng.permutation(wave)]).astype(np.int64)
    past = History(
        ids=AreaIds.ADMIN1, target="deaths_sb", vintage="made up", areas=PROVINCES, names=PROVINCES,
        first=Month.of(1994, 1), deaths=deaths, present=np.ones(deaths.shape, dtype=bool), neighbours=((),) * 3,
    )  # fmt: skip
    found = reconciled_parts(countries, provinces, lies_in=COUNTRIES, history=past, seed=4)
    check_adds_up(countries, found, lies_in=COUNTRIES)
    pair = found.draws[[found.areas.index(p) for p in PROVINCES[:2]], 0].astype(float)
    assert np.asarray(np.corrcoef(np.log1p(pair)))[0, 1] > 0.6
    other = replace(past, areas=("a", "b", "c"))
    with pytest.raises(InputError, match="not that of the parts"):
        reconciled_parts(countries, provinces, lies_in=COUNTRIES, history=other, seed=4)


def test_forecasts_that_cannot_agree_are_refused(countries: Forecast, provinces: Forecast) -> None:
    with pytest.raises(InputError, match="origin"):
        reconciled_parts(countries, replace(provinces, origin=Month.of(2011, 1)), lies_in=COUNTRIES, seed=1)
    with pytest.raises(InputError, match="draws"):
        reconciled_parts(countries, replace(provinces, draws=provinces.draws[:, :, :5]), lies_in=COUNTRIES, seed=1)
    with pytest.raises(InputError, match="no part lies"):
        reconciled_parts(countries, provinces, lies_in={}, seed=1)
