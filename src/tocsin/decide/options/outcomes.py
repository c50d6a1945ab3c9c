"""What each alternative does to each criterion in each future."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tocsin.case.allowed import allowed
from tocsin.case.options import Together
from tocsin.decide.options.futures import Kind
from tocsin.decide.options.spread import combined_rank, triangle
from tocsin.errors import CaseProblem, UnknownName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.case.options import Choice, Criterion, Effect
    from tocsin.decide.options.combinations import Alternative
    from tocsin.decide.options.futures import Futures


@dataclass(frozen=True, slots=True)
class Held:
    """Changes added up that went beyond what a criterion allows, and were held at its bound.

    Attributes:
        alternative: its name.
        criterion: its name.
        unit: of the bounds.
        below: lowest value possible, and in how many futures the sum was held there; None where in none.
        above: the same of the highest.
    """

    alternative: str
    criterion: str
    unit: str
    below: tuple[float, int] | None
    above: tuple[float, int] | None

    @property
    def futures(self) -> int:
        """In how many futures it was held."""
        return sum(at[1] for at in (self.below, self.above) if at is not None)


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Values of the criteria; what is unknown is NaN in every future, and `known` says so.

    Attributes:
        values: shape (alternative, criterion, future), in the unit of each criterion.
        known: whether an alternative has a value on a criterion, shape (alternative, criterion).
        held: where changes added up went beyond what is possible.
    """

    values: NDArray[np.float64]
    known: NDArray[np.bool_]
    held: tuple[Held, ...] = field(default=())


def outcomes(choice: Choice, rows: Sequence[Alternative], futures: Futures) -> Outcomes:
    """Work out every criterion of every alternative in every future.

    A value tied to an uncertainty lies in its range where the uncertainty lies in its own: rank for rank with
    `rises_with`, turned round with `falls_with`, by `combined_rank` with both. Several options at once have the highest,
    the lowest, or the base with all changes added, as the criterion says; where it says nothing, anything between the
    lowest and the highest. Changes added up are held within what the criterion allows (no share above 100 percent, no
    count below 0), and it is counted in how many futures they were. A combination has no value where one of its options has none.

    Args:
        choice: the choice.
        rows: what can be chosen.
        futures: drawn for the same choice and rows.

    Raises:
        UnknownName: an effect names an uncertainty that the choice does not have.
        CaseProblem: an effect rises and falls with the same uncertainty.
    """
    row = futures.row()
    single = {(e.option, e.criterion): _effect(e, futures, row) for e in choice.effects}
    values = np.full((len(rows), len(choice.criteria), futures.n), np.nan)
    held: list[Held] = []
    for a, alternative in enumerate(rows):
        for c, criterion in enumerate(choice.criteria):
            given = [single.get((option, criterion.id)) for option in sorted(alternative.options)]
            members = [value for value in given if value is not None]
            if len(members) < len(given):
                continue
            at = "+".join(sorted(alternative.options))
            between = row.get(f"{Kind.TOGETHER}:{at}/{criterion.id}")
            done = _together(members, criterion, between=None if between is None else futures.rank[between])
            if done is not None and len(members) > 1 and criterion.together is Together.SUM:
                done, past = _within(done, alternative, criterion)
                held += past
            if done is not None:
                values[a, c] = done
    return Outcomes(values, ~np.isnan(values[:, :, 0]), tuple(held))


def _within(
    values: NDArray[np.float64], alternative: Alternative, criterion: Criterion
) -> tuple[NDArray[np.float64], list[Held]]:
    """Sums held within what a criterion allows, and in how many futures they were."""
    low, high = allowed(criterion)
    slack = 1e-9 * (1 + float(np.abs(values).max()))
    below, above = int((values < low - slack).sum()), int((values > high + slack).sum())
    within = np.asarray(np.clip(values, low, high))
    if not below and not above:
        return within, []
    return within, [
        Held(
            alternative.name, criterion.name, criterion.unit, (low, below) if below else None,
            (high, above) if above else None,
        )
    ]  # fmt: skip


def _effect(effect: Effect, futures: Futures, row: dict[str, int]) -> NDArray[np.float64]:
    rises, falls = (_uncertainty(name, futures, row) for name in (effect.rises_with, effect.falls_with))
    if rises is None and falls is None:
        own = row.get(f"{Kind.EFFECT}:{effect.option}/{effect.criterion}")
        rank = np.full(futures.n, 0.5) if own is None else futures.rank[own]
    elif rises is None or falls is None:
        rank = rises if rises is not None else 1 - falls  # type: ignore[operator]  # one of the two is there
    elif effect.rises_with == effect.falls_with:
        raise CaseProblem(
            f"the effect of {effect.option} on {effect.criterion} both rises and falls with {effect.rises_with}",
            hint="keep rises_with or falls_with",
        )
    else:
        rank = combined_rank(rises, falls)
    return triangle(rank, within=effect.range)


def _uncertainty(name: str | None, futures: Futures, row: dict[str, int]) -> NDArray[np.float64] | None:
    if name is None:
        return None
    at = row.get(f"{Kind.UNCERTAINTY}:{name}")
    if at is None:
        known = [given.of for given in futures.inputs if given.kind is Kind.UNCERTAINTY]
        raise UnknownName.of("uncertainty", name, known)
    return np.asarray(futures.rank[at])


def _together(
    members: list[NDArray[np.float64]], criterion: Criterion, *, between: NDArray[np.float64] | None
) -> NDArray[np.float64] | None:
    """The value of several options at once; None where the criterion lacks the base from which changes count."""
    if len(members) == 1:
        return members[0]
    low, high = np.asarray(np.minimum.reduce(members)), np.asarray(np.maximum.reduce(members))
    if criterion.together is Together.SUM:
        if criterion.base is None:
            return None
        return np.asarray(criterion.base + np.add.reduce([value - criterion.base for value in members]))
    if criterion.together is Together.HIGHEST:
        return high
    if criterion.together is Together.LOWEST:
        return low
    assert between is not None, "drawn for every combination whose criterion is an envelope"
    return np.asarray(low + between * (high - low))
