"""The tables a case has: name, row model and what makes a row the same as another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.case import assessed_rows, rows
from tocsin.case.cells import references

if TYPE_CHECKING:
    from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a case.

    Attributes:
        name: the file's name without its ending.
        row: the model of its rows.
        key: the columns that no two rows may share; empty where only a whole row may not stand twice.
    """

    name: str
    row: type[BaseModel]
    key: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns in the order a new file has them: what the row is about first, what it rests on last."""
        last = [n for n in ("start", "end", "source_id", "basis", "judged", "note") if n in self.row.model_fields]
        own = [n for n in self.row.model_fields if n not in last or n in self.key]
        return (*own, *(n for n in last if n not in self.key))

    @property
    def required(self) -> tuple[str, ...]:
        """Columns that must be there and filled."""
        return tuple(name for name in self.columns if self.row.model_fields[name].is_required())

    @property
    def refs(self) -> dict[str, str]:
        """Columns that name ids of another table: column -> table."""
        return references(self.row)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("sources", rows.Source, ("source_id",)),
        Table("missions", rows.Mission, ("mission_id",)),
        Table("sites", rows.Site, ("site_id",)),
        Table("site_status", rows.SiteStatus),
        Table("mandates", rows.Task, ("task_id",)),
        Table("engagements", rows.Engagement),
        Table("presence", rows.Presence),
        Table("actors", rows.Actor, ("actor_id",)),
        Table("alignments", rows.Alignment),
        Table("posts", rows.Post),
        Table("events_of_record", rows.EventOfRecord, ("event_id",)),
        Table("indicators", rows.Indicator, ("indicator_id",)),
        Table("observations", rows.Observation),
        Table("calendar", rows.Date),
        Table("needs", assessed_rows.Need, ("line_of_effort",)),
        Table("drivers", assessed_rows.Driver, ("driver_id",)),
        Table("instruments", assessed_rows.Instrument),
        Table("efforts", assessed_rows.Effort),
        Table("references", assessed_rows.Reference),
        Table("verdicts", assessed_rows.Verdict),
        Table("preconditions", assessed_rows.Precondition, ("precondition_id",)),
        Table("conditions", assessed_rows.Condition),
        Table("candidates", assessed_rows.Candidate, ("candidate_id",)),
        Table("evidence", assessed_rows.Evidence, ("evidence_id",)),
    )
}
"""Every table of a case by its name."""

SINGULAR = {"sources": "source", "missions": "mission", "sites": "site", "actors": "actor", "indicators": "indicator",
            "provinces": "province", "drivers": "driver", "preconditions": "precondition", "candidates": "candidate"}  # fmt: skip
"""What messages call one row of a table that others name."""
