from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.errors import OutOfRange, UnknownName
from tocsin.forecast.contract import Model, model_named, models
from tocsin.forecast.ensemble.boosted_bins import BoostSettings
from tocsin.forecast.ensemble.members import PoolSettings
from tocsin.forecast.ensemble.model import ENSEMBLE, EnsembleSettings
from tocsin.forecast.ensemble.nets import NetSettings
from tocsin.forecast.forest import ForestSettings
from tocsin.forecast.make import make_forecast
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from tocsin.panel.history import History

HORIZONS = (1, 2, 3, 6)


ROUNDS = BoostSettings(rounds=5)
FEW = EnsembleSettings(
    forest=ForestSettings(trees=10), boost=ROUNDS, boost_active=ROUNDS, net=NetSettings(nets=1, hidden=4, epochs=2),
    pool=PoolSettings(seeds=1),
)  # fmt: skip


def every_model() -> list[str]:
    return list(models())


def quick(name: str) -> Model:
    """A registered model; the ensemble, which has its own tests, with few trees."""
    return ENSEMBLE.with_settings(FEW) if name == ENSEMBLE.contract.name else model_named(name)


@pytest.mark.parametrize("name", every_model())
def test_the_same_seed_gives_the_same_draws_bit_for_bit(name: str, history: History) -> None:
    first, again = (make_forecast(history, model=quick(name), horizons=HORIZONS, draws=60, seed=7) for _ in range(2))
    assert np.array_equal(first.draws, again.draws)
    assert first.draws.dtype == np.int32
    assert first.data_hash == again.data_hash


@pytest.mark.parametrize("name", [n for n in every_model() if n not in {"zero", "conflictology"}])
def test_another_seed_gives_other_draws(name: str, history: History) -> None:
    one, two = (make_forecast(history, model=quick(name), horizons=(1,), draws=60, seed=s) for s in (1, 2))
    assert not np.array_equal(one.draws, two.draws)


@pytest.mark.parametrize("name", every_model())
def test_a_planted_future_changes_nothing(name: str, history: History) -> None:
    origin = history.origin - 24
    planted = history.deaths.copy()
    planted[:, -24:] = 9_999
    doctored = replace(history, deaths=planted)
    honest, fooled = (
        make_forecast(h.until(origin), model=quick(name), horizons=HORIZONS, draws=40, seed=1)
        for h in (history, doctored)
    )
    assert np.array_equal(honest.draws, fooled.draws)
    assert honest.data_hash == fooled.data_hash


@pytest.mark.parametrize("name", every_model())
def test_only_areas_present_at_the_origin_are_forecast(name: str, history: History) -> None:
    present = history.present.copy()
    present[3, -5:] = False
    gone = replace(history, present=present, deaths=np.where(present, history.deaths, 0))
    forecast = make_forecast(gone, model=quick(name), horizons=(1, 2), draws=20, seed=1)
    assert history.areas[3] not in forecast.areas
    assert len(forecast.areas) == len(history.areas) - 1


@pytest.mark.parametrize("name", every_model())
def test_long_horizons_are_possible(name: str, history: History) -> None:
    forecast = make_forecast(history, model=quick(name), horizons=tuple(range(1, 37)), draws=20, seed=1)
    assert forecast.draws.shape == (8, 36, 20)


def test_contracts_say_what_they_must() -> None:
    for name, model in models().items():
        assert isinstance(model, Model)
        contract = model.contract
        assert contract.name == name
        assert contract.paper
        assert contract.predicts
    forest = models()["quantile_forest"].contract
    assert forest.status_at(Level.ADMIN1) == "experimental"
    assert forest.status_at(Level.COUNTRY) == "verified"


def test_an_unknown_model_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match="quantile_forest"):
        model_named("quantileforest")


@pytest.mark.parametrize(
    ("draws", "seed", "horizons", "words"),
    [(0, 1, (1,), "draws"), (10, -1, (1,), "seed"), (10, 1, (0,), "horizons"), (10, 1, (37,), "horizons")],
)
def test_numbers_outside_their_range_are_refused(
    draws: int, seed: int, horizons: tuple[int, ...], words: str, history: History
) -> None:
    with pytest.raises(OutOfRange, match=words):
        make_forecast(history, model=model_named("zero"), horizons=horizons, draws=draws, seed=seed)


def test_a_short_history_is_refused(history: History) -> None:
    with pytest.raises(OutOfRange, match="needs 60 months"):
        make_forecast(
            history.until(history.first + 30), model=model_named("quantile_forest"), horizons=(1,), draws=10, seed=1
        )


def test_an_origin_outside_the_data_is_refused(history: History) -> None:
    with pytest.raises(OutOfRange, match="outside the data"):
        history.until(history.origin + 1)
