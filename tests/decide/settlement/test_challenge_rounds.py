from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.decide.settlement import challenge_rounds
from tocsin.errors import InputError, OutOfRange

if TYPE_CHECKING:
    from pathlib import Path

POSITION = [4, 7, 4, 4, 10, 10, 10, 7, 4, 7]
CAPABILITY = [0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08]
SALIENCE = [0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7]


def test_emission_standards_round_by_round_to_three_decimals() -> None:
    done = challenge_rounds(POSITION, CAPABILITY, salience=SALIENCE, rounds=8)
    assert done.median.round(3).tolist() == [8.416, 9.611, 9.962, 9.962, 9.962, 7.472, 8.825, 9.671]
    assert done.mean.round(3).tolist() == [7.461, 7.553, 7.590, 7.358, 7.349, 7.415, 7.510, 7.572]
    assert done.settles is False
    assert challenge_rounds(POSITION, CAPABILITY, salience=SALIENCE, rounds=5).settles is True
    assert challenge_rounds(POSITION, CAPABILITY, salience=SALIENCE, rounds=2).settles is None


@pytest.mark.data
def test_the_figures_above_are_those_of_the_file_and_the_first_round_is_that_of_the_paper(shared_data: Path) -> None:
    said = json.loads((shared_data / "oracles" / "ec1984_published.json").read_text(encoding="utf-8"))
    done = challenge_rounds(POSITION, CAPABILITY, salience=SALIENCE, rounds=8)
    assert said["port_medians_r1_r8"] == done.median.round(3).tolist()
    assert said["port_means_r1_r8"] == done.mean.round(3).tolist()
    assert (said["median_by_round"][0], said["mean_by_round"][0]) == (8.4, 7.4)
    assert np.floor(10 * done.median[0]) / 10 == 8.4
    assert np.floor(10 * done.mean[0]) / 10 == 7.4


def test_parties_that_agree_stay_and_weightless_ones_are_not_there() -> None:
    assert challenge_rounds([5, 5], [1, 1], salience=[1, 1]).positions.tolist() == [[5, 5]] * 8
    full = challenge_rounds([0, 40, 100, 70], [1, 1, 2, 0], salience=[0.5, 0.5, 0.8, 1])
    assert full.median.tolist() == challenge_rounds([0, 40, 100], [1, 1, 2], salience=[0.5, 0.5, 0.8]).median.tolist()


def test_the_unit_of_the_scale_does_not_matter() -> None:
    years = challenge_rounds(POSITION, CAPABILITY, salience=SALIENCE)
    months = challenge_rounds([12 * x for x in POSITION], CAPABILITY, salience=SALIENCE)
    assert months.median == pytest.approx(12 * years.median)


def test_what_cannot_be_used() -> None:
    with pytest.raises(InputError, match="one question"):
        challenge_rounds([[1, 2]], [1, 1], salience=[1, 1])
    with pytest.raises(OutOfRange, match="salience"):
        challenge_rounds([1, 2], [1, 1], salience=[50, 100])
    with pytest.raises(OutOfRange, match="0 rounds"):
        challenge_rounds([1, 2], [1, 1], salience=[1, 1], rounds=0)
