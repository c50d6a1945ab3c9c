"""The verbs of the command line for Python: the same words, the same defaults, values in place of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.brief import compose, find, write_brief
from tocsin.api.forecast import DRAWS, SEED, forecast, history_for
from tocsin.api.outlook import country_outlook
from tocsin.vocabulary import Level

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tocsin.api.brief_files import Made
    from tocsin.assess.outlook import Outlook
    from tocsin.case import Case
    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History
    from tocsin.vocabulary import AreaIds, Month

MODEL = "quantile_forest"
HORIZONS = tuple(range(1, 15))


def forecast_series(
    series: Path, *, level: Level = Level.COUNTRY, target: str | None = None, ids: AreaIds | None = None,
    origin: Month | None = None, horizons: Sequence[int] = HORIZONS, model: str = MODEL, draws: int = DRAWS, seed: int = SEED,
) -> Forecast:  # fmt: skip
    """Forecast a series of one's own, as `tocsin forecast --series` does.

    Args:
        series: CSV or Parquet with month_id, an area column and deaths.
        level: the level of the areas.
        target: the column of deaths; may be left out where only one column can be meant.
        ids: whose ids name the areas, where the columns do not say.
        origin: the last month seen; the last of the series where not given.
        horizons: months ahead of the origin, each 1 to 36.
        model: a registered model.
        draws: draws for each area and month.
        seed: the same seed gives the same draws.

    Raises:
        FileProblem: the file cannot be read.
        TableProblem: a column or value is wrong.
        OutOfRange: the series is too short or of another level, or origin, horizons or draws are not possible.
        UnknownName: no model has that name.
    """
    history = history_for(level=level, origin=origin, series=series, target=target, ids=ids)
    return _forecast(history, horizons=horizons, model=model, draws=draws, seed=seed)


def forecast_countries(
    *,
    origin: Month | None = None,
    horizons: Sequence[int] = HORIZONS,
    model: str = MODEL,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Forecast:
    """Forecast all countries from the figures that ship, deaths of all three types summed.

    Arguments and errors are those of `forecast_series`.
    """
    history = history_for(level=Level.COUNTRY, origin=origin)
    return _forecast(history, horizons=horizons, model=model, draws=draws, seed=seed)


def forecast_case(
    case: Case, *, origin: Month | None = None, horizons: Sequence[int] = HORIZONS, model: str = MODEL, draws: int = DRAWS,
    seed: int = SEED,
) -> Forecast:  # fmt: skip
    """Forecast the provinces of a case, as `tocsin forecast --level admin1 --case` does.

    Arguments are those of `forecast_series`.

    Raises:
        CaseProblem: the case's files hold no event of its country.
        OutOfRange: the record is too short, or origin, horizons or draws are not possible.
    """
    history = history_for(level=Level.ADMIN1, origin=origin, case=case)
    return _forecast(history, horizons=horizons, model=model, draws=draws, seed=seed)


def warn_countries(
    *, origin: Month | None = None, within: int = 6, model: str = MODEL, draws: int = DRAWS, seed: int = SEED,
    explained: int = 20,
) -> Outlook:  # fmt: skip
    """Warnings for all countries, ranked and explained, with their track record, as `tocsin warn` gives them.

    Args:
        origin: the last month seen; the newest where not given.
        within: months ahead of the escalation that ranks the warnings.
        model: the model that warns.
        draws: draws for each country and month.
        seed: the same seed gives the same draws.
        explained: how many of the highest ranked to explain.

    Raises:
        OutOfRange: the origin lies outside the data, or too early for a track record.
        UnknownName: no model has that name.
    """
    return country_outlook(origin=origin, within=within, model=model, draws=draws, seed=seed, explained=explained)


def brief_case(case: Case, *, out: Path, draws: int = DRAWS, seed: int = SEED) -> Made:
    """Make a case's brief: brief.html, brief.pdf, forecast.parquet and warnings.json, each whole or not at all.

    Args:
        case: a checked case, as `read_case` gives it.
        out: folder to write to.
        draws: draws of every forecast.
        seed: the same seed gives the same numbers.

    Raises:
        MissingExtra: the part that makes PDF is not installed.
    """
    findings = find(case, draws=draws, seed=seed, commands=(f"tocsin brief --case {case.folder.name} --seed {seed}",))
    return write_brief(findings, compose(findings, sections=case.settings.brief.sections), out)


def _forecast(history: History, *, horizons: Sequence[int], model: str, draws: int, seed: int) -> Forecast:
    return forecast(history, horizons=tuple(horizons), model=model, draws=draws, seed=seed)
