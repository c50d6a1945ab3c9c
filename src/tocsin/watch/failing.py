"""A cycle that fails again and again: rung once for each time it begins to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.team.values import stamp
from tocsin.watch.alert import Kind
from tocsin.watch.bell import Bell

if TYPE_CHECKING:
    from datetime import datetime

    from tocsin.watch.alert import Alert

AFTER = 3
"""Failures in a row after which it is rung: one is bad luck."""


def failing_rung(
    case: str, failing: dict[str, Any] | None, *, fault: str, now: datetime
) -> tuple[tuple[Alert, ...], dict[str, Any]]:
    """An alert once a cycle has failed so often in a row, and what to remember.

    Args:
        case: the case's name.
        failing: since when, and how often; None where the cycle before did not fail.
        fault: why it failed now.
        now: the moment, UTC.
    """
    was = failing or {"since": stamp(now), "times": 0}
    kept = {"since": was["since"], "times": was["times"] + 1, "fault": fault}
    return ((_alert(case, kept),) if kept["times"] >= AFTER else ()), kept


def _alert(case: str, failing: dict[str, Any]) -> Alert:
    command = f"tocsin watch --case {case} --once"
    bell = Bell(case, demo=False, command=command, data="none: the cycle failed")
    day = failing["since"][:10]
    return bell.rings(
        Kind.FAILING, failing["since"], title="The watch fails again and again",
        says=(
            f"The last {failing['times']} cycles failed, the first on {day}. The last said: {failing['fault']}. "
            "What was shown before still stands, and grows old."
        ),
        record="Not a forecast: it is counted.", link="trust",
        unknown=("Whether anything happened that would have rung.",),
    )  # fmt: skip
