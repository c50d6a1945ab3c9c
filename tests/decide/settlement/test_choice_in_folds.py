from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.decide.settlement import SHIPPED, Distribution, Mixture, PastSettlements, past_settlements, weighted_mean
from tocsin.decide.settlement.choose import Weighted, choose, fixed, folds_of, nested, plain_errors, weighed
from tocsin.decide.settlement.compare import ModelForecasts, compare, mean_by_group, score
from tocsin.decide.settlement.mixture import GRID
from tocsin.decide.settlement.shares import central_of_shares, crps_of_shares, holds
from tocsin.sources.build.settlement import settlement_errors
from tocsin.sources.deu import read_deu
from tocsin.sources.starter import starter_table

if TYPE_CHECKING:
    from pathlib import Path


def made_up(n: int = 40) -> tuple[tuple[Weighted, ...], list[str]]:
    """Weights by size matter, and questions of one proposal come out alike."""
    rng = np.random.default_rng(5)
    size, salience = np.array([1.0, 4.0, 16.0]), rng.uniform(10, 90, (n, 3))
    position = rng.integers(0, 101, (n, 3)).astype(float)
    outcome = np.rint(np.clip(weighted_mean(position, size * salience) + rng.normal(0, 5, n), 0, 100))
    ways = weighed(position, size=size, salience=salience, outcome=outcome, unanimous=np.arange(n) % 5 == 0)
    return ways, [f"p{i // 2}" for i in range(n)]


def test_a_fold_holds_whole_proposals() -> None:
    groups = [f"p{i // 3}" for i in range(60)]
    fold = folds_of(groups, folds=5, seed=2)
    assert all(len({int(f) for f, g in zip(fold, groups, strict=True) if g == name}) == 1 for name in set(groups))
    assert np.bincount(fold).tolist() == [12] * 5


def test_the_weights_that_made_the_outcomes_are_chosen() -> None:
    ways, groups = made_up()
    assert choose(ways, these=np.ones(40, dtype=bool), groups=groups, seed=1).exponent == 1.0


def test_outcomes_of_the_scored_fold_reach_neither_choice_nor_errors() -> None:
    ways, groups = made_up()
    fold = folds_of(groups, folds=4, seed=1)
    _, before, chosen = nested(ways, groups=groups, folds=4, seed=1)
    other = np.where(fold == 2, 100 - ways[0].past.outcome, ways[0].past.outcome)
    turned = tuple(
        Weighted(w.exponent, PastSettlements(w.past.centre, w.past.spread, other, w.past.unanimous), w.election)
        for w in ways
    )
    _, after, again = nested(turned, groups=groups, folds=4, seed=1)
    assert again[2] == chosen[2]
    assert after[fold == 2] == pytest.approx(before[fold == 2])
    assert np.abs(after[fold != 2] - before[fold != 2]).max() > 0.01
    assert after.sum(axis=1) == pytest.approx(np.ones(40))


def test_errors_of_a_point_come_from_other_folds() -> None:
    """Two proposals in two folds: each is given the other's error, +10 and -20."""
    shares = plain_errors(np.array([40.0, 50.0]), np.array([50.0, 30.0]), groups=["a", "b"], folds=2)
    assert shares.argmax(axis=1).tolist() == [20, 60]
    assert shares.max(axis=1).tolist() == [1, 1]


def test_the_score_of_shares_is_that_of_the_distribution() -> None:
    rng = np.random.default_rng(1)
    shares = rng.dirichlet(np.full(101, 0.1), 6)
    came = np.array([0, 100, 37, 50, 99.5, 12.25])
    by_point = [Distribution.of(GRID, row).crps(y) for row, y in zip(shares, came, strict=True)]
    assert crps_of_shares(shares, came) == pytest.approx(by_point)
    low, high = central_of_shares(shares)
    assert [(a, b) for a, b in zip(low, high, strict=True)] == [Distribution.of(GRID, row).central() for row in shares]
    assert holds(shares, low).all()
    assert not holds(shares, high + 1).any()


def test_scores_and_differences_by_hand() -> None:
    sure = np.zeros((3, 101))
    sure[np.arange(3), [10, 20, 30]] = 1.0
    one = ModelForecasts("one", np.array([10.0, 20.0, np.nan]), sure, "own", "none")
    came, groups, every = np.array([13.0, 19.0, 0.0]), ["a", "a", "b"], np.ones(3, dtype=bool)
    said = score(one, outcome=came, these=every, by="all", groups=groups)
    assert (said.n, said.proposals, said.mae, said.crps, said.cover80) == (2, 1, 2.0, 2.0, 0.0)
    assert said.mae_bounds is None
    none = score(one, outcome=came, these=~every, by="nobody", groups=groups)
    assert (none.n, none.mae, none.cover80) == (0, None, None)
    two = ModelForecasts("two", np.array([13.0, 19.0, 0.0]), sure, "own", "none")
    difference = compare(one, two, metric="mae", outcome=came, groups=["a", "b", "c"])
    assert (difference.n, difference.value and difference.value.value) == (2, 2.0)


def test_proposals_are_drawn_whole() -> None:
    bounds = mean_by_group(np.array([0.0, 0.0, 0.0, 9.0]), np.array(["a", "a", "a", "b"]))
    assert bounds is not None
    assert (bounds.value, bounds.lower, bounds.upper) == (2.25, 0.0, 9.0)


@pytest.mark.data
def test_what_ships_is_what_the_file_gives(shared_data: Path) -> None:
    issues = read_deu(shared_data / "oracles" / "deu3_issues.tsv")
    made, ships = settlement_errors(shared_data), starter_table("settlement_errors")
    assert ships.equals(made)
    past = past_settlements()
    assert past.centre == pytest.approx(weighted_mean(issues.position, issues.size**0.5 * issues.salience), abs=1e-4)
    assert past.outcome.tolist() == issues.outcome.tolist()


@pytest.mark.data
def test_the_settings_that_ship_are_those_chosen_on_all_issues(shared_data: Path) -> None:
    issues = read_deu(shared_data / "oracles" / "deu3_issues.tsv")
    ways = weighed(
        issues.position, size=issues.size, salience=issues.salience, outcome=issues.outcome, unanimous=issues.unanimous
    )
    picked = choose(ways, these=np.ones(issues.outcome.size, dtype=bool), groups=issues.proposal, seed=1)
    assert (picked.exponent, picked.mixture) == (0.5, SHIPPED)
    centre, shares, _ = nested(ways, groups=issues.proposal, seed=1)
    assert np.abs(centre - issues.outcome).mean() <= 23.3
    assert crps_of_shares(shares, issues.outcome).mean() <= 16.0
    assert 0.78 <= holds(shares, issues.outcome).mean() <= 0.86
    alike = fixed(ways[1], Mixture(election=0.4, bandwidth=0.0, spread_width=None), groups=issues.proposal)
    assert crps_of_shares(alike, issues.outcome).mean() == pytest.approx(15.51, abs=0.1)
