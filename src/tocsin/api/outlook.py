"""The newest forecast of all countries, with its track record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.forecast import DRAWS, SEED
from tocsin.api.world import World, countries_all
from tocsin.assess.outlook import Outlook, outlook
from tocsin.forecast.contract import model_named
from tocsin.forecast.make import check_draws
from tocsin.vocabulary import THRESHOLDS, Month
from tocsin.warn.question import Question

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

BUDGETS = (5, 10, 20)
RECORD_YEARS = 6
RECORD_STEP = 3
RECORD_DRAWS = 500
MONTHS = 14
APART = 5
"""Warnings taken apart: each is drawn again some fifty times."""


def country_outlook(
    *, origin: Month | None = None, within: int = 6, thresholds: Sequence[int] = THRESHOLDS,
    windows: Sequence[int] = (1, 3, 6, 12), model: str = "quantile_forest", draws: int = DRAWS, seed: int = SEED,
    explained: int = 5, explained_too: Collection[str] = (), world: World | None = None,
    record_years: int | None = None, apart: int | None = None,
) -> Outlook:  # fmt: skip
    """Warnings for all countries from the figures that ship.

    The track record holds an origin every three months over `record_years`, ending where every answer is known.

    Args:
        origin: the last month seen; the newest where not given.
        within: months ahead that the warnings are ranked by.
        thresholds: deaths a month whose crossing is asked about.
        windows: months ahead within which crossings and escalation are asked about.
        model: the model that warns; conflictology is scored beside it.
        draws: draws for each country and month.
        seed: the seed.
        explained: how many of the highest ranked to explain.
        explained_too: areas to explain whatever their rank.
        world: the panel of countries, where it was made before.
        record_years: years of the track record; RECORD_YEARS where not given.
        apart: how many of those explained to take apart, APART where not given; those explained whatever their rank are
            too.
    """
    check_draws(draws, seed=seed)
    world = world or countries_all()
    origin = origin or world.panel.last
    spans = sorted({*windows, within})
    questions = [Question(w, t) for w in spans for t in (None, *thresholds)]
    last = origin - max(spans)
    years = RECORD_YEARS if record_years is None else record_years
    origins = [last - RECORD_STEP * i for i in reversed(range(12 * years // RECORD_STEP))]
    return outlook(
        world.as_known_on, origin=origin, truth=world.as_known_on(origin), model=model_named(model),
        beside=model_named("conflictology"), ranked_by=Question(within), questions=questions, origins=origins,
        budgets=BUDGETS, draws=draws, seed=seed, explained=explained, months=max(MONTHS, *spans),
        record_draws=RECORD_DRAWS, explained_too=explained_too, apart=min(APART if apart is None else apart, explained),
    )  # fmt: skip
