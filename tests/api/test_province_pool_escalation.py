from __future__ import annotations

from dataclasses import replace

import numpy as np

from tocsin.api.province_pool_escalation import EscalationForest, past_escalations
from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month

MONTHS = 96


def history() -> History:
    """Six provinces at a low level; three of them burn for half a year, each after two months of few deaths next door."""
    rng = np.random.default_rng(2)
    deaths = rng.poisson(2.0, (6, MONTHS))
    for area in range(3):
        for start in range(30 + 3 * area, MONTHS, 24):
            deaths[area, start : start + 6] = 90
            deaths[area + 3, start - 2 : start] = 12
    return History(
        AreaIds.ADMIN1, "deaths_all", "made up", tuple(f"AAA/{i}" for i in range(6)), tuple("012345"), Month(300),
        deaths.astype(np.int64), np.ones(deaths.shape, dtype=bool), tuple(((i + 3) % 6,) for i in range(6)),
    )  # fmt: skip


def test_past_situations_have_two_years_behind_and_three_months_ahead() -> None:
    seen = history()
    values = np.broadcast_to(np.arange(MONTHS, dtype=np.float32)[None, :, None], (6, MONTHS, 1))
    table, came = past_escalations(seen, values)
    assert (table.min(), table.max()) == (23, MONTHS - 4)
    assert len(table) == 6 * (MONTHS - 3 - 23)
    month_of = table[:, 0].reshape(-1, 6)[:, 0]
    assert came.reshape(-1, 6)[month_of == 29, 0] == [True], "90 a month from month 30 on, 2 a month before"
    assert came.reshape(-1, 6)[month_of == 33, 0] == [False], "it is burning already: not three times its year in all"


def test_what_comes_before_a_fire_is_learned_and_nothing_later_is_seen() -> None:
    seen = history()
    origin = seen.first + 77
    forest = EscalationForest.learned_from(seen.until(origin), seed=1)
    p = forest.probability(seen.until(origin))
    assert p.shape == (6,)
    assert p.argmax() == 0
    assert p[0] > 2 * p[3:].max(), "78 begins its fire: its neighbour had twelve deaths a month"
    doctored = replace(seen, deaths=np.where(np.arange(MONTHS) > 77, 999, seen.deaths))
    again = EscalationForest.learned_from(doctored.until(origin), seed=1).probability(doctored.until(origin))
    assert np.array_equal(p, again)
