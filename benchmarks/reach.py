"""Monte Carlo of reach at full size: 50 sites, 100,000 events, 1,000 draws; prints seconds and peak memory.

    python benchmarks/reach.py [DRAWS]

Events are made up: places over Iraq, every location precision, 240 months of unequal violence.
"""

from __future__ import annotations

import resource
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

from tocsin.mission.incidents import Incidents
from tocsin.mission.reach import Place
from tocsin.mission.reach_draws import reach_draws
from tocsin.sources.starter import starter_outlines
from tocsin.vocabulary import Level, Month

if TYPE_CHECKING:
    from tocsin.sources.outlines import Outlines

SITES, EVENTS, MONTHS = 50, 100_000, 240


def made_up(outlines: Outlines, rng: np.random.Generator) -> Incidents:
    """Events of every precision, in months of unequal violence."""
    months = rng.gamma(1, 1, MONTHS)
    best = rng.negative_binomial(1, 0.1, EVENTS).astype(float)
    return Incidents(
        month_id=np.sort(rng.choice(MONTHS, EVENTS, p=months / months.sum())) + 1, lat=rng.uniform(30, 37, EVENTS),
        lon=rng.uniform(39, 48, EVENTS), where_precision=rng.choice([1, 2, 3, 4, 6], EVENTS),
        violence=np.full(EVENTS, "sb"), province=rng.integers(0, len(outlines.ids), EVENTS), provinces=outlines.ids,
        deaths=np.column_stack((best * 0.8, best, best * 1.5)), civilians=np.zeros(EVENTS), events=np.ones(EVENTS),
        event=np.arange(EVENTS), first=Month(1), last=Month(MONTHS), single=True,
    )  # fmt: skip


def main() -> None:
    """Draw as often as the command line says, and print what it took."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rng, outlines = np.random.default_rng(1), starter_outlines(Level.ADMIN1)
    places = [Place(str(i), str(i), rng.uniform(30, 37), rng.uniform(39, 48), 5.0) for i in range(SITES)]
    incidents = made_up(outlines, rng)
    started = time.perf_counter()
    done = reach_draws(
        incidents, places, outlines=dict(zip(outlines.ids, outlines.geometries, strict=True)), draws=draws
    )
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    low, high = done.deaths.both[:, done.deaths.distances.index(50.0)]
    print(f"{SITES} sites, {EVENTS:,} events, {draws:,} draws: {seconds:.1f} s, {peak:.0f} MiB peak")
    print(f"deaths within 50 km: {done.deaths.point[10]:.1%}, 90 % {low:.1%} to {high:.1%}")


if __name__ == "__main__":
    main()
