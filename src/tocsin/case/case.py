"""A case, whole and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import assessed_rows, rows
    from tocsin.case.elicited import Elicited
    from tocsin.case.options import Choice
    from tocsin.case.questions import Question
    from tocsin.case.settings import CaseSettings


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a case folder says, typed; a cell that was empty is None (unknown), never zero.

    Attributes:
        folder: where it was read from.
        settings: what case.toml says.
        documents: the files in documents/, unread.
        elicited: what experts gave on questions and choices, one by one.
    """

    folder: Path
    settings: CaseSettings
    sources: tuple[rows.Source, ...]
    missions: tuple[rows.Mission, ...]
    sites: tuple[rows.Site, ...]
    site_status: tuple[rows.SiteStatus, ...]
    mandates: tuple[rows.Task, ...]
    engagements: tuple[rows.Engagement, ...]
    presence: tuple[rows.Presence, ...]
    actors: tuple[rows.Actor, ...]
    alignments: tuple[rows.Alignment, ...]
    posts: tuple[rows.Post, ...]
    events_of_record: tuple[rows.EventOfRecord, ...]
    indicators: tuple[rows.Indicator, ...]
    observations: tuple[rows.Observation, ...]
    calendar: tuple[rows.Date, ...]
    needs: tuple[assessed_rows.Need, ...]
    drivers: tuple[assessed_rows.Driver, ...]
    instruments: tuple[assessed_rows.Instrument, ...]
    efforts: tuple[assessed_rows.Effort, ...]
    references: tuple[assessed_rows.Reference, ...]
    verdicts: tuple[assessed_rows.Verdict, ...]
    preconditions: tuple[assessed_rows.Precondition, ...]
    conditions: tuple[assessed_rows.Condition, ...]
    candidates: tuple[assessed_rows.Candidate, ...]
    evidence: tuple[assessed_rows.Evidence, ...]
    questions: tuple[Question, ...]
    choices: tuple[Choice, ...]
    documents: tuple[Path, ...]
    elicited: tuple[Elicited, ...] = ()
