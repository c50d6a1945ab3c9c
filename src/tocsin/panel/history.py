"""What a forecaster may see: one target, every area, every month to the origin."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OutOfRange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tocsin.vocabulary import AreaIds, Level, Month


@dataclass(frozen=True)
class History:
    """Deaths a month of one target, dense, ending at the origin.

    Attributes:
        ids: whose ids name the areas.
        target: the column counted (`deaths_sb`, `deaths_all`, or a series' own name such as `ged_sb`).
        vintage: which issue of the figures these are.
        areas: area ids, length A.
        names: the name a reader knows each area by, length A.
        first: the first month.
        deaths: best estimates, shape (A, M), int64; 0 where absent.
        present: whether the area existed in that month, shape (A, M).
        neighbours: for every area the indices of those that touch it, length A.
        signals: further monthly series known at the origin by name, each of shape (A, M).
        slow: slow drivers by name, as published two years before each month, each of shape (A, M); NaN is unknown.
    """

    ids: AreaIds
    target: str
    vintage: str
    areas: tuple[str, ...]
    names: tuple[str, ...]
    first: Month
    deaths: NDArray[np.int64]
    present: NDArray[np.bool_]
    neighbours: tuple[tuple[int, ...], ...]
    signals: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    slow: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.areas), self.deaths.shape[1])
        assert self.deaths.shape == self.present.shape == shape, "deaths and present must be (areas, months)"
        assert len(self.names) == len(self.neighbours) == len(self.areas), "one name and neighbour list an area"
        further = (*self.signals.values(), *self.slow.values())
        assert all(s.shape == shape for s in further), "signals and slow drivers must be (areas, months)"
        assert not (self.deaths < 0).any(), "deaths are counts"

    @property
    def level(self) -> Level:
        """The level of the areas."""
        return self.ids.level

    @property
    def origin(self) -> Month:
        """The last month seen."""
        return self.first + int(self.deaths.shape[1] - 1)

    @property
    def here(self) -> NDArray[np.intp]:
        """Indices of the areas present at the origin: those that are forecast."""
        return np.flatnonzero(self.present[:, -1])

    @property
    def data_hash(self) -> str:
        """SHA-256 of everything a forecast could depend on."""
        digest = sha256(repr((self.ids, self.target, self.areas, self.first.id, self.neighbours)).encode())
        further = (grids[name] for grids in (self.signals, self.slow) for name in sorted(grids))
        for array in (self.deaths, self.present, *further):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def until(self, origin: Month) -> History:
        """The same history cut at an earlier origin.

        Right only for figures that were complete in their own month; where events become known later, a
        history is made afresh from the panel with `Panel.history(origin=...)`.

        Raises:
            OutOfRange: the origin lies outside the data.
        """
        months = origin - self.first + 1
        if not 1 <= months <= self.deaths.shape[1]:
            raise OutOfRange(
                f"origin {origin} lies outside the data",
                hint=f"the series runs from {self.first} to {self.origin}",
            )
        return History(
            self.ids, self.target, self.vintage, self.areas, self.names, self.first,
            self.deaths[:, :months], self.present[:, :months], self.neighbours,
            {k: v[:, :months] for k, v in self.signals.items()},
            {k: v[:, :months] for k, v in self.slow.items()},
        )  # fmt: skip
