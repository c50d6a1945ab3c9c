from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.panel.vintage_world import DAYS, long_history, made_up

from tocsin.errors import OutOfRange
from tocsin.panel.vintages.correction import Correction, chosen_pull, corrected, own_ratios, ratios_by_size
from tocsin.panel.vintages.lag import LagModel, Revisions, learn_lag, revisions
from tocsin.panel.vintages.vintage import history_as_known_on

DAY = DAYS[3]


def lag() -> LagModel:
    return learn_lag(made_up(), until=DAY)


def seen(before: list[list[int]], after: list[list[int]]) -> Revisions:
    return Revisions(tuple(str(i) for i in range(len(before))), np.array(before), np.array(after))


def test_nothing_is_learned_before_a_release_came_nor_from_later_ones() -> None:
    with pytest.raises(OutOfRange, match="no revision"):
        learn_lag(made_up(), until=DAYS[1])
    learned = lag().stages[0]
    assert learned.before.shape == (3, 12), "only the months of 2023 had been revised"
    assert learned.after[2].tolist() == [200] * 12
    assert revisions(made_up(), stage=0, until=None).before.shape == (3, 18)  # type: ignore[union-attr]


def test_ratios_go_by_size_and_are_one_where_nothing_was_seen() -> None:
    assert ratios_by_size(seen([[0, 10, 30, 200]], [[4, 5, 60, 300]])).tolist() == [1.0, 0.5, 2.0, 1.5, 1.0]


def test_an_areas_own_ratio_is_drawn_to_its_sizes() -> None:
    pair = seen([[100, 100], [100, 100]], [[300, 300], [100, 100]])
    assert own_ratios(pair, pull=0).tolist() == [3.0, 1.0]
    assert own_ratios(pair, pull=np.inf).tolist() == [2.0, 2.0]
    assert own_ratios(pair, pull=200.0).tolist() == [2.5, 1.5]


def test_the_pull_is_weak_where_areas_keep_their_ratios_and_total_where_they_do_not() -> None:
    steady = seen([[100] * 6, [100] * 6], [[300] * 6, [50] * 6])
    assert chosen_pull(steady) == 0
    swinging = seen([[100] * 6, [100] * 6], [[300, 50] * 3, [50, 300] * 3])
    assert np.isinf(chosen_pull(swinging))


@pytest.mark.parametrize("how", list(Correction))
def test_only_months_of_candidates_change_and_the_rest_of_the_history_stays(how: Correction) -> None:
    known = history_as_known_on(long_history(), made_up(), DAY)
    mended = corrected(known, known_on=DAY, lag=lag(), how=how, seed=1)
    assert np.array_equal(mended.deaths[:, :72], known.deaths[:, :72]), "2023 has seen its release"
    assert mended.deaths[0, 72:].tolist() != known.deaths[0, 72:].tolist()
    assert replace(mended, deaths=known.deaths, vintage=known.vintage).data_hash == known.data_hash
    assert how.value in mended.vintage


def test_the_war_is_brought_to_what_wars_became_and_withdrawn_deaths_go() -> None:
    known = history_as_known_on(long_history(), made_up(), DAY)
    for how in (Correction.SIZE, Correction.OWN):
        mended = corrected(known, known_on=DAY, lag=lag(), how=how)
        assert mended.deaths[:, -1].tolist() == [200, 0, 0, 0], how


def test_a_sampled_history_comes_again_from_its_seed_and_borrows_whole_revisions() -> None:
    known = history_as_known_on(long_history(), made_up(), DAY)
    draws = [corrected(known, known_on=DAY, lag=lag(), how=Correction.SAMPLED, seed=s).deaths for s in range(20)]
    again = corrected(known, known_on=DAY, lag=lag(), how=Correction.SAMPLED, seed=0).deaths
    assert np.array_equal(draws[0], again)
    wars = {d[0, -1] for d in draws}
    assert {200, 100} <= wars, "the ratio of the war's own kind, and that of an area that did not change"
    assert all((d >= 0).all() for d in draws)


def test_an_area_that_was_absent_stays_without_deaths() -> None:
    known = history_as_known_on(long_history(), made_up(), DAY)
    present = known.present.copy()
    present[1, 70:] = False
    away = replace(known, present=present, deaths=np.where(present, known.deaths, 0))
    mended = corrected(away, known_on=DAY, lag=lag(), how=Correction.SAMPLED)
    assert not mended.deaths[1, 70:].any()


def test_the_way_back_gives_first_figures_from_todays() -> None:
    today = long_history()
    back = corrected(today, known_on=date(2024, 7, 21), lag=lag().reversed(), how=Correction.OWN)
    assert back.deaths[0, -1] == 100
    assert back.deaths[0, 60] == 200, "2023 had seen its release by then"


def test_areas_by_other_ids_lend_their_revisions_and_own_ones_follow_the_name() -> None:
    named = lag().renamed({"365": "war"})
    known = replace(history_as_known_on(long_history(), made_up(), DAY), areas=("war", "9", "40", "2"))
    assert corrected(known, known_on=DAY, lag=named, how=Correction.OWN).deaths[0, -1] == 200
    assert named.stages[0].areas[2] == "war"
    assert named.stages[0].areas[0] != "9"


def test_an_area_with_revisions_of_its_own_borrows_from_itself() -> None:
    known = history_as_known_on(long_history(), made_up(), DAY)
    wars = {
        corrected(known, known_on=DAY, lag=lag(), how=Correction.OWN_SAMPLED, seed=s).deaths[0, -1] for s in range(8)
    }
    assert wars == {200}, "its ratio was the same in every month, so that nothing draws it to others"
