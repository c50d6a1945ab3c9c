"""What the grown members say of the areas at an origin, and the one forecast that is made of it.

Saying is slow and pooling quick, so that many ways of pooling can be tried on members grown once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.ensemble.boosted_bins import within_bins
from tocsin.forecast.ensemble.recent_level import RecentSettings, recent_levels
from tocsin.forecast.leaves import even_levels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tocsin.forecast.ensemble.tail import Tail

    Deaths = NDArray[np.int64]

LEVELS = 1_000
"""Even levels at which each member's quantiles are read off."""


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """Equal shares where benchmarks/tune_ensemble.py finds no difference on windows before 2018, else what it finds.

    Attributes:
        seeds: how many seeds of each grown member are pooled.
        changes: share from the forests of changes against the own year.
        bins: share from the bins of boosted trees and of networks; the forests of what came give the rest.
        nets: share of the networks in the probabilities of those bins.
        active_bins: share, in areas with any death in the last year, from the bins boosted on such areas alone; it is a
            share of what the next members leave.
        at_war: share, in areas at war, from the forests of changes against the last quarter, of what the next leaves.
        recent: an area's own last months, and their share of its draws.
        tail: the law of the highest draws; None leaves them as the members have them.
        gate: a month whose probability of any death lies below this is peace: every draw is 0.
    """

    seeds: int = 2
    changes: float = 1 / 3
    bins: float = 1 / 3
    nets: float = 0.5
    active_bins: float = 1 / 3
    at_war: float = 0.4
    recent: RecentSettings = field(default_factory=RecentSettings)
    tail: Tail | None = None
    gate: float = 0.005


@dataclass(frozen=True)
class Members:
    """What each seed of each member says: quantiles at 1000 even levels, or probabilities of the eleven bins.

    Attributes:
        deaths: of the areas, to the origin, shape (A, M).
        came: forests of what came, each of shape (A, H, 1000).
        changed: forests of changes against the own year, as deaths, each of shape (A, H, 1000).
        bins: boosted bins, each of shape (A, H, 11).
        nets: networks over the same bins, each of shape (A, H, 11).
        active_bins: bins boosted on areas with deaths in the last year, each of shape (A, H, 11).
        active: the areas those speak of, shape (A,).
        at_war: forests of changes against the last quarter, as deaths, each of shape (areas at war, H, 1000).
        fought: the areas those speak of, shape (A,).
    """

    deaths: Deaths
    came: tuple[Deaths, ...]
    changed: tuple[Deaths, ...]
    bins: tuple[NDArray[np.float64], ...]
    nets: tuple[NDArray[np.float64], ...]
    active_bins: tuple[NDArray[np.float64], ...]
    active: NDArray[np.bool_]
    at_war: tuple[Deaths, ...]
    fought: NDArray[np.bool_]

    def pooled(self, settings: PoolSettings, *, draws: int) -> Deaths:
        """One forecast: draws of each month by itself, rising, shape (A, H, draws); they join in no course of events."""
        every = self._everywhere(settings, draws)
        for member, share in self._where_there_is_violence(every, settings):
            every = put_in(every, member, share)
        if settings.tail:
            every = settings.tail.above(every)
        every[(every > 0).mean(axis=2) < settings.gate] = 0
        return every

    def _everywhere(self, settings: PoolSettings, draws: int) -> Deaths:
        changes, bins = round(settings.changes * draws), round(settings.bins * draws)
        came, changed = self.came[: settings.seeds], self.changed[: settings.seeds]
        parts = [spread(came, draws - changes - bins), spread(changed, changes)]
        if bins:
            reference = np.sort(
                np.concatenate([spread(came, LEVELS // 2), spread(changed, LEVELS // 2)], axis=2), axis=2
            )
            boosted, nets = (np.mean(one[: settings.seeds], axis=0) for one in (self.bins, self.nets))
            parts.append(filled((1 - settings.nets) * boosted + settings.nets * nets, reference, bins))
        return np.sort(np.concatenate(parts, axis=2), axis=2)

    def _where_there_is_violence(
        self, every: Deaths, settings: PoolSettings
    ) -> Iterator[tuple[Deaths, NDArray[np.float64]]]:
        """What is put in, one after another: draws of the shape of `every`, rising, and each area's share of them."""
        draws = every.shape[2]
        if self.active_bins and settings.active_bins:
            member = np.zeros_like(every)
            probability = np.mean(self.active_bins[: settings.seeds], axis=0)
            member[self.active] = filled(probability[self.active], every[self.active], draws)
            yield member, np.where(self.active, settings.active_bins, 0.0)
        if self.at_war and settings.at_war:
            member = np.zeros_like(every)
            member[self.fought] = spread(self.at_war[: settings.seeds], draws)
            yield member, np.where(self.fought, settings.at_war, 0.0)
        recent = recent_levels(self.deaths, even_levels(draws), settings.recent)
        yield np.broadcast_to(recent[:, None, :], every.shape), settings.recent.shares(self.deaths)


def spread(members: tuple[Deaths, ...], draws: int) -> Deaths:
    """Draws from several seeds of a member, so many from each, rising, shape (A, H, draws).

    Args:
        members: each at even levels, rising, shape (A, H, L); one at least.
        draws: how many in all.

    Example:
        >>> spread((np.array([[[0, 4, 8]]]), np.array([[[1, 5, 9]]])), 2)
        array([[[4, 5]]])
    """
    each = np.diff(np.linspace(0, draws, len(members) + 1).astype(int))
    size = members[0].shape[2]
    parts = [one[..., (even_levels(int(n)) * size).astype(int)] for one, n in zip(members, each, strict=True)]
    return np.sort(np.concatenate(parts, axis=2), axis=2)


def filled(probability: NDArray[np.float64], reference: Deaths, draws: int) -> Deaths:
    """Draws that have these probabilities of the bins, and within a bin stand as the reference does.

    Args:
        probability: of each bin, shape (A, H, 11).
        reference: another forecast, rising, shape (A, H, D).
        draws: how many.
    """
    p, stands = probability.reshape(-1, probability.shape[2]), reference.reshape(-1, reference.shape[2])
    return within_bins(p, stands, even_levels(draws)).reshape(*probability.shape[:2], draws)


def put_in(every: Deaths, member: Deaths, share: NDArray[np.float64]) -> Deaths:
    """A linear pool: each area's draws with a share of them from a member.

    Args:
        every: draws, rising, shape (A, H, D).
        member: draws, rising, of the same shape.
        share: the member's share of each area's draws, 0..1, shape (A,).

    Returns:
        Draws, rising, of the same shape.

    Example:
        >>> put_in(np.array([[[0, 0, 2, 2]]]), np.array([[[5, 5, 9, 9]]]), np.array([0.5]))
        array([[[0, 2, 5, 9]]])
    """
    draws = every.shape[2]
    out = every.copy()
    counts = np.round(share * draws).astype(int)
    for area in np.flatnonzero(counts):
        kept = every[area][:, (even_levels(draws - counts[area]) * draws).astype(int)]
        new = member[area][:, (even_levels(counts[area]) * draws).astype(int)]
        out[area] = np.sort(np.concatenate([kept, new], axis=1), axis=1)
    return out
