"""What a model declares before it may be used, and how it is found by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from tocsin.errors import OutOfRange, UnknownName
from tocsin.vocabulary import MAX_HORIZON, Level

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tocsin.panel.history import History


SHORT = 12
SIMPLER = ", or a simpler model such as conflictology, which needs 12 months"


class Status(StrEnum):
    """Whether a model's skill has been shown on windows nobody tuned on."""

    EXPERIMENTAL = "experimental"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Contract:
    """What a model predicts, where, how far ahead, from what, and on whose word.

    Attributes:
        name: the registered name.
        title: the name a reader knows it by.
        predicts: what the draws are draws of.
        levels: the sizes of area it was made for.
        needs: months of history it needs before the origin.
        paper: who described the method, with a DOI or address where there is one.
        status: `verified` at the levels named in `verified_on`, else `experimental`.
        verified_on: level and windows of the test that verified it.
        notes: known faults.
    """

    name: str
    title: str
    predicts: str
    levels: tuple[Level, ...]
    needs: int
    paper: str
    status: Status
    verified_on: tuple[Level, ...] = ()
    notes: tuple[str, ...] = ()

    def status_at(self, level: Level) -> Status:
        """The status at one level: a model verified for countries is still experimental for provinces."""
        return self.status if level in self.verified_on else Status.EXPERIMENTAL


class Fitted(Protocol):
    """A model that has learned; it may draw from any later origin of the same areas."""

    def draw(self, history: History, *, draws: int, seed: int) -> NDArray[np.int32]:
        """Draws for the areas present at the history's origin, shape (areas present, horizons, draws)."""
        ...


@runtime_checkable
class Model(Protocol):
    """A model: a contract, and a way to learn from a history."""

    @property
    def contract(self) -> Contract:
        """What the model declares."""
        ...

    def fit(self, history: History, *, horizons: tuple[int, ...], seed: int) -> Fitted:
        """Learn from what the history holds, and from nothing else."""
        ...


@cache
def models() -> dict[str, Model]:
    """Every model registered under the entry point `tocsin.models`, by name."""
    found = {entry.name: entry.load() for entry in entry_points(group="tocsin.models")}
    return dict(sorted(found.items()))


def model_named(name: str) -> Model:
    """The model registered under a name.

    Raises:
        UnknownName: no model has that name.
    """
    if name not in models():
        raise UnknownName.of("model", name, models())
    return models()[name]


def check_fits(contract: Contract, history: History, *, horizons: tuple[int, ...]) -> None:
    """Refuse a history too short, or horizons too long, for a model.

    Raises:
        OutOfRange: the history is shorter than the contract needs, no area is present at the origin, or a horizon
            lies outside 1 to 36.
    """
    months = history.deaths.shape[1]
    if months < contract.needs:
        raise OutOfRange(
            f"{contract.name} needs {contract.needs} months before the origin, the series has {months}",
            hint="give a longer series or a later origin" + (SIMPLER if contract.needs > SHORT else ""),
        )
    if not history.here.size:
        raise OutOfRange(f"no area is present at {history.origin}", hint="choose an origin inside the data")
    if not horizons or min(horizons) < 1 or max(horizons) > MAX_HORIZON:
        raise OutOfRange(f"horizons {horizons} are not within 1 to {MAX_HORIZON}", hint="as in --months 3-14")
