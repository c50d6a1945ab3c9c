"""A made-up series of three areas as four issues gave it: a war counted low, a calm area, one whose deaths are withdrawn."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from tocsin.panel.history import History
from tocsin.panel.vintages.vintage import Vintages, vintages_of
from tocsin.vocabulary import AreaIds, Month

FIRST = Month.of(2023, 1)
DAYS = (date(2024, 1, 26), date(2024, 2, 22), date(2024, 6, 24), date(2024, 7, 21))
LAST = (12, 13, 17, 18)
"""How many months each issue covers."""

CANDIDATE = {"365": 100, "9": 0, "40": 5}
RELEASED = {"365": 200, "9": 0, "40": 0}


def made_up() -> Vintages:
    """2023 is revised by the issue of June 2024; 2024 only by what is known today, which doubles the war again."""
    changes = []
    for day, months in zip(DAYS, LAST, strict=True):
        for area in CANDIDATE:
            for column in range(months):
                old = column < 12 and day >= DAYS[2]
                changes.append((area, FIRST.id + column, day, (RELEASED if old else CANDIDATE)[area]))
    table = pl.DataFrame(changes, schema=["area", "month_id", "issued", "deaths"], orient="row")
    final = pl.DataFrame(
        [(a, FIRST.id + c, RELEASED[a]) for a in RELEASED for c in range(18)],
        schema=["area", "month_id", "deaths"], orient="row",
    )  # fmt: skip
    return vintages_of(table, final, ids=AreaIds.GW, target="deaths_all", final_name="release 2")


def long_history() -> History:
    """Five years before the issues and their months, all by today's figures; one more area that no issue names."""
    months = 60 + 18
    deaths = np.tile(np.array([200, 0, 0, 7], dtype=np.int64)[:, None], (1, months))
    return History(
        ids=AreaIds.GW, target="deaths_all", vintage="release 2", areas=("365", "9", "40", "2"),
        names=("war", "calm", "withdrawn", "silent"), first=FIRST - 60, deaths=deaths,
        present=np.ones(deaths.shape, dtype=bool), neighbours=((1,), (0,), (), ()),
    )  # fmt: skip
