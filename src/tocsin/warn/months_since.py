"""The ranking every onset model must beat: who saw a death last, comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tocsin.panel.history import History

YEAR = 12


def months_since_death(history: History) -> NDArray[np.float64]:
    """A score that ranks areas by months since the last death, the shorter the higher, shape (areas,), 0..1.

    It is an order, no probability. Areas with the same months are ordered by the deaths of their last twelve months;
    one that never saw a death stands as if it had seen one just before the history begins.
    """
    deaths = history.deaths
    months = deaths.shape[1]
    seen = np.where(deaths > 0, np.arange(1, months + 1), 0).max(axis=1)
    last_year = deaths[:, -YEAR:].sum(axis=1)
    return np.asarray(1 / (1 + months - seen + 1 / (1 + last_year)))
