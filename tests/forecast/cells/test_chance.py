from __future__ import annotations

import numpy as np
import pytest

from tocsin.forecast.cells.chance import Chance

RNG = np.random.default_rng(0)
TABLE = RNG.normal(size=(1000, 3)).astype(np.float32)
DIED = RNG.random(1000) < 1 / (1 + np.exp(2 - 2 * TABLE[:, 0]))


def learned(*, weight: np.ndarray | None = None) -> Chance:
    return Chance.of(TABLE, DIED, np.ones(1000) if weight is None else weight, rounds=20, seed=1)


def test_the_chance_follows_the_signal_and_is_calibrated_where_it_was_learned() -> None:
    chance = learned().of_any(TABLE)
    order = np.argsort(TABLE[:, 0])
    assert chance[order[-300:]].mean() > 3 * chance[order[:300]].mean()
    assert chance.mean() == pytest.approx(DIED.mean(), abs=0.02)


def test_a_situation_counts_as_often_as_it_weighs() -> None:
    weight = np.where(DIED, 3.0, 1.0)
    heavier = learned(weight=weight).of_any(TABLE)
    assert np.average(heavier, weights=weight) == pytest.approx(np.average(DIED, weights=weight), abs=0.02)
    assert (heavier > learned().of_any(TABLE)).mean() > 0.95


def test_the_same_seed_gives_the_same_chances() -> None:
    assert np.array_equal(learned().of_any(TABLE), learned().of_any(TABLE))
