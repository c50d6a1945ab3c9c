"""The pooled province model gives reasons: parts that add up, a planted cause named, and what would unsay a warning."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tocsin.forecast.explain.parts import LAST_YEAR, NEIGHBOURS, OTHER_MEMBERS, parts_of
from tocsin.forecast.explain.redrawn import forest_in, redrawn
from tocsin.forecast.explain.situations import contributions, drivers, nearest_situations
from tocsin.forecast.explain.unwarn import Kind, unwarned
from tocsin.forecast.provinces.pool import PROVINCE_POOL, FittedProvincePool, PoolSettings
from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month
from tocsin.warn.question import Question

ASKED = Question(1, 25)
PAIRS, MONTHS, BURNING = 8, 150, 1


def planted() -> History:
    """Pairs of provinces of two countries: the odd one burns in the month after its even neighbour did, and never else.

    AAA/1 has been quiet for years; its neighbour has just burst out.
    """
    rng = np.random.default_rng(7)
    deaths = np.zeros((2 * PAIRS, MONTHS), dtype=np.int64)
    for even in range(0, 2 * PAIRS, 2):
        on = np.repeat(rng.random(MONTHS // 3) < 0.3, 3)
        on[-BURNING:] = even == 0
        deaths[even] = rng.poisson(80, MONTHS) * on
        deaths[even + 1, 1:] = deaths[even, :-1]
    deaths[:2, -24:-BURNING] = 0
    deaths[1, -BURNING:] = 0
    areas = tuple(f"{'AAA' if i < PAIRS else 'BBB'}/{i}" for i in range(2 * PAIRS))
    return History(
        ids=AreaIds.ADMIN1, target="deaths_all", vintage="made up", areas=areas, names=areas, first=Month.of(2000, 1),
        deaths=deaths, present=np.ones(deaths.shape, dtype=bool),
        neighbours=tuple((i + 1 if i % 2 == 0 else i - 1,) for i in range(2 * PAIRS)),
        signals={"events": np.ceil(deaths / 5)},
    )  # fmt: skip


@cache
def grown() -> tuple[FittedProvincePool, History]:
    small = replace(PoolSettings().forest, trees=20, leaf=5, share_of_features=0.6, horizons_a_row=1)
    model = PROVINCE_POOL.alone().with_settings(replace(PoolSettings(), forest=small, seeds=1))
    history = planted()
    return model.fit(history, horizons=(1,), seed=1), history


@pytest.mark.parametrize("area", ["AAA/1", "AAA/0", "BBB/11"])
def test_base_and_parts_add_up_to_the_probability(area: str) -> None:
    fitted, history = grown()
    found = parts_of(fitted, history, area=area, asked=ASKED, p=0.321, draws=60)
    assert found.base + sum(part.share for part in found.parts) == pytest.approx(0.321, abs=1e-12)
    assert {OTHER_MEMBERS, LAST_YEAR, NEIGHBOURS} <= {part.group for part in found.parts}


def test_a_planted_cause_is_the_first_part() -> None:
    fitted, history = grown()
    p = float(redrawn(fitted, [history], area=1, asked=ASKED, draws=100, seed=1)[0])
    found = parts_of(fitted, history, area="AAA/1", asked=ASKED, p=p, draws=100)
    assert p > 0.3
    assert found.parts[0].group == NEIGHBOURS
    assert found.parts[0].share > 0.2
    assert next(part.share for part in found.parts if part.group == OTHER_MEMBERS) == pytest.approx(0)


def test_what_is_drawn_again_is_what_its_first_forest_draws() -> None:
    fitted, history = grown()
    assert forest_in(fitted) is fitted.forests[0]
    draws = fitted.forests[0].draw(history, draws=200, seed=3)
    said = ASKED.holds(draws, history.deaths[:, -12:].mean(axis=1)).mean(axis=1)
    again = [redrawn(fitted, [history], area=a, asked=ASKED, draws=200, seed=3)[0] for a in (0, 1, 9)]
    assert again == said[[0, 1, 9]].tolist()


def test_moves_of_its_features_add_up_and_the_neighbours_move_most() -> None:
    fitted, history = grown()
    forest = fitted.forests[0]
    now = forest.features(history).values[[1], -1]
    table = np.column_stack([now, np.ones(1, dtype=np.float32)])
    expected = np.mean([tree.tree_.value[0, 0, 0] for tree in forest.forest.estimators_])
    moves = contributions(forest, now, horizon=1)
    assert moves.sum() == pytest.approx(float(forest.forest.predict(table)[0] - expected))
    up = [d for d in drivers(forest, history, area="AAA/1", horizon=1) if d.move > 0]
    assert up[0].strongest.name.startswith(("near_", "country_", "rise", "all_", "spread"))
    assert "neighbour" in " ".join(d.words for d in up)


def test_the_nearest_situations_are_of_any_country_and_say_what_followed() -> None:
    fitted, history = grown()
    found = nearest_situations(fitted.forests[0], history, area="AAA/1", horizon=1, months=1)
    assert len(found) == 3
    assert sum(s.followed[0] >= 25 for s in found) >= 2, "after a neighbour burned, most burned"


def test_months_beyond_a_countrys_record_are_not_told_as_peace() -> None:
    fitted, history = grown()
    forest = fitted.forests[0]
    first = nearest_situations(forest, history, area="AAA/1", horizon=1, months=3, most=1)[0]
    assert len(first.followed) == 3
    present = history.present.copy()
    present[:, first.month - history.first + 2 :] = False
    ended = replace(forest, learned=replace(history, present=present))
    again = nearest_situations(ended, history, area="AAA/1", horizon=1, months=3, most=1)[0]
    assert again.followed == first.followed[:1]


def test_the_warning_goes_away_when_its_planted_cause_does() -> None:
    fitted, history = grown()
    p = float(redrawn(fitted, [history], area=1, asked=ASKED, draws=100, seed=1)[0])
    found = unwarned(fitted, history, area="AAA/1", asked=ASKED, p=p, below=0.85 * p, goal="below the mark", draws=60)
    kinds = {t.change.kind for t in found.single}
    assert kinds == {Kind.NEIGHBOURS}, "it has no deaths that could fall, and time alone does nothing"
    assert all(t.p < 0.85 * p for t in found.single)
