from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.api.known import open_case
from tocsin.api.reconciled import only, reconciled
from tocsin.backtest.log import verify
from tocsin.cli.app import run
from tocsin.errors import OutOfRange
from tocsin.vocabulary import Month, Target

if TYPE_CHECKING:
    from pathlib import Path


def test_a_case_s_provinces_add_up_to_its_countries(tmp_path: Path) -> None:
    both = reconciled(
        open_case("iraq"), origin=Month.of(2013, 12), horizons=(1, 3), model="conflictology", draws=30,
        log=tmp_path / "log",
    )  # fmt: skip
    assert both.countries.areas == ("IRQ",)
    assert "IRQ/province unknown" in both.provinces.areas
    assert np.array_equal(both.provinces.draws.sum(axis=0), both.countries.draws[0])
    assert not np.array_equal(both.apart.draws.sum(axis=0), both.countries.draws[0])
    assert both.provinces.areas == both.apart.areas
    assert verify(tmp_path / "log") == 1
    with pytest.raises(OutOfRange, match="XYZ"):
        only(both.countries, ("XYZ",))


def test_levels_that_count_different_deaths_are_not_made_to_agree() -> None:
    case = open_case("iraq")
    other = replace(case, settings=case.settings.model_copy(update={"target": Target("deaths_sb")}))
    with pytest.raises(OutOfRange, match="deaths_sb"):
        reconciled(other, model="zero", draws=5)


def test_only_provinces_of_a_case_can_be_reconciled(tmp_path: Path) -> None:
    assert run(["forecast", "--reconcile", "--level", "country", "--out", str(tmp_path / "f.parquet")]) == 2
