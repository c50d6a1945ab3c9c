"""Seeds of a model's members."""

from __future__ import annotations

APART = 1_000
"""Seeds of the members lie this far apart."""


def member_seeds(seed: int, *, members: int) -> list[int]:
    """A seed for each member, the first of them the seed itself.

    Example:
        >>> member_seeds(7, members=3)
        [7, 1007, 2007]
    """
    return [(seed + APART * i) % 2**32 for i in range(members)]
