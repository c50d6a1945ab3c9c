"""A question among many parties: prints seconds and peak memory.

    python benchmarks/settle.py [PARTIES] [DRAWS]

The question is made up: positions all over the scale, every input with a range. Beside it stand the questions of the
case that ships.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from tocsin.api.known import open_case
from tocsin.api.settle import settle_case
from tocsin.case.questions import Question
from tocsin.decide.settle import DRAWS, settle_question

PARTIES = 200


def made_up(*, parties: int, seed: int = 1) -> Question:
    """A question among so many parties, each with ranges of its own."""
    rng = np.random.default_rng(seed)
    return Question.model_validate({
        "id": "made-up", "question": "How much should it be?", "scale": {"low": 0, "high": 100, "unit": "points"},
        "rule": "consensus", "reversion": {"value": [0, 10, 20], "basis": "judgement"},
        "positions": [
            {"actor": f"p{number}", "position": sorted(rng.uniform(0, 100, 3).tolist()),
             "salience": sorted(rng.uniform(0, 1, 3).tolist()), "influence": sorted(rng.uniform(0, 1, 3).tolist()),
             "basis": "judgement"}
            for number in range(parties)
        ],
    })  # fmt: skip


def main() -> None:
    """Settle a question as large as the command line says, and print what it took."""
    parties, draws = [*(int(word) for word in sys.argv[1:]), *(PARTIES, DRAWS)[len(sys.argv) - 1 :]]
    started = time.perf_counter()
    done = settle_question(made_up(parties=parties), draws=draws)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{parties} parties, {draws:,} draws: {seconds:.1f} s, {peak:.0f} MiB peak; centre {done.centre:.1f}")
    started = time.perf_counter()
    shipped = settle_case(open_case("iraq"))
    print(f"{len(shipped)} questions of the case that ships: {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
