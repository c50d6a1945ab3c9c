"""A choice at full size: 10,000 futures, 20 criteria, 10 options; prints seconds and peak memory.

    python benchmarks/options.py [FUTURES] [CRITERIA] [OPTIONS]

The choice is made up: five uncertainties, a third of the effects tied to one, half of the criteria with a threshold,
two orderings of the criteria.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from tocsin.case.cells import Basis, Better, Range
from tocsin.case.options import Choice, Criterion, Effect, Option, Uncertainty, Viewpoint
from tocsin.decide.options import compare

UNCERTAINTIES = 5
JUDGED = Basis.JUDGEMENT


def made_up(*, criteria: int, options: int, seed: int = 1) -> Choice:
    """A choice with an effect of every option on every criterion."""
    rng = np.random.default_rng(seed)
    names = [f"c{number}" for number in range(criteria)]
    return Choice(
        id="made-up", question="What should be done?",
        options=tuple(Option(id=f"o{number}", name=f"Option {number}") for number in range(options)),
        criteria=tuple(
            Criterion(id=name, name=f"criterion {name}", unit="points", better=Better.UP if number % 2 else Better.DOWN,
                      must_reach=20.0 if number % 4 == 1 else None, must_not_exceed=80.0 if number % 4 == 2 else None,
                      basis=JUDGED)
            for number, name in enumerate(names)
        ),
        uncertainties=tuple(
            Uncertainty(id=f"u{number}", name=f"uncertainty {number}", low=0, high=1, basis=JUDGED)
            for number in range(UNCERTAINTIES)
        ),
        effects=tuple(
            Effect(option=f"o{o}", criterion=name, range=Range(*sorted(rng.uniform(0, 100, 3).tolist())), basis=JUDGED,
                   rises_with=f"u{rng.integers(UNCERTAINTIES)}" if rng.random() < 1 / 3 else None)
            for o in range(options) for name in names
        ),
        viewpoints=(
            Viewpoint(id="one", name="one ordering", order=tuple((name,) for name in names), basis=JUDGED),
            Viewpoint(id="other", name="the other way round", order=tuple((name,) for name in names[::-1]), basis=JUDGED),
        ),
    )  # fmt: skip


def main() -> None:
    """Compare as large a choice as the command line says, and print what it took."""
    futures, criteria, options = [*(int(word) for word in sys.argv[1:]), *(10_000, 20, 10)[len(sys.argv) - 1 :]]
    choice = made_up(criteria=criteria, options=options)
    started = time.perf_counter()
    done = compare(choice, futures=futures)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{futures:,} futures, {criteria} criteria, {options} options: {seconds:.1f} s, {peak:.0f} MiB peak")
    best = done.preferences[0].rows[0]
    print(f"{done.weightings:,} weightings for each viewpoint; first most often: {best.alternative}")


if __name__ == "__main__":
    main()
