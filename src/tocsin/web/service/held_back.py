"""What no answer gives, whatever an edition holds: sites of a user, places finer than 0.1 degree, bands under 25 km."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

DEGREES = frozenset({"lat", "lon", "latitude", "longitude"})
ENTERED = ("entered_by_user", "entered")
NARROWEST_KM = 25.0


def held_back(value: Any, *, own_sites: frozenset[str] = frozenset()) -> Any:  # noqa: ANN401 - JSON in, JSON out
    """A document without what may not leave the workbench.

    Args:
        value: JSON.
        own_sites: ids of sites that a user entered.

    Example:
        >>> held_back({"sites": [{"site": "a", "lat": 33.3157}, {"site": "b", "entered_by_user": True}]})
        {'sites': [{'site': 'a', 'lat': 33.3}]}
        >>> held_back([{"from_km": 0.0, "to_km": 5.0, "deaths": 4}, {"from_km": 0.0, "to_km": 25.0, "deaths": 9}])
        [{'from_km': 0.0, 'to_km': 25.0, 'deaths': 9}]
    """
    if isinstance(value, dict):
        return {
            key: round(one, 1) if key in DEGREES and isinstance(one, float) else held_back(one, own_sites=own_sites)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [held_back(one, own_sites=own_sites) for one in value if not _is_held_back(one, own_sites)]
    return value


def _is_held_back(value: Any, own_sites: frozenset[str]) -> bool:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return value in own_sites
    return isinstance(value, dict) and (_is_own(value, own_sites) or _is_narrow(value))


def _is_own(value: Mapping[str, Any], own_sites: frozenset[str]) -> bool:
    return any(value.get(key) is True for key in ENTERED) or any(
        value.get(key) in own_sites for key in ("site_id", "site") if isinstance(value.get(key), str)
    )


def _is_narrow(value: Mapping[str, Any]) -> bool:
    near, far = value.get("from_km"), value.get("to_km")
    return isinstance(near, int | float) and isinstance(far, int | float) and far - near < NARROWEST_KM
