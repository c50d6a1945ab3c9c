"""Forecasts of two levels made to agree: countries and their provinces, provinces and their cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import InputError, OutOfRange, Where
from tocsin.forecast.reconciled.reconcile import past_courses, reconciled_draws
from tocsin.vocabulary import UNKNOWN_PROVINCE, Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History


def reconciled_parts(
    whole: Forecast, parts: Forecast, *, lies_in: Mapping[str, str], history: History | None = None, seed: int
) -> Forecast:
    """The parts' forecast, made to add up to the whole's in every month and draw.

    Deaths of a province that nothing tells fall on "province unknown", which is added where the parts have none; deaths of a
    cell that nothing tells fall on all cells of its area alike.

    Args:
        whole: the forecast that is kept as it is, of countries or provinces.
        parts: the forecast that is adjusted, with the same origin, horizons, target and number of draws.
        lies_in: for every part's id the id of the whole it lies in; parts not named are left out.
        history: the parts' own, whose past courses say which parts rise together; their own order where not given.
        seed: breaks ties.

    Returns:
        Draws of the parts of every area of `whole` that has any, area after area in the order of `whole`.

    Raises:
        InputError: the forecasts differ in origin, horizons, target or number of draws, or no part lies in the whole.
    """
    _check_alike(whole, parts)
    template = None
    if history is not None:
        every = past_courses(history, horizons=parts.horizons, draws=parts.draws.shape[2], seed=seed)
        rows = {history.areas[i]: row for row, i in enumerate(history.here)}
        if not set(parts.areas) <= set(rows):
            raise InputError(
                "the history is not that of the parts",
                where=Where(field="history"),
                hint="give the one they were forecast from",
            )
        template = every[[rows[area] for area in parts.areas]]
    made = [_of_one(whole, parts, area=area, lies_in=lies_in, template=template, seed=seed) for area in whole.areas]
    found = [one for one in made if one is not None]
    if not found:
        raise InputError(
            "no part lies in an area of the whole", where=Where(field="lies_in"), hint="name each part with its area"
        )
    return replace(
        parts,
        areas=tuple(area for areas, _, _ in found for area in areas),
        names=tuple(name for _, names, _ in found for name in names),
        draws=np.concatenate([draws for _, _, draws in found]),
    )


def _of_one(
    whole: Forecast,
    parts: Forecast,
    *,
    area: str,
    lies_in: Mapping[str, str],
    template: NDArray[np.int64] | None,
    seed: int,
) -> tuple[tuple[str, ...], tuple[str, ...], NDArray[np.int32]] | None:
    """Ids, names and draws of one area's parts."""
    mine = [i for i, part in enumerate(parts.areas) if lies_in.get(part) == area]
    if not mine:
        return None
    ids, names = [parts.areas[i] for i in mine], [parts.names[i] for i in mine]
    draws = parts.draws[mine].astype(np.int64)
    course = None if template is None else template[mine]
    fallback = np.ones(len(mine))
    if parts.level is Level.ADMIN1:
        unknown = f"{area}/{UNKNOWN_PROVINCE}"
        if unknown not in ids:
            ids.append(unknown)
            names.append(UNKNOWN_PROVINCE)
            draws = np.pad(draws, ((0, 1), (0, 0), (0, 0)))
            course = None if course is None else np.pad(course, ((0, 1), (0, 0), (0, 0)))
        fallback = np.array([float(part == unknown) for part in ids])
    total = whole.draws[whole.areas.index(area)].astype(np.int64)
    agreed = reconciled_draws(draws, total, template=course, fallback=fallback, seed=seed)
    return tuple(ids), tuple(names), agreed.astype(np.int32)


def _check_alike(whole: Forecast, parts: Forecast) -> None:
    pairs = {
        "origin": (str(whole.origin), str(parts.origin)),
        "horizons": (whole.horizons, parts.horizons),
        "target": (whole.target, parts.target),
        "draws": (whole.draws.shape[2], parts.draws.shape[2]),
    }
    for name, (one, other) in pairs.items():
        if one != other:
            raise InputError(
                f"the forecasts differ in {name}: {one} and {other}",
                where=Where(field=name),
                hint="forecast both levels from one origin, for the same months, target and number of draws",
            )


def check_adds_up(whole: Forecast, parts: Forecast, *, lies_in: Mapping[str, str]) -> None:
    """Check that the parts add up to the whole in every draw of every month.

    Raises:
        OutOfRange: they do not; the area and the number of draws at fault are named.
    """
    for row, area in enumerate(whole.areas):
        mine = [i for i, part in enumerate(parts.areas) if lies_in.get(part) == area]
        wrong = int((parts.draws[mine].sum(axis=0, dtype=np.int64) != whole.draws[row]).sum()) if mine else 0
        if wrong:
            raise OutOfRange(
                f"the parts of {area} do not add up to it in {wrong} months and draws", hint="reconcile them first"
            )
