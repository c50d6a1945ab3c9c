"""Commands: replay, from the figures as they stood on a day."""

from datetime import date

from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.shapes.vintages import as_json
from tocsin.api.vintages import VintageReplay, replay_countries, replay_provinces
from tocsin.backtest.vintage_replay import THRESHOLDS, AlertChange, VintageChange
from tocsin.cli.app import out, print_json, progress
from tocsin.cli.printing import row, say, table
from tocsin.errors import OutOfRange, TableProblem
from tocsin.panel.vintages.correction import Correction
from tocsin.vocabulary import percent

MOST = 20
"""Areas printed; --json gives all."""


def replay_as_known(
    known_on: str,
    *,
    case: str | None,
    within: int,
    model: str,
    draws: int,
    seed: int,
    correct: Correction | None,
    json: bool,
) -> None:
    """Print how a forecast changes between the figures as they stood on a day and the final ones."""
    day = _day(known_on)
    if case is not None and correct is not None:
        raise OutOfRange(
            "figures of provinces as they stood are modelled, and correcting them would only undo the model",
            hint="leave --correct out, or leave --case out for countries",
        )
    with progress(f"forecasting from the figures of {day} and from the final ones"):
        if case is None:
            done = replay_countries(day, within=within, model=model, draws=draws, seed=seed, correct=correct)
        else:
            done = replay_provinces(open_case(case), day, within=within, model=model, draws=draws, seed=seed)
    if json:
        print_json(as_json(done, case=case))
        return
    out.print(_table(done))
    for line in _lines(done, correct):
        say(line)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise TableProblem(f"'{text}' is not a day", hint="write year, month and day, as in 2024-07-25") from error


def _table(done: VintageReplay) -> Table:
    made = table(
        f"As known on {done.known_on} beside the final figures: {done.final.months[0]} to {done.final.months[-1]}",
        "rank known", "rank final", "area", "deaths in 12 months: known", "final",
        *(f"P(>= {t}): known" if i % 2 == 0 else f"P(>= {t}): final" for t in THRESHOLDS for i in range(2)),
        "apart by, deaths",
    )  # fmt: skip
    for a in done.change.areas[:MOST]:
        chances = [percent(p) for pair in zip(a.p_known, a.p_final, strict=True) for p in pair]
        row(made, str(a.rank_known), str(a.rank_final), a.name, f"{a.known:,}", f"{a.final:,}", *chances,
            f"{a.distance:,.2f}")  # fmt: skip
    return made


def _lines(done: VintageReplay, correct: Correction | None) -> list[str]:
    lines = [
        f"{len(done.change.areas)} areas, above those that change most; a probability is of some month with so many deaths.",
        *_summary("As known, against final", done.change),
    ]
    if done.mended_change is not None:
        lines += _summary(f"Corrected ({correct}), against final", done.mended_change)
    if done.crps:
        words = {"as_known": "as known", "final": "final figures", "corrected": "corrected"}
        lines.append("CRPS against what came: " + ", ".join(f"{words[k]} {v:,.2f}" for k, v in done.crps.items()) + ".")
    return [*lines, f"Model {done.final.model}, counts {done.final.target}.", *done.notes]


def _summary(words: str, change: VintageChange) -> list[str]:
    alerts = "; ".join(_alert(a) for a in change.alerts)
    apart = f"forecasts apart by {change.mean_distance:,.3f} deaths in the mean"
    return [f"{words}: {apart}, ranks correlate {change.rank_correlation:.3f}. Among the first {alerts}."]


def _alert(alert: AlertChange) -> str:
    if not alert.gained:
        return f"{alert.budget}: none gained or lost"
    return f"{alert.budget}: gained {', '.join(alert.gained)}, lost {', '.join(alert.lost)}"
