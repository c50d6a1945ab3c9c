"""Commands: tripwires."""

from datetime import date

from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.shapes.tripwires import as_json
from tocsin.api.tripwires import DRAWS, tripwires_case
from tocsin.assess.tripwires import ChoiceTripwires, Due
from tocsin.cli.app import out, print_json, progress
from tocsin.cli.printing import UNKNOWN, between, bounds, row, say, say_demo, table
from tocsin.decide.options import FUTURES
from tocsin.decide.tripwires.findings import Condition, State, Verdict, Watched
from tocsin.errors import OutOfRange

SHOWN = 3
"""Past firings and quotes named at most; all firings are in the JSON."""


def tripwires(
    choice: str | None = None, /, *, case: str = ".", on: str | None = None, replay_years: int = 0,
    futures: int = FUTURES, draws: int = DRAWS, seed: int = 1, json: bool = False,
) -> None:  # fmt: skip
    """What the tripwires of a choice say today, how often each would have fired, and whether it shows itself in time.

    A tripwire is refused for an option where it shows what it watches later than the option needs; where the lag or the need
    is unknown, so is that. Refused ones stand apart, with the reason in days. The past of forecasts is left out, unless
    --replay-years makes them again: half a minute for five years.

    Example: tocsin tripwires nmi-drawdown-2026 --case iraq

    Args:
        choice: id of the choice; every choice of the case if not given.
        case: a case folder, or the name of one that ships.
        on: the day asked about, as 2026-06-10; today if not given. Nothing later is looked at.
        replay_years: years over which forecasts are made again, to count how often they fired, 0 to 10.
        futures: how many futures are tested for what must be true.
        draws: draws of each forecast.
        seed: of forecasts and futures.
        json: print JSON.
    """
    opened = open_case(case)
    with progress("looking at figures, forecasts, record and calendar"):
        found = tripwires_case(
            opened, choice=choice, today=None if on is None else day_of(on), replay_years=replay_years, futures=futures,
            draws=draws, seed=seed,
        )  # fmt: skip
    if json:
        print_json(as_json(found, case=case, demo=opened.settings.demo, seed=seed, draws=draws))
        return
    for done in found:
        _show(done)
    if not replay_years:
        _say_left_out(found)
    say_demo(demo=opened.settings.demo)


def day_of(text: str) -> date:
    """A day as a user writes it.

    Raises:
        OutOfRange: the text is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise OutOfRange(f"'{text}' is no day", hint="write a day, as in --on 2026-06-10") from error


def _show(done: ChoiceTripwires) -> None:
    say(f"{done.choice}: {done.question}")
    if not done.watched:
        say("The choice has no tripwires: add some under tripwires, as docs/case.md shows.")
    kept, refused = [w for w in done.watched if not w.refused], done.refused
    if kept:
        out.print(_tripwires_table(f"Tripwires on {done.today}", kept))
    if refused:
        out.print(_tripwires_table(f"Refused tripwires, and what they say on {done.today}", refused))
    _say_timing(done)
    for watched in done.watched:
        _say_quotes(watched)
    _say_conditions(done)
    _say_stated(done)
    _say_advised(done)
    _show_dates(done)


def _say_left_out(found: tuple[ChoiceTripwires, ...]) -> None:
    """Which pasts were not looked at, and what looks at them."""
    names = dict.fromkeys(w.id for done in found for w in done.watched if w.indicator == "forecast")
    if names:
        say(f"Left out: how often {', '.join(names)} would have fired. --replay-years 5 makes those forecasts again.")


def _tripwires_table(title: str, rows: list[Watched] | tuple[Watched, ...]) -> Table:
    made = table(title, "tripwire", "state", "what that rests on", "in the past")
    for w in rows:
        source = f"source {w.source_id}, {w.basis}" if w.source_id else w.basis
        note = f"\nNote: {w.note}" if w.note else ""
        row(made, f"{w.id}\n{w.watches} ({source})\nTrips at: {w.condition}", _state(w), w.now.why + note, _past(w))
    return made


def _state(watched: Watched) -> str:
    """The state, since when it is met, and the last one known where today's is not."""
    now = watched.now
    words = now.state.value + (", by its kind: read the quotes" if _is_by_kind(watched) else "")
    if now.state is State.UNKNOWN and now.seen and now.last is not State.UNKNOWN:
        words += f"\n{now.last.value} on {now.seen}"
    if now.last is State.TRIPPED:
        words += f"\nsince {now.since or UNKNOWN}"
    return words


def _is_by_kind(watched: Watched) -> bool:
    """Whether it tripped by a claim of a kind, which need not be what is watched."""
    return watched.now.state is State.TRIPPED and watched.condition.startswith("a claim of")


def _past(watched: Watched) -> str:
    past = watched.past
    if past.looked is None:
        return past.why if past.why.startswith(UNKNOWN) else f"{UNKNOWN}: {past.why}"
    if watched.indicator == "calendar":
        return f"one date: it trips once, on {past.first}"
    fired = "fired once" if past.fired == 1 else "never fired" if not past.fired else f"fired {past.fired} times"
    newest = ", ".join(str(day) for day in past.on[:SHOWN])
    newest = f" ({'newest ' if len(past.on) > 1 else ''}{newest})" if newest else ""
    if watched.indicator == "record":
        return f"{fired}{newest}, {past.first} to {past.last}: {past.why}"
    words = (
        f"{fired}{newest}; met at {past.met:,} of {past.looked:,} looked at, {past.first} to {past.last}: {past.why}"
    )
    if past.right is not None:
        words += f"; it came after {past.right} of the {past.judged} firings whose outcome is known"
    return words


HEADS = {Verdict.ACCEPTED: "In time", Verdict.UNKNOWN: "In time or not is unknown", Verdict.REFUSED: "Refused"}


def _say_timing(done: ChoiceTripwires) -> None:
    """For each option whether a tripwire shows itself in time: accepted ones, unknown ones, and apart refused ones."""
    for verdict, head in HEADS.items():
        for watched in (w for w in done.watched if not w.circular):
            timings = [t for t in watched.timing if t.verdict is verdict]
            for why in dict.fromkeys(t.why for t in timings):
                names = ", ".join(f"'{t.name}'" for t in timings if t.why == why)
                say(f"{head}: {watched.id} for {names}: {why}.")
            if timings and watched.lag_days is None:
                say(f"  Lag of {watched.id}: {watched.lag}.")
    for watched in done.watched:
        if watched.circular:
            say(f"Refused: {watched.id} rests on itself: {watched.circular}.")


def _say_quotes(watched: Watched) -> None:
    for quoted in watched.quotes[:SHOWN]:
        words = " ".join(quoted.quote.split())
        published = f", published {quoted.published}" if quoted.published else ""
        source = f", source {quoted.source_id}" if quoted.source_id else ""
        when = _days(quoted.first, quoted.last)
        say(
            f"{watched.id}: {quoted.what}{when} [{quoted.document}{source}{published}]"
            + (f': "{words}"' if words else "")
        )


def _days(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return ", no date"
    if first == last:
        return f", {first}"
    return f", by {last}" if first is None else f", since {first}" if last is None else f", {first} to {last}"


def _say_conditions(done: ChoiceTripwires) -> None:
    if done.futures is None:
        say("What must be true is not known: the choice has no effects to test.")
        return
    shown = [c for c in done.conditions if len(c.options) == 1]
    if not shown:
        say(f"What must be true: no conditions were found in {done.futures:,} futures tested.")
        return
    made = table(
        f"What must be true ({done.futures:,} futures tested), and who watches it",
        "so that",
        "what must be true",
        "watched",
    )
    for condition in shown:
        row(made, f"{condition.alternative} {condition.target}", _bounds(condition), condition.says)
    out.print(made)
    if len(done.conditions) > len(shown):
        say(f"{len(done.conditions) - len(shown)} more conditions, of options done together: --json has them all.")


def _say_stated(done: ChoiceTripwires) -> None:
    for stated in done.stated:
        by = (
            f"watched by {', '.join(stated.watched_by)}"
            if stated.watched_by
            else "unwatched: no tripwire says the same"
        )
        if stated.refused and not stated.watched_by:
            by = f"unwatched: {', '.join(stated.refused)} is refused"
        source = stated.source_id or UNKNOWN
        say(f"Stated by source {source} ({stated.heading.replace('_', ', ')}): {stated.words}; {by}.")


def _bounds(condition: Condition) -> str:
    return f"{condition.name} {bounds(condition.low, condition.high)} (tested {between(*condition.span)})"


def _say_advised(done: ChoiceTripwires) -> None:
    if not done.advised:
        return
    made = table("Institutions that missions train or advise: posts that changed hands", "institution", "missions", "watched by",
                 "changes")  # fmt: skip
    for institution in done.advised:
        changes = [
            f"{q.what}{_days(q.first, q.last)} [{q.document}{f', source {q.source_id}' if q.source_id else ''}]"
            for q in institution.changes[:SHOWN]
        ]
        row(
            made, institution.name, ", ".join(institution.missions) + ("" if institution.sure else " (today: unknown)"),
            ", ".join(institution.watched_by) or "no tripwire", "\n".join(changes) or "none known",
        )  # fmt: skip
    out.print(made)


def _show_dates(done: ChoiceTripwires) -> None:
    if done.dates:
        made = table(f"Dates that bear on it, on {done.today}", "date", "", "what", "kind", "rests on")
        for due in done.dates:
            row(made, due.when, _passed(due), due.what, due.kind + (f" ({due.of})" if due.of else ""), _rests_on(due))
        out.print(made)
    if done.left_out:
        many = "1 more date" if done.left_out == 1 else f"{done.left_out} more dates"
        say(f"{many} of the calendar share neither source nor date with this choice, and are left out.")


def _passed(due: Due) -> str:
    return "past" if due.past else "" if due.past is False else "now"


def _rests_on(due: Due) -> str:
    return ", ".join(filter(None, (due.source_id and f"source {due.source_id}", due.basis))) or UNKNOWN
