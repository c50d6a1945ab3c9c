"""What the watch remembers of a case from cycle to cycle, written in the same transaction as the alerts it led to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.team.alert_tables import WATCH_STATE
from tocsin.team.values import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

State = dict[str, Any]


def remembered(connection: sa.Connection, case: str) -> State:
    """Everything remembered of a case, by name."""
    rows = connection.execute(sa.select(WATCH_STATE.c.name, WATCH_STATE.c.value).where(WATCH_STATE.c.case_name == case))
    return {row.name: json.loads(row.value) for row in rows}


def remember(connection: sa.Connection, case: str, values: Mapping[str, object], *, now: datetime) -> None:
    """Put these names in the place of what was remembered under them; None forgets one."""
    for name, value in values.items():
        this = (WATCH_STATE.c.case_name == case, WATCH_STATE.c.name == name)
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
        if value is None:
            connection.execute(WATCH_STATE.delete().where(*this))
        elif not connection.execute(WATCH_STATE.update().where(*this).values(value=text, changed=stamp(now))).rowcount:
            row = {"case_name": case, "name": name, "value": text, "changed": stamp(now)}
            connection.execute(WATCH_STATE.insert().values(row))
