"""Commands: warn."""

from rich.table import Table

from tocsin.api.outlook import country_outlook
from tocsin.assess.as_json import outlook_json
from tocsin.assess.by_cost import by_cost_json, outlook_by_cost, warned_by_cost
from tocsin.assess.outlook import Outlook
from tocsin.cli.app import out, print_json, progress
from tocsin.cli.machines import on_machines
from tocsin.cli.printing import number, say
from tocsin.errors import InputError, OutOfRange
from tocsin.vocabulary import Month, percent
from tocsin.vocabulary.month import checked_horizons
from tocsin.warn.thresholds import ByCost
from tocsin.warn.value import Costs


def warn(
    *, origin: str | None = None, within: int = 6, most: int = 20, model: str = "quantile_forest", draws: int = 1000,
    seed: int = 1, miss_cost: float | None = None, false_alarm_cost: float | None = None, cluster: str | None = None,
    json: bool = False,
) -> None:  # fmt: skip
    """Warnings for all countries from the figures that ship: ranked, explained, with their track record.

    Example: tocsin warn --within 6 --most 10
    Example: tocsin warn --miss-cost 20 --false-alarm-cost 1

    Args:
        origin: the last month seen, as 2024-12; the newest if not given.
        within: months ahead of the escalation that ranks the warnings.
        most: how many warnings to print and explain.
        model: the model that warns.
        draws: draws for each country and month.
        seed: the same seed gives the same draws.
        miss_cost: what a case without a warning costs you, in any unit; chooses a threshold, with --false-alarm-cost.
        false_alarm_cost: what acting costs you where nothing comes, in the same unit.
        cluster: address of an existing Dask scheduler whose workers make the backtests, as tcp://10.0.0.5:8786; this
            machine if not given. The numbers are the same.
        json: print JSON: every country, with reasons for the first.
    """
    checked_horizons([within], hint="say how many months ahead, as in --within 6")
    if most < 0:
        raise OutOfRange(f"{most} warnings cannot be printed", hint="say --most 0 or more")
    costs = _costs(miss_cost, false_alarm_cost)
    with progress("forecasting, and backtesting the same warnings"), on_machines(cluster):
        done = country_outlook(
            origin=Month.parse(origin) if origin else None, within=within, model=model, draws=draws, seed=seed,
            explained=most,
        )  # fmt: skip
    chosen = outlook_by_cost(done, costs) if costs else None
    if json:
        print_json({**outlook_json(done), "by_cost": by_cost_json(done, chosen) if chosen else None})
        return
    out.print(_table(done, most))
    for record in done.records(done.ranked_by):
        precision = "no alert" if record.precision is None else percent(record.precision)
        recall = "no case" if record.recall is None else percent(record.recall)
        out.print(
            f"{record.budget} alerts an origin: precision {precision}, new cases warned of {recall} of {record.cases}"
        )
    if chosen:
        _say_by_cost(done, chosen)


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


def _costs(miss: float | None, false_alarm: float | None) -> Costs | None:
    if miss is None and false_alarm is None:
        return None
    if miss is None or false_alarm is None:
        raise InputError(
            "a threshold needs both costs", hint="say --miss-cost 20 --false-alarm-cost 1, both in one unit"
        )
    return Costs(miss=miss, false_alarm=false_alarm)


def _say_by_cost(done: Outlook, found: ByCost) -> None:
    """The threshold that the costs choose, who is at or above it, and how such thresholds fared."""
    if found.threshold is None:
        say(
            f"At these costs no alert would have paid; by the costs alone one would alert from {percent(found.ratio)} on."
        )
    else:
        now = warned_by_cost(done, found)
        names = ", ".join(w.name for w in now) or "nobody"
        say(
            f"Alert from {percent(found.threshold)} on, the cheapest over the backtest; by the costs alone from "
            f"{percent(found.ratio)} on. At or above it today: {len(now)} ({names})."
        )
    precision = "no alert" if found.precision is None else percent(found.precision)
    recall = "no case" if found.recall is None else percent(found.recall)
    say(
        f"Such thresholds, each chosen on answers before its origin, over {found.origins} origins: {found.alerts} alerts, "
        f"precision {precision}, {recall} of {found.cases} yes answers alerted, {found.false_alarms_a_year:.0f} false "
        "alarms a year."
    )
    say(
        f"Cost a year: {number(found.cost_a_year)}; from {percent(found.ratio)} on {number(found.stated_cost_a_year)}; "
        f"never alerting {number(found.never_cost_a_year)}; always {number(found.always_cost_a_year)}."
    )
