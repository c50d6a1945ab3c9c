"""What should make people look at a choice again: each tripwire with its state and its lead, and the dates beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Bullets, Cell, Column, Heading, PageBreak, Strong, Table, Text
from tocsin.brief.sections.decision_words import UNKNOWN, sentence
from tocsin.brief.sections.evidence_told import evidence_told
from tocsin.brief.sections.section import Section, nothing
from tocsin.brief.sections.stated_words import stated_of
from tocsin.brief.words import long_date
from tocsin.decide.tripwires.findings import State, Verdict

if TYPE_CHECKING:
    from tocsin.assess.decision import ChoiceFindings
    from tocsin.assess.findings import Findings
    from tocsin.assess.schedule import NeedReached, Schedule
    from tocsin.assess.tripwires import ChoiceTripwires, Due
    from tocsin.brief.blocks import Block, Span
    from tocsin.decide.tripwires.findings import Past, Watched


def annex(findings: Findings) -> tuple[Block, ...]:
    """For each choice its dates and steps, what sources and studies say, and how often its tripwires would have fired."""
    choices = findings.decision.choices if findings.decision else ()
    found = [blocks for choice in choices if (blocks := _beside(choice))]
    if not found:
        return ()
    return (
        PageBreak(),
        Heading("Beside the choices: dates, sources, studies, tripwires", id="beside-choices"),
        *(block for blocks in found for block in blocks),
    )


def _beside(found: ChoiceFindings) -> tuple[Block, ...]:
    compared = found.compared
    said: list[tuple[Span, ...]] = []
    if stated := list(stated_of(compared)):
        said.append((Strong("What sources state. "), Text(" ".join(stated))))
    if found.evidence is not None and (told := evidence_told(found.evidence)):
        said.append((Strong("Studies and past exits, multiplied into nothing. "), Text(told)))
    watched = found.tripwires is not None and found.tripwires.watched
    blocks = (
        *steps_table(found),
        *((Bullets(tuple(said)),) if said else ()),
        *((_past_table(found.tripwires),) if found.tripwires and watched else ()),
    )
    return (Heading(compared.question, level=3, id=f"beside-{compared.choice}"), *blocks) if blocks else ()


def watch_table(found: ChoiceFindings) -> tuple[Table, ...]:
    """The tripwires of a choice: state, and lead against what each option needs; refused ones too."""
    tripwires = found.tripwires
    if tripwires is None or not tripwires.watched:
        return ()
    return (
        Table(
            f"Tripwires on {long_date(tripwires.today)}; lead against what each option needs, in days; as entered in the case",
            (Column("Watches"), Column("State"), Column("In time for"), Column("Refused for"), Column("Unknown for")),
            tuple(_row(watched) for watched in tripwires.watched),
            note=_unwatched(tripwires),
        ),
    )


def _unwatched(found: ChoiceTripwires) -> str:
    """Conditions of what must be true that no tripwire watches."""
    names = dict.fromkeys(c.name for c in found.conditions if not c.watched_by and c.uncertainty is not None)
    return f"No tripwire is left that stands for: {'; '.join(names)}." if names else ""


def _row(watched: Watched) -> tuple[Cell, ...]:
    verdicts = [_options(watched, verdict) for verdict in (Verdict.ACCEPTED, Verdict.REFUSED, Verdict.UNKNOWN)]
    if watched.circular:
        verdicts = ["none", f"all: {watched.circular}", "none"]
    return (
        Cell(watched.watches), Cell(_state(watched), emphasis=watched.now.state is State.TRIPPED), *map(Cell, verdicts),
    )  # fmt: skip


def _state(watched: Watched) -> str:
    seen = f", last seen {watched.now.seen:%Y-%m}" if watched.now.state is State.UNKNOWN and watched.now.seen else ""
    return f"{watched.now.state.value}{seen}"


def _options(watched: Watched, verdict: Verdict) -> str:
    """The options of one verdict, with lead and need in days."""
    of = [t for t in watched.timing if t.verdict is verdict]
    return ", ".join(f"{t.name} ({_days(t.lead_days)} against {_days(t.need_days)})" for t in of) or "none"


def _days(days: float | None) -> str:
    return UNKNOWN if days is None else f"{days:.0f}"


def steps_table(found: ChoiceFindings) -> tuple[Table, ...]:
    """Dates beside the steps of the options, in order, with what is within reach after each step."""
    tripwires = found.tripwires
    dates = [due for due in tripwires.dates if due.kind != "tripwire"] if tripwires else []
    if not dates:
        return ()
    schedule = found.schedule if found.schedule and found.schedule.options else None
    return (
        Table(
            "Calendar and dated steps, as entered in the case",
            (
                Column("When"), Column("What"), Column("Rests on"),
                *((Column("Deaths within reach after it"),) if schedule else ()),
            ),
            tuple(
                (Cell(d.when), Cell(d.what), Cell(_rests(d)), *((Cell(reach_after(schedule, d)),) if schedule else ()))
                for d in dates
            ),
            note=reach_before(schedule) if schedule else "",
        ),
    )  # fmt: skip


def reach_after(schedule: Schedule, due: Due) -> str:
    """What an option's sites reach once a step is done; empty for a date that is no step on sites."""
    if due.kind != "step":
        return ""
    at = [at for o in schedule.options if o.option == due.of for at in o.at if at.when == due.when]
    return _reached(at[0].reached) if at else "no site named"


def reach_before(schedule: Schedule) -> str:
    """What is reached before the first step, and what is counted."""
    before = next((o.at[0] for o in schedule.options if o.at), None)
    if before is None or schedule.window is None:
        return "; ".join(map(sentence, schedule.says))
    first, last = schedule.window
    return (
        f"Before: {_reached(before.reached)}. Shares of {schedule.total:,.0f} deaths, {first} to {last}, {schedule.source}, "
        f"within {schedule.reach_km[0]:g} to {schedule.reach_km[2]:g} km of sites; those whose state is unknown closed, then "
        f"open; 90 % ranges at {schedule.reach_km[1]:g} km. {' '.join(map(sentence, schedule.says))}"
    )


def _reached(found: NeedReached | None) -> str:
    if found is None:
        return UNKNOWN
    if found.high == 0:
        return "none"
    drawn = [
        f"{word} {_share(ends[0])} to {_share(ends[1])}"
        for word, ends in (("inputs", found.inputs), ("other months", found.sampling))
        if ends is not None
    ]
    return f"{_share(found.low)} to {_share(found.high)}" + (f" ({'; '.join(drawn)})" if drawn else "")


def _share(share: float) -> str:
    return f"{100 * share:.1f} %"


def _rests(due: Due) -> str:
    return ", ".join(part for part in (due.basis or UNKNOWN, due.source_id) if part)


def _past_table(found: ChoiceTripwires) -> Table:
    return Table(
        f"Tripwires, and how often each would have fired; as entered in the case, on {long_date(found.today)}",
        (
            Column("Watches"), Column("Trips at"), Column("State rests on"), Column("Would have fired"),
            Column("Lag", unit="days"),
        ),
        tuple(
            (Cell(w.watches), Cell(w.condition), Cell(w.now.why), Cell(_past(w.past)), Cell(_days(w.lag_days)))
            for w in found.watched
        ),
    )  # fmt: skip


def _past(past: Past) -> str:
    if past.fired is None or past.looked is None:
        return past.why
    spans = f", {past.first} to {past.last}" if past.first and past.last else ""
    newest = f"; last {past.on[0]}" if past.on else ""
    return f"{past.fired} of {past.looked} looked at{spans}{newest}"


SECTION = Section("tripwires", nothing, annex)
