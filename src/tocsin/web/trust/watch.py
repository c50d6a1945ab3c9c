"""How the watch of a case goes, as *Trust* says it: figures late by now, a cycle that fails, alerts that did not arrive."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tocsin.brief.blocks import Callout, Column, Heading, Table
from tocsin.errors import TocsinError
from tocsin.team.faults import told
from tocsin.watch.freshness import is_late
from tocsin.watch.outbox import rung
from tocsin.watch.state import remembered
from tocsin.web.blocks.own import row, rows_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.brief.blocks import Block
    from tocsin.team import Team
    from tocsin.watch.outbox import Rung
    from tocsin.watch.state import State
    from tocsin.web.place import Place

LOOKED_AT = 200
"""Alerts, the newest first, whose deliveries are looked at."""


def today() -> date:
    """The day now, UTC."""
    return datetime.now(UTC).date()


def watch_blocks(at: Place, team: Team | None) -> tuple[Block, ...]:
    """What the watch of a case would have to say now.

    Args:
        at: the case and edition shown.
        team: whose database keeps what the watch remembers; None where there is none.
    """
    return Heading("The watch", id="watch"), *_late(at), *_going(at, team)


def _late(at: Place) -> tuple[Block, ...]:
    """Sources whose newer figures came due after the edition was made: it cannot know."""
    assert at.edition is not None, "the page is shown for an edition"
    held = at.edition.json("freshness") if at.edition.has("freshness") else []
    late = [str(one["source"]) for one in held if not one.get("stale") and is_late(one, today=today())]
    if not late:
        return ()
    return (
        Callout("caution", f"Late since this edition was made: newer figures of {', '.join(late)} are due by now."),
    )


def _going(at: Place, team: Team | None) -> tuple[Block, ...]:
    if team is None:
        return (Callout("note", "Unknown: this server keeps no alerts."),)
    try:
        with told("the team's database"), team.engine.connect() as connection:
            state = remembered(connection, at.case.settings.name)
            alerts = rung(connection, case=at.case.settings.name, most=LOOKED_AT)
    except TocsinError as error:
        return (Callout("caution", f"Unknown: {error.what}."),)
    return *_cycles(state), *_undelivered(alerts)


def _cycles(state: State) -> tuple[Block, ...]:
    if not state:
        return (Callout("note", "No watch of this case has gone round yet: nothing rings."),)
    failing = state.get("failing")
    if failing is None:
        return (Callout("note", "The last cycle of the watch went well."),)
    times = "The last cycle" if failing["times"] == 1 else f"The last {failing['times']} cycles"
    return (
        Callout(
            "caution",
            f"{times} of the watch failed, the first on {failing['since'][:10]}: {failing.get('fault') or 'unknown why'}. "
            "What is shown still stands, and grows old.",
        ),
    )


def _undelivered(alerts: Sequence[Rung]) -> tuple[Block, ...]:
    rows = tuple(
        row(f"{one.made:%Y-%m-%d}", one.alert.title, to.channel, to.state, to.attempts, to.fault or "not tried yet")
        for one in alerts for to in one.deliveries if to.sent_at is None
    )  # fmt: skip
    columns = (
        Column("Rang"), Column("Alert"), Column("By"), Column("State"), Column("Tries", "right"), Column("Last said"),
    )  # fmt: skip
    return rows_or_none(Table("Alerts that have not arrived", columns, rows))
