"""Commands: onsets."""

from rich.markup import escape
from rich.table import Table

from tocsin.api.onsets import RECORD_YEARS, onset_json, onset_outlook, status_of
from tocsin.cli.app import out, print_json, progress
from tocsin.cli.printing import say
from tocsin.errors import OutOfRange
from tocsin.forecast.onsets.outlook import OnsetOutlook, OnsetRow
from tocsin.forecast.onsets.question import THRESHOLD
from tocsin.forecast.onsets.record import OnsetRecord
from tocsin.vocabulary import Month, parse_horizons


def onsets(
    *, months: str = "1-12", peace: int = 12, threshold: int = THRESHOLD, origin: str | None = None, most: int = 20,
    record_years: int = RECORD_YEARS, seed: int = 1, json: bool = False,
) -> None:  # fmt: skip
    """Countries at peace, ranked by the probability of an onset of state-based violence, with what moves each.

    Example: tocsin onsets --months 1-12 --peace 24 --most 10

    Args:
        months: the window ahead of the origin, as 1-3, 1-12 or 3-14.
        peace: months without a death of state-based violence.
        threshold: deaths over the whole window that are an onset.
        origin: the last month seen, as 2024-12; the newest that ships if not given.
        most: how many countries to print; with --json how many rows.
        record_years: years of monthly origins to say how such rankings fared; 0 for none.
        seed: of the resamples of countries the bands are read from.
        json: print JSON.
    """
    ahead = parse_horizons(months)
    if ahead != tuple(range(ahead[0], ahead[-1] + 1)):
        raise OutOfRange(f"months {months} are no window", hint="write the first and the last, as in --months 1-12")
    if most < 0:
        raise OutOfRange(f"{most} countries cannot be printed", hint="say --most 0 or more")
    with progress("learning, and asking the same at past origins"):
        done = onset_outlook(
            first=ahead[0], last=ahead[-1], peace=peace, threshold=threshold,
            origin=Month.parse(origin) if origin else None, record_years=record_years, seed=seed,
        )  # fmt: skip
    if json:
        print_json(onset_json(done, most=most))
        return
    out.print(_table(done, most))
    say(
        f"{len(done.rows)} countries are at peace. Of the situations learned from {_share(done.base_rate)} were followed by "
        f"an onset. Figures: {done.vintage}. Status of the model for this question: {status_of(done.question).value}."
    )
    if done.record is not None:
        _say_record(done.record)


def _table(done: OnsetOutlook, most: int) -> Table:
    table = Table(title=escape(f"As known in {done.origin}: {done.question}"))
    for name in ("rank", "country", "probability", "90 % band", "what came of such", "raises it most"):
        table.add_column(name, overflow="fold")
    for row in done.rows[:most]:
        why = "; ".join(d.words for d in row.drivers[:3] if d.adds > 0) or "nothing above the mean"
        table.add_row(
            str(row.rank), escape(row.name), _share(row.p), f"{_share(row.lower)} to {_share(row.upper)}", _seen(row),
            escape(why),
        )  # fmt: skip
    return table


def _seen(row: OnsetRow) -> str:
    step = row.seen
    if step is None:
        return "not known"
    span = "" if step.lower is None or step.upper is None else f" ({_share(step.lower)} to {_share(step.upper)})"
    return f"{_share(step.came)}{span} of {step.cases:,}"


def _say_record(record: OnsetRecord) -> None:
    model, since = record.scores, record.beside
    say(
        f"How such rankings fared at monthly origins {record.first} to {record.last}: {model.onsets} of {model.cases:,} "
        f"country-months were followed by an onset, in {model.countries} countries."
    )
    if model.average_precision is None or since.average_precision is None:
        return
    gap = record.gap
    between = (
        "" if gap is None else f", difference {gap.value:+.3f}, 95 % interval {gap.lower:+.3f} to {gap.upper:+.3f}"
    )
    say(
        f"Average precision {model.average_precision:.3f}; by months since the last death "
        f"{since.average_precision:.3f}{between}."
    )
    for b in record.budgets:
        if b.precision is not None and b.recall is not None:
            say(
                f"First {b.budget} at each origin: {_share(b.precision)} were right, {_share(b.recall)} of onsets named."
            )


def _share(p: float) -> str:
    """A share in percent with the digits that small ones need.

    Example:
        >>> _share(0.0042), _share(0.0004), _share(0.126)
        ('0.4 %', '< 0.1 %', '13 %')
    """
    if p < 0.0005:
        return "< 0.1 %"
    return f"{100 * p:.1f} %" if p < 0.0995 else f"{100 * p:.0f} %"
