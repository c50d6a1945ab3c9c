"""The choices of a case, compared over the same futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.decide.options import FUTURES, Comparison, compare
from tocsin.errors import CaseProblem, UnknownName, Where

if TYPE_CHECKING:
    from tocsin.case import Case


def options_case(
    case: Case, *, choice: str | None = None, futures: int = FUTURES, seed: int = 1
) -> tuple[Comparison, ...]:  # fmt: skip
    """Compare the options of a case's choices, as `tocsin options` does.

    Args:
        case: a checked case.
        choice: id of the choice; every choice of the case where not given.
        futures: how many futures to test, 50 to 200,000.
        seed: the same seed gives the same numbers.

    Raises:
        UnknownName: the case has no choice of that name.
        CaseProblem: the case has no choices, or an effect contradicts itself.
        OutOfRange: too few or too many futures.
    """
    if not case.choices:
        raise CaseProblem(
            "the case has no choices to compare", where=Where(case.folder / "options"),
            hint="write one, as options/name.yaml: docs/case.md lists its keys",
        )  # fmt: skip
    kept = [given for given in case.choices if choice is None or given.id == choice]
    if not kept:
        raise UnknownName.of("choice", choice or "", [given.id for given in case.choices])
    return tuple(compare(given, futures=futures, seed=seed) for given in kept)
