"""Commands: score."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.table import Table

from tocsin.api.score import score_forecast
from tocsin.cli.app import out, print_json
from tocsin.forecast.interchange import Declared, Layout
from tocsin.vocabulary import AreaIds


def score(
    forecast: Path,
    /,
    *,
    actuals: Path,
    column: str | None = None,
    partial: bool = False,
    layout: Annotated[Layout | None, Parameter(name="--format")] = None,
    ids: AreaIds | None = None,
    json: bool = False,
) -> None:
    """Score a forecast file against what came.

    Example: tocsin score f.parquet --actuals came.parquet --json

    Args:
        forecast: Parquet or CSV in the challenge layout (month_id, country_id, draw, outcome), or a views-frames file
            (time, unit, sample, value).
        actuals: Parquet or CSV with month_id, the same area column, and the deaths that came.
        column: the column of deaths; by default the forecast's own target, else `outcome`.
        partial: score what is known where actuals are missing, and count what is not.
        layout: the forecast's layout, where its columns leave it open: views or views-frames.
        ids: whose ids name the forecast's areas, where the file does not say: views, gw, iso3, gid, admin1.
        json: print JSON.
    """
    declared = Declared(layout, ids)
    done = score_forecast(forecast, actuals, column=column, partial=partial, declared=declared)
    values = {**done.scores.as_dict(), "missing": done.missing}
    if json:
        print_json({"model": done.forecast.model, "origin": str(done.forecast.origin), **values})
        return
    table = Table(title=f"{done.forecast.model}, origin {done.forecast.origin}, {done.forecast.target}")
    table.add_column("score")
    table.add_column("value", justify="right")
    for name, value in values.items():
        table.add_row(
            name, "not defined" if value is None else f"{value:,.4f}" if isinstance(value, float) else f"{value:,}"
        )
    out.print(table)
