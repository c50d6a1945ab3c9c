"""Commands: replay."""

from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.shapes.replay import as_json, thresholds_of
from tocsin.api.study import replay_case
from tocsin.assess.replay import Replay
from tocsin.cli.app import out, print_json, progress
from tocsin.cli.vintages import replay_as_known
from tocsin.errors import OutOfRange
from tocsin.panel.vintages.correction import Correction
from tocsin.vocabulary import Level, Month, percent
from tocsin.vocabulary.month import checked_horizons


def replay(
    *, origin: str | None = None, as_known_on: str | None = None, case: str | None = None, level: Level | None = None,
    within: int | None = None, correct: Correction | None = None, model: str = "quantile_forest", draws: int = 1000,
    seed: int = 1, json: bool = False,
) -> None:  # fmt: skip
    """What Tocsin would have said on a past date, beside what came or beside what it would say from today's figures.

    With --origin, a case's provinces as today's figures cut at that month would have shown them, and what came. With
    --as-known-on, the forecast from the figures as they stood on that day, and how it changes with the final ones.

    Example: tocsin replay --case iraq --level admin1 --origin 2013-12 --json

    Example: tocsin replay --as-known-on 2024-07-25 --correct own

    Args:
        origin: the last month whose data may be seen, as 2013-12.
        as_known_on: the day whose figures are seen, as 2024-07-25: of all countries, or of a case's provinces (modelled).
        case: a case folder, or the name of one that ships; with --origin the current folder if not given.
        level: admin1 with --origin; with --as-known-on country, or admin1 where a case is named.
        within: months ahead looked at; the case's own if not given, 6 with --as-known-on.
        correct: with --as-known-on, also forecast from figures corrected for the reporting lag.
        model: the model that warns; the negative binomial stands beside it.
        draws: draws for each area and month.
        seed: the same seed gives the same draws.
        json: print JSON.
    """
    if (origin is None) == (as_known_on is None):
        raise OutOfRange(
            "a replay is from an origin or as known on a day", hint="give --origin or --as-known-on, one of them"
        )
    if as_known_on is not None:
        _check_level(level, Level.COUNTRY if case is None else Level.ADMIN1)
        replay_as_known(
            as_known_on, case=case, within=6 if within is None else within, model=model, draws=draws, seed=seed,
            correct=correct, json=json,
        )  # fmt: skip
        return
    assert origin is not None, "one of the two is given"
    case = case or "."
    _check_level(level, Level.ADMIN1)
    if correct is not None:
        raise OutOfRange("a replay from an origin has nothing to correct", hint="say --as-known-on with --correct")
    if within is not None:
        checked_horizons([within], hint="say how many months ahead, as in --within 6")
    with progress(f"replaying {origin}"):
        done = replay_case(
            open_case(case), origin=Month.parse(origin), within=within, model=model, draws=draws, seed=seed
        )
    if json:
        print_json(as_json(done, case=case))
    else:
        out.print(_table(done))
        out.print(
            f"Counts {done.forecast.target}, {done.forecast.vintage}, data through {done.origin}; what came is by the "
            "same figures. Simple model: negative binomial on own mean.",
            soft_wrap=True,
        )


def _check_level(level: Level | None, possible: Level) -> None:
    if level not in {None, possible}:
        raise OutOfRange(f"a replay of level {level} is not possible here", hint=f"say --level {possible.value}")


def _table(done: Replay) -> Table:
    table = Table(title=f"As known at the end of {done.origin.words}: the next {done.within} months")
    thresholds = thresholds_of(done)
    for name in (
        "rank",
        "province",
        "escalation",
        *(f">= {t}" for t in thresholds),
        "simple model",
        "seen",
        "came: worst",
    ):
        table.add_column(name, justify="left" if name in {"province", "seen"} else "right")
    other = {w.area: w for w in done.beside}
    for w in done.warnings:
        peak = done.came[w.area].peak
        table.add_row(
            str(w.rank), w.name, percent(w.p), *(percent(w.probabilities[f"p{t}_within_{done.within}"]) for t in thresholds),
            f"{percent(other[w.area].p)} ({other[w.area].rank})", w.visibility or "unknown",
            "not known" if peak is None else f"{peak:,}",
        )  # fmt: skip
    return table
