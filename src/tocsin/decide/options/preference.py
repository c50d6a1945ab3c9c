"""The alternatives by a viewpoint: ranks, the weightings that prefer each, and what changes the first place."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.options.findings import Influence, Preference, Ranked
from tocsin.decide.options.sensitivity import first_place_shares, noise_floor, weighting_share
from tocsin.decide.options.smaa import smaa
from tocsin.decide.options.weights import viewpoint_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.case.options import Viewpoint
    from tocsin.decide.options.futures import Futures
    from tocsin.decide.options.smaa import Smaa

WEIGHTINGS = 10_000
"""Weightings tried at least for each viewpoint, and at least two in each future."""

FEWEST = 50
"""Weightings that put an alternative first, below which their mean is luck, and is not given."""

ALL = "every weighting of the criteria"


def weightings_for(futures: int) -> int:
    """How many weightings are tried: the futures twice over, or as often as makes 10,000."""
    return futures * max(2, ceil(WEIGHTINGS / futures))


def preference(
    partial: NDArray[np.float64], futures: Futures, *, viewpoint: Viewpoint | None, names: Sequence[str],
    criteria: Sequence[str],
) -> tuple[Preference, NDArray[np.float64]]:  # fmt: skip
    """Rank the alternatives by every weighting that agrees with a viewpoint.

    Args:
        partial: criteria from 0 (worst met) to 1 (best met), shape (alternative, criterion, future).
        futures: those of the values.
        viewpoint: whose ordering of the criteria; every weighting where None.
        names: ids of the alternatives.
        criteria: ids of the criteria.

    Returns:
        What is found, and the share of weightings that put each alternative first in each future, shape
        (alternative, future).
    """
    weights = viewpoint_weights(viewpoint, criteria=criteria, draws=weightings_for(futures.n), seed=futures.seed)
    done = smaa(partial, weights=weights)
    influences, noise = _influences(done.first, futures)
    named = {name for group in (viewpoint.order if viewpoint else ()) for name in group}
    order = tuple(
        kept for group in (viewpoint.order if viewpoint else ()) if (kept := tuple(n for n in group if n in criteria))
    )
    found = Preference(
        viewpoint.id if viewpoint else None, viewpoint.name if viewpoint else ALL,
        viewpoint.basis.value if viewpoint else None, order,
        tuple(name for name in criteria if viewpoint and name not in named), _rows(done, names, criteria), influences, noise,
        weighting_share(done.first, rounds=len(weights) // futures.n),
    )  # fmt: skip
    return found, done.first


def _rows(done: Smaa, names: Sequence[str], criteria: Sequence[str]) -> tuple[Ranked, ...]:
    rows = [
        Ranked(
            name, tuple(float(share) for share in done.acceptability[a]),
            tuple((c, float(w)) for c, w in zip(criteria, done.central[a], strict=True))
            if done.times[a] >= FEWEST else None,
            float(done.confidence[a]) if done.times[a] >= FEWEST else None, round(float(done.times[a])),
        )
        for a, name in enumerate(names)
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (*(-share for share in row.acceptability), row.alternative)))


def _influences(first: NDArray[np.float64], futures: Futures) -> tuple[tuple[Influence, ...], float]:
    shares = first_place_shares(first, futures.rank)
    noise = noise_floor(first, inputs=len(futures.inputs), rng=np.random.default_rng([futures.seed, 1]))
    made = [
        Influence(i.kind, i.of, i.criterion, i.name, float(share), bool(share > noise))
        for i, share in zip(futures.inputs, shares, strict=True)
    ]
    return tuple(sorted(made, key=lambda row: (-row.share, row.name))), noise
