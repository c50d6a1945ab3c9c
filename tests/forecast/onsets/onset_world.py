"""A made-up world of countries mostly at peace, where one known thing makes onsets likelier."""

from __future__ import annotations

import numpy as np

from tocsin.panel.history import History
from tocsin.vocabulary import AreaIds, Month

AREAS, MONTHS = 60, 240
ATTACKS = 40.0


def onset_world(*, seed: int = 0, strength: float = 4.0, areas: int = AREAS, months: int = MONTHS) -> History:
    """Other violence comes and goes in spells; while it lasts, fighting breaks out `exp(strength)` times as often."""
    rng = np.random.default_rng(seed)
    begins = rng.random((areas, months)) < 0.012
    spells = sum(np.pad(begins, ((0, 0), (lag, 0)))[:, :months] for lag in range(18)) > 0
    breaks_out = rng.random((areas, months)) < 0.002 * np.exp(strength * np.pad(spells, ((0, 0), (1, 0)))[:, :-1])
    deaths = np.where(breaks_out, 30 + rng.poisson(20, (areas, months)), 0)
    law = np.repeat(rng.normal(size=(areas, 1)), months, axis=1)
    law[:, :24] = np.nan
    return History(
        ids=AreaIds.GW, target="deaths_sb", vintage="made up", areas=tuple(str(i + 1) for i in range(areas)),
        names=tuple(f"country {i}" for i in range(areas)), first=Month.of(1990, 1), deaths=deaths.astype(np.int64),
        present=np.ones((areas, months), dtype=bool),
        neighbours=tuple(((i - 1) % areas, (i + 1) % areas) for i in range(areas)),
        signals={"other deaths": np.where(spells, ATTACKS, 0.0), "quiet before": np.full((areas, months), 480.0)},
        slow={"rule of law": law},
    )  # fmt: skip
