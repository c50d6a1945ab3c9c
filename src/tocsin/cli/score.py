"""Commands: score."""

from pathlib import Path

from rich.table import Table

from tocsin.api.score import score_forecast
from tocsin.cli.app import out, print_json


def score(
    forecast: Path, /, *, actuals: Path, column: str | None = None, partial: bool = False, json: bool = False
) -> None:
    """Score a forecast file against what came.

    Example: tocsin score f.parquet --actuals came.parquet --json

    Args:
        forecast: Parquet or CSV in the challenge layout (month_id, country_id, draw, outcome).
        actuals: Parquet or CSV with month_id, the same area column, and the deaths that came.
        column: the column of deaths; by default the forecast's own target, else `outcome`.
        partial: score what is known where actuals are missing, and count what is not.
        json: print JSON.
    """
    done = score_forecast(forecast, actuals, column=column, partial=partial)
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
