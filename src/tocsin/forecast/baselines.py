"""The benchmarks every model must beat: zero, last month, own last year, everybody's last twenty years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.forecast.contract import Contract, Fitted, Status
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

VIEWS_PAPER = "Hegre et al. (2025) J. Peace Research 62(6): 2070-2087"
EVERY_LEVEL = tuple(Level)
OWN_MONTHS = 12
POOL_MONTHS = 240

Rule = Callable[["History", tuple[int, ...], int, np.random.Generator], "NDArray[np.int64]"]
"""History, horizons, number of draws and randomness to draws of shape (areas present, horizons, draws)."""


@dataclass(frozen=True)
class Baseline:
    """A rule that needs no learning."""

    contract: Contract
    rule: Rule

    def fit(self, history: History, *, horizons: tuple[int, ...], seed: int) -> Fitted:  # noqa: ARG002
        """Nothing is learned; the horizons are kept."""
        return FittedBaseline(self.rule, horizons)


@dataclass(frozen=True)
class FittedBaseline:
    """A rule with its horizons."""

    rule: Rule
    horizons: tuple[int, ...]

    def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """Draws for the areas present at the origin, shape (areas present, horizons, draws)."""
        return self.rule(history, self.horizons, draws, np.random.default_rng(seed)).astype(np.int32)


def zero(history: History, horizons: tuple[int, ...], draws: int, _: np.random.Generator) -> NDArray[np.int64]:
    """No deaths, ever."""
    return np.zeros((history.here.size, len(horizons), draws), dtype=np.int64)


def last_poisson(
    history: History, horizons: tuple[int, ...], draws: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Poisson around the last month's deaths, the same for every month ahead."""
    last = history.deaths[history.here, -1]
    return rng.poisson(last[:, None, None], (last.size, len(horizons), draws))


def conflictology(
    history: History, horizons: tuple[int, ...], draws: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """The area's own last twelve months, each equally often; a draw walks through them in their order."""
    own = history.deaths[history.here, -OWN_MONTHS:]
    start = rng.permutation(np.arange(draws) % own.shape[1])
    steps = (start[None, :] + np.asarray(horizons)[:, None]) % own.shape[1]
    return own[:, steps]


def bootstrap(history: History, horizons: tuple[int, ...], draws: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Any area's deaths in any of the last 240 months."""
    recent = history.deaths[:, -POOL_MONTHS:][history.present[:, -POOL_MONTHS:]]
    return rng.choice(recent, (history.here.size, len(horizons), draws))


def _contract(name: str, title: str, predicts: str, *, needs: int) -> Contract:
    return Contract(
        name=name, title=title, predicts=predicts, levels=EVERY_LEVEL, needs=needs, paper=VIEWS_PAPER,
        status=Status.VERIFIED, verified_on=EVERY_LEVEL,
        notes=("a benchmark: its published scores are made again by `tocsin benchmark views`",),
    )  # fmt: skip


ZERO = Baseline(_contract("zero", "always zero", "no deaths", needs=1), zero)
LAST_POISSON = Baseline(
    _contract("last_poisson", "last month, Poisson", "counts around the last month's", needs=1), last_poisson
)
CONFLICTOLOGY = Baseline(
    _contract("conflictology", "conflictology (own last 12 months)", "a repeat of the area's last year", needs=12),
    conflictology,
)
BOOTSTRAP_240 = Baseline(
    _contract("bootstrap240", "bootstrap of 240 months", "a random area and month of the last 20 years", needs=12),
    bootstrap,
)
