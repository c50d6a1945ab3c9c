"""Commands: warn."""

from rich.table import Table

from tocsin.api.outlook import country_outlook
from tocsin.assess.as_json import outlook_json
from tocsin.assess.outlook import Outlook
from tocsin.cli.app import out, print_json, progress
from tocsin.errors import OutOfRange
from tocsin.vocabulary import Month, percent
from tocsin.vocabulary.month import checked_horizons


def warn(
    *, origin: str | None = None, within: int = 6, most: int = 20, model: str = "quantile_forest", draws: int = 1000,
    seed: int = 1, json: bool = False,
) -> None:  # fmt: skip
    """Warnings for all countries from the figures that ship: ranked, explained, with their track record.

    Example: tocsin warn --within 6 --most 10

    Args:
        origin: the last month seen, as 2024-12; the newest if not given.
        within: months ahead of the escalation that ranks the warnings.
        most: how many warnings to print and explain.
        model: the model that warns.
        draws: draws for each country and month.
        seed: the same seed gives the same draws.
        json: print JSON: every country, with reasons for the first.
    """
    checked_horizons([within], hint="say how many months ahead, as in --within 6")
    if most < 0:
        raise OutOfRange(f"{most} warnings cannot be printed", hint="say --most 0 or more")
    with progress("forecasting, and backtesting the same warnings"):
        done = country_outlook(
            origin=Month.parse(origin) if origin else None, within=within, model=model, draws=draws, seed=seed,
            explained=most,
        )  # fmt: skip
    if json:
        print_json(outlook_json(done))
        return
    out.print(_table(done, most))
    for record in done.records(done.ranked_by):
        precision = "no alert" if record.precision is None else percent(record.precision)
        recall = "no case" if record.recall is None else percent(record.recall)
        out.print(
            f"{record.budget} alerts an origin: precision {precision}, new cases warned of {recall} of {record.cases}"
        )


def _table(done: Outlook, most: int) -> Table:
    table = Table(
        title=f"Escalation within {done.ranked_by.months} months of {done.forecast.origin} ({done.forecast.target})"
    )
    for name in ("rank", "country", "escalation", "in words", "last month", "last year", "why"):
        table.add_column(name)
    for w in done.warnings[:most]:
        why = "; ".join(d.words for d in w.drivers[:2])
        table.add_row(
            str(w.rank), w.name, percent(w.p), w.likelihood.value, f"{w.last_month:,}", f"{w.last_year:,.0f}", why
        )
    return table
