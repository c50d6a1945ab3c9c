"""The values a criterion can have at all: as its unit allows, and as `at_least` and `at_most` say."""

from __future__ import annotations

from itertools import combinations, islice
from typing import TYPE_CHECKING

from tocsin.case.options import Together
from tocsin.case.time_checks import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.case.options import Choice, Criterion, Effect

EXAMINED = 20_000
"""Sets of options looked at, before what is left is left out."""


def allowed(criterion: Criterion) -> tuple[float, float]:
    """The lowest and highest value a criterion can have; -inf and inf where nothing bounds it.

    Args:
        criterion: its unit bounds percents, shares and counts; `at_least` and `at_most` bound it further.
    """
    low, high = limits(criterion.unit)
    least, most = criterion.at_least, criterion.at_most
    return low if least is None else max(low, least), high if most is None else min(high, most)


def beyond(choice: Choice, criterion: Criterion) -> tuple[float, tuple[str, ...]] | None:
    """The farthest that changes added up would go beyond what is allowed, and the options done; None where they do not.

    Args:
        choice: whose options can be done at once.
        criterion: one whose changes are added up.
    """
    if criterion.together is not Together.SUM or criterion.base is None or not choice.combinations_allowed:
        return None
    low, high = allowed(criterion)
    base = criterion.base
    worst: tuple[float, float, tuple[str, ...]] | None = None
    given = [e for e in choice.effects if e.criterion == criterion.id]
    for done in islice(_together(choice, given), EXAMINED):
        least, most = (base + sum(getattr(e.range, end) - base for e in done) for end in ("low", "high"))
        for end, past in ((least, low - least), (most, most - high)):
            if past > 1e-9 and (worst is None or past > worst[0]):
                worst = past, end, tuple(e.option for e in done)
    return None if worst is None else worst[1:]


def _together(choice: Choice, given: list[Effect]) -> Iterator[tuple[Effect, ...]]:
    """Effects of options that can be done at once, two and more."""
    excluded = {frozenset((option.id, other)) for option in choice.options for other in option.excludes}
    for size in range(2, len(given) + 1):
        for done in combinations(given, size):
            if not any(frozenset((a.option, b.option)) in excluded for a, b in combinations(done, 2)):
                yield done
