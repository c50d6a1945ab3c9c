"""Commands: replay."""

from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.shapes.replay import as_json, thresholds_of
from tocsin.api.study import replay_case
from tocsin.assess.replay import Replay
from tocsin.cli.app import out, print_json, progress
from tocsin.errors import OutOfRange
from tocsin.vocabulary import Level, Month, percent
from tocsin.vocabulary.month import checked_horizons


def replay(
    *, origin: str, case: str = ".", level: Level = Level.ADMIN1, within: int | None = None,
    model: str = "quantile_forest", draws: int = 1000, seed: int = 1, json: bool = False,
) -> None:  # fmt: skip
    """What Tocsin would have said about a case's provinces on a past date, beside what came.

    Example: tocsin replay --case iraq --level admin1 --origin 2013-12 --json

    Args:
        origin: the last month whose data may be seen, as 2013-12.
        case: a case folder, or the name of one that ships.
        level: admin1; other levels have no case figures to replay.
        within: months ahead looked at; the case's own if not given.
        model: the model that warns; the negative binomial stands beside it.
        draws: draws for each area and month.
        seed: the same seed gives the same draws.
        json: print JSON.
    """
    if level is not Level.ADMIN1:
        raise OutOfRange(f"a replay of level {level.value} is not possible", hint="say --level admin1")
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
