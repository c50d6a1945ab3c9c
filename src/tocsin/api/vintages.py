"""What was known on a day: histories and forecasts from figures as they stood, beside the final ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tocsin.api.forecast import DRAWS, SEED
from tocsin.api.series import country_ids, country_names, country_neighbours, with_drivers
from tocsin.api.world import World, provinces_of
from tocsin.backtest.vintage_forecast import pooled_forecast
from tocsin.backtest.vintage_replay import VintageChange, compare
from tocsin.forecast.contract import model_named
from tocsin.panel.making import panel_of_series
from tocsin.panel.vintages.correction import Correction, corrected
from tocsin.panel.vintages.lag import LagModel, learn_lag
from tocsin.panel.vintages.vintage import Vintages, history_as_known_on, vintages_of
from tocsin.scores import score_draws
from tocsin.sources.starter import starter_card, starter_table
from tocsin.vocabulary import AreaIds, Level, Month
from tocsin.vocabulary.month import checked_horizons

if TYPE_CHECKING:
    from datetime import date

    from tocsin.case import Case
    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History

TARGET = "deaths_all_within"
MODEL = "quantile_forest"
HISTORIES = 10
"""Sampled histories whose draws are pooled."""

KNOWN_FROM = 26
"""Day of the month from which the month before is taken as known: issues come on days 21 to 26, one in twelve 26 days late."""


@dataclass(frozen=True)
class VintageReplay:
    """Forecasts from the figures as they stood on a day and from the final ones, of the same months.

    Attributes:
        known_on: the day.
        level: countries or provinces.
        as_known: the forecast from the figures as they stood.
        final: the forecast from today's figures of the same months.
        change: how it changes from the first to the second.
        mended: the forecast from the figures as they stood, corrected for the reporting lag; None where not asked for.
        mended_change: how far that one still lies from the final one.
        crps: mean CRPS against what came, by `as_known`, `final` and `corrected`; empty where some month is not known yet.
        notes: what the reader must know of the figures.
    """

    known_on: date
    level: Level
    as_known: Forecast
    final: Forecast
    change: VintageChange
    mended: Forecast | None
    mended_change: VintageChange | None
    crps: dict[str, float]
    notes: tuple[str, ...]


@cache
def country_vintages() -> Vintages:
    """Every issue that ships, deaths of all types by Gleditsch-Ward number, beside GED 25.1."""
    names = {"gwcode": "area", TARGET: "deaths"}
    return vintages_of(
        starter_table("country_vintages").rename(names), starter_table("country_month_within").rename(names),
        ids=AreaIds.GW, target=TARGET, final_name=starter_card("country_month_within").vintage,
    )  # fmt: skip


@cache
def countries_within() -> History:
    """All countries from 1989, deaths of all types in events within one month, by the final figures that ship."""
    table = starter_table("country_month_within").rename({"gwcode": "area", TARGET: "value"})
    panel = panel_of_series(table, ids=AreaIds.GW, target=TARGET, vintage=starter_card("country_month_within").vintage)
    history = panel.history(
        target=TARGET, origin=panel.last, neighbours=country_neighbours(AreaIds.GW, panel.last),
        names=country_names(AreaIds.GW),
    )  # fmt: skip
    return with_drivers(history)


def lag_model(*, ids: AreaIds = AreaIds.GW, until: date | None = None) -> LagModel:
    """How figures are revised, from the issues that ship, by the ids a history goes by.

    Args:
        ids: country ids of the history to be corrected; other ids are served without areas' own ratios.
        until: the day whose knowledge counts, as a backtest needs; everything at hand where None.

    Raises:
        OutOfRange: no revision had been seen by then: the first in the issues that ship is of 2024-06-24.
    """
    learned = learn_lag(country_vintages(), until=until)
    if ids in {AreaIds.GW, AreaIds.ADMIN1, AreaIds.GID}:
        return learned
    month = country_vintages().months[-1]
    named = country_ids().pairs(source=AreaIds.GW, to=ids, months=[month.id])
    return learned.renamed({gw: other for gw, _, other in named})


def replay_countries(
    day: date, *, within: int = 6, model: str = MODEL, draws: int = DRAWS, seed: int = SEED,
    correct: Correction | None = None,
) -> VintageReplay:  # fmt: skip
    """Forecast all countries from the figures as they stood on a day, and from the final ones.

    Args:
        day: the day; what had been issued by then is seen.
        within: months ahead of the last month known on that day.
        model: a registered model; it learns anew from each state of the figures.
        draws: draws for each country and month.
        seed: the same seed gives the same draws.
        correct: also forecast from the figures as they stood, corrected by what had been learned of revisions by that day.

    Raises:
        OutOfRange: no issue of that day is at hand, months ahead are not 1 to 36, or a correction is asked for before any
            revision had been seen.
    """
    checked_horizons([within], hint="say how many months ahead, as in --within 6")
    vintages, final = country_vintages(), countries_within()
    known = history_as_known_on(final, vintages, day)
    lag = None if correct is None else lag_model(until=day)
    mended = [] if lag is None or correct is None else _corrected(known, day=day, lag=lag, how=correct, seed=seed)
    notes = (
        f"Issue of {vintages.issued[vintages.number(day)]}, data through {known.origin}; {final.vintage} is final.",
        f"Months before {vintages.first} are final figures in both: how they stood is not at hand.",
        "Deaths of all types in events within one month, three quarters of all deaths.",
    )
    return _replay(day, [known], final.until(known.origin), truth=final, mended=mended, notes=notes,
                   asked=(model, within, draws, seed))  # fmt: skip


def replay_provinces(
    case: Case, day: date, *, within: int = 6, model: str = MODEL, draws: int = DRAWS, seed: int = SEED,
    world: World | None = None,
) -> VintageReplay:  # fmt: skip
    """Forecast a case's provinces from figures as they are likely to have stood on a day, and from the final ones.

    No issue of province figures is at hand: newest months are drawn back to first figures by the revisions of countries
    (`HISTORIES` times, their draws pooled), as if candidate events had come then as they come now.

    Args:
        case: the case.
        day: the day.
        within: months ahead of the last month known.
        model: a registered model.
        draws: draws for each province and month.
        seed: the same seed gives the same draws.
        world: the case's panel, where it was made before.

    Raises:
        OutOfRange: the day lies outside the data, or months ahead are not 1 to 36.
    """
    checked_horizons([within], hint="say how many months ahead, as in --within 6")
    world = world or provinces_of(case)
    origin = Month.of_date(day) - (1 if day.day >= KNOWN_FROM else 2)
    final, lag = world.as_known_on(origin), lag_model().reversed()
    known = _corrected(final, day=day, lag=lag, how=Correction.SAMPLED, seed=seed)
    notes = (
        f"Data through {origin}, as a month is known from day {KNOWN_FROM} of the next; {final.vintage} is final.",
        (
            "The reporting lag is modelled: no issue of province figures is at hand. Newest months are drawn back to first "
            f"figures by how figures of countries were revised ({lag.learned}), as if candidate events had come then as now; "
            "publication of whole countries years later is not in it."
        ),
    )
    return _replay(day, known, final, truth=world.truth(), mended=[], notes=notes, asked=(model, within, draws, seed))


def _corrected(history: History, *, day: date, lag: LagModel, how: Correction, seed: int) -> list[History]:
    times = HISTORIES if how.is_drawn else 1
    return [corrected(history, known_on=day, lag=lag, how=how, seed=seed + i) for i in range(times)]


def _replay(
    day: date, known: list[History], final: History, *, truth: History, mended: list[History], notes: tuple[str, ...],
    asked: tuple[str, int, int, int],
) -> VintageReplay:  # fmt: skip
    name, within, draws, seed = asked
    model, horizons = model_named(name), tuple(range(1, within + 1))
    times = max(len(known), len(mended))
    made = [
        pooled_forecast(_times(histories, times), model=model, horizons=horizons, draws=draws, seed=seed)
        if histories
        else None
        for histories in (known, [final], mended)
    ]
    as_known, last, better = made
    assert as_known is not None, "figures as known are always there"
    assert last is not None, "final figures are always there"
    return VintageReplay(
        day, final.level, as_known, last, compare(as_known, last, deaths=_deaths(known, final)), better,
        None if better is None else compare(better, last, deaths=_deaths(mended, final)),
        _crps({"as_known": as_known, "final": last, "corrected": better}, truth), notes,
    )  # fmt: skip


def _times(histories: list[History], times: int) -> list[History]:
    """So many histories, so that all states of the figures draw from the same seeds and differ by their figures alone."""
    return [histories[i % len(histories)] for i in range(times)]


def _deaths(known: list[History], final: History) -> list[tuple[int, int]]:
    """Deaths of the last twelve months by area present, as known (the mean over histories) and final."""
    year = np.mean([h.deaths[:, -12:].sum(axis=1) for h in known], axis=0)
    return [(round(float(year[i])), int(final.deaths[i, -12:].sum())) for i in final.here]


def _crps(made: dict[str, Forecast | None], truth: History) -> dict[str, float]:
    """Mean CRPS of each forecast against today's figures, where every month is known."""
    first = made["final"]
    assert first is not None, "final figures are always there"
    if first.months[-1] > truth.origin:
        return {}
    columns = [m - truth.first for m in first.months]
    rows = [truth.areas.index(a) for a in first.areas]
    came = truth.deaths[np.ix_(rows, columns)]
    return {
        name: score_draws(forecast.draws, came, seed=0).crps for name, forecast in made.items() if forecast is not None
    }
