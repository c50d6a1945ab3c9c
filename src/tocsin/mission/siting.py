"""Where sites would reach most of the need: the best plan, every plan nearly as good, and what each rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange
from tocsin.mission.covering import most_covered
from tocsin.mission.distance import arc_km
from tocsin.mission.near_best import NearBest, near_best
from tocsin.mission.p_median import least_distance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from tocsin.mission.influence import Battle
    from tocsin.mission.need_points import NeedPoints
    from tocsin.mission.optimum import Optimum

NEAR = 0.02
"""Plans that fall short of the best by no more than this share are listed."""


class Objective(StrEnum):
    """What a plan is to do: reach the most need, or lie least far from it."""

    COVERING = "covering"
    P_MEDIAN = "p-median"


class State(StrEnum):
    """What is known of consent to a site, or of its security."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a site could be.

    Attributes:
        place_id: id in the case, or of the listed town.
        name: its name.
        province: its province; None where unknown.
        lat: degrees north.
        lon: degrees east.
        consent: whether the host agrees: given (good), refused (bad) or unknown.
        security: whether a site could be protected: acceptable (good), not acceptable (bad) or unknown.
        of_case: whether the case's own table names it; else it is a listed town of which nothing is recorded.
    """

    place_id: str
    name: str
    province: str | None
    lat: float
    lon: float
    consent: State = State.UNKNOWN
    security: State = State.UNKNOWN
    of_case: bool = False

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """What nobody has recorded of it: consent, security, both or nothing."""
        return tuple(name for name in ("consent", "security") if getattr(self, name) is State.UNKNOWN)

    def passes(self, *, unknown_consent: bool, unknown_security: bool) -> bool:
        """Whether a site may be put here: what is refused never passes, what is unknown only where that is said."""
        asked = ((self.consent, unknown_consent), (self.security, unknown_security))
        return all(state is State.GOOD or (state is State.UNKNOWN and allowed) for state, allowed in asked)


@dataclass(frozen=True, slots=True)
class SitingPlan:
    """One plan: the sites it adds, and what they bring beside the present ones.

    Attributes:
        sites: places added.
        value: need covered, or mean distance in km.
        short: by how much it falls short of the best, as a share of the best, 0..NEAR.
        gain: need newly covered, or km by which the mean distance falls; None where no site is there to compare with.
        gain_low: the gain where every death count is the low one; None where the measure has no range.
        gain_high: the same with the high count.
        without_battle: the gain where the window's largest battle is left out; None where there is none.
        one_battle: whether more than half of the gain goes away without it; None where that cannot be said.
    """

    sites: tuple[Place, ...]
    value: float
    short: float
    gain: float | None
    gain_low: float | None
    gain_high: float | None
    without_battle: float | None
    one_battle: bool | None

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """What nobody has recorded of its sites, and the plan therefore rests on."""
        found = {what for site in self.sites for what in site.unrecorded}
        return tuple(name for name in ("consent", "security") if name in found)


@dataclass(frozen=True, slots=True)
class Siting:
    """The answer to where sites would reach most.

    Attributes:
        objective: covering or p-median.
        reach_km: how far a site reaches; not used by p-median.
        total: the need in all.
        now: need covered by the present sites, or its mean distance in km from them; None without present sites.
        best: the best plan with its proof; None where no plan is possible.
        plans: every plan within 2 % of the best, the best first.
        more: whether there are more such plans; None where the search ended before it could tell.
        in_every: places in every plan listed.
        in_some: places in some, and not in all.
        battle: the window's largest battle; None where the measure has no months.
        places: every place looked at.
        passing: those that pass.
    """

    objective: Objective
    reach_km: float
    total: float
    now: float | None
    best: Optimum | None
    plans: tuple[SitingPlan, ...]
    more: bool | None
    in_every: tuple[Place, ...]
    in_some: tuple[Place, ...]
    battle: Battle | None
    places: tuple[Place, ...]
    passing: tuple[Place, ...]

    @property
    def refused(self) -> tuple[Place, ...]:
        """Places where consent is refused or security not acceptable: they never pass."""
        return tuple(p for p in self.places if State.BAD in {p.consent, p.security})

    @property
    def unrecorded(self) -> tuple[Place, ...]:
        """Places not refused of which consent or security is unknown."""
        return tuple(p for p in self.places if p.unrecorded and p not in self.refused)


def siting(
    need: NeedPoints, *, present: NDArray[np.float64], places: Iterable[Place], add: int, objective: Objective,
    reach_km: float, unknown_consent: bool = False, unknown_security: bool = False, seconds: float | None = None,
) -> Siting:  # fmt: skip
    """The best sites to add to those present, and every plan within 2 % of them.

    Args:
        need: where the need is.
        present: unit vectors of the sites that are there, shape (site, 3).
        places: where sites could be.
        add: how many sites to add, 1 or more.
        objective: covering or p-median.
        reach_km: how far a site reaches, straight line.
        unknown_consent: let places pass of which no consent is recorded.
        unknown_security: let places pass of whose security nothing is recorded.
        seconds: time limit of the exact search.

    Raises:
        OutOfRange: a number of sites or a reach that makes no sense, or no need to reach.
    """
    if add < 1:
        raise OutOfRange(f"a plan that adds {add} sites", hint="say --add 1 or more")
    if not 0 < reach_km < np.inf:
        raise OutOfRange(f"a reach of {reach_km:g} km reaches nothing", hint="say more than 0, as in --reach-km 50")
    if seconds is not None and not seconds > 0:
        raise OutOfRange(f"a time limit of {seconds:g} seconds", hint="say more than 0, as in --seconds 60")
    if not need.weight.sum() > 0:
        raise OutOfRange(
            "there is no need to reach: every count is 0", hint="look at other months, or at another measure"
        )
    listed = tuple(places)
    passing = tuple(
        p for p in listed if p.passes(unknown_consent=unknown_consent, unknown_security=unknown_security)
    )  # fmt: skip
    at = need.vectors([p.lat for p in passing], [p.lon for p in passing])
    apart = kilometres(need.at, np.concatenate([present, at]))
    ask = _Ask(need, apart, len(present), add, objective, reach_km)
    if add > len(passing):
        return Siting(
            objective, reach_km, need.total, ask.now(), best=None, plans=(), more=False, in_every=(), in_some=(),
            battle=need.battle, places=listed, passing=passing,
        )  # fmt: skip
    best = ask.solved(seconds)
    found = ask.near(best)
    plans = tuple(ask.plan(plan, passing, best.objective) for plan in found.plans)
    named = [tuple(passing[j - len(present)] for j in sorted(group)) for group in (found.in_every, found.in_some)]
    return Siting(
        objective, reach_km, need.total, ask.now(), best, plans, found.more, named[0], named[1], need.battle, listed,
        passing,
    )  # fmt: skip


def kilometres(points: NDArray[np.float64], sites: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distance from every point to every site, km, shape (point, site).

    Args:
        points: unit vectors, shape (point, 3).
        sites: unit vectors, shape (site, 3).
    """
    return arc_km(np.linalg.norm(points[:, None, :] - sites[None, :, :], axis=2))


@dataclass(frozen=True, slots=True)
class _Ask:
    """One question in numbers: the first `present` columns of `apart` are the sites that are there."""

    need: NeedPoints
    apart: NDArray[np.float64]
    present: int
    add: int
    objective: Objective
    reach_km: float

    @property
    def fixed(self) -> list[int]:
        return list(range(self.present))

    @property
    def covers(self) -> bool:
        return self.objective is Objective.COVERING

    def cost(self, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Need left uncovered, or weighted km, by point and site."""
        return weight[:, None] * ((self.apart > self.reach_km) if self.covers else self.apart)

    def solved(self, seconds: float | None) -> Optimum:
        if self.covers:
            return most_covered(
                self.apart <= self.reach_km, self.need.weight, add=self.add, fixed=self.fixed, seconds=seconds
            )
        return least_distance(self.apart, self.need.weight, add=self.add, fixed=self.fixed, seconds=seconds)

    def near(self, best: Optimum) -> NearBest:
        limit = (
            self.need.total - (1 - NEAR) * best.objective if self.covers else (1 + NEAR) * best.objective
        )  # fmt: skip
        known = [j for j in best.sites if j >= self.present]
        return near_best(self.cost(self.need.weight), add=self.add, limit=limit, fixed=self.fixed, known=known)

    def left(self, weight: NDArray[np.float64], sites: Sequence[int]) -> float | None:
        """Cost that these sites leave; None where there is no site to measure from."""
        if not sites:
            return float(weight.sum()) if self.covers else None
        return float(self.cost(weight)[:, list(sites)].min(axis=1).sum())

    def now(self) -> float | None:
        left = self.left(self.need.weight, self.fixed)
        return None if left is None else self._shown(left)

    def _shown(self, left: float) -> float:
        return self.need.total - left if self.covers else left / self.need.total

    def saved(self, weight: NDArray[np.float64] | None, sites: Sequence[int]) -> float | None:
        """What a plan saves beside the present sites: need, or km of mean distance; of no need, nothing."""
        if weight is None:
            return None
        before, after = self.left(weight, self.fixed), self.left(weight, sites)
        if before is None or after is None:
            return None
        return before - after if self.covers else (before - after) / max(float(weight.sum()), 1e-12)

    def plan(self, added: Sequence[int], passing: Sequence[Place], best: float) -> SitingPlan:
        sites, need = [*self.fixed, *added], self.need
        left = self.left(need.weight, sites)
        assert left is not None, "a plan has a site"
        value = need.total - left if self.covers else left
        gain, without = self.saved(need.weight, sites), self.saved(need.without_battle, sites)
        return SitingPlan(
            tuple(passing[j - self.present] for j in added), self._shown(left),
            max(0.0, abs(best - value) / best) if best else 0.0,
            gain, self.saved(need.low, sites), self.saved(need.high, sites), without, self._one_battle(gain, without),
        )  # fmt: skip

    def _one_battle(self, gain: float | None, without: float | None) -> bool | None:
        """Whether more than half of the gain, in need or need times km, is the battle's."""
        if gain is None or without is None or self.need.without_battle is None:
            return None
        scale = (1.0, 1.0) if self.covers else (self.need.total, float(self.need.without_battle.sum()))
        return gain > 0 and without * scale[1] < 0.5 * gain * scale[0]
