"""What should make people look at a choice again: each tripwire with its state and its lead, and the dates beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Cell, Column, Heading, PageBreak, Paragraph, Table
from tocsin.brief.sections.decision_words import UNKNOWN
from tocsin.brief.sections.section import Section, nothing
from tocsin.brief.words import long_date
from tocsin.decide.tripwires.findings import State, Verdict

if TYPE_CHECKING:
    from tocsin.assess.decision import ChoiceFindings
    from tocsin.assess.findings import Findings
    from tocsin.assess.tripwires import ChoiceTripwires, Due
    from tocsin.brief.blocks import Block
    from tocsin.decide.tripwires.findings import Past, Timing, Watched

VERDICTS = {
    Verdict.ACCEPTED: "in time", Verdict.REFUSED: "REFUSED, too late", Verdict.UNKNOWN: "whether in time is unknown",
}  # fmt: skip


def annex(findings: Findings) -> tuple[Block, ...]:
    """How often each tripwire would have fired, and what it rests on; states and leads stand with the choices."""
    found = [c.tripwires for c in findings.decision.choices if c.tripwires] if findings.decision else []
    if not found:
        return ()
    return (
        PageBreak(),
        Heading("Tripwires, and how often each would have fired", id="tripwires"),
        Paragraph(
            f"As of {long_date(found[0].today)}. A tripwire asks for a second look at a choice; it decides nothing."
        ),
        *(_past_table(each) for each in found if each.watched),
    )


def watch_table(found: ChoiceFindings) -> tuple[Table, ...]:
    """The tripwires of a choice: condition, state, and lead against what each option needs."""
    tripwires = found.tripwires
    if tripwires is None or not tripwires.watched:
        return ()
    return (
        Table(
            f"Tripwires on {long_date(tripwires.today)}, as entered in the case",
            (Column("Watches"), Column("Trips"), Column("State"), Column("Lead against need", unit="option by option")),
            tuple(_row(watched) for watched in tripwires.watched),
        ),
    )


def _row(watched: Watched) -> tuple[Cell, ...]:
    timing = f"REFUSED: {watched.circular}" if watched.circular else "; ".join(map(_timing, watched.timing))
    return (
        Cell(watched.watches), Cell(watched.condition), Cell(_state(watched), emphasis=watched.now.state is State.TRIPPED),
        Cell(timing or "set for no option"),
    )  # fmt: skip


def _state(watched: Watched) -> str:
    seen = f" (last seen {watched.now.seen})" if watched.now.state is State.UNKNOWN and watched.now.seen else ""
    return f"{watched.now.state.value}{seen}"


def _timing(timing: Timing) -> str:
    days = [
        f"{word} {UNKNOWN if value is None else f'{value:.0f} days'}"
        for word, value in (("lead", timing.lead_days), ("need", timing.need_days))
    ]
    return f"{timing.name}: {VERDICTS[timing.verdict]} ({', '.join(days)})"


def steps_table(found: ChoiceFindings) -> tuple[Table, ...]:
    """Dates beside the steps of the options, in order."""
    tripwires = found.tripwires
    dates = [due for due in tripwires.dates if due.kind != "tripwire"] if tripwires else []
    if not dates:
        return ()
    return (
        Table(
            "Calendar and steps, as entered in the case",
            (Column("When"), Column("What"), Column("Kind"), Column("Rests on")),
            tuple((Cell(d.when), Cell(d.what), Cell(d.kind), Cell(_rests(d))) for d in dates),
        ),
    )


def _rests(due: Due) -> str:
    return ", ".join(part for part in (due.basis or UNKNOWN, due.source_id) if part)


def _past_table(found: ChoiceTripwires) -> Table:
    return Table(
        found.question,
        (Column("Tripwire"), Column("State rests on"), Column("Would have fired"), Column("Shows it after")),
        tuple(
            (Cell(w.watches), Cell(w.now.why), Cell(_past(w.past)), Cell(_lag(w)))
            for w in found.watched
        ),
        note=f"As of {found.today}.",
    )  # fmt: skip


def _past(past: Past) -> str:
    if past.fired is None or past.looked is None:
        return past.why
    spans = f", {past.first} to {past.last}" if past.first and past.last else ""
    newest = f"; last {past.on[0]}" if past.on else ""
    return f"{past.fired} of {past.looked} looked at{spans}{newest}"


def _lag(watched: Watched) -> str:
    return UNKNOWN if watched.lag_days is None else f"{watched.lag_days:.0f} days"


SECTION = Section("tripwires", nothing, annex)
