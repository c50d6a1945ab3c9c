"""What a mission's model rests on, at its origin and elsewhere; and how like past missions the place is. No score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.case.assessed_rows import ConditionState, PreconditionKind
from tocsin.errors import InputError, OutOfRange
from tocsin.mission.exits import Share, share_of
from tocsin.mission.gower import gower
from tocsin.mission.situation import VARIABLES
from tocsin.scores.ranking import auc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tocsin.case.assessed_rows import Condition, Precondition

NEAREST = 5
FAR = 0.95
"""A place is outside the cases where its nearest case is farther than this share of them are from theirs."""

SHUFFLES = 999


@dataclass(frozen=True, slots=True)
class Finding:
    """What one source says of a precondition in one country.

    Attributes:
        state: met, unmet or unknown.
        what: what the source says; None where nothing is entered.
        source_id: the source; None where there is none.
        basis: stated, reported or judgement; None where no row is entered.
        date: when it was so; None where not known.
    """

    state: str
    what: str | None = None
    source_id: str | None = None
    basis: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a precondition stands in a country: one state, and every finding it rests on.

    Attributes:
        state: met or unmet where all findings that know agree; unknown where none knows; disputed where they differ.
        findings: all of them, side by side.
    """

    state: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One precondition at the origin and at the target.

    Attributes:
        precondition_id: its id.
        kind: precondition, or veto: nothing compensates its absence.
        statement: what must hold.
        why: which step of the model needs it.
        origin: how it stands where the mission is.
        target: how it stands at the target.
        says: what follows, in words.
    """

    precondition_id: str
    kind: str
    statement: str
    why: str | None
    origin: Standing
    target: Standing
    says: str


def compare(
    preconditions: Sequence[Precondition], conditions: Sequence[Condition], *, mission: str, origin: str, target: str
) -> tuple[Compared, ...]:
    """Each precondition of a mission at its origin and at a target, vetoes first; empty where none is entered.

    Args:
        preconditions: of any mission; those of `mission` are taken.
        conditions: of any country.
        mission: the mission's id.
        origin: ISO3 of its host.
        target: ISO3 of the place it would be copied to.

    Raises:
        InputError: target and origin are one country.
    """
    if origin == target:
        raise InputError(
            f"{target} is where the mission already is",
            hint="name another country to compare with, as in --to LBN",
        )
    mine = [p for p in preconditions if p.mission_id == mission]
    vetoes_first = sorted(mine, key=lambda p: p.kind is not PreconditionKind.VETO)
    return tuple(_compared(p, conditions, origin=origin, target=target) for p in vetoes_first)


def _compared(row: Precondition, conditions: Sequence[Condition], *, origin: str, target: str) -> Compared:
    here, there = (standing(conditions, country=c, precondition=row.precondition_id) for c in (origin, target))
    return Compared(
        row.precondition_id, row.kind.value, row.statement, row.why, here, there, _says(row.kind, here, there)
    )


def standing(conditions: Sequence[Condition], *, country: str, precondition: str) -> Standing:
    """How a precondition stands in a country; unknown where nobody says."""
    found = tuple(
        Finding(c.state.value, c.what, c.source_id, c.basis.value, None if c.date is None else str(c.date))
        for c in conditions
        if c.country == country and c.precondition_id == precondition
    )
    known = {f.state for f in found} - {ConditionState.UNKNOWN.value}
    state = ConditionState.UNKNOWN.value if not known else known.pop() if len(known) == 1 else "disputed"
    return Standing(state, found)


def _says(kind: PreconditionKind, origin: Standing, target: Standing) -> str:
    veto = kind is PreconditionKind.VETO
    there = {
        "met": "holds at the target",
        "unmet": "veto: it does not hold, and nothing compensates it" if veto else "does not hold at the target",
        "unknown": "open veto: nobody says whether it holds" if veto else "open: nobody says whether it holds",
        "disputed": "open veto: sources differ" if veto else "open: sources differ",
    }[target.state]
    here = {"unmet": "; nor does it hold where the mission is", "unknown": "; not known where the mission is either"}
    if origin.state == target.state or (origin.state == "unmet" and target.state in {"unknown", "disputed"}):
        return there + here.get(origin.state, "")
    return there + ("; it does not where the mission is" if origin.state == "unmet" else "")


@dataclass(frozen=True, slots=True)
class PastMission:
    """A mission that left, and what followed.

    Attributes:
        mission: its name.
        country: its host.
        gwcode: the host's Gleditsch-Ward number.
        start_year: when it began.
        exit_year: when it left.
        ratio: deaths of the three years after over the two before, 10 added to each; None where not known.
        worse: whether deaths went up by more than half after the exit; None where not known.
    """

    mission: str
    country: str
    gwcode: int
    start_year: int
    exit_year: int
    ratio: float | None
    worse: bool | None


@dataclass(frozen=True, slots=True)
class Near:
    """A past mission, and how unlike its start the target is.

    Attributes:
        past: the mission.
        distance: Gower's distance, 0 where all known variables agree.
        compared: variables known on both sides.
        left_out: variables unknown on one side, left out of the pair.
    """

    past: PastMission
    distance: float
    compared: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """A target among past missions.

    Attributes:
        country: ISO3 of the target.
        year: the year the mission would begin in.
        values: the target's variables, in the order of `VARIABLES`; None where not known.
        nearest: the nearest past missions of other countries, nearest first.
        same_country: past missions of the target's own country, apart, as they are no other case.
        not_worse: how many of the nearest did not go worse, of those whose outcome is known.
        limit: distance beyond which a place is outside the cases.
        outside: whether the target is; None where nothing can be compared.
    """

    country: str
    year: int
    values: tuple[float | None, ...]
    nearest: tuple[Near, ...]
    same_country: tuple[Near, ...]
    not_worse: Share
    limit: float
    outside: bool | None


@dataclass(frozen=True, slots=True)
class Check:
    """Whether likeness at the start foretells what follows the exit, each country left out in turn.

    Attributes:
        n: past missions with a known outcome.
        worse: how many went worse.
        brier: mean Brier score of the share of worse among the nearest.
        brier_base: that of the share of worse among all others.
        auc: area under the ROC curve, .5 for no skill; None where not defined.
        p: share of shuffled outcomes whose gain in Brier score is at least as large.
        says: what that means, in words.
    """

    n: int
    worse: int
    brier: float
    brier_base: float
    auc: float | None
    p: float
    says: str


@dataclass(frozen=True)
class PastMissions:
    """Past missions with the situations they began in.

    Attributes:
        missions: the missions, length N.
        situations: shape (N, variables), NaN where not known.

    Raises:
        InputError: the two do not match.
    """

    missions: tuple[PastMission, ...]
    situations: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.situations.shape != (len(self.missions), len(VARIABLES)):
            raise InputError(f"{len(self.missions)} missions do not match situations of shape {self.situations.shape}")

    @property
    def distances(self) -> NDArray[np.float64]:
        """Distance of every mission to every other country's; NaN within one country. Shape (N, N)."""
        home = np.array([m.gwcode for m in self.missions])
        apart = gower(self.situations, self.situations).distance
        return np.where(home[:, None] == home[None, :], np.nan, apart)

    @property
    def limit(self) -> float:
        """The 95th percentile of distances from each mission to the nearest one of another country."""
        nearest = _smallest(self.distances)
        return float(np.quantile(nearest, FAR))

    def like(
        self, values: NDArray[np.float64], *, country: str, gwcode: int, year: int, nearest: int = NEAREST
    ) -> Likeness:
        """The past missions whose start was most like a target.

        Args:
            values: the target's variables, shape (variables,), NaN where not known.
            country: ISO3 of the target.
            gwcode: its Gleditsch-Ward number.
            year: the year the mission would begin in.
            nearest: how many past missions to name.

        Raises:
            OutOfRange: fewer than one, or more than there are.
        """
        if not 1 <= nearest <= len(self.missions):
            raise OutOfRange(
                f"{nearest} nearest cases cannot be named",
                hint=f"there are {len(self.missions)}; say --nearest 5",
            )
        apart = gower(values[None, :], self.situations)
        order = np.argsort(np.nan_to_num(apart.distance[0], nan=np.inf), kind="stable")
        ranked = [
            Near(self.missions[i], float(apart.distance[0, i]), int(apart.compared[0, i]),
                 len(VARIABLES) - int(apart.compared[0, i]))
            for i in order if np.isfinite(apart.distance[0, i])
        ]  # fmt: skip
        others = [near for near in ranked if near.past.gwcode != gwcode]
        first = tuple(others[:nearest])
        known = [near.past.worse for near in first if near.past.worse is not None]
        shown = tuple(None if np.isnan(v) else float(v) for v in values)
        return Likeness(
            country, year, shown, first, tuple(near for near in ranked if near.past.gwcode == gwcode),
            share_of(known.count(False), len(known)), self.limit, others[0].distance > self.limit if others else None,
        )  # fmt: skip

    def check(self, *, nearest: int = NEAREST, seed: int = 1, shuffles: int = SHUFFLES) -> Check:
        """Foretell each outcome from the nearest missions of other countries, and compare with the base rate.

        The p is by shuffling outcomes over missions; the share that does at least as well counts the true order too.

        Args:
            nearest: how many missions foretell one.
            seed: the same seed gives the same p.
            shuffles: how many shuffles.

        Raises:
            OutOfRange: fewer than ten missions have a known outcome.
        """
        known = [i for i, m in enumerate(self.missions) if m.worse is not None]
        if len(known) < 10:
            raise OutOfRange(
                f"{len(known)} past missions with an outcome are too few to check likeness on",
                hint="ten are the least",
            )
        worse = np.array([bool(self.missions[i].worse) for i in known], dtype=np.float64)
        apart = self.distances[np.ix_(known, known)]
        others = ~np.isnan(apart)
        chosen = np.argsort(np.where(others, apart, np.inf), axis=1, kind="stable")[:, :nearest]
        base = others / others.sum(axis=1, keepdims=True)
        rng = np.random.default_rng(seed)
        told = worse[chosen].mean(axis=1)
        gain = _gain(worse, chosen, base)
        shuffled = [_gain(rng.permutation(worse), chosen, base) for _ in range(shuffles)]
        p = (1 + sum(s >= gain for s in shuffled)) / (1 + shuffles)
        brier, brier_base = float(((told - worse) ** 2).mean()), float(((base @ worse - worse) ** 2).mean())
        return Check(
            len(known), int(worse.sum()), brier, brier_base, auc(told, worse), p, _meaning(brier, brier_base, p)
        )


def _smallest(apart: NDArray[np.float64]) -> NDArray[np.float64]:
    least = np.where(np.isnan(apart), np.inf, apart).min(axis=1)
    return np.asarray(least[np.isfinite(least)])


def _gain(worse: NDArray[np.float64], chosen: NDArray[np.intp], base: NDArray[np.float64]) -> float:
    """By how much the nearest missions foretell better than the base rate, in Brier score."""
    told = worse[chosen].mean(axis=1)
    return float(((base @ worse - worse) ** 2).mean() - ((told - worse) ** 2).mean())


def _meaning(brier: float, base: float, p: float) -> str:
    if brier >= base:
        return (
            "likeness foretells nothing here: the nearest past missions did worse than the base rate, so read them as "
            "examples to learn from, not as a forecast"
        )
    if p > 0.1:
        return (
            "likeness did better than the base rate by no more than shuffled outcomes often do: read the nearest past "
            "missions as examples, not as a forecast"
        )
    return (
        "likeness did better than the base rate and than most shuffled outcomes, on few missions: a hint, no forecast"
    )
