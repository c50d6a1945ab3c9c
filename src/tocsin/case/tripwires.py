"""Conditions under which a choice should be looked at again, as a case states them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from tocsin.case.cells import Basis, Day, Frozen, Id, Number, Words, column, required


class Indicator(StrEnum):
    """Where a tripwire looks."""

    PANEL = "panel"
    FORECAST = "forecast"
    RECORD = "record"
    CALENDAR = "calendar"


class Tripwire(Frozen):
    """A condition that should make people look at a choice again."""

    id: Id = required("short id of the tripwire")
    watches: Words = required("what is watched, in words")
    options: tuple[str, ...] = column("ids of options it calls into question; all where none is named", default=())
    indicator: Indicator | None = column("panel, forecast, record or calendar", always_checked=True)
    area: Words | None = column("the province or country watched (panel, forecast)")
    series: Words | None = column("the column of the panel, as deaths_all")
    months: Annotated[int, Field(ge=1, le=120)] | None = column("months summed (panel) or ahead (forecast)")
    rises_to: Number | None = column("it trips at or above this: deaths (panel), percent (forecast)")
    falls_to: Number | None = column("it trips at or below this")
    deaths: Number | None = column("deaths a month whose crossing is forecast")
    organisation: Words | None = column("the institution whose posts are watched (record)")
    kind: Words | None = column("the kind of claim watched (record)")
    when: Day | None = column("the date that is watched (calendar)")
    days_before: Annotated[int, Field(ge=0, le=3650)] | None = column("days before that date on which it trips")
    lag_days: Annotated[int, Field(ge=0, le=3650)] | None = column("days until the indicator shows what happened")
    uncertainty: str | None = column("id of the uncertainty it stands for")
    source_id: str | None = column("the source that states the condition", ref="sources")
    basis: Basis = required("stated, reported or judgement")
    note: Words | None = column("anything a reader should know")
