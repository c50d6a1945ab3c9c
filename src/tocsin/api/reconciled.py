"""A case's countries and provinces forecast so that they agree draw by draw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.api.forecast import DRAWS, SEED
from tocsin.api.world import countries_all, provinces_of
from tocsin.backtest.log import Entry, append
from tocsin.errors import OutOfRange, Where
from tocsin.forecast.contract import model_named
from tocsin.forecast.make import make_forecast
from tocsin.forecast.reconciled.levels import reconciled_parts
from tocsin.panel.areas import country_of, is_unknown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History
    from tocsin.vocabulary import Month

UNKNOWN_BY = "conflictology"
"""What forecasts the deaths that no province is given: a repeat of their own last year."""


@dataclass(frozen=True)
class Reconciled:
    """Forecasts of two levels that agree.

    Attributes:
        countries: the case's countries, as the model forecasts them among all countries.
        provinces: their provinces and "province unknown"; in every month and draw they add up to their country.
        apart: the provinces as forecast, before they were made to agree.
    """

    countries: Forecast
    provinces: Forecast
    apart: Forecast


def reconciled(
    case: Case, *, origin: Month | None = None, horizons: Sequence[int] = tuple(range(1, 15)), model: str = "quantile_forest",
    country_model: str | None = None, draws: int = DRAWS, seed: int = SEED,
    log: Path | None = None,
) -> Reconciled:  # fmt: skip
    """Forecast a case's countries and provinces, the provinces made to add up to their country draw by draw.

    The country's draws are kept. They rest on the yearly issue of the figures of all countries, the provinces' on events of
    the case: two vintages of one record, and the forecasts say which.

    Args:
        case: a checked case.
        origin: the last month seen; the newest both levels have where not given.
        horizons: months ahead of the origin.
        model: a registered model, for provinces.
        country_model: a registered model, for countries; the same where not given.
        draws: draws for each area and month.
        seed: the same seed gives the same draws.
        log: where the provinces' forecast is written down.

    Raises:
        OutOfRange: the levels do not count the same deaths, or origin, horizons or draws are not possible.
        UnknownName: no model has that name.
        CaseProblem: the case's files hold no event of its country.
    """
    fine, coarse = provinces_of(case), countries_all()
    if fine.target != coarse.target:
        raise OutOfRange(
            f"countries are forecast by {coarse.target}, the case by {fine.target}",
            where=Where(case.folder / "case.toml", field="target"),
            hint=f"only a case whose target is {coarse.target} has countries to agree with",
        )
    seen = origin or min(fine.panel.last, coarse.panel.last)
    months, by = tuple(horizons), model_named(country_model or model)
    world = coarse.as_known_on(seen)
    countries = only(
        make_forecast(world, model=by, horizons=months, draws=draws, seed=seed), tuple(case.settings.areas.countries)
    )
    everywhere = fine.panel.history(
        target=fine.target, origin=seen, neighbours=fine.neighbours, names=fine.names, include_unknown=True
    )
    known = fine.as_known_on(seen)
    placed = make_forecast(known, model=model_named(model), horizons=months, draws=draws, seed=seed)
    apart = with_unknown(placed, everywhere)
    lies_in = {area: str(country_of(area, apart.ids)) for area in apart.areas}
    agreed = reconciled_parts(countries, apart, lies_in=lies_in, history=everywhere, seed=seed)
    if log is not None:
        append(Entry.of(agreed), log=log)
    return Reconciled(countries, agreed, apart)


def only(forecast: Forecast, areas: tuple[str, ...]) -> Forecast:
    """A forecast of some of its areas, in their order.

    Raises:
        OutOfRange: an area was not forecast.
    """
    if missing := [area for area in areas if area not in forecast.areas]:
        raise OutOfRange(
            f"{', '.join(missing)} is not among the countries forecast at {forecast.origin}",
            where=Where(field="areas.countries"),
            hint="choose an origin at which it exists",
        )
    rows = [forecast.areas.index(area) for area in areas]
    return replace(
        forecast,
        areas=areas,
        names=tuple(forecast.names[i] for i in rows),
        draws=np.ascontiguousarray(forecast.draws[rows]),
    )


def with_unknown(placed: Forecast, everywhere: History) -> Forecast:
    """A forecast of provinces, and with it of the deaths that no province is given."""
    rows = [i for i in everywhere.here if is_unknown(everywhere.areas[i])]
    if not rows:
        return placed
    unknown = make_forecast(
        everywhere,
        model=model_named(UNKNOWN_BY),
        horizons=placed.horizons,
        draws=placed.draws.shape[2],
        seed=placed.seed,
    )
    theirs = only(unknown, tuple(everywhere.areas[i] for i in rows))
    return replace(
        placed, areas=placed.areas + theirs.areas, names=placed.names + theirs.names,
        draws=np.concatenate([placed.draws, theirs.draws]),
    )  # fmt: skip
