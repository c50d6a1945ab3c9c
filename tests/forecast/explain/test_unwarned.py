"""What would make a warning go away: drawn again, seen before, and said to be unknown where nothing would do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tocsin.forecast.explain.changed import continued, neighbours_at
from tocsin.forecast.explain.redrawn import redrawn
from tocsin.forecast.explain.unwarn import Change, Kind, changes_for, unwarned
from tocsin.forecast.explain.unwarn_seen import Seen, past_like
from tocsin.forecast.forest import QUANTILE_FOREST, FittedForest, ForestSettings
from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month
from tocsin.warn.question import Question

if TYPE_CHECKING:
    from numpy.typing import NDArray

ASKED = Question(1, 25)


def world(*, months: int = 180, burning: int) -> History:
    """Pairs of areas: the even one burns for three months now and then; the odd one in half of the months after it burned."""
    rng = np.random.default_rng(7)
    areas = 16
    deaths = np.zeros((areas, months), dtype=np.int64)
    for a in range(0, areas, 2):
        on = np.repeat(rng.random(months // 3 + 1) < 0.35, 3)[:months]
        on[-burning:] |= a == 0
        deaths[a] = rng.poisson(60, months) * on
        deaths[a + 1, 1:] = 60 * (on[:-1] & (rng.random(months - 1) < 0.6))
    names = tuple(f"a{i}" for i in range(areas))
    return History(
        ids=AreaIds.ISO3, target="deaths_all", vintage="made up", areas=names, names=names, first=Month.of(2000, 1),
        deaths=deaths, present=np.ones((areas, months), dtype=bool),
        neighbours=tuple((i + 1 if i % 2 == 0 else i - 1,) for i in range(areas)),
    )  # fmt: skip


@cache
def grown() -> tuple[FittedForest, History]:
    history = world(burning=6)
    return replace(QUANTILE_FOREST, settings=ForestSettings(trees=30, leaf=10, share_of_features=1.0)).fit(
        history, horizons=(1,), seed=1
    ), history


@dataclass(frozen=True)
class Rule:
    """A model with one planted cause: a hundred deaths next month if the neighbours had 20 or more in the last three."""

    own: bool = False

    def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:  # noqa: ARG002
        found = []
        for a in history.here:
            cause = (a,) if self.own else history.neighbours[a]
            burns = history.deaths[list(cause), -3:].sum() >= 20
            found.append(np.full((1, draws), 100 * burns, dtype=np.int32))
        return np.stack(found)


def test_a_planted_cause_removed_makes_the_warning_go_away_and_is_named() -> None:
    _, history = grown()
    found = unwarned(Rule(), history, area="a1", asked=ASKED, p=1.0, below=0.3, goal="below the mark", draws=10)
    [near] = found.single
    assert near.change == Change(3, near=0.1)
    assert near.p == 0
    assert near.seen.plausible
    assert found.pair is None, "its own deaths need not fall"
    assert found.sentences[0].startswith("3 months with its neighbours at 10 % of the deaths they had (seen after ")
    assert found.sentences[0].endswith("would bring it to < 1 %, below the mark.")


def test_where_the_own_deaths_are_the_cause_they_are_named() -> None:
    _, history = grown()
    found = unwarned(Rule(own=True), history, area="a0", asked=ASKED, p=1.0, below=0.3, goal="below", draws=10)
    [own] = found.single
    assert own.change.kind is Kind.OWN
    assert 3 * (own.change.most or 0) < 20


def test_the_forest_too_says_less_when_the_planted_cause_goes() -> None:
    forest, history = grown()
    later = continued(history, months=3)
    quiet = neighbours_at(later, area=1, months=3, share=0.1)
    burning, gone = redrawn(forest, [later, quiet], area=1, asked=ASKED, draws=100, seed=1)
    assert gone < burning - 0.1


def test_an_areas_own_deaths_are_named_where_they_are_the_cause() -> None:
    forest, history = grown()
    found = unwarned(forest, history, area="a0", asked=ASKED, p=0.9, below=0.5, goal="below the mark", draws=100)
    own = [t for t in (*found.single, *((found.pair,) if found.pair else ())) if t.change.most is not None]
    assert own
    assert all(t.p < 0.5 for t in own)


def test_unknown_is_said_when_nothing_would_do() -> None:
    forest, history = grown()
    found = unwarned(forest, history, area="a0", asked=ASKED, p=0.9, below=0.0, goal="below the mark", draws=100)
    assert found.single == ()
    assert found.pair is None
    assert found.sentences[0].startswith(f"Unknown: of {found.tried} changes drawn again, none")
    assert "below the mark" in found.sentences[0]


def test_what_the_past_has_not_seen_is_not_offered() -> None:
    forest, history = grown()
    never = history.deaths.copy()
    never[:, :-1] = np.maximum(never[:, :-1], 40)  # no area was ever below 40 deaths a month
    found = unwarned(
        forest, replace(history, deaths=never), area="a0", asked=ASKED, p=0.9, below=1.1, goal="below", draws=50
    )
    assert all((t.change.most or 0) >= 25 for t in found.single if t.change.kind is Kind.OWN)
    assert not any(t.change.most == 0 for t in found.single)


def test_how_often_a_change_was_seen_counted_by_hand() -> None:
    deaths = np.full((4, 40), 10, dtype=np.int64)
    deaths[1, 20:] = 0
    names = ("a", "b", "c", "d")
    history = History(
        ids=AreaIds.ISO3, target="deaths_all", vintage="made up", areas=names, names=names, first=Month.of(2000, 1),
        deaths=deaths, present=np.ones((4, 40), dtype=bool), neighbours=((1,), (0,), (), ()),
    )  # fmt: skip
    past = past_like(history, area=0, months=3, own=True, neighbours=False)
    months = range(11, 37, 3)  # whole last year known, three months after it known
    # b is alike while its last year's mean is at least a third of a's, plus one each: (m + 1) * 3 >= 11
    alike_b = [t for t in months if (10 * min(12, max(0, 12 - max(0, t - 19))) / 12 + 1) * 3 >= 11]
    assert past.area.size == 3 * len(months) + len(alike_b)
    still = [t for t in alike_b if t + 1 >= 20]
    assert past.seen(most=0).times == len(still)
    assert past.seen(most=10).times == past.area.size
    assert past.seen(near=0.1).among < past.area.size, "areas without neighbours' deaths cannot tell"


@pytest.mark.parametrize(
    ("seen", "plausible"),
    [(Seen(5, 100, 3), True), (Seen(4, 100, 3), False), (Seen(50, 100, 2), False), (Seen(20, 29, 9), False)],
)
def test_plausible_is_seen_in_one_of_twenty_in_three_areas_among_thirty(seen: Seen, *, plausible: bool) -> None:
    assert seen.plausible is plausible


def test_changes_tried_are_milder_first_and_none_without_deaths() -> None:
    _, history = grown()
    tried = changes_for(history, 0)
    assert {c.kind for c in tried} == set(Kind)
    assert [c.most for c in tried if c.months == 3 and c.kind is Kind.OWN] == [50, 25, 10, 5]
    still = history.deaths.copy()
    still[1, -6:] = 0
    world = replace(history, deaths=still)
    assert {c.kind for c in changes_for(world, 0)} == {Kind.TIME, Kind.OWN}
    assert {c.kind for c in changes_for(world, 1)} == {Kind.TIME, Kind.NEIGHBOURS}


def test_time_alone_is_said_so() -> None:
    assert Change(6).words == "6 months more like the last 6"
    assert Change(3, most=1, near=0.1).words == (
        "3 months without a month above 1 death, its neighbours at 10 % of the deaths they had"
    )
