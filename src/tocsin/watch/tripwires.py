"""Tripwires that trip: rung once for each time they trip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.watch.alert import Evidence, Kind
from tocsin.watch.wording import counted

if TYPE_CHECKING:
    from tocsin.watch.alert import Alert
    from tocsin.watch.bell import Bell

Row = dict[str, Any]
TRIPPED = "tripped"
NOT = "not tripped"
CALENDAR = "calendar"


def tripwires_rung(
    choices: list[Row], memory: dict[str, str], *, bell: Bell, day: str
) -> tuple[tuple[Alert, ...], dict[str, str]]:
    """Tripwires that trip and did not when they were last looked at; and since when each has.

    One that becomes unknown while it was tripped still stands: it rings again only after it was seen not to be tripped.

    Args:
        choices: `tripwires` of an edition's `decision`.
        memory: since when each tripped one has stood, by `choice/tripwire`.
        bell: makes the alerts.
        day: the day of the edition, for a tripwire that does not say since when.
    """
    alerts, kept = [], dict(memory)
    for choice in choices:
        for row in (*choice["tripwires"], *choice["refused"]):
            name = f"{choice['choice']}/{row['id']}"
            if row["now"]["state"] == NOT:
                kept.pop(name, None)
            elif row["now"]["state"] == TRIPPED and name not in kept:
                kept[name] = str(row["now"].get("since") or day)
                alerts.append(_alert(choice["choice"], row, since=kept[name], bell=bell))
    return tuple(alerts), kept


def _alert(choice: str, row: Row, *, since: str, bell: Bell) -> Alert:
    link = f"decide#{choice}-{row['id']}"
    return bell.rings(
        Kind.TRIPWIRE, f"{choice}/{row['id']}:{since}",
        title=f"A tripwire of {choice} is tripped: {row['watches']}",
        says=f"{_begin(row['condition'])}: met since {since}. {_begin(row['now']['why'])}.".replace("..", "."),
        record=_record(row), link=link, unknown=_unknown(row),
        evidence=(
            Evidence(row["now"]["why"], f"/c/{bell.case}/{link}"),
            *(
                Evidence(q["what"], f"/c/{bell.case}/record", q["quote"], q["document"], q.get("claim_id"))
                for q in row.get("quotes", ())[:3]
            ),
        ),
    )  # fmt: skip


def _begin(words: str) -> str:
    """Words at the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def _record(row: Row) -> str:
    """How often it would have fired, and how often what was foretold came."""
    past = row["past"]
    if row["indicator"] == CALENDAR:
        return "Not a forecast: a date comes once."
    if past.get("looked") is None:
        return f"Unknown: {past['why'].removeprefix('unknown: ')}."
    said = (
        f"Looked at {counted(past['looked'], 'time')} from {past['first']} to {past['last']}, it would have fired "
        f"{counted(past['fired'], 'time')}."
    )
    if past.get("judged"):
        said += (
            f" Of {past['judged']} of these whose outcome is known, {past['right']} were followed by what was forecast."
        )
    return said


def _unknown(row: Row) -> tuple[str, ...]:
    late = [t["name"] for t in row["for"] if t["verdict"] == "refused"]
    too_late = (f"It comes too late for: {', '.join(late)}.",) if late else ()
    return (_lag(row), *too_late, *((f"It is circular: {row['circular']}.",) if row["circular"] else ()))


def _lag(row: Row) -> str:
    if row["indicator"] == CALENDAR:
        return "Whether what the date stands for came to pass."
    if row["lag_days"] is None:
        return "How many days pass before it shows what happened is unknown."
    return f"What happened in the last {counted(round(row['lag_days']), 'day')}: so long it takes to show."
