"""Dates that bear on a case's choices, and the tripwires that watch them, as tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tocsin.brief.blocks import Callout, Column, Table
from tocsin.brief.words import long_date
from tocsin.web.blocks.own import row

if TYPE_CHECKING:
    from tocsin.brief.blocks import Block
    from tocsin.web.place import Place

OVER = {True: "over", False: "to come", None: "running: the day is unknown"}
KINDS = {
    "calendar": "the case's calendar", "step": "step of an option", "tripwire": "tripwire", "decision": "decision due",
}  # fmt: skip


def calendar_table(at: Place) -> tuple[Block, ...]:
    """Every date of the edition in order."""
    assert at.edition is not None, "the page is shown for an edition"
    dates = at.edition.json("decision")["calendar"] if at.edition.has("decision") else []
    if not dates:
        return (Callout("note", "No table of the case names a date to come."),)
    questions = {choice.id: choice.question for choice in at.case.choices}
    rows = tuple(
        row(str(due["when"]), due["what"], KINDS.get(due["kind"], due["kind"]),
            "; ".join(questions.get(name, name) for name in due["choices"]), OVER[due["past"]],
            due["source_id"] or due["basis"] or "no source named")
        for due in dates
    )  # fmt: skip
    columns = (
        Column("When", unit="as given"), Column("What"), Column("Kind"), Column("Bears on"),
        Column("On the day", unit="the edition was made"), Column("Rests on"),
    )  # fmt: skip
    made = long_date(at.edition.manifest.made.date())
    return (
        Table(f"Dates that bear on the choices, as known on {made}", columns, rows, row_head=1,
              note="A date without a day is as exact as its source; a feed shows its first day."),
    )  # fmt: skip


def tripwire_table(at: Place) -> tuple[Block, ...]:
    """Every tripwire with its state, and whether it shows itself in time for each option."""
    assert at.edition is not None, "the page is shown for an edition"
    choices = at.edition.json("decision")["tripwires"] if at.edition.has("decision") else []
    return tuple(block for choice in choices for block in _of_choice(choice))


def _of_choice(choice: dict[str, Any]) -> tuple[Block, ...]:
    watched = [*choice["tripwires"], *choice["refused"]]
    if not watched:
        return (Callout("note", f"{choice['question']} No tripwire is set."),)
    refused = {w["id"] for w in choice["refused"]}
    rows = tuple(
        row(w["watches"], w["condition"], _state(w), _in_time(w),
            ("refused, too late to help; " if w["id"] in refused else "") + (w["source_id"] or w["basis"]))
        for w in watched
    )  # fmt: skip
    columns = (
        Column("Watches"), Column("Trips at"), Column("State"), Column("In time", unit="lead against need"), Column("Basis"),
    )  # fmt: skip
    on = long_date(date.fromisoformat(choice["on"]))
    asked = choice["question"] if choice["question"].endswith("?") else f"{choice['question']}."
    return (Table(f"{asked} Tripwires on {on}", columns, rows),)


def _state(watched: dict[str, Any]) -> str:
    now = watched["now"]
    since = f", since {now['since'][:10]}" if now.get("since") else ""
    return f"{now['state']}{since}"


def _in_time(watched: dict[str, Any]) -> str:
    said = [f"{t['name']}: {t['verdict']}{_days(t)}" for t in watched["for"]]
    return "; ".join(said)


def _days(timing: dict[str, Any]) -> str:
    lead, need = timing["lead_days"], timing["need_days"]
    return "" if lead is None or need is None else f" ({lead:.0f} days against {need:.0f})"
