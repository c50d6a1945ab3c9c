"""Great-circle distances from places to the nearest of a few sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.vocabulary import EARTH_KM

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def unit_vectors(lat: ArrayLike, lon: ArrayLike) -> NDArray[np.float64]:
    """Places on the unit sphere, shape (N, 3).

    Args:
        lat: degrees north, shape (N,).
        lon: degrees east, shape (N,).
    """
    phi, lam = np.radians(np.asarray(lat, dtype=np.float64)), np.radians(np.asarray(lon, dtype=np.float64))
    return np.column_stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)))


def nearest_km(places: NDArray[np.float64], sites: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distance from each place to the nearest site, km, shape (N,); infinite where there is no site.

    Args:
        places: unit vectors, shape (N, 3).
        sites: unit vectors, shape (S, 3).

    Example:
        >>> taji, mosul = unit_vectors([33.524], [44.257]), unit_vectors([36.34], [43.13])
        >>> round(float(nearest_km(mosul, taji)[0]))
        330
    """
    from scipy.spatial import cKDTree  # noqa: PLC0415 - takes half a second to load

    if not len(sites):
        return np.full(len(places), np.inf)
    chord, _ = cKDTree(sites).query(places)
    return arc_km(chord)


def arc_km(chord: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distance, km, of points whose straight distance on the unit sphere is `chord`; same shape."""
    return np.asarray(2 * EARTH_KM * np.arcsin(np.clip(chord / 2, 0, 1)))


def tangents(places: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Unit vectors to the east and to the north of each place, each of shape (N, 3)."""
    level = np.hypot(places[:, 0], places[:, 1])
    level = np.where(level > 0, level, 1.0)
    east = np.column_stack((-places[:, 1] / level, places[:, 0] / level, np.zeros(len(places))))
    return east, np.cross(places, east)


def moved(places: NDArray[np.float64], radius_km: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Each place moved to a random point of the disc around it, uniform over the disc, shape (N, 3).

    Args:
        places: unit vectors, shape (N, 3).
        radius_km: radius of each disc, km, shape (N,); 0 leaves a place where it is.
        rng: source of chance.
    """
    east, north = tangents(places)
    return moved_along(places, east, north, radius_km, rng)


def moved_along(
    places: NDArray[np.float64], east: NDArray[np.float64], north: NDArray[np.float64],
    radius_km: NDArray[np.float64], rng: np.random.Generator,
) -> NDArray[np.float64]:  # fmt: skip
    """As `moved`, with the tangents computed before."""
    turn = rng.random(len(places)) * (2 * np.pi)
    far = np.sqrt(rng.random(len(places))) * radius_km / EARTH_KM
    new = places + (far * np.cos(turn))[:, None] * east + (far * np.sin(turn))[:, None] * north
    return np.asarray(new / np.sqrt(np.einsum("ij,ij->i", new, new))[:, None])
