"""From longitude and latitude to the plane: plain for a country, Equal Earth for the world."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Projection = Callable[[Floats], Floats]

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(points: Floats) -> Floats:
    """The whole world with areas in proportion.

    Source: Savric, Patterson & Jenny 2018, doi:10.1080/13658816.2018.1504949.

    Args:
        points: longitude and latitude in degrees, shape (n, 2).

    Returns:
        x and y in radii of the Earth, y upwards, shape (n, 2).

    Example:
        >>> equal_earth(np.array([[180.0, 0.0], [0.0, 90.0]])).round(4).tolist()
        [[2.7066, 0.0], [0.0, 1.3174]]
    """
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    theta = np.arcsin(math.sqrt(3) / 2 * np.sin(lat))
    t2 = theta**2
    t6 = t2**3
    slope = _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)
    x = 2 * lon * np.cos(theta) / (math.sqrt(3) * slope)
    y = theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
    return np.column_stack([x, y])


def plain(*, latitude: float) -> Projection:
    """Equirectangular, true to scale along one latitude (degrees): right for a country, not for the world.

    Example:
        >>> plain(latitude=60)(np.array([[10.0, 60.0]])).round(3).tolist()
        [[0.087, 1.047]]
    """
    narrow = math.cos(math.radians(latitude))

    def project(points: Floats) -> Floats:
        return np.column_stack([np.radians(points[:, 0]) * narrow, np.radians(points[:, 1])])

    return project
