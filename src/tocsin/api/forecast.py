"""Make a forecast from a series, from the figures that ship, or from a case; write it and log it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.series import history_of_series
from tocsin.api.world import countries_all, provinces_of
from tocsin.backtest.log import Entry, append
from tocsin.errors import FileProblem, OutOfRange, Where
from tocsin.forecast.contract import model_named
from tocsin.forecast.interchange import Layout, frame_metadata, to_frame
from tocsin.forecast.layout import metadata, to_table
from tocsin.forecast.make import make_forecast
from tocsin.sources.tables import check_ending, write_table
from tocsin.vocabulary import AreaIds, Level, Month

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.forecast.forecast import Forecast
    from tocsin.panel.history import History

DRAWS = 1000
SEED = 1


def history_for(
    *, level: Level, origin: Month | None, series: Path | None = None, target: str | None = None,
    ids: AreaIds | None = None, case: Case | None = None,
) -> History:  # fmt: skip
    """The history to forecast from, as known at the origin (the last month of the data where none is given).

    Raises:
        OutOfRange: the series is of another level, or the origin lies outside the data.
    """
    if series is not None:
        history = history_of_series(series, target=target, ids=ids)
        if history.level is not level:
            raise OutOfRange(
                f"the series is of level {history.level.value}, not {level.value}",
                where=Where(series),
                hint=f"say --level {history.level.value}",
            )
        return history.until(origin) if origin else history
    if level is Level.ADMIN1 and case is not None:
        world = provinces_of(case)
    elif level is Level.COUNTRY:
        world = countries_all()
    else:
        raise OutOfRange(
            f"there are no figures of level {level.value} to forecast from",
            hint="name a series with --series, or a case with --case",
        )
    return world.as_known_on(origin or world.panel.last)


def forecast(
    history: History, *, horizons: tuple[int, ...], model: str = "quantile_forest", draws: int = DRAWS, seed: int = SEED,
    log: Path | None = None,
) -> Forecast:  # fmt: skip
    """Forecast from a history by a registered model, and write the forecast into the log.

    Raises:
        UnknownName: no model has that name.
        OutOfRange: the history is too short, or draws, seed or horizons lie outside what is possible.
    """
    made = make_forecast(history, model=model_named(model), horizons=horizons, draws=draws, seed=seed)
    if log is not None:
        append(Entry.of(made), log=log)
    return made


def write_forecast(made: Forecast, path: Path, *, layout: Layout = Layout.VIEWS) -> None:
    """Write a forecast as Parquet (with its metadata) or CSV, in the challenge layout or as a frame; whole or not at all.

    Raises:
        OutOfRange: the layout has no such ids, or cannot hold a draw exactly.
        FileProblem: a frame is to be CSV, which has no place for its header.
    """
    check_layout(path, layout=layout)
    if layout is Layout.VIEWS_FRAMES:
        write_table(to_frame(made), path, metadata=frame_metadata(made))
    else:
        write_table(to_table(made), path, metadata=metadata(made))


def check_layout(path: Path, *, layout: Layout) -> None:
    """Check, before long work begins, that a file can hold a layout.

    Raises:
        FileProblem: a frame is to be CSV, which has no place for its header.
    """
    if layout is Layout.VIEWS_FRAMES and check_ending(path) != ".parquet":
        raise FileProblem(
            "a frame is a Parquet file, its header is in the file's metadata",
            where=Where(path),
            hint="name a .parquet file",
        )
